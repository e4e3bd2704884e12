"""Posts and windows: the steps in their order, one plaque each, and the yearly look with its reminder."""
from datetime import timedelta

import pytest

from campaign import permissions
from campaign.domain import designations
from campaign.due import due_things
from campaign.enums import DesignationState
from campaign.models import Designation
from units.models import HistoryEntry


@pytest.fixture
def applied(branch, branch_members, member, at):
    return designations.apply_for_designation(
        branch, kind="post", title="接待岗", text="当天答复。", holder=branch_members[1], by=member, at=at
    )


@pytest.fixture
def awarded(applied, secretary, office, at, today):
    designations.endorse_designation(applied, by=secretary, at=at)
    designations.award_designation(applied, plaque=" XF-1 ", by=office, at=at, on=today)
    return applied


def test_the_steps_follow_each_other(awarded, today):
    assert (awarded.state, awarded.plaque, awarded.awarded_on) == (DesignationState.AWARDED, "XF-1", today)
    assert list(HistoryEntry.objects.of(awarded).order_by("pk").values_list("verb", flat=True)) == ["ask", "endorse", "award"]


def test_no_step_is_left_out_or_taken_twice(applied, office, secretary, at, today):
    for step in (
        lambda: designations.award_designation(applied, plaque="1", by=office, at=at, on=today),
        lambda: designations.withdraw_designation(applied, reason="不再", by=office, at=at),
    ):
        with pytest.raises(designations.CannotMove, match="已经有人办过这一步，请看最新的情况。"):
            step()
    with pytest.raises(designations.CannotMove, match="它现在不在授牌状态，请看最新的情况。"):
        designations.look_again(applied, by=office, at=at, on=today)
    designations.endorse_designation(applied, by=secretary, at=at)
    with pytest.raises(designations.CannotMove):
        designations.endorse_designation(applied, by=secretary, at=at)


def test_a_post_needs_a_member_of_the_branch_and_a_window_none(branch, tree, secretary, at):
    stranger = tree.members[tree.society.pk][0]
    for holder in (None, stranger):
        with pytest.raises(designations.HolderMissing, match="先锋岗要写明是本支部的哪位党员。"):
            designations.apply_for_designation(branch, kind="post", title="岗", text="好", holder=holder, by=secretary, at=at)
    made = designations.apply_for_designation(branch, kind="window", title="窗", text="好", holder=stranger, by=secretary, at=at)
    assert made.holder is None


def test_a_plaque_is_given_once_and_never_empty(awarded, branch, committee, secretary, office, at, today):
    other = designations.apply_for_designation(branch, kind="window", title="窗", text="好", by=secretary, at=at)
    designations.endorse_designation(other, by=committee, at=at)
    with pytest.raises(designations.PlaqueTaken, match="牌号“XF-1”已经用过，请换一个。"):
        designations.award_designation(other, plaque="XF-1", by=office, at=at, on=today)
    with pytest.raises(designations.PlaqueTaken, match="授牌时要写牌号。"):
        designations.award_designation(other, plaque=" ", by=office, at=at, on=today)


def test_returned_and_withdrawn_say_why(applied, awarded, office, at):
    with pytest.raises(designations.ReasonMissing, match="请写一句原因。"):
        designations.withdraw_designation(awarded, reason=" ", by=office, at=at)
    with pytest.raises(designations.ReasonMissing, match="请写一句原因。"):
        designations.return_designation(awarded, reason="", by=office, at=at)
    designations.withdraw_designation(awarded, reason="岗位合并", by=office, at=at)
    assert (awarded.state, awarded.reason, awarded.plaque) == (DesignationState.WITHDRAWN, "岗位合并", "XF-1")


def test_the_yearly_look_is_due_a_month_before_its_day_and_moves_on(awarded, office, today, at):
    def due(on):
        return [(thing.title, thing.due_on) for thing in due_things(on=on, user=office) if thing.kind == "designation"]

    year = timedelta(days=365)
    assert due(today + timedelta(days=334)) == []
    assert due(today + timedelta(days=335)) == [("接待岗", today + year)]
    designations.look_again(awarded, by=office, at=at, on=today + timedelta(days=340))
    assert designations.look_due_on(awarded) == today + timedelta(days=340) + year
    assert due(today + timedelta(days=350)) == []


def test_each_step_waits_for_whoever_takes_it(applied, secretary, committee, office, outsider, member, at, today):
    def waiting(user):
        return [thing.action for thing in due_things(on=today, user=user) if thing.kind == "designation"]

    assert [waiting(user) for user in (secretary, office, outsider, member)] == [["审"], [], [], []]
    designations.endorse_designation(applied, by=secretary, at=at)
    assert [waiting(user) for user in (secretary, office)] == [[], ["授牌"]]
    designations.return_designation(applied, reason="写具体些", by=office, at=at)
    assert waiting(office) == [] and Designation.objects.get().reason == "写具体些"


def test_what_the_secretary_applied_for_waits_for_the_committee(branch, secretary, committee, office, outsider, at, today):
    made = designations.apply_for_designation(branch, kind="window", title="窗口", text="好", by=secretary, at=at)

    def waiting(user):
        return [(thing.title, thing.action) for thing in due_things(on=today, user=user) if thing.kind == "designation"]

    assert [waiting(user) for user in (secretary, committee, office, outsider)] == [[], [("窗口", "审")], [], []]
    assert permissions.can_endorse_designation(committee, made) and not permissions.can_endorse_designation(secretary, made)
    everybody = [thing for thing in due_things(on=today) if thing.kind == "designation"]
    assert [thing.recipient_id for thing in everybody] == [committee.pk]
