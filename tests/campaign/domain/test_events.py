"""What lay ahead on the day of an activity: named events and days, and the words by which an author says so."""
from datetime import date

import pytest

from campaign.domain.events import future_mention

MAY = date(2011, 5, 10)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("学习了党的十八大精神，交流体会。", "党的十八大"),
        ("收听“七一”重要讲话后座谈。", "“七一”重要讲话"),
        ("6月15日走访了 12 户老人。", "6月15日"),
        ("2011年7月1日举办了图片展。", "2011年7月1日"),
        ("已办结三件，7月20日回访满意。", "7月20日"),
    ],
)
def test_what_had_not_happened_is_named(text, mention):
    assert future_mention(text, on=MAY) == mention


@pytest.mark.parametrize(
    "text",
    [
        "迎接党的十八大，整修了活动室。", "计划6月15日再去一次。", "大家约好，6月15日前办完。", "5月9日走访，5月10日回访。",
        "12月1日开始的清理工作结束了。", "学习十七届五中全会精神。", "13月45日没有这一天，2月30日也没有。", "",
    ],
)
def test_what_lay_ahead_or_behind_is_no_slip(text):
    assert future_mention(text, on=MAY) == ""


def test_an_event_is_past_from_its_day_on():
    assert future_mention("学习“七一”重要讲话。", on=date(2011, 7, 1)) == ""
