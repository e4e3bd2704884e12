"""The public board: what is on it, how each promise stands, and what never leaves the inside."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from campaign.domain import boards, commitments
from campaign.models import Commitment
from tests.factories.campaign import CommitmentFactory, CommitmentOutcomeFactory
from units.models import HistoryEntry


def shown(organization, today):
    return [boards.as_shown(row, on=today) for row in boards.open_promises(organization)]


def test_only_what_was_let_out_is_on_it_and_names_only_with_leave(campaign, branch, branch_members, today):
    CommitmentFactory(campaign=campaign, organization=branch, text="只在内部")
    CommitmentFactory(campaign=campaign, organization=branch, text="支部的", shown="named")
    CommitmentFactory(campaign=campaign, member=branch_members[1], text="写姓名的", shown="named")
    CommitmentFactory(campaign=campaign, member=branch_members[2], text="不写姓名的", shown="nameless")
    said = {promise.text: promise.who for promise in shown(branch, today)}
    assert said == {"支部的": "", "写姓名的": branch_members[1].name, "不写姓名的": "一名党员"}


@pytest.mark.parametrize(
    ("outcome", "word", "explanation"),
    [("kept", "已兑现", ""), ("partly", "部分兑现", ""), ("excused", "因客观原因未兑现", "设备未到"), ("broken", "未兑现", "")],
)
def test_how_it_was_judged_is_said_with_the_explanation(outcome, word, explanation, campaign, branch, today):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="judged", shown="named")
    CommitmentOutcomeFactory(commitment=promise, outcome=outcome)
    [seen] = shown(branch, today)
    assert (seen.word, seen.explanation) == (word, explanation)


def test_what_is_open_says_whether_its_day_is_over_and_when_progress_was_told(campaign, branch, secretary, at, today):
    late = CommitmentFactory(campaign=campaign, organization=branch, shown="named", due_on=datetime.date(2011, 6, 9))
    CommitmentFactory(campaign=campaign, organization=branch, shown="named", due_on=today)
    late.progress.create(text="老李家的门修好了", happened_on=datetime.date(2011, 5, 3), recorded_at=at, recorded_by=secretary)
    assert [(one.word, one.told_on) for one in shown(branch, today)] == [
        ("到期，等评定", datetime.date(2011, 5, 3)), ("进行中", None),
    ]


def test_boards_below_count_everything_under_each(campaign, tree, today):
    for organization in (tree.organ, tree.organ_branch, tree.organ_branch_2, tree.society):
        CommitmentFactory(campaign=campaign, organization=organization, shown="named")
    CommitmentFactory(campaign=campaign, organization=tree.institution)
    assert boards.boards_below(tree.root) == [(tree.organ, 3), (tree.society, 1)]
    assert boards.boards_below(tree.organ) == [(tree.organ_branch, 1), (tree.organ_branch_2, 1)]
    assert list(boards.roots_with_boards()) == [tree.root]


def test_publishing_says_to_whom_and_it_may_be_changed(campaign, branch, committee, at):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="submitted")
    commitments.publish_commitment(promise, shown="named", by=committee, at=at)
    assert (promise.state, promise.shown) == ("published", "named")
    commitments.show_commitment(promise, shown="inside", by=committee, at=at)
    assert not Commitment.objects.open_to_all().exists()
    assert [entry.detail.get("note") for entry in HistoryEntry.objects.of(promise) if entry.verb == "show"] == [
        "对外公开", "只在内部看",
    ]


def test_what_is_not_public_is_not_shown_outside(campaign, branch, committee, at):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="submitted")
    with pytest.raises(commitments.NotPublicYet) as refused:
        commitments.show_commitment(promise, shown="named", by=committee, at=at)
    assert refused.value.message == "公示以后才能对外公开。"
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=promise.pk).update(shown="named")
