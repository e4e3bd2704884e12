"""Discussion meetings: groups and points without names, each put right or answered once, and told back to those concerned."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from campaign.domain.origins import origin_of
from campaign.domain.rectifications import DueTooEarly
from campaign.models import Reminder
from evaluations.domain import symposiums
from evaluations.models import Symposium, SymposiumParty, SymposiumPoint
from tests.factories.symposiums import HELD_AT, HELD_ON, POINTS, symposium
from units.models import HistoryEntry


@pytest.fixture
def held(campaign, branch, secretary):
    return symposium(campaign, branch, by=secretary)


def test_who_came_is_groups_and_numbers_and_no_names(held):
    assert {(party.audience, party.number, party.note) for party in held.parties.all()} == {
        ("members", 5, ""), ("masses", 3, "窗口办事群众"),
    }
    assert list(held.points.order_by("position").values_list("audience", "text")) == list(POINTS)
    for model in (SymposiumParty, SymposiumPoint):
        people = {field.related_model._meta.model_name for field in model._meta.concrete_fields if field.related_model}
        assert people <= {"symposium", "rectification", "user"}  # the user is the one who answers
    assert not isinstance(SymposiumPoint._meta.get_field("audience"), models.ForeignKey)


@pytest.mark.parametrize("days", [1, -600])
def test_it_was_held_on_a_day_of_the_campaign(campaign, branch, days):
    with pytest.raises(symposiums.WrongSymposiumDay, match="^日期要在活动期间，不晚于今天。$"):
        symposium(campaign, branch, held_on=HELD_ON + timedelta(days=days))


def test_somebody_came(campaign, branch, secretary):
    with pytest.raises(symposiums.NobodyCame, match="^请填哪些人参加，各多少人。$"):
        symposiums.record_symposium(
            campaign=campaign, organization=branch, title="空", held_on=HELD_ON, parties={"members": (0, "")}, by=secretary,
            at=HELD_AT, on=HELD_ON,
        )


def test_a_point_is_of_a_group_that_came_and_not_too_long(campaign, branch):
    with pytest.raises(symposiums.NobodyCame, match="^提意见的人要先填人数。$"):
        symposium(campaign, branch, points=[("served", "路不好走")])
    with pytest.raises(symposiums.PointsWrong, match="^一条意见最多 300 字，请分成几条。$"):
        symposium(campaign, branch, points=[("members", "长" * 301)])
    with pytest.raises(symposiums.PointsWrong, match="^一次座谈会最多记 40 条意见。$"):
        symposium(campaign, branch, points=[("members", "意见")] * 41)
    assert not Symposium.objects.exists()


def test_points_are_added_at_the_end(held, secretary):
    symposiums.add_points(held, [("members", "再一条")], by=secretary, at=HELD_AT)
    assert held.points.get(position=3).text == "再一条"
    with pytest.raises(symposiums.PointsWrong, match="^请写意见，一行一条。$"):
        symposiums.add_points(held, [], by=secretary, at=HELD_AT)


def test_a_point_becomes_an_item_of_the_ledger_once(held, committee):
    point = held.points.first()
    how = {"problem": "窗口中午安排值班", "due_on": HELD_ON + timedelta(days=30), "by": committee, "at": HELD_AT, "on": HELD_ON}
    item = symposiums.rectify_point(point, **how)
    assert (item.source, item.verifier, item.organization) == ("symposium", committee, held.organization)
    origin = origin_of(item, committee)
    assert (origin.label, origin.url) == (held.title, held.get_absolute_url())
    with pytest.raises(symposiums.PointSettled, match="^这条意见已经转为整改。$"):
        symposiums.rectify_point(point, **how)
    with pytest.raises(DueTooEarly):
        symposiums.rectify_point(held.points.last(), **{**how, "due_on": HELD_ON - timedelta(days=1)})


def test_who_puts_it_right_does_not_verify_it(held, secretary):
    item = symposiums.rectify_point(
        held.points.first(), problem="值班", due_on=HELD_ON, by=secretary, at=HELD_AT, on=HELD_ON
    )
    assert item.owner_id == secretary.member_id and item.verifier is None  # a level above verifies


def test_an_answer_has_words_and_stands(held, secretary):
    point = held.points.first()
    with pytest.raises(symposiums.AnswerMissing, match="^请写答复。$"):
        symposiums.answer_point(point, answer=" ", by=secretary, at=HELD_AT)
    symposiums.answer_point(point, answer="中午有人值班了", by=secretary, at=HELD_AT)
    with pytest.raises(symposiums.PointSettled, match="^这条意见已经答复，不能再改。$"):
        symposiums.answer_point(point, answer="另一种说法", by=secretary, at=HELD_AT)


def test_answers_are_told_back_once_to_the_accounts_of_the_branch(held, secretary, member, outsider):
    told = {"by": secretary, "at": HELD_AT, "on": HELD_ON}
    with pytest.raises(symposiums.NothingToTell, match="^没有新的答复可以告知。$"):
        symposiums.tell_back(held, **told)
    symposiums.answer_point(held.points.first(), answer="中午有人值班了", by=secretary, at=HELD_AT)
    assert symposiums.tell_back(held, **told) == 1
    reminder = Reminder.objects.get(channel="app")
    assert (reminder.recipient, reminder.title) == (member, "听意见座谈会：1 条意见有了答复")
    with pytest.raises(symposiums.NothingToTell):
        symposiums.tell_back(held, **told)
    verbs = HistoryEntry.objects.of(held).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["type_in", "answer_point", "tell_back"]


def test_members_see_it_once_they_were_told(held, secretary, member, outsider, leader):
    assert list(Symposium.objects.visible_to(leader)) == [held]
    assert not Symposium.objects.visible_to(member).exists() and not Symposium.objects.visible_to(outsider).exists()
    symposiums.answer_point(held.points.first(), answer="有人值班了", by=secretary, at=HELD_AT)
    symposiums.tell_back(held, by=secretary, at=HELD_AT, on=HELD_ON)
    assert list(Symposium.objects.visible_to(member)) == [held]
    assert not Symposium.objects.visible_to(outsider).exists()


def test_the_database_tells_only_what_was_answered(held):
    for wrong in ({"told_at": HELD_AT}, {"answer": "没有日期"}, {"answered_at": HELD_AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SymposiumPoint.objects.filter(pk=held.points.first().pk).update(**wrong)
