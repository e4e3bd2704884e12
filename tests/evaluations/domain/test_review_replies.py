"""Answers to a review: by when, by whom, in versions, and what waits for whom."""
import datetime

import pytest

from campaign.domain.calendar_days import keep_days
from config.kit.facts import FactSuperseded
from evaluations.domain import review_replies, reviews
from evaluations.domain.due_reviews import replies_due, replies_received
from evaluations.domain.reviews import Problem
from evaluations.models import ReviewReply
from tests.factories.evaluations import ReviewFactory
from units.models import HistoryEntry

DUE = datetime.date(2011, 6, 17)  # five working days after Friday, 10 June 2011


@pytest.fixture
def review(campaign, branch, leader, at, today):
    return reviews.give_review(
        campaign=campaign, organization=branch, form="anytime", problems=[Problem("会议偏多")], direction="多下去。",
        happened_on=today, by=leader, at=at, on=today,
    )


@pytest.fixture
def answer(review, secretary, at, today):
    return review_replies.reply(review, text="下月起每周少开一个会。", by=secretary, at=at, on=today)


def test_the_answer_is_due_after_the_working_days_of_the_campaign(review, campaign, office, at, today):
    assert review.reply_due_on == DUE
    keep_days(first=datetime.date(2011, 6, 14), is_working=False, by=office, at=at)
    assert review_replies.reply_due(campaign, at=at) == datetime.date(2011, 6, 20)
    campaign.reply_days = 0
    assert review_replies.reply_due(campaign, at=at) is None


def test_a_late_record_counts_from_its_recording(campaign, branch, leader, at, today):
    said = {"form": "anytime", "problems": [Problem("一")], "direction": "二", "by": leader, "at": at, "on": today}
    late = reviews.give_review(campaign=campaign, organization=branch, happened_on=datetime.date(2011, 5, 3), **said)
    assert late.reply_due_on == DUE


def test_both_sides_write_into_one_thread(review, answer, leader, at, today):
    back = review_replies.reply(review, text="好，月底看。", by=leader, at=at + datetime.timedelta(hours=1), on=today)
    assert [(row.text, row.side) for row in ReviewReply.objects.standing().of(review)] == [
        ("下月起每周少开一个会。", "reviewed"), ("好，月底看。", "reviewer")
    ]
    assert [entry.verb for entry in HistoryEntry.objects.of(review).order_by("sequence")] == ["review", "reply", "reply"]
    assert back.review == review


def test_a_correction_keeps_the_old_words_and_its_place(review, answer, leader, secretary, at, today):
    later = at + datetime.timedelta(hours=2)
    review_replies.reply(review, text="好。", by=leader, at=at + datetime.timedelta(hours=1), on=today)
    newer = review_replies.correct_reply(answer, text="下周起就少开。", reason="说早了", by=secretary, at=later)
    assert [row.text for row in ReviewReply.objects.standing().of(review)] == ["下周起就少开。", "好。"]
    assert (newer.supersedes, newer.change_reason, newer.lineage) == (answer, "说早了", answer.lineage)
    with pytest.raises(FactSuperseded):
        review_replies.correct_reply(answer, text="再改", reason="又", by=secretary, at=later)


@pytest.mark.parametrize(
    ("said", "message", "field"),
    [({"text": " ", "reason": "x"}, "请写一句打算。", "text"), ({"text": "改", "reason": " "}, "请写一句更正的原因。", "reason")],
)
def test_what_is_refused(said, message, field, answer, secretary, at):
    with pytest.raises(review_replies.ReplyEmpty) as refused:
        review_replies.correct_reply(answer, **said, by=secretary, at=at)
    assert (refused.value.message, refused.value.field) == (message, field)


def test_an_empty_answer_and_one_to_a_review_taken_back(review, secretary, leader, at, today):
    with pytest.raises(review_replies.ReplyEmpty):
        review_replies.reply(review, text=" ", by=secretary, at=at, on=today)
    reviews.withdraw_review(review, reason="写错", by=leader, at=at)
    with pytest.raises(review_replies.ReviewGone) as refused:
        review_replies.reply(review, text="改", by=secretary, at=at, on=today)
    assert refused.value.message == "这条点评刚刚更正或撤回了，请看最新的一版再回复。"


def made(*words):
    return words[0], words[2], words[3], words[-1]


def test_what_waits_for_the_secretary_until_it_is_answered(review, secretary, today):
    waiting = [(secretary.pk, f"reply:{review.lineage}:2011-06-17:soon", "部领导对本单位的点评等您回复", DUE)]
    assert list(replies_due(made, on=today)) == list(replies_due(made, on=today, user=secretary)) == waiting
    assert next(replies_due(made, on=DUE + datetime.timedelta(days=1)))[1].endswith(":late")


def test_an_answer_satisfies_also_after_the_review_was_corrected(review, answer, leader, secretary, at, today):
    assert not list(replies_due(made, on=today))
    reviews.correct_review(
        review, form="anytime", problems=[Problem("会议太多")], direction="多下去。", happened_on=today, reason="说准",
        by=leader, at=at + datetime.timedelta(hours=1), on=today,
    )
    assert not list(replies_due(made, on=today, user=secretary))


def test_the_reviewers_own_word_is_no_answer(review, leader, secretary, at, today):
    review_replies.reply(review, text="请尽快。", by=leader, at=at, on=today)
    assert list(replies_due(made, on=today, user=secretary))


def test_a_members_review_waits_for_the_member(campaign, branch_members, member, secretary, today):
    review = ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=secretary, reply_due_on=DUE)
    ReviewFactory(campaign=campaign, member=branch_members[2], reviewer=secretary, reply_due_on=DUE)  # has no account
    assert [row[0] for row in replies_due(made, on=today)] == [member.pk]
    assert [row[1] for row in replies_due(made, on=today, user=member)] == [f"reply:{review.lineage}:2011-06-17:soon"]
    assert not list(replies_due(made, on=today, user=secretary))


def test_the_reviewer_hears_of_an_answer_once(review, answer, leader, branch, today):
    notices = [(leader.pk, f"answer:{answer.lineage}", f"{branch}回复了您的点评", None)]
    assert list(replies_received(made, on=today)) == notices
    assert not list(replies_received(made, on=today + datetime.timedelta(days=8)))
    assert not list(replies_received(made, on=today, user=leader))
