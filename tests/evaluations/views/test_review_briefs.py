"""The sheet to take along: which units come next, what stands on it, and who may have it."""
import datetime

import pytest

from evaluations.domain.review_briefs import next_visits
from tests.factories.campaign import ActivityFactory, PlanFactory, RectificationFactory, TaskFactory
from tests.factories.evaluations import AppraisalFactory, ReviewFactory, ReviewProblemFactory
from units.models import Member

ALL = "/reviews/briefs/"


def sheet(organization):
    return f"{ALL}{organization.pk}/"


def test_never_reviewed_first_then_longest_ago_then_most_overdue(campaign, tree, leader, today):
    for organization, day in ((tree.organ, datetime.date(2010, 12, 1)), (tree.institution, datetime.date(2010, 9, 1))):
        ReviewFactory(campaign=campaign, organization=organization, happened_on=day)
    assert next_visits(leader, campaign, on=today) == [tree.society, tree.institution, tree.organ]
    ReviewFactory(campaign=campaign, organization=tree.institution, happened_on=datetime.date(2010, 12, 1))
    TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.institution_branch), due_on=datetime.date(2011, 6, 1))
    found = next_visits(leader, campaign, on=today)
    assert found == [tree.society, tree.institution, tree.organ]
    assert [organization.late for organization in found] == [0, 1, 0]
    ReviewFactory(campaign=campaign, organization=tree.society)  # of this half-year: no visit is owed
    assert next_visits(leader, campaign, on=today) == [tree.institution, tree.organ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 200), ("office", 200), ("committee", 200), ("secretary", 403), ("inspector", 403), ("member", 403),
     ("outsider", 404)],
)
def test_who_may_have_it(who, status, campaign, branch, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(sheet(branch)).status_code == status


def test_what_stands_on_it(campaign, branch, branch_members, leader, secretary, today, client_for):
    Member.objects.filter(pk=branch_members[0].pk).update(phone="010-5812")
    review = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, happened_on=datetime.date(2010, 12, 1))
    ReviewProblemFactory(review=review, text="会议偏多")
    plan = PlanFactory(campaign=campaign, organization=branch, title="一季度方案")
    TaskFactory(plan=plan, title="逾期的任务", due_on=datetime.date(2011, 6, 1))
    RectificationFactory(campaign=campaign, organization=branch, problem="记录不全")
    AppraisalFactory(campaign=campaign, organization=branch, turnout=(12, 10), happened_on=datetime.date(2011, 5, 10))
    client_for(secretary).post(f"/reviews/{review.lineage}/reply/", {"text": "每周少开一个会。"})
    page = client_for(leader).get(sheet(branch)).content.decode()
    for words in (
        "一季度方案", "逾期的任务", "逾期 9 天", "记录不全", "会议偏多", "把好做法写成制度。", "每周少开一个会。", "010-5812",
        "党员 5 人", "全体满意和比较满意 50/50 项次",
    ):
        assert words in page, words


def test_too_few_answers_do_not_stand_on_it(campaign, branch, leader, client_for):
    AppraisalFactory(campaign=campaign, organization=branch, grades=(4, 0, 0, 0, 6), happened_on=datetime.date(2011, 5, 10))
    assert "满意和比较满意" not in client_for(leader).get(sheet(branch)).content.decode()


def test_the_next_three_stand_on_a_sheet_each(campaign, tree, leader, client_for):
    page = client_for(leader).get(ALL).content.decode()
    assert page.count('class="cx-panel cx-brief"') == 3
    for organization in (tree.organ, tree.institution, tree.society):
        ReviewFactory(campaign=campaign, organization=organization)
    assert "该您点评的党组织这半年都点评过了。" in client_for(leader).get(ALL).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sheet_needs_the_same_queries_for_any_number_of_facts(
    rows, campaign, branch, leader, client_for, django_assert_num_queries
):
    review = ReviewFactory(campaign=campaign, organization=branch, happened_on=datetime.date(2011, 3, 1))
    for _number in range(rows):
        ReviewProblemFactory(review=review)
        ActivityFactory(campaign=campaign, organization=branch)
        RectificationFactory(campaign=campaign, organization=branch)
    browser = client_for(leader)
    browser.get(sheet(branch))
    with django_assert_num_queries(24):
        browser.get(sheet(branch))
