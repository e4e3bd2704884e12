"""Uploaded workbooks: what is read, and the sentence for each that is not."""
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from config.kit import workbook, workbook_zip
from config.kit.sheet_facts import CellError, column_letter, column_number
from config.kit.workbook import open_workbook
from config.kit.workbook_refusals import (
    DamagedWorkbook,
    LockedWorkbook,
    NestedFile,
    WorkbookTooBig,
    WorkbookWithMacros,
    WrongFileType,
)
from tests.factories import ledgers

OLD = (Path(__file__).parents[2] / "units" / "data" / "roster.xls").read_bytes()


@pytest.fixture
def made():
    """A workbook with a value of every kind, merged cells, a hidden row, a hidden column and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表一"
    sheet.append(["甲", 1, 2.5, datetime.date(2010, 6, 1), "内线 6120", True])
    sheet.append(["乙", None, None, None, None, None])
    sheet.append(["丙", 3, None, None, None, None])
    sheet.merge_cells("A2:C2")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    hidden = book.create_sheet("表二")
    hidden["B2"] = "藏"
    hidden.sheet_state = "hidden"
    return ledgers.saved(book)


def refused(kind, data, name="名册.xlsx"):
    with pytest.raises(kind) as caught:
        open_workbook(data, name)
    return caught.value.message


def test_values_are_read_with_their_places(made):
    first, second = open_workbook(made, "名册.xlsx").sheets()
    assert first.rows[0] == ["甲", 1, 2.5, datetime.date(2010, 6, 1), "内线 6120", True]
    assert first.rows[2][:2] == ["丙", 3]
    assert first.merged == [(2, 1, 2, 3)]
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {3}, {5})
    assert (second.name, second.hidden, second.rows[1][1]) == ("表二", True, "藏")


def test_an_old_workbook_is_read_like_a_new_one():
    first, second = open_workbook(OLD, "名册.xls").sheets()
    assert first.name == "老台账党支部"
    assert first.rows[4][:3] == [1, "张\u3000三", "男"]
    assert first.rows[4][7] == datetime.date(1995, 8, 1)
    assert (3, 9, 3, 11) in first.merged
    assert first.hidden_rows == {7}
    assert second.hidden


@pytest.mark.parametrize("reference", ["A1", "A1:B1", "A1:XFD1048576"])
def test_a_lying_dimension_is_not_believed(made, reference):
    sheet = next(open_workbook(ledgers.with_dimension(made, reference), "名册.xlsx").sheets())
    assert len(sheet.rows) == 3
    assert sheet.rows[0][4] == "内线 6120"


def test_errors_and_formulas_without_a_result_are_told_apart_from_empty_cells():
    book = openpyxl.Workbook()
    book.active.append(["甲", "#N/A", "=A1&A1", ""])
    book.active["B1"].data_type = "e"
    sheet = next(open_workbook(ledgers.saved(book), "名册.xlsx").sheets())
    assert sheet.rows[0][:3] == ["甲", "#N/A", "#公式没有结果"]
    assert [type(value) for value in sheet.rows[0][1:3]] == [CellError, CellError]


# Refusals -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "PDF 文件"),
        ("序号,姓名\n1,张三\n".encode(), "文本文件（CSV）"),
        ("序号,姓名\n1,张三\n".encode("gb18030"), "文本文件（CSV）"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "网页文件"),
        (b"<!DOCTYPE HTML><p>x</p>", "网页文件"),
        (b'<?xml version="1.0"?><Workbook/>', "XML 文件"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"\0\1\2\3" * 40, "别的文件"),
        (b"", "空文件"),
        (ledgers.container("WordDocument"), "Word 文档"),
        (ledgers.container("PowerPoint Document"), "别的 Office 文件"),
    ],
)
def test_a_file_of_another_type_is_named(data, kind):
    assert refused(WrongFileType, data) == (
        f"“名册.xlsx”不是 Excel 工作簿，而是{kind}。请在 Excel 里另存为 .xlsx 或 .xls 格式再上传。"
    )


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "Word 文档"), ("xl/workbook.bin", "二进制工作簿（.xlsb）"), ("content.xml", "OpenDocument 文件"),
     ("a/名册.txt", "压缩包")],
)
def test_a_zip_that_is_no_workbook_is_named(part, kind):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")
    assert kind in refused(WrongFileType, file.getvalue())


LOCKED = "“{}”设了打开密码，系统读不了。请在 Excel 里取消密码，保存后再上传。"


def test_a_new_workbook_with_a_password_is_refused():
    data = ledgers.container("EncryptionInfo", "EncryptedPackage")
    assert refused(LockedWorkbook, data) == LOCKED.format("名册.xlsx")


def test_an_old_workbook_with_a_password_is_refused():
    assert refused(LockedWorkbook, ledgers.locked_xls(OLD), "名册.xls") == LOCKED.format("名册.xls")


DAMAGED = "“名册.xlsx”不完整或已损坏，可能没有传完。请在 Excel 里打开看看，另存一份再上传。"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97])
def test_a_truncated_workbook_is_refused(made, share):
    assert refused(DamagedWorkbook, made[: int(len(made) * share)]) == DAMAGED


@pytest.mark.parametrize("size", [8, 300, 600, 3000, 6500])
def test_a_truncated_old_workbook_is_refused(size):
    assert refused(DamagedWorkbook, OLD[:size]) == DAMAGED


def test_a_sheet_that_is_not_xml_is_refused(made):
    assert refused(DamagedWorkbook, ledgers.with_part(made, "xl/worksheets/sheet1.xml", "<worksheet><row")) == DAMAGED


def test_a_sheet_that_declares_entities_is_refused(made):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    assert refused(DamagedWorkbook, ledgers.with_part(made, "xl/worksheets/sheet1.xml", bomb)) == DAMAGED


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(made, part):
    assert refused(WorkbookWithMacros, ledgers.with_part(made, part, "x")) == (
        "“名册.xlsx”带有宏。请另存为不带宏的“Excel 工作簿（.xlsx）”再上传。"
    )


def test_a_workbook_declared_with_macros_is_refused(made):
    types = ledgers.part_of(made, "[Content_Types].xml").replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    refused(WorkbookWithMacros, ledgers.with_part(made, "[Content_Types].xml", types))


def test_an_old_workbook_with_macros_is_refused():
    refused(WorkbookWithMacros, ledgers.container("Workbook", "_VBA_PROJECT_CUR"), "名册.xls")


@pytest.mark.parametrize("part", ["xl/embeddings/另一份.xlsx", "xl/media/image1.png"])
def test_a_file_inside_the_file_is_refused(made, part):
    assert refused(NestedFile, ledgers.with_part(made, part, made)) == (
        f"“名册.xlsx”里嵌着另一个文件（{part}）。请删去嵌入的文件，只留表格，再上传。"
    )


def test_a_picture_is_no_archive(made):
    open_workbook(ledgers.with_part(made, "xl/media/image1.png", b"\x89PNG\r\n"), "名册.xlsx")


# Limits ---------------------------------------------------------------------------------------
def test_an_upload_above_the_limit_is_refused():
    assert refused(WorkbookTooBig, b"PK" + b"x" * workbook.MAX_UPLOAD) == (
        "“名册.xlsx”有 10.0 MiB，最多 10 MiB。请删去图片和不用的表，或分成几个文件上传。"
    )


def test_what_it_unpacks_to_is_counted(made):
    bomb = ledgers.with_part(made, "xl/media/image1.png", b"\0" * (workbook_zip.MAX_UNPACKED + 1))
    assert len(bomb) < 200_000
    assert refused(WorkbookTooBig, bomb) == "“名册.xlsx”展开后超过 50 MiB。请删去图片和不用的表，或分成几个文件上传。"


def test_a_claim_about_the_unpacked_size_is_not_believed(made):
    bomb = bytearray(ledgers.with_part(made, "xl/media/image1.png", b"\0" * (workbook_zip.MAX_UNPACKED + 1)))
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        claimed = archive.getinfo("xl/media/image1.png").file_size.to_bytes(4, "little")
    open_lie = bytes(bomb).replace(claimed, (9).to_bytes(4, "little"))
    refused(DamagedWorkbook, open_lie)


def test_too_many_rows_are_refused(made):
    rows = "<row/>" * (workbook.MAX_ROWS + 1)
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert refused(WorkbookTooBig, ledgers.with_part(made, "xl/worksheets/sheet1.xml", sheet)) == (
        "“名册.xlsx”超过 200000 行。请分成几个文件上传。"
    )


def test_a_value_in_the_last_cell_makes_no_giant_grid():
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active["XFD1048576"] = "乙"
    assert refused(WorkbookTooBig, ledgers.saved(book)) == (
        "“名册.xlsx”在很远的行或列里还有内容。请在 Excel 里删去台账以外的行和列，另存后再上传。"
    )


def test_a_refusal_shows_the_name_without_its_folders():
    assert "“名册.xlsx”" in refused(WrongFileType, b"%PDF-1", "C:\\文件\\名册.xlsx")


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA"), (16_384, "XFD")])
def test_columns_have_letters(number, letters):
    assert column_letter(number) == letters
    assert column_number(letters) == number
