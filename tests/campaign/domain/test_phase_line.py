"""The timeline in small: states on the demo's day, a label that gives way, words that say the same as the picture."""
from datetime import date

import pytest

from campaign.domain.campaign_template import set_up_campaign
from campaign.domain.phase_line import phase_line


@pytest.fixture
def campaign(root, office, at):
    return set_up_campaign(organization=root, code="cxzy", title="创先争优", by=office, at=at)


def test_states_on_10_june_2011(campaign, today):
    line = phase_line(campaign, on=today)
    assert [(row["label"], str(row["word"])) for row in line.rows] == [
        ("动员部署", "已完成"),
        ("① 积极投身创先争优活动", "已完成"),
        ("② 迎接建党90周年", "进行中"),
        ("③ 向党的十八大献礼", "未开始"),
        ("点评评议", "进行中"),
        ("评选表彰", "进行中"),
    ]
    assert line.current.label == "迎接建党90周年"
    assert (line.next_mark.label, line.next_mark.days) == ("建党90周年", 21)
    assert line.words.startswith("进度线：动员部署已完成；")


def test_milestones_stand_on_the_last_line_that_holds_their_day(campaign, today):
    marks = {row["label"]: [mark["label"] for mark in row["marks"]] for row in phase_line(campaign, on=today).rows}
    assert marks["评选表彰"] == ["建党90周年 2011.07.01", "党的十八大开幕 2012.11.08"]


def test_labels_of_the_axis_do_not_run_into_each_other(campaign, today):
    places = [tick["x"] for tick in phase_line(campaign, on=today).axis]
    assert all(after - before > 14 for before, after in zip(places, places[1:], strict=False))


def test_before_the_first_day_nothing_is_done(campaign):
    line = phase_line(campaign, on=date(2009, 1, 1))
    assert line.today is None
    assert {str(row["word"]) for row in line.rows} == {"未开始"}


def test_three_queries(campaign, today, django_assert_num_queries):
    with django_assert_num_queries(3):
        phase_line(campaign, on=today)
