"""The leading group with dates, and the division of work among leaders."""
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from config.kit.refusal import Refusal
from tests.factories.units import OrganizationFactory, user_with
from units.domain import charges, leadership
from units.domain.organization_changes import merge_organization
from units.enums import OrganizationKind, Role
from units.models import Charge, HistoryEntry, LeadershipPost

DAY, MAY = date(2011, 6, 1), date(2011, 5, 1)


@pytest.fixture
def how(office, at, today):
    return {"by": office, "at": at, "on": today}


@pytest.fixture
def second(tree):
    """Another leader of the whole."""
    return user_with(Role.LEADER, tree.root, name="周立民")


def held(day, root):
    return {user: [unit.name for unit in units] for user, units in charges.charges_by_leader(day, within=root).items()}


# The group ------------------------------------------------------------------------------------
def test_who_sits_in_the_group_on_a_day(root, how):
    old = leadership.appoint(root, role="group_head", name="陈 国华", duty="书记", starts_on=MAY, **how)
    leadership.appoint(root, role="office_member", name="唐文斌", starts_on=MAY, **how)
    leadership.end_post(old, ends_on=date(2011, 5, 31), **how)
    leadership.appoint(root, role="group_head", name="刘振山", starts_on=DAY, **how)
    assert [post.name for post in leadership.leadership_of(root, on=MAY)] == ["陈国华", "唐文斌"]
    assert [post.name for post in leadership.leadership_of(root, on=DAY)] == ["刘振山", "唐文斌"]
    assert {entry.verb for entry in HistoryEntry.objects.of(root)} == {"appoint", "step_down"}


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"role": "group_head", "name": "刘振山"}, leadership.SeatTaken,
         "组长和办公室主任同时只能各有一人，请先写原来那位到哪天止。"),
        ({"role": "group_head", "name": "陈国华"}, leadership.SeatTaken, "陈国华已经是组长。"),
        ({"role": "group_member", "name": "甲", "starts_on": date(2011, 6, 11)}, leadership.WrongDay, "日期不能晚于今天。"),
    ],
)
def test_a_seat_is_refused(said, error, words, root, how):
    leadership.appoint(root, role="group_head", name="陈国华", starts_on=MAY, **how)
    with pytest.raises(error) as refused:
        leadership.appoint(root, **({"starts_on": DAY} | said | how))
    assert refused.value.message == words


@pytest.mark.parametrize(
    ("role", "name", "starts_on", "words"),
    [
        ("group_head", "刘振山", date(2011, 5, 31), "陈国华任组长到2011年5月31日，日期要晚于那一天。"),
        ("group_member", "甲", date(2011, 5, 20), "甲任成员到2011年5月31日，日期要晚于那一天。"),
        ("group_head", "刘振山", DAY, None),
        ("group_member", "乙", date(2011, 5, 20), None),
    ],
)
def test_nobody_sits_where_another_still_sat(role, name, starts_on, words, root, how):
    for old in (("group_head", "陈国华"), ("group_member", "甲")):
        post = leadership.appoint(root, role=old[0], name=old[1], starts_on=MAY, **how)
        leadership.end_post(post, ends_on=date(2011, 5, 31), **how)
    if words is None:
        assert leadership.appoint(root, role=role, name=name, starts_on=starts_on, **how)
        return
    with pytest.raises(leadership.WrongDay) as refused:
        leadership.appoint(root, role=role, name=name, starts_on=starts_on, **how)
    assert (refused.value.message, refused.value.field) == (words, "starts_on")


def test_what_is_dissolved_is_led_by_nobody(branch, how, today):
    branch.dissolved_on = today
    with pytest.raises(leadership.OrganizationEnded, match="^已经撤销的党组织不再登记领导小组。$"):
        leadership.appoint(branch, role="group_head", name="甲", starts_on=DAY, **how)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2011, 6, 11), "日期不能晚于今天。"), (date(2011, 4, 30), "结束日期不能早于开始日期。")]
)
def test_an_end_is_refused(day, words, root, how):
    post = leadership.appoint(root, role="group_head", name="陈国华", starts_on=MAY, **how)
    with pytest.raises(leadership.WrongDay) as refused:
        leadership.end_post(post, ends_on=day, **how)
    assert refused.value.message == words
    ended = leadership.end_post(post, ends_on=DAY, **how)
    with pytest.raises(leadership.PostEnded) as refused:
        leadership.end_post(ended, ends_on=DAY, **how)
    assert refused.value.message == "这一任已经结束。"


