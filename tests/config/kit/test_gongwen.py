import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from config.kit.gongwen import Attachment, Decision, Group, width, write_decision

PERSONS = Attachment(
    "优秀共产党员名单",
    (Group("", (("丁\u3000一（女，回族）", "办公厅秘书处副处长"), ("阿卜杜拉·买买提（维吾尔族）", "慈善总会"))),),
    note="（以姓氏笔画为序）",
)
UNITS = Attachment(
    "先进基层党组织名单",
    (Group("一、机关司局（1个）", (("办公厅党总支 <A&B>", ""),)), Group("二、部管社会组织（0个）", (), empty="本类空缺。")),
)
DECISION = Decision(
    title="中共某部党组\n关于表彰的决定",
    paragraphs=("为表彰先进，决定：", "一、授予称号。", "（一）集体。", "1．个人。"),
    signer="中共某部党组",
    signed_on=date(2011, 6, 5),
    number="某党发〔2011〕12号",
    addressee="各级党组织",
    attachments=(UNITS, PERSONS),
)


def written(decision=DECISION, **more):
    target = io.BytesIO()
    write_decision(target, decision, **more)
    target.seek(0)
    return Document(target)


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def find(document, text):
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


def test_page_is_a4_with_the_margins_of_the_standard():
    section = written().sections[0]
    measured = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    measured += [section.left_margin, section.right_margin]
    assert [round(length.mm) for length in measured] == [210, 297, 37, 35, 28, 26]


def test_a_page_holds_22_lines_of_28_characters():
    document = written()
    body = document.styles["公文正文"]
    assert body.paragraph_format.line_spacing == Pt(28.9)
    assert int(Mm(225) / body.paragraph_format.line_spacing) == 22
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int((156 / 25.4 * 72) / (body.font.size.pt + spacing)) == 28
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "578")


@pytest.mark.parametrize(
    "style, font, size",
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文一级标题", "黑体", 16),
        ("公文二级标题", "楷体_GB2312", 16),
        ("公文附件序号", "黑体", 16),
        ("公文页码", "宋体", 14),
    ],
)
def test_fonts_are_named_for_the_chinese_characters_too(style, font, size):
    chosen = written().styles[style]
    fonts = chosen.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("eastAsia", "ascii", "hAnsi", "cs")} == {font}
    assert chosen.font.size == Pt(size)


def test_no_theme_font_wins_over_the_named_ones_and_fallbacks_are_listed():
    target = io.BytesIO()
    write_decision(target, DECISION)
    with zipfile.ZipFile(target) as parts:
        used = parts.read("word/styles.xml").decode().split("公文标题")[1]
        assert "Theme" not in used
        assert 'w:altName w:val="仿宋,FangSong' in parts.read("word/fontTable.xml").decode()


def test_order_of_the_parts():
    lines = [text for text in texts(written()) if text]
    assert lines == [
        "某党发〔2011〕12号",
        "中共某部党组",
        "关于表彰的决定",
        "各级党组织：",
        "为表彰先进，决定：",
        "一、授予称号。",
        "（一）集体。",
        "1．个人。",
        "附件：1.先进基层党组织名单",
        "2.优秀共产党员名单",
        "中共某部党组",
        "2011年6月5日",
        "附件1",
        "先进基层党组织名单",
        "一、机关司局（1个）",
        "办公厅党总支 <A&B>",
        "二、部管社会组织（0个）",
        "本类空缺。",
        "附件2",
        "优秀共产党员名单",
        "（以姓氏笔画为序）",
        "丁\u3000一（女，回族）\t办公厅秘书处副处长",
        "阿卜杜拉·买买提（维吾尔族）\u3000慈善总会",
    ]


@pytest.mark.parametrize(
    "text, style",
    [
        ("为表彰先进", "公文正文"),
        ("一、授予", "公文一级标题"),
        ("（一）集体", "公文二级标题"),
        ("1．个人", "公文正文"),
        ("关于表彰的决定", "公文标题"),
    ],
)
def test_levels_of_headings(text, style):
    assert find(written(), text).style.name == style


def test_attachments_begin_on_pages_of_their_own_and_one_alone_has_no_number():
    document = written()
    assert [p.text for p in document.paragraphs if p.paragraph_format.page_break_before] == ["附件1", "附件2"]
    alone = written(replace(DECISION, attachments=(UNITS,)))
    assert [p.text for p in alone.paragraphs if p.paragraph_format.page_break_before] == ["附件"]
    assert "附件：先进基层党组织名单" in texts(alone)


def test_the_name_column_is_as_wide_as_its_widest_name_asks_for():
    wide = Group("", (("毛婷婷（女，维吾尔族）", "社会救助司第一党支部"), ("方　宇", "减灾中心第五党支部")))
    document = written(replace(DECISION, attachments=(replace(PERSONS, groups=(wide,)),)))
    for name in ("毛婷婷", "方　宇"):
        line = find(document, f"{name}")
        assert "\t" in line.text and line.paragraph_format.left_indent == Pt(16) * 12
        assert [stop.position for stop in line.paragraph_format.tab_stops] == [Pt(16) * 12]
    usual = find(written(), "阿卜杜拉")
    assert "\t" not in usual.text and usual.paragraph_format.left_indent == Pt(16) * 10


@pytest.mark.parametrize("signer", ["中共某部党组", "某部", "中共某某某某部直属机关委员会办公室"])
def test_signer_and_date_are_centred_on_each_other(signer):
    document = written(replace(DECISION, signer=signer))
    last = [p for p in document.paragraphs if p.style.name == "公文落款"]
    middles = [p.paragraph_format.right_indent.pt + 16 * width(p.text) / 2 for p in last]
    assert middles[0] == pytest.approx(middles[1], abs=0.1)
    assert min(p.paragraph_format.right_indent.pt for p in last) >= 32


def test_signature_is_kept_with_the_text_before_it():
    document = written()
    lines = document.paragraphs
    start = next(i for i, p in enumerate(lines) if p.text == "1．个人。")
    end = next(i for i, p in enumerate(lines) if p.text == "2011年6月5日")
    assert all(p.paragraph_format.keep_with_next for p in lines[start:end])


def test_page_number_stands_on_the_outer_side():
    document = written()
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, edge in ((section.footer, "right_indent"), (section.even_page_footer, "left_indent")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert paragraph.text.replace("1", "") == "—  —"
        assert getattr(paragraph.paragraph_format, edge) == Pt(14)


@pytest.mark.parametrize("name", ["<b>王&五</b>", "王\x00五\x0b", "王\ud800五", '"王五"', "]]>王五"])
def test_names_cannot_break_the_file(name):
    attachment = Attachment("名单", (Group("", ((name, name),)),))
    shown = texts(written(replace(DECISION, attachments=(attachment,))))[-1]
    assert shown.replace("\t", "").replace("王五", "") == name.replace("\x00", "").replace("\x0b", "").replace(
        "\ud800", ""
    ).replace("王五", "") * 2


def test_demo_and_marks_stand_above_every_page_and_nothing_without_them():
    section = written(marks=["校验码 3F2A"], demo=True).sections[0]
    expected = "演示数据：单位、人员和数字均为虚构。\u3000校验码 3F2A"
    assert [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text] == [expected] * 2
    assert "".join(p.text for p in written().sections[0].header.paragraphs) == ""


def test_file_says_who_issued_it_and_not_which_library_wrote_it():
    about = written().core_properties
    assert (about.author, about.title, about.comments) == ("中共某部党组", "中共某部党组关于表彰的决定", "")
    assert about.created.year == 2011
