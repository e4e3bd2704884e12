"""What a branch that is merged or dissolved left open, and what goes along with a transferred member."""
from datetime import date, timedelta

import pytest

from campaign import commitment_permissions
from campaign.domain import commitments
from campaign.domain.commitment_list import commitment_counts, sign_of
from campaign.domain.commitment_quarters import quarter_states
from campaign.domain.tasks import TaskLocked, remove_task
from campaign.due import due_things
from campaign.models import Commitment, Designation, FormerDeadline, FormerPlace, Plan, Rectification, Task, TaskResult
from tests.factories.campaign import (
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
    TaskResultFactory,
)
from tests.factories.units import OrganizationFactory
from units.domain import organization_changes as changes
from units.domain import transfers
from units.domain.departures import let_go, take_back
from units.domain.history import first_bad_entry
from units.domain.organization_preview import preview_dissolve, preview_merge
from units.models import HistoryEntry

DAY = date(2011, 6, 1)


@pytest.fixture
def merged(tree, office, at, today):
    """Merge 办公厅第一党支部 into 办公厅第二党支部 on 1 June."""

    def merge():
        return changes.merge_organization(
            tree.organ_branch, target=tree.organ_branch_2, happened_on=DAY, reason="批复〔2011〕3号", by=office, at=at, on=today
        )

    return merge


def told(row):
    return [(entry.verb, entry.detail["note"]) for entry in HistoryEntry.objects.of(row)]


HANDED = ("hand_over", "办公厅第一党支部并入办公厅第二党支部")


# Tasks ----------------------------------------------------------------------------------------
def test_an_open_task_goes_into_the_plan_of_the_heir_with_its_lineage(merged, campaign, tree):
    plan = PlanFactory(campaign=campaign, organization=tree.organ_branch, title="一支部方案")
    task = TaskFactory(plan=plan, codes=["G1", "G2"], target=2, place="会议室", owner=tree.members[tree.organ_branch.pk][1])
    missed = TaskFactory(plan=plan, due_on=date(2011, 5, 20))
    done = TaskResultFactory(task=TaskFactory(plan=plan)).task
    merged()
    newer = Task.objects.standing().get(lineage=task.lineage)
    made = Plan.objects.get(organization=tree.organ_branch_2)
    assert (newer.plan, newer.organization, newer.due_on, newer.target) == (made, tree.organ_branch_2, task.due_on, 2)
    assert (made.title, made.state) == ("一支部方案", "approved")
    assert newer.owner == tree.members[tree.organ_branch.pk][1]
    assert sorted(row.code for row in newer.criteria.all()) == ["G1", "G2"]
    assert [*Task.objects.standing().filter(plan=plan).order_by("pk")] == [missed, done]
    assert told(newer) == [HANDED] and told(made) == [HANDED]
    assert first_bad_entry() is None


def test_the_heir_keeps_its_own_plan(merged, campaign, tree):
    own = PlanFactory(campaign=campaign, organization=tree.organ_branch_2)
    TaskFactory(plan=own)
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch))
    merged()
    newer = Task.objects.standing().get(lineage=task.lineage)
    assert (newer.plan, newer.position) == (own, 1)
    assert Plan.objects.filter(organization=tree.organ_branch_2).count() == 1


def test_what_the_heir_carries_already_is_not_done_twice(merged, campaign, tree):
    asked = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ))
    for branch in (tree.organ_branch, tree.organ_branch_2):
        TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), parent=asked)
    merged()
    dropped = TaskResult.objects.standing().get()
    assert (dropped.outcome, dropped.task.organization) == ("dropped", tree.organ_branch)
    assert dropped.reason == "办公厅第一党支部并入办公厅第二党支部，“办公厅第二党支部”已有这项任务"
    assert Task.objects.standing().filter(organization=tree.organ_branch_2).count() == 1


def test_what_the_unit_gave_out_is_not_given_back_to_it(campaign, tree, office, at, today):
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    asked = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ))
    own = PlanFactory(campaign=campaign, organization=empty)
    taken, other = TaskFactory(plan=own, parent=asked), TaskFactory(plan=own)
    changes.dissolve_organization(empty, happened_on=DAY, reason="批复", by=office, at=at, on=today)
    assert TaskResult.objects.standing().get(task=taken).reason == "空党支部撤销，“办公厅党总支”已有这项任务"
    assert Task.objects.standing().get(lineage=other.lineage).organization == tree.organ


def test_a_waiting_plan_comes_back_and_a_task_taken_over_is_not_removed(merged, campaign, tree, office, at):
    waiting = PlanFactory(campaign=campaign, organization=tree.organ_branch, state="submitted")
    phase = campaign.phases.get()
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch, phase=phase))
    draft = PlanFactory(campaign=campaign, organization=tree.organ_branch_2, phase=phase, state="draft")
    merged()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.return_note) == ("returned", "办公厅第一党支部并入办公厅第二党支部")
    newer = Task.objects.standing().get(lineage=task.lineage)
    assert newer.plan == draft
    with pytest.raises(TaskLocked) as refused:
        remove_task(newer, by=office, at=at)
    assert refused.value.message == "这项任务是从撤并的党组织接过来的，不能删除；计划同意以后可以写明原因不再做。"


