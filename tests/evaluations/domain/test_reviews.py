"""Reviews: three parts, problems that become items, versions with reasons, and who has none yet."""
import datetime

import pytest

from campaign.models import Rectification
from config.kit.facts import FactSuperseded
from config.kit.half_year import HalfYear
from evaluations.domain import reviews
from evaluations.domain.due_duties import reviews_due
from evaluations.domain.review_gaps import has_charges, members_without_review, organizations_without_review
from evaluations.domain.reviews import Problem
from evaluations.models import Review
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import user_with
from units.domain.charges import divide_work
from units.enums import Role
from units.models import HistoryEntry

JULY = datetime.date(2011, 7, 10)
FIRST_HALF = HalfYear(2011, 1)


@pytest.fixture
def give(campaign, branch, leader, at, today):
    """`give(**changes)` writes a review of the branch by the leader."""

    def make(**changes):
        said = {
            "campaign": campaign, "organization": branch, "form": "anytime", "strengths": "走访扎实。",
            "problems": [Problem("会议偏多")], "direction": "少开会，多下去。", "happened_on": today, "by": leader, "at": at,
            "on": today,
        }
        return reviews.give_review(**said | changes)

    return make


def test_a_review_and_its_history(give, leader, branch):
    review = give()
    assert (review.reviewer, review.organization, review.stands) == (leader, branch, True)
    assert [problem.text for problem in review.problems.all()] == ["会议偏多"]
    assert [entry.verb for entry in HistoryEntry.objects.of(review)] == ["review"]
    assert not Rectification.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message", "field"),
    [
        ({"problems": []}, "请至少写一个问题，没有问题的点评不能发出。", "problem_1"),
        ({"problems": [Problem("  ")]}, "请至少写一个问题，没有问题的点评不能发出。", "problem_1"),
        ({"direction": " "}, "请写努力方向，没有方向的点评不能发出。", "direction"),
    ],
)
def test_without_a_problem_or_a_direction_it_is_not_accepted(changes, message, field, give):
    with pytest.raises(reviews.ReviewIncomplete) as refused:
        give(**changes)
    assert (refused.value.message, refused.value.field) == (message, field)
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message", "field"),
    [
        ({"happened_on": datetime.date(2011, 6, 11)}, "点评日期不能晚于今天。", "happened_on"),
        ({"happened_on": datetime.date(2010, 5, 31)}, "点评日期要在活动期间。", "happened_on"),
        ({"problems": [Problem("一"), Problem("二", datetime.date(2011, 6, 9))]}, "整改期限不能早于今天。", "due_2"),
    ],
)
def test_days_that_cannot_be(changes, message, field, give):
    with pytest.raises(reviews.WrongDay) as refused:
        give(**changes)
    assert (refused.value.message, refused.value.field) == (message, field)


def test_nobody_reviews_themselves(give, secretary, branch_members):
    with pytest.raises(reviews.OwnSubject) as refused:
        give(member=branch_members[0], by=secretary)
    assert refused.value.message == "不能点评自己。"
    with pytest.raises(reviews.OwnSubject) as refused:
        give(by=secretary)
    assert refused.value.message == "不能点评自己任书记的党组织。"


def test_at_most_two_facts_are_quoted(give):
    quotes = [{"text": f"事实{number}", "url": "/x/"} for number in range(3)]
    with pytest.raises(reviews.TooManyQuotes) as refused:
        give(quotes=quotes)
    assert refused.value.message == "最多引用 2 条事实。"
    assert give(quotes=quotes[:2]).quotes == quotes[:2]


def test_problems_with_a_day_become_items(give, leader, branch, branch_members, today):
    review = give(problems=[Problem("会议偏多", JULY), Problem("记录不全")])
    item = Rectification.objects.get()
    assert (item.problem, item.due_on, item.source, item.opened_on) == ("会议偏多", JULY, "review", today)
    assert (item.verifier, item.owner, item.organization) == (leader, branch_members[0], branch)
    assert [problem.rectification for problem in review.problems.order_by("position")] == [item, None]


def test_a_members_problem_is_the_members_own(give, secretary, branch_members):
    give(member=branch_members[2], by=secretary, problems=[Problem("迟到", JULY)])
    item = Rectification.objects.get()
    assert (item.owner, item.verifier) == (branch_members[2], secretary)


def correct(review, at, today, **changes):
    said = {
        "form": review.form, "strengths": review.strengths, "direction": review.direction, "reason": "日期写错",
        "happened_on": review.happened_on, "by": review.reviewer, "at": at, "on": today,
    }
    return reviews.correct_review(review, **said | changes)


def test_a_correction_is_a_new_version_that_keeps_its_items(give, at, today):
    review = give(problems=[Problem("会议偏多", JULY), Problem("记录不全")], quotes=[{"text": "甲", "url": "/x/"}])
    item = Rectification.objects.get()
    later = at + datetime.timedelta(hours=1)
    newer = correct(review, later, today, problems=[Problem("会议太多", item=item), Problem("没有签字", JULY)])
    review.refresh_from_db()
    assert (review.superseded_at, newer.supersedes, newer.lineage) == (later, review, review.lineage)
    assert (newer.change_reason, newer.quotes) == ("日期写错", review.quotes)
    assert [problem.text for problem in newer.problems.order_by("position")] == ["会议太多", "没有签字"]
    assert newer.problems.get(position=0).rectification == item
    assert Rectification.objects.count() == 2
    assert Review.objects.known_at(at).get() == review
    with pytest.raises(FactSuperseded):
        correct(review, later, today, problems=[Problem("一", item=item)])


