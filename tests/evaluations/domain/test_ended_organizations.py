"""What a branch did before it was merged or dissolved still counts, for those it counts for (decision 0012)."""
from datetime import date

import pytest

from evaluations.domain.day_tree import tree_of_day
from evaluations.domain.scores import preview
from evaluations.enums import MeasureName as M
from evaluations.models import RunScope, ScoreLine
from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
)
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, lines_of, run_scores
from units.domain import organization_changes as changes
from units.domain import transfers
from units.domain.departures import let_go

DAY = date(2011, 6, 1)


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    return made


@pytest.fixture
def merged(tree, office, at, today):
    def merge(target=tree.organ_branch_2):
        changes.merge_organization(
            tree.organ_branch, target=target, happened_on=DAY, reason="批复", by=office, at=at, on=today
        )

    return merge


@pytest.fixture
def after(at):
    """A moment behind every change of the test: what was recorded at `at` was not known at `at` itself in the old run."""
    return at.replace(hour=18)


def numbers(run, organization, code="G1-1"):
    line = lines_of(run, organization).get(code)
    return line and (line.numerator, line.denominator)


def test_an_ended_one_keeps_its_last_place_without_a_category(merged, tree, at):
    merged()
    nodes = {node.organization: node for node in tree_of_day(tree.root.pk, as_of=date(2011, 6, 10), known_at=at)}
    node = nodes[tree.organ_branch.pk]
    assert (node.category, node.has_ended, node.line) == ("", True, (tree.root.pk, tree.organ.pk, tree.organ_branch.pk))
    before = {node.organization: node for node in tree_of_day(tree.root.pk, as_of=date(2011, 5, 31), known_at=at)}
    assert (before[tree.organ_branch.pk].category, before[tree.organ_branch.pk].has_ended) == ("organ", False)


def test_activities_of_before_count_for_the_unit_and_not_for_the_heir(campaign, merged, tree):
    criterion_with(campaign, (M.REACHED, 100, {"target": 4}))
    ActivityFactory.create_batch(2, campaign=campaign, organization=tree.organ_branch, codes=["G1"])
    ActivityFactory(campaign=campaign, organization=tree.organ_branch_2, codes=["G1"])
    merged()
    run = run_scores(campaign)
    assert numbers(run, tree.organ) == (3, 4) and numbers(run, tree.organ_branch_2) == (1, 4)
    assert not ScoreLine.objects.filter(run=run, organization=tree.organ_branch).exists()
    assert RunScope.objects.filter(run=run, subject=tree.organ_branch).count() == 1  # in its place, and no subject
    tree.organ.refresh_from_db()
    told = preview(campaign, tree.organ, as_of=run.as_of, known_at=run.known_at)
    assert told.total == 750_000


def test_the_unit_that_loses_a_branch_to_another_keeps_what_it_did(campaign, merged, tree):
    criterion_with(campaign, (M.REACHED, 100, {"target": 4}))
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, codes=["G1"])
    merged(target=tree.institution_branch)
    run = run_scores(campaign)
    assert numbers(run, tree.organ) == (1, 4) and numbers(run, tree.institution) == (0, 0)


def test_a_run_made_again_for_before_the_merger_is_the_same(campaign, merged, tree, at, after, stopped_clock):
    criterion_with(campaign, (M.ON_TIME, 40, {}), (M.KEPT, 30, {}), (M.CLOSED, 30, {}))
    TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch), due_on=date(2011, 6, 5))
    CommitmentFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 6, 5))
    CommitmentFactory(campaign=campaign, member=tree.members[tree.organ_branch.pk][1], due_on=date(2011, 6, 5))
    RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 5, 20))
    early = at.replace(hour=8)
    first = run_scores(campaign, known_at=early)
    merged()
    stopped_clock(after)
    again = run_scores(campaign, known_at=early)
    assert first.inputs_digest == again.inputs_digest and first.result_digest == again.result_digest
    assert numbers(first, tree.organ_branch, "G1-2") == (0, 4)
    assert run_scores(campaign).inputs_digest != first.inputs_digest


