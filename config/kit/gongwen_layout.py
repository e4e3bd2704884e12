"""Page, fonts and paragraph styles of GB/T 9704-2012, set on a python-docx document.

The standard: A4, type area 156 × 225 mm with 37 mm above and 28 mm on the binding side, 22 lines of 28 characters in
3号 (16 pt), title in 2号 (22 pt), page number in 4号 (14 pt) on the outer side, 7 mm below the type area.
"""
from datetime import UTC, datetime

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from config.kit.printable import printable

CHARACTER = Pt(16)  # 3号; indents are counted in it
LINE = Pt(28.9)
LINE_TWIPS = 578
TIGHTER_TWIPS = -5  # 28 characters of 16 pt are 2 mm wider than the type area; each gives up a quarter of a point

# Name of the font as offices have it, and what a machine without it may take, in this order.
SONG_TITLE, FANG_SONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FALLBACKS = {
    SONG_TITLE: "华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    FANG_SONG: "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC",
    HEI: "SimHei,微软雅黑,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}

# style name → (font, size in pt, alignment, first-line indent in characters, line pitch)
STYLES = {
    "公文标题": (SONG_TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, 0, Pt(36)),
    "公文正文": (FANG_SONG, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2, LINE),
    "公文一级标题": (HEI, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2, LINE),
    "公文二级标题": (KAI, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2, LINE),
    "公文顶格": (FANG_SONG, 16, WD_ALIGN_PARAGRAPH.LEFT, 0, LINE),
    "公文居中": (FANG_SONG, 16, WD_ALIGN_PARAGRAPH.CENTER, 0, LINE),
    "公文落款": (FANG_SONG, 16, WD_ALIGN_PARAGRAPH.RIGHT, 0, LINE),
    "公文附件序号": (HEI, 16, WD_ALIGN_PARAGRAPH.LEFT, 0, LINE),
    "公文名单": (FANG_SONG, 16, WD_ALIGN_PARAGRAPH.LEFT, 0, LINE),
    "公文页码": (SONG, 14, WD_ALIGN_PARAGRAPH.RIGHT, 0, Pt(18)),
    "公文页眉": (SONG, 9, WD_ALIGN_PARAGRAPH.CENTER, 0, Pt(14)),
}


def set_page(document):
    """Paper, margins, character grid and the two page numbers of the first section."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # A grid of lines only: a grid of characters is understood differently by every office suite, spacing by all alike.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))
    document.settings.odd_and_even_pages_header_footer = True
    style = document.styles["公文页码"]
    _page_number(section.footer, style, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, style, WD_ALIGN_PARAGRAPH.LEFT)


def set_styles(document):
    """The named styles above, the document's own defaults, and the fallbacks of the fonts."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_font(defaults, FANG_SONG)
    _language(defaults)
    for name, (font, size, alignment, indent, pitch) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        set_font(style.element.get_or_add_rPr(), font)
        if size == 16:
            _spacing(style.element.get_or_add_rPr())
        layout = style.paragraph_format
        layout.alignment = alignment
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = pitch
        layout.space_before = layout.space_after = Pt(0)
        layout.widow_control = False  # a page has 22 lines
        _no_gaps(style.element.get_or_add_pPr())
        if size != 16:  # titles have a pitch of their own; on the grid they would take two lines each
            leave_grid(style)
        if indent:
            layout.first_line_indent = CHARACTER * indent
    _fallbacks(document)


def set_font(properties, name):
    """`name` for every script in a w:rPr; without eastAsia Word would keep its own font for the Chinese characters."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()  # theme fonts would win over names
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def set_header(document, lines):
    """Small lines above the type area of every page."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = document.styles["公文页眉"]
        paragraph.text = "　".join(lines)


def set_properties(document, *, title, author, on):
    """Replace what the library's own template says about author and time."""
    about = document.core_properties
    about.title, about.language = printable(title), "zh-CN"
    about.author = about.last_modified_by = printable(author)
    about.comments = about.keywords = about.subject = ""
    about.created = about.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)


def leave_grid(style):
    """Lines of this style keep a pitch of their own."""
    _switch_off(style.element.get_or_add_pPr(), "w:snapToGrid")


def _page_number(footer, style, alignment):
    """`— 1 —`, one character away from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = style
    paragraph.alignment = alignment
    edge = "right_indent" if alignment == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
    setattr(paragraph.paragraph_format, edge, Pt(14))
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _spacing(properties):
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(TIGHTER_TWIPS))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _no_gaps(properties):
    """2011年, not 2011 年: no space between Chinese characters and Latin letters or digits."""
    _switch_off(properties, "w:autoSpaceDE")
    _switch_off(properties, "w:autoSpaceDN")


def _switch_off(properties, name):
    switch = OxmlElement(name)
    switch.set(qn("w:val"), "0")
    properties.insert_element_before(switch, "w:spacing", "w:ind", "w:jc")


def _language(properties):
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")


def _fallbacks(document):
    """Write the font table: every font with the names that may stand in for it."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if name == HEI else "roman"}"/></w:font>'
        for name, instead in FALLBACKS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{space}">{entries}</w:fonts>'
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = table.encode()
