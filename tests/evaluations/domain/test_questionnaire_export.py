"""The workbook of a released questionnaire: the page's figures and nothing else, texts as text."""
import io
import re

import openpyxl
import pytest

from evaluations.domain.questionnaire_export import ResultGone, write_results
from tests.factories.questionnaires import draft_questionnaire, released_questionnaire

GOOD = {"a0": ["0"], "a1": ["0", "2"], "a2_0": ["0"], "a2_1": ["3"], "a3": ["3"]}
POOR = {**GOOD, "a0": ["2"], "a1": ["1"], "a4": ["=1+1"]}
HIDDEN = "不足 5 份，为保护填答人不显示。"
HEADER = ["题号", "题目", "事项", "组", "份数", "选项", "选的份数", "占比", "平均"]


def book(made, user, *, demo=False):
    target, told = io.BytesIO(), []
    name = write_results(
        target, parameters={"questionnaire": made.pk}, user=user, demo=demo, progress=lambda *numbers: told.append(numbers)
    )
    return openpyxl.load_workbook(target), name, told


def rows_below(sheet, header):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[:rows.index(header)], rows[rows.index(header) + 1 :]


def of_the_page(page):
    """[(option, count, share)] of the page's bars, and of its matrix, in order."""
    figure = r"(\d+)<span[^>]*>([^<]+)</span>"
    bar = re.compile(r'<th scope="row">([^<]+)</th><td class="cx-qresult__b">.*?<td class="n cx-nowrap">' + figure)
    grid = re.compile(r'<td class="n cx-nowrap" data-l="([^"]+)">' + figure)
    return sorted((word, int(count), share) for word, count, share in [*bar.findall(page), *grid.findall(page)])


def test_figures_are_those_of_the_page(client_for, secretary, campaign, branch):
    without_number = {key: value for key, value in GOOD.items() if key != "a3"}
    sheets = {"members": [GOOD] * 5 + [POOR] * 2, "masses": [GOOD] * 3 + [without_number] * 3}
    made = released_questionnaire(campaign, branch, sheets, issued=(8, 8))
    made_book, name, told = book(made, secretary)
    above, rows = rows_below(made_book["分布"], HEADER)
    assert (name, told) == ("窗口服务问卷结果.xlsx", [(5, 5)])
    assert [line[0] for line in above] == [
        "窗口服务问卷", "办公厅第一党支部　2011年6月8日公布", "结果不计分。不足 5 份的和能推算出来的不公布。",
    ]
    page = client_for(secretary).get(made.get_absolute_url()).content.decode()
    figures = sorted((row[5], row[6], row[7]) for row in rows if row[6] is not None)
    assert figures == of_the_page(page) and len(figures) == 9 + 9 + 30 + 10
    assert rows[:3] == [
        [1, "态度怎么样？", None, "全体", 13, "好", 11, "84.6%", None],
        [1, "态度怎么样？", None, "全体", 13, "一般", 0, "0.0%", None],
        [1, "态度怎么样？", None, "全体", 13, "不好", 2, "15.4%", None],
    ]
    # Three of the masses said how often they came: neither they nor, as the rest would tell, the members are shown.
    numbers = [row for row in rows if row[1] == "跑了几趟？"]
    assert {(row[3], row[4], row[8]) for row in numbers} == {("全体", 10, "3.0")}
    assert rows[-1] == [5, "哪里要改？", None, None, None, HIDDEN, None, None, None]
    assert rows_below(made_book["原话"], ["题号", "题目", "原话"])[1] == [[5, "哪里要改？", HIDDEN]]


def test_words_are_text_and_their_order_is_drawn(secretary, campaign, branch, monkeypatch):
    words = ["=1+1", "+cmd", "@x", "-2", "好", "多开一个窗口"]
    made = released_questionnaire(campaign, branch, {"members": [{**POOR, "a4": [word]} for word in words]})
    monkeypatch.setattr("secrets.SystemRandom.sample", lambda self, texts, number: sorted(texts))
    made_book, _name, _told = book(made, secretary)
    cells = [row[2] for row in made_book["原话"].iter_rows(min_row=5)]
    assert [cell.value for cell in cells] == sorted(words) and {cell.data_type for cell in cells} == {"s"}
    _above, rows = rows_below(made_book["分布"], HEADER)
    assert rows[-1] == [5, "哪里要改？", None, None, 6, "原话在后一张表", None, None, None]


def test_an_open_one_carries_its_label_on_every_sheet(leader, campaign, branch):
    made = released_questionnaire(campaign, branch, [GOOD] * 6, access="open")
    made_book, _name, _told = book(made, leader, demo=True)
    for sheet in made_book:
        assert (sheet["A1"].value, sheet["A2"].value) == ("窗口服务问卷", "公开问卷，仅供参考")
        assert sheet["A5"].value == "演示数据：单位、人员和数字均为虚构。"


def test_nothing_is_written_before_the_release_or_outside_the_scope(secretary, outsider, campaign, branch):
    sentence = "^这份问卷的结果现在看不到了，不能导出。$"
    with pytest.raises(ResultGone, match=sentence):
        book(draft_questionnaire(campaign, branch), secretary)
    with pytest.raises(ResultGone, match=sentence):
        book(released_questionnaire(campaign, branch), outsider)
