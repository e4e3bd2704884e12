"""Linked bodies: who may be registered when, what the refusals say, what becomes of them when their organisation ends."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from config.kit.refusal import Refusal
from units.domain import linked_bodies, organization_changes
from units.models import BodyHonour, HistoryEntry, LinkedBody


@pytest.fixture
def written(office, at, today):
    return {"by": office, "at": at, "on": today}


@pytest.fixture
def union(unit, written):
    return linked_bodies.register_body(
        unit, kind="union", name="办公厅 工会", chair_name="", size=40, founded_on=datetime.date(2005, 5, 1), **written
    )


HONOUR = {"holder": "collective", "level": "bureau", "title": "模范职工之家", "happened_on": datetime.date(2011, 4, 28)}


def test_a_body_is_registered_with_its_history(union, unit):
    assert (union.name, union.size, union.organization) == ("办公厅工会", 40, unit)
    entry = HistoryEntry.objects.of(union).get()
    assert (entry.verb, entry.detail["note"]) == ("found", "办公厅工会 · 工会 · 40 人")


def test_the_chair_is_the_one_member_of_that_name(unit, branch_members, written):
    body = linked_bodies.register_body(
        unit, kind="youth", name="团支部", chair_name=branch_members[1].name, size=9,
        founded_on=datetime.date(2005, 5, 4), **written
    )
    assert body.chair == branch_members[1]
    body = linked_bodies.change_body(
        body, kind="youth", name="团支部", chair_name="外面的人", size=10, founded_on=datetime.date(2005, 5, 4), **written
    )
    assert (body.chair, body.chair_name, body.size) == (None, "外面的人", 10)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"founded_on": datetime.date(2011, 6, 11)}, "成立日期不能晚于今天。"),
        ({"name": "办公厅工会"}, "本组织已经有同名的群团组织。"),
    ],
)
def test_a_body_cannot_be(union, unit, written, changes, message):
    said = {"kind": "women", "name": "妇女小组", "size": 3, "founded_on": datetime.date(2005, 3, 8)} | changes
    with pytest.raises(Refusal) as refusal:
        linked_bodies.register_body(unit, **said, **written)
    assert refusal.value.message == message
    assert LinkedBody.objects.count() == 1


def test_a_dissolved_organization_registers_none(unit, written):
    unit.dissolved_on = datetime.date(2011, 1, 1)
    with pytest.raises(linked_bodies.BodyEnded, match="已经撤销的党组织不再登记群团组织。"):
        linked_bodies.register_body(unit, kind="union", name="工会", founded_on=datetime.date(2005, 5, 1), **written)


def test_an_ended_body_changes_no_more(union, written):
    with pytest.raises(linked_bodies.BodyDayCannotBe, match="撤销日期不能早于成立日期。"):
        linked_bodies.end_body(union, happened_on=datetime.date(2004, 1, 1), **written)
    ended = linked_bodies.end_body(union, happened_on=datetime.date(2011, 6, 1), **written)
    assert ended.ended_on == datetime.date(2011, 6, 1)
    with pytest.raises(linked_bodies.BodyEnded, match="这个群团组织已经撤销。"):
        linked_bodies.end_body(union, happened_on=datetime.date(2011, 6, 2), **written)


def test_honours_are_for_the_body_or_for_somebody_in_it(union, written):
    linked_bodies.honour_body(union, **HONOUR, person="不算", **written)
    linked_bodies.honour_body(union, **HONOUR | {"holder": "individual", "title": "优秀工会干部"}, person="王 五", **written)
    assert [str(row) for row in linked_bodies.bodies_of(union.organization)[0][0].honours_told] == [
        "王五 优秀工会干部", "办公厅工会 模范职工之家"
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"holder": "individual"}, "给个人的写姓名，给集体的不写。"),
        ({"happened_on": datetime.date(2011, 6, 11)}, "授予日期不能晚于今天。"),
        ({"happened_on": datetime.date(2001, 6, 11)}, "授予日期不能早于成立日期。"),
        ({}, "这一天的这个荣誉已经登记过。"),
    ],
)
def test_an_honour_cannot_be(union, written, changes, message):
    linked_bodies.honour_body(union, **HONOUR, **written)
    with pytest.raises(Refusal) as refusal:
        linked_bodies.honour_body(union, **HONOUR | changes, **written)
    assert refusal.value.message == message
    assert BodyHonour.objects.count() == 1


def test_an_honour_lies_between_founding_and_end(union, written):
    """Also when founding or end are written down after it."""
    honour = linked_bodies.honour_body(union, **HONOUR, **written)
    said = {"kind": "union", "name": union.name, "size": 40}
    with pytest.raises(linked_bodies.BodyDayCannotBe) as refused:
        linked_bodies.change_body(union, **said, founded_on=datetime.date(2011, 4, 29), **written)
    assert (refused.value.message, refused.value.field) == ("2011年4月28日已经有荣誉，成立日期不能更晚。", "founded_on")
    with pytest.raises(linked_bodies.BodyDayCannotBe, match="^2011年4月28日还有荣誉，撤销日期不能更早。$"):
        linked_bodies.end_body(union, happened_on=datetime.date(2011, 4, 27), **written)
    linked_bodies.change_body(union, **said, founded_on=honour.happened_on, **written)
    linked_bodies.end_body(union, happened_on=honour.happened_on, **written)
    with pytest.raises(linked_bodies.BodyEnded, match="^这个群团组织已经撤销。$"):
        linked_bodies.honour_body(union, **HONOUR | {"title": "另一个"}, **written)


def test_the_database_keeps_persons_with_individuals(union, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyHonour.objects.create(body=union, recorded_at=at, person="王五", **HONOUR)


def test_an_honour_is_taken_back(union, written, at, office):
    row = linked_bodies.honour_body(union, **HONOUR, **written)
    linked_bodies.take_back_honour(row, reason="写错了", by=office, at=at)
    assert linked_bodies.bodies_of(union.organization)[0][0].honours_told == []
    assert HistoryEntry.objects.of(union).order_by("-sequence").first().detail["note"] == "办公厅工会 模范职工之家：写错了"


@pytest.mark.parametrize("rows", [1, 3])
def test_bodies_need_two_queries(unit, written, rows, django_assert_num_queries):
    for number in range(rows):
        body = linked_bodies.register_body(
            unit, kind="union", name=f"工会{number}", size=1, founded_on=datetime.date(2005, 5, 1), **written
        )
        linked_bodies.honour_body(body, **HONOUR, **written)
    with django_assert_num_queries(2):
        assert len(linked_bodies.bodies_of(unit)[0]) == rows


def test_a_merger_carries_them_and_a_dissolution_ends_them(tree, office, at, today):
    said = {"kind": "youth", "name": "团小组", "size": 4, "founded_on": datetime.date(2005, 5, 4)}
    said |= {"by": office, "at": at, "on": today}
    first = linked_bodies.register_body(tree.organ_branch, **said)
    second = linked_bodies.register_body(tree.organ_branch_2, **said)
    organization_changes.merge_organization(
        tree.organ_branch_2, target=tree.organ_branch, happened_on=today, reason="合并", by=office, at=at, on=today
    )
    second.refresh_from_db()
    assert (second.organization, second.name, second.ended_on) == (tree.organ_branch, "团小组（办公厅第二党支部）", None)
    tree.organ.refresh_from_db()
    third = linked_bodies.register_body(tree.society, **said)
    for member in tree.members[tree.society.pk]:
        member.left_on, member.left_as = today, "outside"
        member.save()
    organization_changes.dissolve_organization(tree.society, happened_on=today, reason="撤销", by=office, at=at, on=today)
    third.refresh_from_db()
    assert third.ended_on == today
    assert first.organization == tree.organ_branch
