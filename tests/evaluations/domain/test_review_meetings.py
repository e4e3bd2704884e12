"""A meeting that reviews several secretaries: all rows or none, and each row a review of its own."""
import datetime

import pytest

from campaign.models import Rectification
from evaluations.domain.review_meetings import NobodyReviewed, Row, RowRefused, hold_meeting, secretaries_below
from evaluations.models import Review, ReviewMeeting
from tests.factories.units import MemberFactory, PostFactory
from units.domain.charges import divide_work

JULY = datetime.date(2011, 7, 10)


@pytest.fixture
def people(tree):
    """The secretaries of the two branches of the organ."""
    return [(branch, tree.members[branch.pk][0]) for branch in (tree.organ_branch, tree.organ_branch_2)]


@pytest.fixture
def hold(campaign, unit, committee, at, today):
    def make(rows, **changes):
        said = {
            "campaign": campaign, "organization": unit, "occasion": "briefing", "held_on": today, "place": "三楼会议室",
            "rows": rows, "by": committee, "at": at, "on": today,
        }
        return hold_meeting(**said | changes)

    return make


def row_of(person, **changes):
    said = {"strengths": "走访扎实。", "problem": "会议偏多", "direction": "多下去。"}
    return Row(*person, **said | changes)


def test_the_secretaries_right_below(tree, people, unit, root, today):
    head = PostFactory(member=MemberFactory(organization=tree.organ_branch), organization=unit).member
    assert secretaries_below(unit, on=today) == people
    assert secretaries_below(root, on=today) == [(unit, head), (tree.society, tree.members[tree.society.pk][0])]


def test_of_a_leader_those_in_the_own_charge(tree, root, leader, office, at, today):
    assert secretaries_below(root, on=today, leader=leader) == []
    divide_work(leader, [tree.society], within=root, happened_on=today, by=office, at=at, on=today)
    assert secretaries_below(root, on=today, leader=leader) == [(tree.society, tree.members[tree.society.pk][0])]


def test_each_row_is_a_review_of_the_meeting(hold, people, committee, today):
    meeting = hold([row_of(people[0], due_on=JULY), row_of(people[1])])
    found = list(Review.objects.filter(meeting=meeting).order_by("pk"))
    assert [(review.member, review.organization) for review in found] == [(m, o) for o, m in people]
    assert {(r.form, r.occasion, r.happened_on, r.reviewer) for r in found} == {("focused", "briefing", today, committee)}
    item = Rectification.objects.get()
    assert (item.owner, item.verifier, item.due_on) == (people[0][1], committee, JULY)


def test_the_same_words_may_be_a_review_of_the_organisation_with_one_item(hold, people):
    meeting = hold([row_of(people[0], due_on=JULY)], with_organizations=True)
    of_person, of_organization = Review.objects.filter(meeting=meeting).order_by("pk")
    assert (of_organization.member, of_organization.organization) == (None, people[0][0])
    item = Rectification.objects.get()
    assert [review.problems.get().rectification for review in (of_person, of_organization)] == [item, item]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"problem": " "}, "problem_1", "请至少写一个问题，没有问题的点评不能发出。"),
        ({"direction": ""}, "direction", "请写努力方向，没有方向的点评不能发出。"),
        ({"due_on": datetime.date(2011, 6, 1)}, "due_1", "整改期限不能早于今天。"),
    ],
)
def test_one_row_that_cannot_be_taken_stops_all(changes, field, message, hold, people):
    with pytest.raises(RowRefused) as refused:
        hold([row_of(people[0]), row_of(people[1], **changes)])
    assert (refused.value.row, refused.value.field, refused.value.message) == (people[1][1].pk, field, message)
    assert not Review.objects.exists() and not ReviewMeeting.objects.exists()


def test_nobody_is_reviewed_by_themselves(hold, people, secretary):
    with pytest.raises(RowRefused) as refused:
        hold([row_of(people[0])], by=secretary)
    assert refused.value.message == "不能点评自己。"


def test_a_meeting_without_a_review_is_none(hold):
    with pytest.raises(NobodyReviewed) as refused:
        hold([])
    assert refused.value.message == "请至少点评一位书记。"


def test_a_correction_stays_with_the_meeting(hold, people, committee, at, today):
    from evaluations.domain.reviews import Problem, correct_review

    meeting = hold([row_of(people[0])])
    newer = correct_review(
        Review.objects.get(), form="focused", problems=[Problem("会议太多")], direction="多下去。", happened_on=today,
        reason="说准", by=committee, at=at + datetime.timedelta(hours=1), on=today,
    )
    assert newer.meeting == meeting
