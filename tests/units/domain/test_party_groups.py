"""Party groups of a branch: who is in which from which day on, and every refusal with its words."""
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.factories.units import MemberFactory, UserFactory
from units.domain import party_groups as groups
from units.domain.memberships import move_membership
from units.domain.organization_changes import merge_organization
from units.models import GroupPlace, HistoryEntry, PartyGroup

MAY, DAY = date(2011, 5, 1), date(2011, 6, 1)


@pytest.fixture
def how(secretary, at, today):
    return {"by": secretary, "at": at, "on": today}


@pytest.fixture
def first(branch, branch_members, how):
    """第一党小组: the first three members, led by the second."""
    return groups.found_group(
        branch, name="第一 党小组", members=branch_members[:3], leader=branch_members[1], happened_on=MAY, **how
    )


def told(branch, on):
    rows, left = groups.groups_of(branch, on=on)
    return [(row.group.name, row.leader, set(row.members)) for row in rows], set(left)


def test_a_group_has_members_and_a_leader(branch, branch_members, first, today):
    assert told(branch, today) == ([("第一党小组", branch_members[1], set(branch_members[:3]))], set(branch_members[3:]))
    assert [entry.verb for entry in HistoryEntry.objects.of(first)] == ["found"]


def test_members_come_go_and_lead_from_a_day_on(branch, branch_members, first, how, today):
    one, two, three, four, _five = branch_members
    groups.arrange_group(first, name="学习党小组", members=[one, two, four], leader=one, happened_on=DAY, **how)
    assert told(branch, today)[0] == [("学习党小组", one, {one, two, four})]
    assert told(branch, MAY)[0] == [("学习党小组", two, {one, two, three})]
    assert HistoryEntry.objects.of(first).latest("sequence").detail["note"] == "2011-06-01 学习党小组：进 1 人，出 1 人"


def test_a_member_goes_over_to_another_group(branch, branch_members, first, how, today):
    groups.found_group(branch, name="第二党小组", members=branch_members[2:4], happened_on=DAY, **how)
    assert told(branch, today)[0] == [
        ("第一党小组", branch_members[1], set(branch_members[:2])), ("第二党小组", None, set(branch_members[2:4]))
    ]


def test_the_same_again_writes_no_new_place(branch_members, first, how):
    groups.arrange_group(
        first, name="第一党小组", members=branch_members[:3], leader=branch_members[1], happened_on=DAY, **how
    )
    assert GroupPlace.objects.count() == 3


def test_a_dissolved_group_lets_everybody_go(branch, branch_members, first, how, today):
    groups.dissolve_group(first, happened_on=DAY, **how)
    assert told(branch, today) == ([], set(branch_members))
    assert {place.ends_on for place in GroupPlace.objects.standing()} == {date(2011, 5, 31)}
    with pytest.raises(groups.GroupDissolved) as refused:
        groups.dissolve_group(first, happened_on=DAY, **how)
    assert refused.value.message == "这个党小组已经撤销。"
    groups.found_group(branch, name="第一党小组", happened_on=DAY, **how)  # the name is free


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"name": "第一党小组"}, groups.NameTaken, "本支部已经有同名的党小组。"),
        ({"happened_on": date(2011, 6, 11)}, groups.WrongDay, "日期不能晚于今天。"),
        ({"leader": 0}, groups.WrongMembers, "组长要在本组名单里。"),
    ],
)
def test_a_group_is_refused(said, error, words, branch, branch_members, first, how):
    if "leader" in said:
        said = {"leader": branch_members[0]}
    with pytest.raises(error) as refused:
        groups.found_group(branch, **({"name": "第二党小组", "happened_on": DAY} | said | how))
    assert refused.value.message == words
    assert PartyGroup.objects.count() == 1


