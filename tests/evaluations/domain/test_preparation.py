"""What a run looks at: the tree and the roster of its day, cut into chunks."""
from datetime import date, timedelta

import pytest

from config.kit import jobs
from evaluations.domain import preparation, runs
from evaluations.domain.digests import inputs_digest, result_digest
from evaluations.enums import MeasureName as M
from evaluations.models import RunMember, RunScope, Score, ScoringRun
from tests.factories.campaign import ActivityFactory, CampaignFactory, noon
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, run_scores, score_of
from units.domain.organization_changes import move_organization
from units.enums import Category
from units.models import Membership


@pytest.fixture
def campaign(root):
    """A campaign that counts activities: two are expected of an organisation, one of a member."""
    made = CampaignFactory(organization=root)
    standard_bands(made)
    criterion_with(made, (M.REACHED, 100, {"target": 2}))
    criterion_with(made, (M.REACHED, 100, {"target": 1}), code="L1", track="member")
    return made


def test_scope_is_the_tree_of_the_day(campaign, tree, at):
    asked = runs.start_run(
        campaign, as_of=date(2011, 6, 10), known_at=at, by=None, at=at, occurrence="asked:1"
    )
    run = jobs.claim(ScoringRun, asked.pk, at=at)
    preparation.prepare_run(run, at=at)
    below = {
        subject: set(RunScope.objects.filter(run=run, subject=subject).values_list("organization", flat=True))
        for subject in (tree.root, tree.organ, tree.organ_branch)
    }
    assert below == {
        tree.root: {tree.root.pk},  # without a category, so no subject
        tree.organ: {tree.organ.pk, tree.organ_branch.pk, tree.organ_branch_2.pk},
        tree.organ_branch: {tree.organ_branch.pk},
    }
    assert RunScope.objects.get(run=run, subject=tree.organ_branch).category == Category.ORGAN
    in_order = RunScope.objects.filter(run=run).order_by("lft").values_list("subject", flat=True)
    assert list(dict.fromkeys(in_order)) == [
        tree.root.pk, tree.organ.pk, tree.organ_branch.pk, tree.organ_branch_2.pk, tree.institution.pk,
        tree.institution_branch.pk, tree.society.pk,
    ]


def test_organization_that_moved_counts_where_it_stood_on_the_day(campaign, tree, at):
    moved = tree.organ_branch_2
    moved.affiliations.update(ends_on=date(2011, 5, 31))
    moved.affiliations.create(
        parent=tree.institution, name=moved.name, kind=moved.kind, category=Category.INSTITUTION, position=9,
        starts_on=date(2011, 6, 1), recorded_at=noon(date(2011, 6, 1)),
    )
    ActivityFactory(campaign=campaign, organization=moved, codes=["G1"])
    before, after = run_scores(campaign, as_of=date(2011, 5, 31)), run_scores(campaign)
    assert (score_of(before, tree.organ).total, score_of(before, tree.institution).total) == (500_000, None)
    assert (score_of(after, tree.organ).total, score_of(after, tree.institution).total) == (None, 500_000)
    assert (score_of(before, moved).category, score_of(after, moved).category) == ("organ", "institution")


def test_member_who_changed_branch_belongs_where_the_day_says(campaign, tree, at):
    member = tree.members[tree.organ_branch.pk][1]
    member.memberships.update(ends_on=date(2011, 6, 10))
    Membership.objects.create(
        member=member, organization=tree.society, starts_on=date(2011, 6, 10), recorded_at=noon(date(2011, 6, 9))
    )
    for day, organization in ((date(2011, 6, 9), tree.organ_branch), (date(2011, 6, 10), tree.society)):
        run = run_scores(campaign, as_of=day)
        assert RunMember.objects.get(run=run, member=member).organization == organization
        assert Score.objects.get(run=run, member=member).organization == organization


@pytest.mark.parametrize(
    ("members_at", "size", "spans"),
    [({}, 5, [(1, 4)]), ({2: 5, 3: 5}, 5, [(1, 2), (3, 3), (4, 4)]), ({1: 3, 4: 9}, 5, [(1, 4)]), ({1: 99}, 5, [(1, 1), (2, 4)])],
)
def test_chunks_cover_the_tree_once(members_at, size, spans):
    assert preparation.chunk_spans(4, members_at, size) == spans


def test_a_tree_of_nobody_has_no_chunks():
    assert preparation.chunk_spans(0, {}, 5) == []


def test_a_later_move_leaves_an_earlier_day_as_it_was(campaign, tree, office, at, today):
    """Neither the run that was written, nor one that is computed again for that day with today's knowledge."""
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, codes=["G1"])
    first = run_scores(campaign, as_of=date(2011, 5, 31), known_at=at - timedelta(hours=2))
    kept = result_digest(first), inputs_digest(first)
    move_organization(
        tree.organ_branch, parent=tree.institution, happened_on=date(2011, 6, 1), reason="批复", by=office,
        at=at - timedelta(hours=1), on=today,
    )
    again = run_scores(campaign, as_of=date(2011, 5, 31))
    assert (result_digest(first), inputs_digest(first)) == kept
    assert result_digest(again) == kept[0]
    later = run_scores(campaign, as_of=date(2011, 6, 1))
    assert score_of(later, tree.organ_branch).category == Category.INSTITUTION