def test_what_is_due_later_counts_for_the_heir_and_what_was_due_before_for_the_unit(campaign, merged, tree, at, stopped_clock):
    criterion_with(campaign, (M.ON_TIME, 40, {}), (M.KEPT, 30, {"of": "organization"}), (M.CLOSED, 30, {}))
    old, new = tree.organ_branch, tree.organ_branch_2
    plan = PlanFactory(campaign=campaign, organization=old)
    for due in (date(2011, 5, 20), date(2011, 6, 5)):
        TaskFactory(plan=plan, due_on=due)
        CommitmentFactory(campaign=campaign, organization=old, due_on=due)
    RectificationFactory(campaign=campaign, organization=old, due_on=date(2011, 6, 30))
    merged()
    run = run_scores(campaign)
    assert numbers(run, new) == (0, 1) and numbers(run, new, "G1-2") == (0, 2)
    assert numbers(run, tree.organ) == (0, 2) and numbers(run, tree.organ, "G1-2") == (0, 4)
    stopped_clock(at.replace(month=7))
    later = run_scores(campaign)
    assert numbers(later, new, "G1-3") == numbers(later, tree.organ, "G1-3") == (0, 1)


def test_a_members_promise_counts_where_the_member_was_when_it_came_due(campaign, tree, secretary, outsider, at, today):
    criterion_with(campaign, (M.KEPT, 100, {"of": "members"}))
    member = tree.members[tree.organ_branch.pk][2]
    for due in (date(2011, 5, 31), date(2011, 6, 5)):
        CommitmentOutcomeFactory(commitment__campaign=campaign, commitment__member=member, commitment__due_on=due)
    asked = transfers.propose(member, tree.institution_branch, reason="调动", by=secretary, at=at)
    transfers.accept(asked, moves_on=DAY, by=outsider, at=at, on=today)
    run = run_scores(campaign)
    assert numbers(run, tree.organ_branch) == numbers(run, tree.institution_branch) == (2, 2)
    assert numbers(run, tree.organ) == (2, 2)


def test_a_promise_due_after_its_member_left_counts_for_nobody(campaign, tree, office, at, today):
    criterion_with(campaign, (M.KEPT, 100, {}))
    member = tree.members[tree.organ_branch.pk][2]
    for due in (date(2011, 5, 31), date(2011, 6, 5)):
        CommitmentFactory(campaign=campaign, member=member, due_on=due)
    let_go(member, how="outside", happened_on=DAY, note="外地", by=office, at=at, on=today)
    assert numbers(run_scores(campaign), tree.organ_branch) == (0, 2)


def test_of_two_memberships_on_one_day_the_later_counts(campaign, tree, at):
    criterion_with(campaign, (M.KEPT, 100, {}))
    member = tree.members[tree.organ_branch.pk][2]
    member.memberships.update(ends_on=date(2011, 6, 10))
    member.memberships.create(organization=tree.organ_branch_2, starts_on=date(2011, 6, 1), recorded_at=at.replace(hour=1))
    CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 6, 5))
    run = run_scores(campaign)
    assert numbers(run, tree.organ_branch) == (0, 0)
    assert numbers(run, tree.organ_branch_2) == numbers(run, tree.organ) == (0, 2)


def test_an_item_carried_on_before_its_day_counts_in_the_campaign_that_has_it_then(campaign, tree, at):
    criterion_with(campaign, (M.CLOSED, 100, {}))
    overdue = RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 5, 20))
    ahead = RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 6, 9))
    assert numbers(run_scores(campaign), tree.organ_branch) == (0, 2)
    later = CampaignFactory(organization=tree.root, state="draft", code="next")
    for item in (overdue, ahead):
        RectificationFactory(
            campaign=later, organization=tree.organ_branch, due_on=date(2011, 8, 1), carried_from=item,
            carried_on=date(2011, 6, 1), recorded_at=at.replace(hour=1),
        )
    assert numbers(run_scores(campaign), tree.organ_branch) == (0, 1)