def test_only_branches_have_groups_of_their_own_members(tree, branch, how):
    with pytest.raises(groups.NotABranch) as refused:
        groups.found_group(tree.organ, name="甲", happened_on=DAY, **how)
    assert refused.value.message == "党小组设在党支部里面。"
    with pytest.raises(groups.WrongMembers) as refused:
        groups.found_group(branch, name="甲", members=tree.members[tree.society.pk], happened_on=DAY, **how)
    assert refused.value.message == "只能选本支部的党员。"


def test_nothing_is_arranged_before_what_was_arranged_last(branch_members, first, how):
    arrange = {"name": "第一党小组", "leader": None, **how}
    with pytest.raises(groups.WrongDay) as refused:
        groups.arrange_group(first, members=[], happened_on=date(2011, 4, 30), **arrange)
    assert refused.value.message == "日期不能早于党小组成立的日期。"
    groups.arrange_group(first, members=branch_members[:4], happened_on=DAY, **arrange)
    with pytest.raises(groups.WrongDay) as refused:
        groups.arrange_group(first, members=branch_members[:3], happened_on=date(2011, 5, 20), **arrange)
    assert refused.value.message == f"{branch_members[3]}上次分组在 2011-06-01，日期不能早于那一天。"


def test_a_group_is_not_dissolved_before_its_last_change(branch_members, first, how):
    groups.arrange_group(first, name="第一党小组", members=branch_members[:2], happened_on=DAY, **how)
    with pytest.raises(groups.WrongDay) as refused:
        groups.dissolve_group(first, happened_on=date(2011, 5, 31), **how)
    assert refused.value.message == "这个党小组 2011-06-01 还有人员变动，日期不能早于那一天。"
    groups.dissolve_group(first, happened_on=DAY, **how)


def test_nobody_is_in_two_groups_on_a_past_day(branch, branch_members, first, how):
    groups.arrange_group(first, name="第一党小组", members=branch_members[:2], leader=branch_members[1], happened_on=DAY, **how)
    with pytest.raises(groups.WrongDay) as refused:
        groups.found_group(branch, name="第二党小组", members=[branch_members[2]], happened_on=date(2011, 5, 31), **how)
    assert refused.value.message == f"{branch_members[2]}上次分组在 2011-06-01，日期不能早于那一天。"
    assert groups.found_group(branch, name="第二党小组", members=[branch_members[2]], happened_on=DAY, **how)


def test_nobody_is_in_a_group_before_belonging_to_the_branch(branch, first, how):
    late = MemberFactory(organization=branch, member_since=DAY)
    with pytest.raises(groups.WrongDay) as refused:
        groups.found_group(branch, name="第二党小组", members=[late], happened_on=MAY, **how)
    assert refused.value.message == f"{late} 2011-06-01 才到本支部，日期不能早于那一天。"


@pytest.mark.django_db(transaction=True)
def test_of_two_groups_at_once_one_gets_the_member(at, today):
    member, by = MemberFactory(), UserFactory()
    gate = threading.Barrier(2)

    def found(name):
        gate.wait(timeout=10)
        try:
            groups.found_group(member.organization, name=name, members=[member], happened_on=DAY, by=by, at=at, on=today)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(found, ["甲组", "乙组"]))
    assert GroupPlace.objects.standing().get(member=member).group.name in ("甲组", "乙组")


def test_groups_end_with_their_branch(tree, first, office, at, today):
    merge_organization(
        tree.organ_branch, target=tree.organ_branch_2, happened_on=DAY, reason="批复", by=office, at=at, on=today
    )
    first.refresh_from_db()
    assert first.dissolved_on == DAY
    assert {place.ends_on for place in GroupPlace.objects.standing()} == {date(2011, 5, 31)}


def test_who_leaves_the_branch_leaves_the_group(branch, branch_members, first, tree, how, today):
    move_membership(branch_members[0], tree.society, starts_on=DAY, reason="调动", by=how["by"], at=how["at"])
    assert told(branch, today)[0] == [("第一党小组", branch_members[1], set(branch_members[1:3]))]
    assert GroupPlace.objects.standing().get(member=branch_members[0]).ends_on == date(2011, 5, 31)
