"""Reading whole ledgers: headers, title rows, 合计, notes, merged cells, and every wrong cell with its place."""
import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from config.kit.workbook import open_workbook
from tests.factories import ledgers
from tests.factories.ledgers import MEMBER_HEADER, member_ledger, member_row, organization_ledger
from units.domain.ledger_findings import Total
from units.domain.ledger_members import MEMBER_LEDGER
from units.domain.ledger_organizations import ORGANIZATION_LEDGER
from units.domain.ledger_reader import ALL_COLUMNS, read_ledger

ROOT = Path(__file__).parents[3]
ON = datetime.date(2011, 6, 10)


def read_members(data, answers=None):
    return read_ledger(open_workbook(data, "党员花名册.xlsx"), MEMBER_LEDGER, answers=answers or {}, on=ON)


def read_organizations(data):
    return read_ledger(open_workbook(data, "党组织名册.xlsx"), ORGANIZATION_LEDGER, answers={}, on=ON)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def wrongs(reading):
    return [(wrong.sheet, wrong.row, wrong.column, wrong.value, wrong.expected) for wrong in reading.wrong]


# The real ledgers -----------------------------------------------------------------------------
def test_the_organisation_list_is_read_whole():
    reading = read_organizations((ROOT / "demo" / "党组织名册.xlsx").read_bytes())
    assert (len(reading.rows), reading.wrong, reading.questions, reading.notes) == (141, [], [], [])
    assert reading.totals == [Total("organizations", "党组织名册", 145, "合计", 141, 141)]


def test_the_roster_is_read_whole():
    reading = read_members((ROOT / "demo" / "党员花名册.xlsx").read_bytes())
    assert (len(reading.rows), reading.wrong, reading.questions, reading.notes) == (3076, [], [], [])
    assert len(reading.sheets) == 39
    assert [total for total in reading.totals if total.said != total.counted] == []
    assert sum(total.said for total in reading.totals) == 3076


def test_an_old_workbook_is_read_like_a_new_one():
    data = (ROOT / "tests" / "units" / "data" / "roster.xls").read_bytes()
    reading = read_members(data)
    assert reading.wrong == []
    assert [row.values["name"] for row in reading.rows] == ["张三", "买买提·艾力", "吴志"]
    assert [row.values["phone"] for row in reading.rows] == ["13800138000", "内线 6120", "13900139000"]
    assert [row.values["born_on"].day for row in reading.rows] == [
        datetime.date(1971, 6, 1), datetime.date(1982, 5, 1), datetime.date(1980, 10, 1)]
    assert reading.rows[0].values["full_on"].day == datetime.date(1998, 10, 1)
    assert reading.notes == [
        "“老台账党支部”有 1 行是隐藏的（第 7 行起），也读了。", "“旧表”是隐藏的表，不是台账，没有读。"]


# One row --------------------------------------------------------------------------------------
def test_a_row_means_what_it_says():
    written = member_row(姓名="张  三", 党内职务="书记、宣传委员", 联系电话=13800138000.0)
    row = read_members(member_ledger({"办公厅": [written]})).rows[0]
    assert (row.sheet, row.row) == ("办公厅", 5)
    assert row.values["reported_on"] == datetime.date(2010, 6, 1)
    assert (row.values["name"], row.values["gender"], row.values["ethnicity"]) == ("张三", "male", "汉族")
    assert row.values["posts"] == ["publicist", "secretary"]
    assert row.values["phone"] == "13800138000"
    assert row.values["joined_on"].day == datetime.date(1995, 6, 1)


