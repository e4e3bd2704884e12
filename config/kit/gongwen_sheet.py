"""A result sheet as a .docx: a title, small lines, tables with a head on every page, notes, and lines to sign on.

Input is plain data; nothing here knows a model. Tables are written as XML: the library looks at all cells to make one more.
"""
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from config.kit.gongwen_layout import SONG, leave_grid, set_font, set_header, set_page, set_properties, set_styles
from config.kit.printable import printable

MARGIN_MM = 20
TWIPS_OF_MM = 56.7
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class Table:
    """`head` and `rows` are words; the last word of a row shorter than the head fills what is left, and a first word left
    empty belongs to the row above. `widths` are millimetres."""

    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ResultSheet:
    """`parts` are lines of words and Tables in their order; `signs` stand two in a line at the end."""

    title: str
    parts: tuple[str | Table, ...]
    signs: tuple[str, ...]
    author: str
    made_on: date


def write_result_sheet(target, sheet, *, demo=False):
    """Write `sheet` to `target` (a path or a writable binary file); with `demo`, every page says 演示数据."""
    document = Document()
    set_styles(document)
    set_page(document)
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = Mm(MARGIN_MM)
    section.bottom_margin, section.header_distance, section.footer_distance = Mm(22), Mm(10), Mm(12)
    _small_styles(document)
    set_properties(document, title=sheet.title, author=sheet.author, on=sheet.made_on)
    if demo:
        set_header(document, [_("演示数据：单位、人员和数字均为虚构。")])
    document.add_paragraph(printable(sheet.title), style="公文标题")
    closing = []
    for part in sheet.parts:
        if isinstance(part, Table):
            document.element.body.insert_element_before(parse_xml(_table(part)), "w:sectPr")
            closing = []
        else:
            closing.append(document.add_paragraph(printable(part), style="表外文字"))
    for place in range(0, len(sheet.signs), 2):
        pair = [f"{printable(sign)}：" for sign in sheet.signs[place:place + 2]]
        line = document.add_paragraph("\t".join(pair), style="表外文字")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(90))
        line.paragraph_format.space_before = Pt(14)
        closing.append(line)
    for line in closing[:-1]:
        line.paragraph_format.keep_with_next = True  # nobody signs a page that says nothing
    document.save(target)


def _small_styles(document):
    for name, alignment in (("表外文字", WD_ALIGN_PARAGRAPH.LEFT), ("表内文字", WD_ALIGN_PARAGRAPH.CENTER)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(10)
        set_font(style.element.get_or_add_rPr(), SONG)
        layout = style.paragraph_format
        layout.alignment, layout.space_before, layout.space_after = alignment, Pt(2), Pt(2)
        leave_grid(style)


def _table(table):
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
    head = _row(table, table.head, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:rPr><w:b/></w:rPr>")
    rows = "".join(_row(table, row, "<w:trPr><w:cantSplit/></w:trPr>") for row in table.rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(table.widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row(table, words, properties, run=""):
    cells = []
    for place, word in enumerate(words):
        widths = table.widths[place:] if place == len(words) - 1 else table.widths[place:place + 1]
        span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
        if place == 0 and len(words) > 1:
            span += '<w:vMerge w:val="restart"/>' if word else "<w:vMerge/>"
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(sum(widths))}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
            '<w:p><w:pPr><w:pStyle w:val="表内文字"/></w:pPr><w:r>'
            f'{run}<w:t xml:space="preserve">{escape(printable(word))}</w:t></w:r></w:p></w:tc>'
        )
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _twips(millimetres):
    return round(millimetres * TWIPS_OF_MM)
