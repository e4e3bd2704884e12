import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from config.kit.xlsx import Column, Sheet, sheet_name, write_xlsx

COLUMNS = (
    Column("序号", 6, "number"),
    Column("姓名", 12),
    Column("证件号", 22),
    Column("入党", 12, "date"),
    Column("得分", 10, "points"),
)
ROW = (1, "张\u3000三", "110101199003071234", date(2010, 6, 1), Decimal("87.5"))


def written(*sheets, demo=False):
    target = io.BytesIO()
    write_xlsx(target, sheets, demo=demo)
    target.seek(0)
    return openpyxl.load_workbook(target)


def only(rows, columns=COLUMNS, **more):
    return written(Sheet("名单", columns, rows, **more)).active


def test_titles_are_merged_above_a_header_that_prints_on_every_page():
    page = only(iter([ROW]), titles=("优秀共产党员名单", "2011年7月1日"), wrapped=True)
    assert (page["A1"].value, page["A2"].value) == ("优秀共产党员名单", "2011年7月1日")
    assert {str(cells) for cells in page.merged_cells.ranges} == {"A1:E1", "A2:E2"}
    assert (page.row_dimensions[1].height, page.row_dimensions[2].height) == (36, pytest.approx(22, abs=1))
    assert [cell.value for cell in page[3]] == ["序号", "姓名", "证件号", "入党", "得分"]
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"


@pytest.mark.parametrize("landscape, expected", [(True, "landscape"), (False, "portrait")])
def test_page_is_a4_fits_the_width_and_has_page_numbers(landscape, expected):
    page = only([ROW], landscape=landscape)
    assert (page.page_setup.paperSize, page.page_setup.orientation or "portrait") == (9, expected)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert page.page_margins.left == pytest.approx(0.6)


def test_cells_have_the_type_of_their_column():
    row = only([ROW])[2]
    assert [cell.data_type for cell in row] == ["n", "s", "s", "d", "n"]
    assert [cell.number_format for cell in row] == ["0", "@", "@", "yyyy-mm-dd", "0.00"]
    assert [cell.value for cell in row] == [1, "张\u3000三", "110101199003071234", datetime(2010, 6, 1), 87.5]


def test_every_data_cell_has_a_border_the_empty_ones_too_and_nothing_below_them():
    page = only([ROW, (2, None, None, None, None)])
    bordered = {str(rules.sqref) for rules in page.conditional_formatting for rule in rules.rules if rule.dxf.border.left}
    assert bordered == {"A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3"}
    assert page["B4"].border.left.style is None


def test_wrapped_rows_are_high_enough_for_their_text():
    columns = (Column("姓名", 10), Column("事迹", 21))
    page = only([("张三", "一" * 10), ("李四", "一" * 35), ("王五", "一\n二\n三")], columns, wrapped=True)
    assert [page.row_dimensions[row].height for row in (2, 3, 4)] == [21.75, 66, 51]
    assert page["B3"].alignment.wrap_text


def test_streamed_sheet_has_all_titles_in_one_row_that_is_high_enough():
    page = only(iter([ROW]), titles=("花名册", "2011年"))
    assert (page["A1"].value, page.row_dimensions[1].height, page["A2"].value) == ("花名册\n2011年", 36, "序号")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@cmd", "\t=1", "=HYPERLINK(\"http://x\")"])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = only([(1, text, text, None, None)])["B2"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


def test_numbers_that_would_lose_digits_become_text():
    assert only([(110101199003071234, "", "", None, None)])["A2"].value == "110101199003071234"


def test_rows_of_mixed_types_keep_their_columns():
    page = only([(None, None, None, None, None), ("一", "李四", None, "1890年", 3), ROW])
    assert [cell.value for cell in page[3]] == ["一", "李四", None, "1890年", 3]
    assert [cell.value for cell in page[4]][1:3] == ["张\u3000三", "110101199003071234"]


def test_dates_before_1900_and_aware_moments():
    columns = (Column("日", kind="date"), Column("时", kind="datetime"))
    page = only([(date(1899, 7, 1), datetime(2011, 6, 30, 16, 30, tzinfo=UTC))], columns)
    assert [cell.value for cell in page[2]] == ["1899-07-01", datetime(2011, 7, 1, 0, 30)]


def test_what_xml_cannot_hold_is_dropped_and_long_text_is_cut_visibly():
    page = only([(1, "王\x00\x0b<&>\"'五\ud800", "长" * 40_000, None, None)])
    assert page["B2"].value == "王<&>\"'五"
    assert len(page["C2"].value) == 32_767 and page["C2"].value.endswith("…")


def test_empty_sheet_still_has_its_header():
    page = only([])
    assert [cell.value for cell in page[1]] == ["序号", "姓名", "证件号", "入党", "得分"]
    assert not [cell.value for row in page.iter_rows(min_row=2) for cell in row if cell.value]


def test_demo_is_said_on_every_sheet_and_in_its_footer():
    book = written(Sheet("一", COLUMNS, [ROW], titles=("名单",), wrapped=True), Sheet("二", COLUMNS[:1], []), demo=True)
    assert book["一"]["A2"].value == book["二"]["A1"].value == "演示数据：单位、人员和数字均为虚构。"
    assert {page.oddFooter.left.text for page in book} == {"演示数据"}
    assert book["一"].print_title_rows == "$3:$3"


def test_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        only([(1, "张三")])


def test_error_of_the_rows_passes_through_and_leaves_no_file(tmp_path):
    def rows():
        yield ROW
        raise KeyError("database went away")

    with pytest.raises(KeyError, match="database went away"):
        write_xlsx(str(tmp_path / "x.xlsx"), [Sheet("名单", COLUMNS, rows())])
    assert list(tmp_path.iterdir()) == []


def test_rows_are_read_one_by_one():
    held = []

    def rows():
        for number in range(5_000):
            held.append(number)
            yield (number, "张三", "1", None, None)

    reader = rows()
    written(Sheet("名单", COLUMNS, reader))
    assert held == list(range(5_000))


@pytest.mark.parametrize(
    "name, expected", [("名单", "名单"), ("a/b:c*?[d]\\", "a-b-c---d--"), ("长" * 40, "长" * 31), ("'", "Sheet1")]
)
def test_sheet_names_that_excel_refuses_are_mended(name, expected):
    assert sheet_name(name) == expected


@pytest.mark.parametrize("columns", [(Column("甲"), Column("甲"))])
def test_equal_column_titles_are_refused(columns):
    with pytest.raises(ValueError, match="differ"):
        only([("1", "2")], columns)
