"""A poll's draft, opening, closing and calling off."""
import os

import pytest
from django.db import IntegrityError, connection, transaction

from evaluations.domain import poll_keys, polls
from evaluations.models import Envelope, Poll, PollCode
from tests.factories.polls import cast_all, draft_poll, open_poll
from tests.factories.units import MemberFactory


def test_a_draft_asks_the_items_of_its_sheet(campaign, branch):
    poll = draft_poll(campaign, branch)
    assert [question.title for question in poll.questions.order_by("position")] == [
        "组织开展活动", "中心工作和重点任务", "承诺践诺", "为群众办实事好事难事", "党组织和党员队伍建设",
    ]
    assert poll.questions.first().options == ["满意", "比较满意", "基本满意", "不满意", "不了解"]
    assert [subject.member for subject in poll.subjects.all()] == [None]
    assert (poll.is_anonymous, poll.smallest_group, poll.state) == (True, 5, "draft")


def test_the_yearly_grade_asks_one_thing_of_each_full_member(campaign, branch, branch_members):
    MemberFactory(organization=branch, status="probationary", joined_on="2011-01-05", full_on=None)
    members = polls.members_to_judge(branch, "yearly")
    assert set(members) == set(branch_members)
    poll = draft_poll(campaign, branch, sheet="yearly", members=members)
    assert [question.options for question in poll.questions.all()] == [["优秀", "合格", "基本合格", "不合格"]]
    assert poll.subjects.count() == 5


def test_a_poll_asks_somebody(campaign, branch):
    with pytest.raises(polls.PollIsEmpty, match="^请填应投的人数。$"):
        draft_poll(campaign, branch, issued=(0, 0))


def test_a_member_sheet_has_members(campaign, branch):
    with pytest.raises(polls.PollIsEmpty, match="^请选择要测评的党员。$"):
        draft_poll(campaign, branch, sheet="member")


def test_a_ballot_has_at_most_sixty_rows(campaign, branch):
    members = MemberFactory.create_batch(61, organization=branch)
    with pytest.raises(polls.PollIsEmpty, match="^一张票最多测评 60 人，请分成几次。$"):
        draft_poll(campaign, branch, sheet="member", members=members)


def test_nobody_opens_a_poll_whose_result_could_not_be_shown(campaign, branch, secretary, at):
    poll = draft_poll(campaign, branch, issued=(3, 1))
    with pytest.raises(polls.PollTooSmall, match="^应投不足 5 人，结果不能公布，请和别的支部一起测评。$"):
        polls.open_poll(poll, by=secretary, at=at)
    poll.refresh_from_db()
    assert (poll.state, poll.public_key) == ("draft", None)


def test_of_two_who_open_one_wins(campaign, branch, secretary, at):
    poll = draft_poll(campaign, branch)
    polls.open_poll(Poll.objects.get(pk=poll.pk), by=secretary, at=at)
    with pytest.raises(polls.PollHasMoved, match="^这一步已经办过了，请看最新的情况。$"):
        polls.open_poll(poll, by=secretary, at=at)


def test_a_voided_poll_leaves_neither_ballot_nor_key(campaign, branch, secretary, at, django_capture_on_commit_callbacks):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:2], [0] * 5)
    with django_capture_on_commit_callbacks(execute=True):
        polls.void_poll(poll, reason="名单印错了", by=secretary, at=at)
    assert (poll.state, Envelope.objects.count(), PollCode.objects.count()) == ("void", 0, 0)
    assert not poll_keys.has_key(poll.public_key)


def test_voiding_needs_a_reason(campaign, branch, secretary, at):
    poll, _codes = open_poll(campaign, branch)
    with pytest.raises(polls.PollReasonMissing, match="^请写一句作废的原因。$"):
        polls.void_poll(poll, reason="  ", by=secretary, at=at)


def test_a_key_is_on_the_disk_by_name_before_the_poll_opens_and_off_it_when_it_ends(settings, monkeypatch):
    """A power cut right afterwards must neither lose the key of ballots nor bring back one that was destroyed."""
    flushed, flush = [], os.fsync

    def watched(descriptor):
        flushed.append(os.path.realpath(f"/proc/self/fd/{descriptor}"))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    public = poll_keys.make_key()
    path, folder = str(poll_keys._path(public)), str(settings.DATA_DIR / "keys")
    assert flushed == [path, folder]
    poll_keys.destroy_key(public)
    assert flushed == [path, folder] * 2 and not poll_keys.has_key(public)


def test_the_private_key_lies_outside_the_database_and_sealed(campaign, branch, settings):
    poll, _codes = open_poll(campaign, branch)
    [path] = (settings.DATA_DIR / "keys").glob(poll_keys._path(poll.public_key).name)
    private = bytes(poll_keys.opener(poll.public_key)._private_key)
    assert path.stat().st_mode & 0o777 == 0o600
    assert private not in path.read_bytes()


@pytest.mark.parametrize("how", ["orm", "save", "sql"])
def test_nobody_changes_that_a_poll_is_anonymous(campaign, branch, how):
    poll = draft_poll(campaign, branch)

    def change():
        if how == "orm":
            Poll.objects.filter(pk=poll.pk).update(is_anonymous=False)
        elif how == "save":
            poll.is_anonymous = False
            poll.save()
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE evaluations_poll SET is_anonymous = %s WHERE id = %s", [False, poll.pk])

    with pytest.raises(IntegrityError, match="is_anonymous of a poll cannot be changed"), transaction.atomic():
        change()
    assert Poll.objects.get(pk=poll.pk).is_anonymous


def test_the_number_of_ballots_is_told_from_k_up(campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:4], [0] * 5)
    assert polls.returned_so_far(poll) is None
    cast_all(codes["members"][4:5], [0] * 5)
    assert polls.returned_so_far(poll) == 5
