"""The versions of an activity in words: what changed, who said why, and how it ended."""
import dataclasses
import datetime

import pytest

from campaign.domain.activities import ActivityFacts, correct_activity, facts_of, log_activity, withdraw_activity
from campaign.domain.activity_versions import conflict_between, versions_of, withdrawal_of
from tests.factories.campaign import ActivityKindFactory, CriterionFactory

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def logged(campaign, branch, secretary, at):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好")
    facts = ActivityFacts(
        kind=ActivityKindFactory(), title="6月主题党日", text="走访 6 户。", happened_on=datetime.date(2011, 6, 9), present=5,
        codes=("G2",),
    )
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


def test_every_change_is_told_with_both_values(logged, branch_members, committee, at):
    facts = dataclasses.replace(
        facts_of(logged), text="走访 7 户。", present=4, absent=frozenset({branch_members[1].pk}), codes=(), place="西街",
        happened_on=datetime.date(2011, 6, 8), masses=3,
    )
    newer = correct_activity(logged, facts, reason="记错了", by=committee, at=at + HOUR)
    newest, first = versions_of(newer)
    assert (first.what, first.who, first.reason, first.changes) == ("记入", "支部书记", "", [])
    assert (newest.what, newest.who, newest.reason, newest.at) == ("更正", "单位党委", "记错了", at + HOUR)
    assert {(change.label, change.old, change.new) for change in newest.changes} == {
        ("做了什么，有什么变化", "走访 6 户。", "走访 7 户。"),
        ("日期", "2011年6月9日", "2011年6月8日"),
        ("参加党员", "5 人", "4 人"),
        ("没来的", "—", branch_members[1].name),
        ("参加群众", "0 人", "3 人"),
        ("对应“五个好”", "党员队伍好", "—"),
        ("地点", "—", "西街"),
    }


def test_a_withdrawal_is_the_last_step(logged, secretary, at):
    withdraw_activity(logged, reason="记重了", by=secretary, at=at + HOUR)
    last, _first = versions_of(logged)
    assert (last.what, last.who, last.reason, last.at) == ("撤回", "支部书记", "记重了", at + HOUR)


def test_a_standing_activity_was_not_withdrawn(logged):
    assert withdrawal_of(logged) is None


@pytest.mark.parametrize("corrections", [1, 3])
def test_versions_need_the_same_queries_for_any_number(logged, secretary, at, corrections, django_assert_num_queries):
    activity = logged
    for number in range(corrections):
        facts = dataclasses.replace(facts_of(activity), place=f"第 {number} 街")
        activity = correct_activity(activity, facts, reason="补地点", by=secretary, at=at + number * HOUR)
    with django_assert_num_queries(9):
        assert len(versions_of(activity)) == corrections + 1


def test_a_conflict_shows_what_the_other_stored_and_what_was_typed(logged, at, secretary):
    stored = correct_activity(
        logged, dataclasses.replace(facts_of(logged), place="西街"), reason="补地点", by=secretary, at=at + HOUR
    )
    typed = dataclasses.replace(facts_of(logged), text="走访 7 户。")
    assert {(change.label, change.old, change.new) for change in conflict_between(stored, typed)} == {
        ("做了什么，有什么变化", "走访 6 户。", "走访 7 户。"), ("地点", "西街", "—"),
    }
