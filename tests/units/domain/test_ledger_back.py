"""An uploaded ledger comes back with its cells corrected and marked, and everything else as it was."""
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from config.kit.refusal import Refusal
from tests.factories.ledgers import member_ledger, member_row, organization_ledger, saved
from tests.factories.units import UserFactory
from units.domain.import_files import forget_files
from units.domain.ledger_back import check_can_give_back, give_back, write_ledger_back
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.models import Member, Organization, Post

SHEET = "办公厅"
ROWS = [
    member_row(姓名="张  三", 出生年月="1970.03"),
    member_row(序号=2, 姓名="李四", 出生年月="1975-05", 入党时间="1999-06", 转正时间="2000-06",
               参加工作时间="1992-07", 联系电话="6120"),
]


def told(done, total):
    """Progress, which these tests do not watch."""


@pytest.fixture
def uploaded():
    """The roster with a width, a bold cell and another sheet that belongs to the office alone."""
    book = openpyxl.load_workbook(BytesIO(member_ledger({SHEET: ROWS})))
    sheet = book[SHEET]
    sheet.column_dimensions["B"].width = 33
    sheet["B7"].font = Font(bold=True)
    book.create_sheet("工作日志")["A1"] = "自己记的"
    return saved(book)


@pytest.fixture
def applied(check, write, uploaded, by, at):
    made = check(organization_ledger(), uploaded)
    write(made)
    made.refresh_from_db()
    return made


def back(made, ledger, data, tmp_path, today):
    target = tmp_path / "back.xlsx"
    changed = give_back(made, ledger, "x.xlsx", data, target, on=today, progress=told)
    return changed, openpyxl.load_workbook(target)


def cells(book, sheet, row):
    return [cell.value for cell in book[sheet][row]]


def test_spellings_are_put_right_and_marked(applied, uploaded, tmp_path, today):
    changed, book = back(applied, MEMBERS, uploaded, tmp_path, today)
    sheet = book[SHEET]
    assert (sheet["B5"].value, sheet["F5"].value, sheet["H5"].value) == ("张三", "1970-03", "1992-07")
    assert sheet["B5"].comment.text == "原来是：张  三" and sheet["B5"].fill.start_color.rgb.endswith("FFF2CC")
    assert sheet["E5"].value == "河北保定" and sheet["E5"].comment is None
    assert changed == 5  # the name and four dates of the first row; the second row is in the one spelling
    assert cells(book, SHEET, 6) == cells(openpyxl.load_workbook(BytesIO(uploaded)), SHEET, 6)


def test_what_has_changed_since_is_written(applied, uploaded, tmp_path, today):
    four, branch = Member.objects.get(name="李四"), Organization.objects.get(name="办公厅第二党支部")
    Member.objects.filter(pk=four.pk).update(phone="6121", administrative_post="副处长", organization=branch)
    Post.objects.create(
        member=four, organization=branch, kind="organizer", starts_on=today, recorded_at=applied.requested_at
    )
    _changed, book = back(applied, MEMBERS, uploaded, tmp_path, today)
    sheet = book[SHEET]
    assert [sheet.cell(6, column).value for column in (12, 13, 14, 15)] == ["办公厅第二党支部", "组织委员", "副处长", "6121"]
    assert sheet["O6"].comment.text == "原来是：6120"


def test_what_looks_like_a_formula_stays_text(applied, uploaded, tmp_path, today):
    Member.objects.filter(name="李四").update(administrative_post='=HYPERLINK("http://example.org","副处长")')
    _changed, book = back(applied, MEMBERS, uploaded, tmp_path, today)
    cell = book[SHEET]["N6"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://example.org","副处长")', "s")


def test_a_sheet_whose_name_ends_in_a_space_comes_back(check, write, by, tmp_path, today):
    book = openpyxl.load_workbook(BytesIO(member_ledger({SHEET: ROWS})))
    book[SHEET].title = f"{SHEET} "
    data = saved(book)
    made = check(organization_ledger(), data)
    write(made)
    made.refresh_from_db()
    changed, book = back(made, MEMBERS, data, tmp_path, today)
    assert (changed, book[f"{SHEET} "]["B5"].value) == (5, "张三")


def test_everything_else_stays(applied, uploaded, tmp_path, today):
    _changed, book = back(applied, MEMBERS, uploaded, tmp_path, today)
    before = openpyxl.load_workbook(BytesIO(uploaded))
    sheet, was = book[SHEET], before[SHEET]
    assert book.sheetnames == before.sheetnames and book["工作日志"]["A1"].value == "自己记的"
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, was.merged_cells.ranges))
    assert sheet.column_dimensions["B"].width == 33 and sheet["B7"].font.bold
    for row in (1, 2, 3, 4, 7, 8):  # titles, the header of two rows, 合计 and 说明
        assert cells(book, SHEET, row) == cells(before, SHEET, row)


def test_organizations_come_back_too(applied, tmp_path, today):
    data = organization_ledger()
    Organization.objects.filter(code="101-2").update(name="办公厅离退休党支部")
    _changed, book = back(applied, ORGANIZATIONS, data, tmp_path, today)
    sheet = book.active
    assert (sheet["C7"].value, sheet["C7"].comment.text) == ("办公厅离退休党支部", "原来是：办公厅第二党支部")
    assert (sheet["G4"].value, sheet["G5"].value) == ("1980-03", "1989-12")
    assert sheet["F4"].value == "无"  # says the same as nothing


def test_somebody_who_left_is_left_alone(applied, uploaded, tmp_path, today):
    Member.objects.filter(name="张三").update(left_on=today, left_as="outside")
    _changed, book = back(applied, MEMBERS, uploaded, tmp_path, today)
    assert book[SHEET]["B5"].value == "张  三"


def refusal_of(call):
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.message


def test_an_old_xls_cannot_be_given_back(applied):
    applied.members_name = "党员花名册.xls"
    assert refusal_of(lambda: check_can_give_back(applied, MEMBERS)) == (
        "只有 .xlsx 文件能按原样退回；旧的 .xls 请在 Excel 里另存为 .xlsx 再上传。"
    )


def test_a_file_that_was_deleted_is_gone(applied, at):
    forget_files(at=at + timedelta(days=31))
    applied.refresh_from_db()
    assert refusal_of(lambda: check_can_give_back(applied, MEMBERS)) == "上传的文件只保留 30 天，已经删除，不能退回。"


def test_another_s_import_is_none_of_ours(applied, tmp_path, today):
    parameters = {"import": applied.pk, "ledger": MEMBERS, "on": today.isoformat()}
    message = refusal_of(
        lambda: write_ledger_back(tmp_path / "x", parameters=parameters, user=UserFactory(), demo=False, progress=told)
    )
    assert message == "上传的文件只保留 30 天，已经删除，不能退回。"