def test_what_a_correction_refuses(give, at, today):
    review = give(problems=[Problem("会议偏多", JULY)])
    for changes, refusal, message in [
        ({"reason": " ", "problems": [Problem("一")]}, reviews.ReasonMissing, "请写一句更正的原因。"),
        ({"problems": [Problem("别的")]}, reviews.ProblemHasItem, "“会议偏多”已经要求整改，不能删去。"),
    ]:
        with pytest.raises(refusal) as refused:
            correct(review, at, today, **changes)
        assert refused.value.message == message
    assert Review.objects.standing().get() == review


def test_an_item_that_is_overdue_does_not_stop_a_correction(give, at, today):
    review = give(problems=[Problem("会议偏多", today)])
    item, later = Rectification.objects.get(), at + datetime.timedelta(days=40)
    newer = correct(review, later, later.date(), problems=[Problem("会议偏多", item=item)])
    assert newer.problems.get().rectification == item


def test_taking_back_leaves_the_items(give, at):
    review = give(problems=[Problem("会议偏多", JULY)])
    with pytest.raises(reviews.ReasonMissing):
        reviews.withdraw_review(review, reason="", by=review.reviewer, at=at)
    reviews.withdraw_review(review, reason="对象写错", by=review.reviewer, at=at)
    assert not Review.objects.standing().exists()
    assert Rectification.objects.get().state == "open"


# Who has none yet -----------------------------------------------------------------------------
def test_a_leader_is_shown_the_units_without_a_review(campaign, tree, leader):
    def missing(half=FIRST_HALF, **options):
        return list(organizations_without_review(leader, campaign, half, **options))

    assert missing() == [tree.organ, tree.institution, tree.society]
    ReviewFactory(campaign=campaign, organization=tree.organ)
    ReviewFactory(campaign=campaign, member=tree.members[tree.society.pk][0])  # of a member, not of the unit
    ReviewFactory(campaign=campaign, organization=tree.institution, happened_on=datetime.date(2010, 12, 31))
    assert missing() == [tree.institution, tree.society]
    assert missing()[0].last_review_on == datetime.date(2010, 12, 31)
    assert missing(HalfYear(2010, 2)) == [tree.organ, tree.society]
    assert missing(everything=True) == [
        tree.organ_branch, tree.organ_branch_2, tree.institution, tree.institution_branch, tree.society
    ]


def test_a_withdrawn_review_leaves_the_gap(campaign, tree, leader, at):
    review = ReviewFactory(campaign=campaign, organization=tree.organ)
    reviews.withdraw_review(review, reason="写错", by=review.reviewer, at=at)
    assert tree.organ in organizations_without_review(leader, campaign, FIRST_HALF)


def test_a_secretary_is_shown_the_own_members(campaign, branch_members, secretary, committee, unit, tree):
    ReviewFactory(campaign=campaign, member=branch_members[2])
    found = members_without_review(secretary, campaign, FIRST_HALF)
    assert set(found) == {branch_members[1], branch_members[3], branch_members[4]}  # not oneself
    assert list(organizations_without_review(committee, campaign, FIRST_HALF)) == [tree.organ_branch, tree.organ_branch_2]
    assert not organizations_without_review(secretary, campaign, FIRST_HALF).exists()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.MEMBER])
def test_who_reviews_nobody_has_no_gaps(role, campaign, tree):
    user = user_with(role, tree.root)
    assert not organizations_without_review(user, campaign, FIRST_HALF).exists()
    assert not members_without_review(user, campaign, FIRST_HALF).exists()


# The division of work -------------------------------------------------------------------------
@pytest.fixture
def divided(tree, leader, office, at, today):
    """The leader looks after the institution, and until the end of May looked after the organ too; another has that now."""
    other = user_with(Role.LEADER, tree.root, name="周立民")
    how = {"within": tree.root, "by": office, "at": at, "on": today}
    divide_work(leader, [tree.organ, tree.institution], happened_on=datetime.date(2010, 9, 1), **how)
    divide_work(other, [tree.organ], happened_on=datetime.date(2011, 6, 1), **how)
    return other


def test_a_leader_owes_the_units_of_the_own_charge(campaign, tree, leader, divided):
    assert list(organizations_without_review(leader, campaign, FIRST_HALF)) == [tree.institution]
    assert list(organizations_without_review(divided, campaign, FIRST_HALF)) == [tree.organ]
    assert list(organizations_without_review(leader, campaign, HalfYear(2010, 2))) == [tree.organ, tree.institution]
    assert list(organizations_without_review(leader, campaign, FIRST_HALF, others=True)) == [
        tree.organ, tree.institution, tree.society
    ]
    assert has_charges(leader, FIRST_HALF) and not has_charges(leader, HalfYear(2010, 1))
    ReviewFactory(campaign=campaign, organization=tree.institution)
    assert not organizations_without_review(leader, campaign, FIRST_HALF).exists()


def test_the_reminder_names_the_own_charge(campaign, tree, leader, divided, today):
    def made(*words):
        return words[0], words[3], words[4]

    assert list(reviews_due(made, on=today)) == [
        (leader.pk, "1 个单位本半年还没有点评", "信息中心党委"), (divided.pk, "1 个单位本半年还没有点评", "办公厅党总支")
    ]
    ReviewFactory(campaign=campaign, organization=tree.organ)
    assert [user for user, _title, _text in reviews_due(made, on=today)] == [leader.pk]
