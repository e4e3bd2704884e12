"""Asking a unit about a figure: once at a time, once a week, and no press before the question has waited."""
from datetime import timedelta

import pytest

from campaign.due import DueThing
from evaluations.domain import coverage, inquiries
from evaluations.domain.due_sources import inquiries_to_answer
from evaluations.models import Inquiry
from units.models import HistoryEntry

SITUATION = "30 天内没有活动"


@pytest.fixture
def asked(campaign, unit, leader, at):
    return inquiries.ask(unit, "activity", campaign=campaign, situation=SITUATION, by=leader, at=at)


def ask_again(asked, leader, at):
    return inquiries.ask(asked.organization, "activity", campaign=asked.campaign, situation=SITUATION, by=leader, at=at)


def test_a_question_waits_and_is_on_record(asked, leader):
    assert (asked.state, asked.asked_by) == ("asked", leader)
    assert [entry.verb for entry in HistoryEntry.objects.of(asked)] == ["inquire"]


def test_the_same_question_is_not_asked_twice(asked, leader, at):
    with pytest.raises(inquiries.AskedAlready, match="已经问过，还在等答复。"):
        ask_again(asked, leader, at + timedelta(days=30))


def test_another_figure_may_be_asked(asked, leader, at):
    inquiries.ask(asked.organization, "review", campaign=asked.campaign, situation="本半年还没有点评", by=leader, at=at)
    assert Inquiry.objects.waiting().count() == 2


@pytest.mark.parametrize(("days", "may"), [(6, False), (7, True)])
def test_what_was_answered_rests_for_a_week(asked, leader, committee, at, days, may):
    inquiries.answer(asked, answer="下周补上。", by=committee, at=at)
    if may:
        assert ask_again(asked, leader, at + timedelta(days=days)).state == "asked"
    else:
        with pytest.raises(inquiries.AskedAlready, match="办公厅党总支一周内答复过，请先看答复。"):
            ask_again(asked, leader, at + timedelta(days=days))


def test_nobody_is_pressed_before_three_days(asked, leader, at):
    with pytest.raises(inquiries.TooEarlyToUrge, match="问过三天还没有答复的，才能督促。"):
        inquiries.urge(asked, by=leader, at=at + timedelta(days=3, seconds=-1))
    inquiries.urge(asked, by=leader, at=at + timedelta(days=3))
    assert (asked.state, asked.urged_by) == ("urged", leader)


def test_nobody_is_pressed_twice_or_after_an_answer(asked, leader, committee, at):
    late = at + timedelta(days=4)
    inquiries.urge(asked, by=leader, at=late)
    with pytest.raises(inquiries.InquiryHasMoved, match="这件事刚有人办过，请看最新的情况。"):
        inquiries.urge(asked, by=leader, at=late)
    inquiries.answer(asked, answer="有困难，请帮助联系场地。", by=committee, at=late)
    with pytest.raises(inquiries.InquiryHasMoved):
        inquiries.answer(asked, answer="再写一句", by=committee, at=late)
    asked.refresh_from_db()
    assert asked.answer == "有困难，请帮助联系场地。"


def test_an_answer_has_words(asked, committee, at):
    with pytest.raises(inquiries.AnswerMissing, match="请写一句现在的情况，有困难也写上。"):
        inquiries.answer(asked, answer="  ", by=committee, at=at)


def test_it_waits_for_those_who_speak_for_the_unit(asked, committee, secretary, leader, today, at):
    def things(user):
        return [(thing.title, thing.occurrence) for thing in inquiries_to_answer(DueThing, on=today, user=user)]

    assert things(committee) == [(f"{leader.display_name}询问：30 天内有活动", f"inquiry:{asked.pk}:asked")]
    assert things(secretary) == things(leader) == []
    inquiries.urge(asked, by=leader, at=at + timedelta(days=3))
    assert things(committee) == [(f"{leader.display_name}督促：30 天内有活动", f"inquiry:{asked.pk}:urged")]
    inquiries.answer(asked, answer="补上了。", by=committee, at=at + timedelta(days=3))
    assert things(committee) == []


@pytest.mark.parametrize(
    ("measure", "fields", "words"),
    [
        ("activity", {}, "30 天内没有活动"),
        ("activity", {"has_activity": True, "silent_days": 0}, "最近 1 天内有活动"),
        ("review", {}, "本半年还没有点评"),
        ("turnout", {"issued": 20, "returned": 12}, "发出 20 份，收回 12 份"),
        ("rectification", {"due": 3, "on_time": 1}, "到期 3 项，按期完成 1 项"),
    ],
)
def test_the_figure_of_the_day_is_kept_in_words(measure, fields, words):
    assert coverage.situation(coverage.CoverageRow(None, **fields), measure) == words