@pytest.mark.parametrize(
    ("changes", "column", "value", "expected"),
    [
        ({"入党时间": 2010.13}, "入党时间（I 列）", "2010.13", "有效日期；月份只有 1 到 12"),
        ({"入党时间": "1989-02-30"}, "入党时间（I 列）", "1989-02-30", "有效日期；1989年2月只有 28 天"),
        ({"入党时间": ""}, "入党时间（I 列）", "", "“入党时间”，必填"),
        ({"出生年月": "无"}, "出生年月（F 列）", "无", "“出生年月”，必填"),
        ({"入党时间": "1960.1"}, "入党时间（I 列）", "1960.1", "晚于出生年月（1970-03）的日期"),
        ({"转正时间": "1994.1"}, "转正时间（J 列）", "1994.1", "不早于入党时间（1995-06）的日期"),
        ({"党员类别": "预备"}, "转正时间（J 列）", "1996.6", "“无”；预备党员还没有转正"),
        ({"姓名": "张" * 40}, "姓名（B 列）", "张" * 40, "姓名，不超过 30 个字（现在 40 个字）"),
        ({"姓名": ""}, "姓名（B 列）", "", "姓名，必填"),
        ({"性别": "难"}, "性别（C 列）", "难", "“男”或“女”"),
        ({"民族": "汉人"}, "民族（D 列）", "汉人", "民族，例如“汉族”“回族”"),
        ({"党员类别": ""}, "党员类别（K 列）", "", "“正式党员”或“预备党员”"),
        ({"所在支部": "—"}, "所在支部（L 列）", "—", "“所在支部”，必填"),
        ({"籍贯": "长" * 41}, "籍贯（E 列）", "长" * 41, "不超过 40 个字（现在 41 个字）"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(changes, column, value, expected):
    reading = read_members(member_ledger({"办公厅": [member_row(), member_row(**changes)]}))
    assert wrongs(reading) == [("办公厅", 6, column, value, expected)]
    assert len(reading.rows) == 1
    assert reading.totals[0].counted == 2


def test_every_wrong_cell_of_a_row_is_named():
    reading = read_members(member_ledger({"办公厅": [member_row(性别="?", 出生年月="去年", 党内职务="主任")]}))
    assert [wrong.column for wrong in reading.wrong] == ["性别（C 列）", "出生年月（F 列）", "党内职务（M 列）"]


def test_a_spoilt_id_number_is_refused_and_a_good_one_is_read():
    rows = [member_row(), member_row(姓名="李四"), member_row(姓名="王五")]
    extra = [("身份证号", {3: "身份证号", 5: "11010519491231002X", 6: 440106199001011234, 7: "无"})]
    reading = read_members(member_ledger({"办公厅": rows}, extra=extra))
    assert wrongs(reading) == [(
        "办公厅", 6, "身份证号（Q 列）", "4.40106E+17",
        "18 位身份证号；Excel 已把它变成数字，后几位丢了，请把这一列设成“文本”格式，照证件重填",
    )]
    assert [row.values["id_number"] for row in reading.rows] == ["11010519491231002X", ""]


# Columns --------------------------------------------------------------------------------------
def shuffled(order):
    """The roster with its plain columns in another order, under a header of one row."""
    titles = [below or above for above, below in zip(*MEMBER_HEADER, strict=True)]
    rows = [titles, member_row(), member_row(姓名="李四")]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([row[place] for place in order])
    return ledgers.saved(book)


def test_columns_may_stand_in_any_order():
    reading = read_members(shuffled([15, 11, 3, 2, 1, 0, 14, 13, 12, 10, 9, 8, 7, 6, 5, 4]))
    assert reading.wrong == []
    assert [row.values["name"] for row in reading.rows] == ["张三", "李四"]
    assert reading.rows[0].values["branch"] == "办公厅第一党支部"
    assert reading.rows[0].values["reported_on"] is None


def test_headers_may_have_other_words_breaks_and_brackets():
    header = [list(MEMBER_HEADER[0]), list(MEMBER_HEADER[1])]
    header[0][1], header[0][5], header[0][11], header[0][14] = "姓  名", "出生\n年月", "所在党支部", "联系\u3000电话（手机）"
    header[1][10] = "党员类别(正式/预备)"
    reading = read_members(member_ledger({"办公厅": [member_row()]}, header=header))
    assert reading.wrong == []
    assert len(reading.rows) == 1


@pytest.mark.parametrize(
    ("line", "place", "title"),
    [(0, 1, "姓名"), (0, 2, "性别"), (0, 5, "出生年月"), (1, 8, "入党时间"), (1, 9, "转正时间"), (0, 11, "所在支部"),
     (1, 12, "党内职务"), (0, 14, "联系电话")],
)
def test_a_missing_column_is_named(line, place, title):
    header = [list(row) for row in MEMBER_HEADER]
    header[line][place] = "别的"
    reading = read_members(member_ledger({"办公厅": [member_row()], "人事司": [member_row()]}, header=header))
    expected = f"表头里有“{title}”这一列；现在没有"
    assert wrongs(reading) == [("办公厅", 3, title, "", expected), ("人事司", 3, title, "", expected)]
    assert reading.rows == []


def test_a_sheet_with_a_missing_column_does_not_stop_the_others():
    good = opened(member_ledger({"办公厅": [member_row()], "人事司": [member_row()]}))
    good["人事司"]["C3"] = "别的"
    reading = read_members(ledgers.saved(good))
    assert wrongs(reading) == [("人事司", 3, "性别", "", "表头里有“性别”这一列；现在没有")]
    assert [row.sheet for row in reading.rows] == ["办公厅"]


def test_two_columns_of_one_name_are_refused_with_both_letters():
    reading = read_members(member_ledger({"办公厅": [member_row()]}, extra=[("入党日期", {3: "入党日期"})]))
    assert wrongs(reading) == [
        ("办公厅", 3, "入党时间（Q 列）", "入党日期", "只有一列“入党时间”；现在 I、Q 列都是，请留一列")]


def test_a_column_that_nothing_wants_is_said():
    reading = read_members(member_ledger({"办公厅": [member_row()]}, extra=[("工号", {3: "工号", 5: "007"})]))
    assert reading.notes == ["“办公厅”里没有用到的列：工号。"]
    assert reading.wrong == []


def test_a_sheet_without_a_header_is_refused_and_an_empty_one_is_not():
    book = opened(member_ledger({"办公厅": [member_row()]}))
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")["A1"] = "随手记"
    reading = read_members(ledgers.saved(book))
    assert wrongs(reading) == [("Sheet3", 1, "A 列", "", "一行表头，有“姓名”等列；不是台账的表请删去")]


def test_an_empty_workbook_is_refused():
    book = openpyxl.Workbook()
    assert [wrong.expected for wrong in read_members(ledgers.saved(book)).wrong] == ["一张有表头和内容的表；这个文件是空的"]


# Rows that are no persons -----------------------------------------------------------------------
def test_total_notes_headings_and_blank_lines_are_no_rows():
    book = opened(member_ledger({"办公厅": []}))
    sheet = book["办公厅"]
    sheet.delete_rows(5, 2)
    sheet.append(["一、在职党员"])
    sheet.append(member_row())
    sheet.append([2])  # numbered, and not filled in
    sheet.append(["小计", "", "1人"])
    sheet.append(["序号", "姓名", "性别", "民族"])  # the header of the second printed page
    sheet.append([])
    sheet.append(member_row(姓名="李四"))
    sheet.append(["合  计", "", "", "3 人"])
    sheet.append(["注：1.没有的项目填“无”。"])
    sheet.append(["2.此表一式两份。"])
    sheet.append(["填表人：张三", "", "", "审核人：李四"])
    reading = read_members(ledgers.saved(book))
    assert reading.wrong == []
    assert [row.values["name"] for row in reading.rows] == ["张三", "李四"]
    assert reading.totals == [
        Total("members", "办公厅", 8, "小计", 1, 1), Total("members", "办公厅", 12, "合计", 3, 2)]
    assert reading.notes == ["“办公厅”第 5 行只写了“一、在职党员”，没有读。"]


def test_a_total_without_a_number_is_reported_so():
    book = opened(member_ledger({"办公厅": [member_row()]}))
    book["办公厅"]["B6"] = "人"
    assert read_members(ledgers.saved(book)).totals == [Total("members", "办公厅", 6, "合计", None, 1)]


def test_an_organisation_whose_name_begins_like_a_note_is_read():
    rows = [*ledgers.ORGANIZATIONS, [5, "401", "注册会计师协会党支部", "党支部", "部管社会组织", "直属机关党委", "1996.1", ""]]
    reading = read_organizations(organization_ledger(rows))
    assert reading.rows[-1].values["name"] == "注册会计师协会党支部"


def test_a_merged_cell_holds_for_all_its_rows():
    book = opened(member_ledger({"办公厅": [member_row(), member_row(姓名="李四", 所在支部="")]}))
    book["办公厅"].merge_cells("L5:L6")
    reading = read_members(ledgers.saved(book))
    assert [row.values["branch"] for row in reading.rows] == ["办公厅第一党支部"] * 2


def test_an_error_of_excel_is_no_empty_cell():
    book = opened(member_ledger({"办公厅": [member_row()]}))
    book["办公厅"]["N5"] = "#REF!"
    book["办公厅"]["N5"].data_type = "e"
    assert wrongs(read_members(ledgers.saved(book))) == [
        ("办公厅", 5, "行政职务（N 列）", "#REF!", "一个值；Excel 在这里算出的是错误")]


# 2010.1 ---------------------------------------------------------------------------------------
def test_the_question_names_its_column_and_an_answer_settles_it():
    data = member_ledger({"办公厅": [member_row(入党时间=1995.1, 转正时间="无"), member_row(姓名="李四", 入党时间=1994.1)]})
    asked = read_members(data)
    assert [(question.column, question.row, question.value, question.cells) for question in asked.questions] == [
        ("入党时间（I 列）", 5, "1995.1", 2)]
    assert [wrong.row for wrong in asked.wrong] == [5, 6]
    for answer, month in (("january", 1), ("october", 10)):
        told = read_members(data, {asked.questions[0].key: answer})
        assert told.questions == []
        assert told.rows[0].values["joined_on"].day == datetime.date(1995, month, 1)
        assert read_members(data, {ALL_COLUMNS: answer}).rows[0].values["joined_on"].day.month == month


def test_another_date_column_of_the_sheet_tells():
    data = member_ledger({"办公厅": [member_row(出生年月=1970.03, 入党时间=1995.1)]})
    assert read_members(data).rows[0].values["joined_on"].day == datetime.date(1995, 10, 1)


def test_an_answer_does_not_overrule_a_column_that_tells():
    data = member_ledger({"办公厅": [member_row(入党时间=1995.1, 转正时间="无"), member_row(姓名="李四", 入党时间=1994.01)]})
    assert read_members(data, {ALL_COLUMNS: "january"}).rows[0].values["joined_on"].day.month == 10


# Organisations --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "value", "column", "expected"),
    [
        (1, "", "组织代码（B 列）", "“组织代码”，必填"),
        (2, "无", "党组织名称（C 列）", "“党组织名称”，必填"),
        (3, "支队", "组织类型（D 列）", "组织类型：部党组、机关党委、党委、党总支、党支部、党小组之一"),
        (4, "企业", "单位类别（E 列）", "机关司局、直属事业单位、部管社会组织之一"),
        (4, "—", "单位类别（E 列）", "机关司局、直属事业单位、部管社会组织之一"),
        (5, "办公厅第一党支部", "上级党组织（F 列）", "另一个党组织的名称；党组织不能是自己的上级"),
        (6, 2010.13, "成立时间（G 列）", "有效日期；月份只有 1 到 12"),
    ],
)
def test_a_wrong_cell_of_the_organisation_list_is_named(place, value, column, expected):
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[2][place] = value
    reading = read_organizations(organization_ledger(rows))
    assert [(wrong.row, wrong.column, wrong.expected) for wrong in reading.wrong] == [(6, column, expected)]
