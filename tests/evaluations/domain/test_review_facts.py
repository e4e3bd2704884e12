"""The facts beside a review: what happened since the last one, as far as the reviewer may see it."""
import datetime

import pytest

from evaluations.domain.review_facts import chosen_facts, facts_since, last_review
from tests.factories.campaign import (
    ActivityFactory,
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
    TaskResultFactory,
)
from tests.factories.evaluations import AppraisalFactory, ReviewFactory, ReviewProblemFactory

MARCH, MAY = datetime.date(2011, 3, 1), datetime.date(2011, 5, 10)


@pytest.fixture
def facts(campaign, branch, leader, today):
    """`facts(review, user=…, member=…)` as {title: [text]}."""

    def read(review=None, *, user=leader, organization=branch, member=None):
        groups = facts_since(review, user=user, campaign=campaign, organization=organization, member=member, on=today)
        return {str(group.title): [fact.text for fact in group.facts] for group in groups}

    return read


def test_nothing_recorded_gives_no_groups(facts):
    assert facts() == {}


def test_the_last_review_of_the_same_subject(campaign, branch, branch_members, leader):
    old = ReviewFactory(campaign=campaign, organization=branch, happened_on=MARCH)
    ReviewFactory(campaign=campaign, member=branch_members[1], happened_on=MAY)
    assert last_review(leader, branch, None, campaign) == old
    assert last_review(leader, branch, branch_members[2], campaign) is None


def test_facts_of_an_organisation(campaign, branch, branch_members, leader, facts):
    review = ReviewFactory(campaign=campaign, organization=branch, happened_on=MARCH)
    item = RectificationFactory(campaign=campaign, organization=branch, problem="记录不全")
    ReviewProblemFactory(review=review, text="记录不全", rectification=item)
    ActivityFactory(campaign=campaign, organization=branch, title="三月前的", happened_on=datetime.date(2011, 2, 28))
    ActivityFactory(campaign=campaign, organization=branch, title="五月的", happened_on=MAY)
    plan = PlanFactory(campaign=campaign, organization=branch)
    TaskResultFactory(task=TaskFactory(plan=plan, due_on=MAY), happened_on=MAY)
    TaskFactory(plan=plan, title="逾期的任务", due_on=datetime.date(2011, 6, 1))
    CommitmentFactory(campaign=campaign, organization=branch, text="支部的承诺")
    kept = CommitmentFactory(campaign=campaign, member=branch_members[1], state="judged")
    CommitmentOutcomeFactory(commitment=kept)
    found = facts(review)
    assert found["上次指出的问题"] == ["记录不全"]
    assert found["计划进度"] == ["到期的 2 项任务，按期完成 1 项", "逾期的任务"]
    assert found["活动"] == ["五月的"]
    assert found["承诺"] == ["支部的承诺", "党员承诺 1 项：兑现 1 项，进行中 0 项"]
    assert found["没完成的整改"] == ["记录不全"]


def test_satisfaction_is_quoted_from_five_answers_up_and_when_valid(campaign, branch, facts):
    AppraisalFactory(campaign=campaign, organization=branch, turnout=(12, 10), happened_on=MAY)
    assert facts()["群众怎么说"] == [
        "全体满意和比较满意 50/50 项次（100.0%）", "党员满意和比较满意 50/50 项次（100.0%）"
    ]


@pytest.mark.parametrize(
    "made",
    [
        {"grades": (4, 0, 0, 0, 6)},  # four rated answers
        {"turnout": (20, 10)},  # half of the sheets came back
        {"confirmed_by": None},
        {"happened_on": datetime.date(2010, 9, 1)},
    ],
)
def test_other_appraisals_are_not_quoted(made, campaign, branch, facts):
    AppraisalFactory(campaign=campaign, organization=branch, **{"happened_on": MAY} | made)
    assert facts() == {}


def test_facts_of_a_member(campaign, branch, branch_members, leader, facts):
    someone = branch_members[1]
    ActivityFactory(campaign=campaign, organization=branch, title="到了", roster={someone: True}, happened_on=MAY)
    ActivityFactory(campaign=campaign, organization=branch, title="没到", roster={someone: False}, happened_on=MAY)
    CommitmentFactory(campaign=campaign, member=someone, text="本人的承诺")
    RectificationFactory(campaign=campaign, organization=branch, owner=someone, problem="本人的整改")
    RectificationFactory(campaign=campaign, organization=branch, problem="别人的整改")
    assert facts(member=someone) == {
        "参加活动": ["应参加 2 次活动，参加 1 次", "到了"], "承诺": ["本人的承诺"], "没完成的整改": ["本人的整改"]
    }


def test_what_is_outside_the_scope_is_not_among_the_facts(campaign, branch, outsider, facts):
    ActivityFactory(campaign=campaign, organization=branch, happened_on=MAY)
    RectificationFactory(campaign=campaign, organization=branch)
    assert facts(user=outsider) == {}


def test_only_facts_on_the_page_can_be_quoted(campaign, branch, leader, today):
    activity = ActivityFactory(campaign=campaign, organization=branch, title="五月的", happened_on=MAY)
    groups = facts_since(None, user=leader, campaign=campaign, organization=branch, on=today)
    keys = [f"activity-{activity.lineage}", "activity-made-up"]
    assert chosen_facts(groups, keys) == [{"text": "五月的", "url": activity.get_absolute_url()}]