# Commitments ----------------------------------------------------------------------------------
def test_promises_go_on_with_the_heir_and_judged_ones_stay(merged, campaign, tree):
    old, new = tree.organ_branch, tree.organ_branch_2
    member = tree.members[old.pk][1]
    own = CommitmentFactory(campaign=campaign, organization=old, due_on=date(2011, 9, 30))
    of_member = CommitmentFactory(campaign=campaign, member=member)
    draft = CommitmentFactory(campaign=campaign, member=member, state="submitted")
    own_draft = CommitmentFactory(campaign=campaign, organization=old, state="returned")
    judged = CommitmentOutcomeFactory(commitment__campaign=campaign, commitment__organization=old).commitment
    merged()
    place = dict(Commitment.objects.values_list("pk", "organization"))
    assert [place[row.pk] for row in (own, of_member, draft)] == [new.pk] * 3
    assert [place[row.pk] for row in (own_draft, judged)] == [old.pk] * 2
    own_draft.refresh_from_db()
    assert own_draft.state == "withdrawn"
    kept = FormerPlace.objects.get()
    assert (kept.commitment, kept.organization, kept.until) == (own, old, date(2011, 5, 31))
    assert told(own) == [HANDED] and told(of_member) == [HANDED]


def test_a_transferred_member_takes_along_what_is_still_ahead(campaign, tree, secretary, office, outsider, at, today):
    member = tree.members[tree.organ_branch.pk][2]
    ahead = CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 9, 30))
    overdue = CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 5, 31))
    of_branch = CommitmentFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 9, 30))
    asked = transfers.propose(member, tree.institution_branch, reason="工作调动", by=secretary, at=at)
    transfers.accept(asked, moves_on=DAY, by=outsider, at=at, on=today)
    place = dict(Commitment.objects.values_list("pk", "organization"))
    assert place == {
        ahead.pk: tree.institution_branch.pk, overdue.pk: tree.organ_branch.pk, of_branch.pk: tree.organ_branch.pk
    }
    assert told(ahead) == [("hand_over", f"{member.name}转到信息中心第一党支部")]
    assert not FormerPlace.objects.exists()


def test_who_left_before_the_day_is_neither_reminded_of_nor_judged(campaign, tree, secretary, office, at, today):
    member = tree.members[tree.organ_branch.pk][2]
    ahead = CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 6, 15))
    before = CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 5, 31))
    waiting = CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 9, 30), state="submitted")
    assert f"/commitments/{ahead.pk}/" in {thing.url for thing in due_things(on=today, user=secretary)}
    let_go(member, how="outside", happened_on=DAY, note="转往外地", by=office, at=at, on=today)
    assert [*Commitment.objects.in_progress()] == [before]
    assert not Commitment.objects.waiting().exists()
    assert f"/commitments/{ahead.pk}/" not in {thing.url for thing in due_things(on=today, user=secretary)}
    counts = commitment_counts(secretary, campaign, on=today)
    assert (counts["going"], counts["overdue"], counts["waiting"]) == (1, 1, 0)
    ahead.refresh_from_db()
    waiting.refresh_from_db()
    assert sign_of(ahead, None, on=today) == ("wait", "承诺人已离开")
    assert [state.word for state in quarter_states(ahead, [], until=today, on=date(2011, 7, 5))] == ["没有记"] * 3
    verdicts = [
        commitment_permissions.can_judge_commitment(secretary, ahead),
        commitment_permissions.can_tell_progress(secretary, ahead),
        commitment_permissions.can_publish_commitment(secretary, waiting),
    ]
    assert [verdict.reason for verdict in verdicts] == [
        "承诺人在到期以前离开了，不再评定，也不计分。", "承诺人在到期以前离开了，不再记进展。", "承诺人已经离开，不再审定。",
    ]
    with pytest.raises(commitments.CannotMove) as refused:
        commitments.judge_commitment(
            ahead, outcome="kept", evidence="登记簿", happened_on=today, by=secretary, at=at, on=today
        )
    assert refused.value.message == "承诺人在到期以前离开了，不再评定。"
    take_back(member, reason="登记错了", by=office, at=at)
    assert {*Commitment.objects.in_progress()} == {ahead, before}


def test_the_poster_of_a_merged_branch_leads_to_the_heir(merged, client_for, tree, office, at, today):
    merged()
    there = client_for(None).get(f"/boards/{tree.organ_branch.code}/")
    assert (there.status_code, there["Location"]) == (302, f"/boards/{tree.organ_branch_2.code}/")
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    changes.dissolve_organization(empty, happened_on=DAY, reason="批复", by=office, at=at, on=today)
    assert client_for(None).get(f"/boards/{empty.code}/").status_code == 404


