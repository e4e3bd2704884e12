"""An official decision (决定) with its lists as a .docx in the layout of GB/T 9704-2012, without the red head.

Input is plain data; nothing here knows a model. Offices print it on paper that carries the head already.
"""
import math
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from docx import Document

from config.kit.dates import chinese_date
from config.kit.gongwen_layout import CHARACTER, set_header, set_page, set_properties, set_styles
from config.kit.printable import printable

# How many characters an indent keeps free at the right of the date when a seal is to be put on it.
SEAL_SPACE = 4
NAME_WIDTH = 10  # characters of the left part of a list entry
WIDEST_NAME = 13  # what it grows to for a name with marks; a longer one goes on into the right part
_FIRST_LEVEL = re.compile(r"^[一二三四五六七八九十]+、")
_SECOND_LEVEL = re.compile(r"^（[一二三四五六七八九十]+）")


@dataclass(frozen=True)
class Group:
    """Entries under one heading: (what stands left, what stands right of it); the right part may be empty."""

    heading: str
    entries: tuple[tuple[str, str], ...]
    empty: str = ""  # said instead of entries when there are none


@dataclass(frozen=True)
class Attachment:
    """A list that begins on its own page."""

    title: str
    groups: tuple[Group, ...]
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """A document: `title` may hold line ends; paragraphs that begin with 一、 or （一） are printed as headings."""

    title: str
    paragraphs: tuple[str, ...]
    signer: str
    signed_on: date
    number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()


def write_decision(target, decision, *, marks=(), demo=False):
    """Write `decision` to `target` (a path or a writable binary file).

    `marks` are small words in the head of every page (a check code, for example); with `demo` they begin with 演示数据.
    """
    document = Document()
    set_styles(document)
    set_page(document)
    set_properties(
        document, title=decision.title.replace("\n", ""), author=decision.signer, on=decision.signed_on
    )
    words = [*([_("演示数据：单位、人员和数字均为虚构。")] if demo else []), *map(printable, marks)]
    if words:
        set_header(document, words)
    _body(document, decision)
    for place, attachment in enumerate(decision.attachments, start=1):
        _attachment(document, attachment, place if len(decision.attachments) > 1 else None)
    document.save(target)


def width(text):
    """Width of `text` in full characters; Latin letters and digits are half as wide."""
    return sum(0.5 if ord(character) < 0x2E80 and character not in "“”‘’—…·" else 1 for character in text)


def _paragraph(document, text, style):
    return document.add_paragraph(printable(text), style=document.styles[style])


def _title(document, title):
    for line in title.splitlines():
        _paragraph(document, line, "公文标题")


def _body(document, decision):
    if decision.number:
        _paragraph(document, decision.number, "公文居中")
        _paragraph(document, "", "公文顶格")
    _title(document, decision.title)
    _paragraph(document, "", "公文顶格")
    if decision.addressee:
        _paragraph(document, decision.addressee.rstrip("：:") + "：", "公文顶格")
    closing = []
    for text in decision.paragraphs:
        closing = [_paragraph(document, text, _level(text))]
    if decision.attachments:
        closing.append(_paragraph(document, "", "公文正文"))
        closing += _attachment_names(document, [attachment.title for attachment in decision.attachments])
    for line in closing:
        line.paragraph_format.keep_with_next = True  # the signature never stands on a page without text
    _signature(document, decision.signer, chinese_date(decision.signed_on))


def _level(text):
    if _FIRST_LEVEL.match(text):
        return "公文一级标题"
    return "公文二级标题" if _SECOND_LEVEL.match(text) else "公文正文"


def _attachment_names(document, titles):
    """附件：1.… with the names under each other, without a full stop; a wrapped name aligns with itself."""
    lines = []
    for place, title in enumerate(titles, start=1):
        number = f"{place}." if len(titles) > 1 else ""
        head = _("附件：") if place == 1 else ""
        line = _paragraph(document, f"{head}{number}{title.replace(chr(10), '')}", "公文顶格")
        line.paragraph_format.left_indent = int(CHARACTER * (5 + width(number)))
        line.paragraph_format.first_line_indent = -int(CHARACTER * (width(head) + width(number)))
        lines.append(line)
    return lines


def _signature(document, signer, day):
    """Signer over the date, centred on each other, with room for the seal."""
    _paragraph(document, "", "公文正文").paragraph_format.keep_with_next = True
    difference = (width(signer) - width(day)) / 2
    signer_right = max(2.0, SEAL_SPACE - difference)
    line = _paragraph(document, signer, "公文落款")
    line.paragraph_format.right_indent = int(CHARACTER * signer_right)
    line.paragraph_format.keep_with_next = True
    line = _paragraph(document, day, "公文落款")
    line.paragraph_format.right_indent = int(CHARACTER * (signer_right + difference))


def _attachment(document, attachment, number):
    first = _paragraph(document, f"{_('附件')}{number or ''}", "公文附件序号")
    first.paragraph_format.page_break_before = True
    _paragraph(document, "", "公文顶格")
    _title(document, attachment.title)
    if attachment.note:
        _paragraph(document, attachment.note, "公文居中")
    _paragraph(document, "", "公文顶格")
    column = _name_width(attachment)
    for group in attachment.groups:
        if group.heading:
            _paragraph(document, group.heading, "公文一级标题").paragraph_format.keep_with_next = True
        for left, right in group.entries:
            _entry(document, left, right, column)
        if not group.entries and group.empty:
            _paragraph(document, group.empty, "公文正文")


def _name_width(attachment):
    """Characters of the left column, the same in the whole list: as wide as its widest name asks for, within reason."""
    names = [width(left) for group in attachment.groups for left, right in group.entries if right]
    fitting = [math.ceil(size) + 1 for size in names if math.ceil(size) < WIDEST_NAME]
    return max([NAME_WIDTH, *fitting])


def _entry(document, left, right, column):
    """Name, then unit and post in a column of their own; a long one goes on under itself."""
    gap = "\t" if width(left) < column else "　"
    paragraph = _paragraph(document, f"{left}{gap}{right}" if right else left, "公文名单")
    layout = paragraph.paragraph_format
    if right:
        layout.left_indent = CHARACTER * column
        layout.first_line_indent = -CHARACTER * column
        layout.tab_stops.add_tab_stop(CHARACTER * column)
    else:
        layout.left_indent = CHARACTER * 2
