"""Circulating a review: who may read it then, from which ranges, and that nothing else of the unit opens."""
import datetime

import pytest

from campaign.models import Rectification
from config.kit.facts import FactSuperseded
from evaluations.domain import reviews
from evaluations.domain.due_reviews import reviews_sent
from evaluations.domain.review_circulations import AlreadyCirculated, RangeElsewhere, circulate, end_circulation, ranges
from evaluations.domain.reviews import Problem
from evaluations.models import Review, ReviewReply
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def review(campaign, branch, leader, at, today):
    """Of the first branch of the organ, with an item, by the leader."""
    return reviews.give_review(
        campaign=campaign, organization=branch, form="anytime", problems=[Problem("会议偏多", datetime.date(2011, 7, 1))],
        direction="多下去。", happened_on=today, by=leader, at=at, on=today,
    )


@pytest.fixture
def neighbour(tree):
    return user_with(Role.SECRETARY, tree.organ_branch_2)


@pytest.fixture
def society(tree):
    return user_with(Role.SECRETARY, tree.society)


def test_a_unit_without_branches_is_no_range(campaign, tree, leader):
    assert list(ranges(leader, ReviewFactory(campaign=campaign, organization=tree.society))) == ["category", "all"]
    assert list(ranges(leader, ReviewFactory(campaign=campaign, organization=tree.organ))) == ["unit", "category", "all"]


def seen(user):
    return list(Review.objects.visible_to(user))


@pytest.mark.parametrize(
    ("code", "readers"), [("unit", {"neighbour"}), ("category", {"neighbour"}), ("all", {"neighbour", "society", "outsider"})]
)
def test_the_range_decides_who_reads(code, readers, review, leader, neighbour, society, outsider, member, at, today):
    people = {"neighbour": neighbour, "society": society, "outsider": outsider}
    assert not any(seen(user) for user in people.values())
    circulate(review, range=code, by=leader, at=at, on=today)
    assert {name for name, user in people.items() if seen(user)} == readers
    assert not seen(member)  # secretaries are sent it, not their members
    assert not Review.objects.followed_by(neighbour).exists()


def test_nothing_else_of_the_unit_opens(review, leader, neighbour, secretary, at, today):
    from evaluations.domain.review_replies import reply

    reply(review, text="改。", by=secretary, at=at, on=today)
    ReviewFactory(campaign=review.campaign, organization=review.organization)
    circulate(review, range="all", by=leader, at=at, on=today)
    assert seen(neighbour) == [review]
    assert not ReviewReply.objects.visible_to(neighbour).exists()
    assert not Rectification.objects.visible_to(neighbour).exists()


def test_readers_see_the_version_that_stands(review, leader, neighbour, at, today):
    circulate(review, range="all", by=leader, at=at, on=today)
    later = at + datetime.timedelta(hours=1)
    newer = reviews.correct_review(
        review, form="anytime", problems=[Problem("会议太多", item=Rectification.objects.get())], direction="多下去。",
        happened_on=today, reason="说准", by=leader, at=later, on=today,
    )
    assert seen(neighbour) == [newer]
    reviews.withdraw_review(newer, reason="写错", by=leader, at=later)
    assert not seen(neighbour)


def test_ending_takes_it_away_and_only_once(review, leader, neighbour, at, today):
    row = circulate(review, range="all", by=leader, at=at, on=today)
    end_circulation(row, by=leader, at=at)
    assert not seen(neighbour)
    with pytest.raises(FactSuperseded):
        end_circulation(row, by=leader, at=at)
    circulate(review, range="all", by=leader, at=at, on=today)
    assert seen(neighbour) == [review]


def test_ranges_end_where_the_sender_does(review, leader, committee, secretary, member):
    assert set(ranges(leader, review)) == {"unit", "category", "all"}
    assert {code: str(words) for code, (words, *_place) in ranges(committee, review).items()} == {
        "all": "办公厅党总支范围内全部书记"
    }
    assert set(ranges(member, review)) == set()


def test_what_is_refused(review, leader, committee, at, today):
    with pytest.raises(RangeElsewhere) as refused:
        circulate(review, range="category", by=committee, at=at, on=today)
    assert refused.value.message == "请在列出的范围里选。"
    circulate(review, range="category", by=leader, at=at, on=today)
    with pytest.raises(AlreadyCirculated) as refused:
        circulate(review, range="category", by=leader, at=at, on=today)
    assert refused.value.message == "已经通报给机关司局各党组织的书记。"


def test_readers_get_a_notice_for_a_week(review, leader, neighbour, society, secretary, committee, at, today):
    def made(*words):
        return words[0], words[3]

    circulate(review, range="category", by=leader, at=at, on=today)
    notice = (neighbour.pk, "点评通报：办公厅第一党支部")
    assert list(reviews_sent(made, on=today)) == [notice] == list(reviews_sent(made, on=today, user=neighbour))
    assert not list(reviews_sent(made, on=today, user=society))
    assert not list(reviews_sent(made, on=today + datetime.timedelta(days=7)))