# Who is in charge of what ---------------------------------------------------------------------
def test_work_is_divided_from_a_day_on(tree, leader, second, how):
    divide = {"within": tree.root, **how}
    assert charges.divide_work(leader, [tree.organ, tree.institution], happened_on=MAY, **divide) == (2, 0)
    assert charges.divide_work(second, [tree.institution, tree.society], happened_on=DAY, **divide) == (2, 0)
    assert held(MAY, tree.root) == {leader.pk: ["办公厅党总支", "信息中心党委"]}
    assert held(DAY, tree.root) == {leader.pk: ["办公厅党总支"], second.pk: ["信息中心党委", "社会工作协会党支部"]}
    assert charges.leader_of(tree.institution, on=MAY) == leader
    assert charges.divide_work(leader, [], happened_on=DAY, **divide) == (0, 1)
    assert charges.leader_of(tree.organ, on=DAY) is None
    assert [entry.verb for entry in HistoryEntry.objects.of(tree.organ).order_by("sequence")] == ["put_in_charge", "end_charge"]


def test_the_same_again_changes_nothing(tree, leader, how):
    charges.divide_work(leader, [tree.organ], within=tree.root, happened_on=MAY, **how)
    assert charges.divide_work(leader, [tree.organ], within=tree.root, happened_on=DAY, **how) == (0, 0)
    assert Charge.objects.get().starts_on == MAY


def test_a_division_of_the_same_day_is_replaced(tree, leader, second, how):
    charges.divide_work(leader, [tree.organ, tree.society], within=tree.root, happened_on=DAY, **how)
    charges.divide_work(second, [tree.organ], within=tree.root, happened_on=DAY, **how)
    charges.divide_work(leader, [], within=tree.root, happened_on=DAY, **how)
    assert [(charge.leader, charge.organization) for charge in Charge.objects.standing()] == [(second, tree.organ)]


def test_a_division_is_refused(tree, leader, how):
    elsewhere = user_with(Role.LEADER, tree.institution, name="院领导")
    charges.divide_work(leader, [tree.organ], within=tree.root, happened_on=DAY, **how)
    for who, units, day, error, words in (
        (leader, [], date(2011, 6, 11), charges.WrongDay, "日期不能晚于今天。"),
        (leader, [], MAY, charges.WrongDay, "“办公厅党总支”上次分工在 2011-06-01，日期不能早于那一天。"),
        (elsewhere, [tree.organ], DAY, charges.OutOfReach, "“办公厅党总支”不在院领导的范围里，请先由安全管理员授予角色。"),
    ):
        with pytest.raises(error) as refused:
            charges.divide_work(who, units, within=tree.root, happened_on=day, **how)
        assert refused.value.message == words


def test_a_unit_has_one_leader_on_past_days_too(tree, leader, second, how):
    """Given up on a day, it is not given to another from an earlier day on."""
    charges.divide_work(leader, [tree.organ], within=tree.root, happened_on=MAY, **how)
    charges.divide_work(leader, [], within=tree.root, happened_on=DAY, **how)
    with pytest.raises(charges.WrongDay) as refused:
        charges.divide_work(second, [tree.organ], within=tree.root, happened_on=date(2011, 5, 31), **how)
    assert refused.value.message == "“办公厅党总支”上次分工在 2011-06-01，日期不能早于那一天。"
    assert charges.divide_work(second, [tree.organ], within=tree.root, happened_on=DAY, **how) == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["charge", "head"])
def test_of_two_offices_at_once_one_is_told(what, at, today):
    """Both put somebody where nobody is: no error page, and one leader."""
    root = OrganizationFactory(kind=OrganizationKind.ORGAN_COMMITTEE)
    unit, by = OrganizationFactory(parent=root), user_with(Role.OFFICE, root)
    root.refresh_from_db()
    leaders, gate = [user_with(Role.LEADER, root) for _n in range(2)], threading.Barrier(2)

    def put(who):
        gate.wait(timeout=10)
        how = {"by": by, "at": at, "on": today}
        try:
            if what == "head":
                return bool(leadership.appoint(root, role="group_head", name=who.name, starts_on=DAY, **how))
            return bool(charges.divide_work(who, [unit], within=root, happened_on=DAY, **how))
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = sorted(pool.map(put, leaders))
    assert given == ([False, True] if what == "head" else [True, True])  # a later division of the same day replaces
    assert (LeadershipPost if what == "head" else Charge).objects.standing().count() == 1


def test_nobody_is_in_charge_of_what_ended(tree, leader, how):
    charges.divide_work(leader, [tree.society], within=tree.root, happened_on=MAY, **how)
    leadership.appoint(tree.society, role="group_head", name="甲", starts_on=MAY, **how)
    merge_organization(tree.society, target=tree.institution_branch, happened_on=DAY, reason="批复", **how)
    assert Charge.objects.standing().get().ends_on == date(2011, 5, 31)
    assert LeadershipPost.objects.standing().get().ends_on == date(2011, 5, 31)