# Rectification and designations ---------------------------------------------------------------
def test_items_go_on_with_the_heir_and_overdue_ones_get_a_month(merged, campaign, tree, today):
    old, new = tree.organ_branch, tree.organ_branch_2
    late = RectificationFactory(campaign=campaign, organization=old, due_on=date(2011, 5, 20), owner=tree.members[old.pk][1])
    ahead = RectificationFactory(campaign=campaign, organization=old, due_on=date(2011, 6, 30))
    closed = RectificationFactory(campaign=campaign, organization=old, state="verified")
    merged()
    rows = {row.pk: row for row in Rectification.objects.all()}
    assert [rows[item.pk].organization for item in (late, ahead, closed)] == [new, new, old]
    assert rows[late.pk].due_on == today + timedelta(days=30) and rows[ahead.pk].due_on == date(2011, 6, 30)
    assert [(row.rectification, row.due_on) for row in FormerDeadline.objects.all()] == [(late, date(2011, 5, 20))]
    assert {row.rectification for row in FormerPlace.objects.all()} == {late, ahead}
    assert told(late) == [HANDED]


def test_designations_belong_to_the_heir(merged, tree, secretary, at):
    held = {"text": "办件最多", "moved_at": at, "applied_by": secretary, "applied_at": at, "organization": tree.organ_branch}
    window = Designation.objects.create(
        kind="window", title="一号窗口", state="awarded", plaque="001", awarded_on=date(2011, 5, 1), **held
    )
    gone = Designation.objects.create(
        kind="window", title="二号窗口", state="withdrawn", plaque="002", awarded_on=date(2011, 5, 1), **held
    )
    merged()
    window.refresh_from_db()
    gone.refresh_from_db()
    assert (window.organization, gone.organization) == (tree.organ_branch_2, tree.organ_branch)


# Told before ----------------------------------------------------------------------------------
def test_the_page_says_what_goes_over(client_for, campaign, tree, office, today):
    old = tree.organ_branch
    plan = PlanFactory(campaign=campaign, organization=old)
    TaskFactory.create_batch(2, plan=plan)
    TaskFactory(plan=plan, due_on=date(2011, 5, 20))
    CommitmentFactory(campaign=campaign, organization=old)
    CommitmentFactory.create_batch(2, campaign=campaign, member=tree.members[old.pk][1])
    RectificationFactory(campaign=campaign, organization=old)
    shown = preview_merge(old, target=tree.organ_branch_2, happened_on=DAY, on=today).sentences
    assert shown[2:7] == [
        "没有办完的任务 2 项交给“办公厅第二党支部”，原来的期限不变。",
        "已经过期的任务 1 项仍记在“办公厅第一党支部”名下，不再提醒。",
        "践诺中的承诺 1 条由“办公厅第二党支部”接着兑现。",
        "党员没有评定的承诺 2 条一起转到“办公厅第二党支部”。",
        "没有销号的整改 1 项由“办公厅第二党支部”接着整改，已经过期的给一个月的新期限。",
    ]
    page = client_for(office).post(
        f"/organizations/{old.pk}/merge/", {"target": tree.organ_branch_2.pk, "happened_on": "2011-06-01", "reason": "批复"}
    ).content.decode()
    assert shown[2] in page and shown[6] in page
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    RectificationFactory(campaign=campaign, organization=empty)
    sentences = preview_dissolve(empty, happened_on=DAY, on=today).sentences
    assert sentences[1] == "没有销号的整改 1 项由“办公厅党总支”接着整改，已经过期的给一个月的新期限。"


def test_the_page_of_a_transfer_says_what_comes_along(client_for, campaign, tree, secretary, outsider, at):
    member = tree.members[tree.organ_branch.pk][2]
    CommitmentFactory(campaign=campaign, member=member, due_on=date(2011, 9, 30))
    asked = transfers.propose(member, tree.institution_branch, reason="工作调动", by=secretary, at=at)
    page = client_for(outsider).get(f"/transfers/{asked.pk}/accept/").content.decode()
    assert "承诺 1 条一起转到“信息中心第一党支部”。" in page


def test_tasks_missed_by_one_that_is_gone_are_not_chased(merged, campaign, tree, committee, client_for, today):
    missed = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch), due_on=date(2011, 5, 20))
    assert [*Task.objects.late(on=today)] == [missed]
    assert missed.title in client_for(committee).get("/").content.decode()
    merged()
    assert not Task.objects.late(on=today).exists() and Task.objects.open().get() == missed
    assert missed.title not in client_for(committee).get("/").content.decode()
    assert not [thing for thing in due_things(on=today, user=committee) if missed.title in thing.title]
