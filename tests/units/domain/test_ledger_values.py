"""What the cells of a ledger mean."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit.sheet_facts import CellError
from units.domain import ledger_values as words
from units.domain.ledger_values import Expected

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
SPACES = st.text(alphabet=" \u3000\u00a0\u2002\u2009\t\n\u200b\ufeff", max_size=4)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("张三", "张三"), ("张  三", "张三"), ("吴\u3000志", "吴志"), ("张\u00a0三", "张三"), ("\u200b张\u200b三\ufeff", "张三"),
        ("张\t三\n", "张三"), ("买买提·艾力", "买买提·艾力"), ("买买提 • 艾力", "买买提·艾力"), ("欧阳  永康", "欧阳永康"),
        ("John  Smith", "John Smith"), ("O'Brien", "O'Brien"), ("Анна Ли", "Анна Ли"), ("阿不都 · Ali", "阿不都·Ali"),
        ("𠮷 田", "𠮷田"),
    ],
)
def test_a_name_loses_spaces_but_not_its_dot(value, name):
    assert words.name_of(value) == name


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("张" * 40, "姓名，不超过 30 个字（现在 40 个字）"),
        ("张三1", "姓名，只写文字，例如“张三”“买买提·艾力”"),
        ("张三（女）", "姓名，只写文字，例如“张三”“买买提·艾力”"),
        ("张", "姓名，只写文字，例如“张三”“买买提·艾力”"),
        (12.0, "姓名，只写文字"),
        (CellError("#N/A"), "姓名，只写文字"),
        ("", "姓名，必填"),
        ("无", "姓名，必填"),
    ],
)
def test_what_is_no_name(value, expected):
    assert refusal(words.name_of, value) == expected


def refusal(reader, value):
    with pytest.raises(Expected) as refused:
        reader(value)
    return refused.value.text


@given(st.lists(HAN, min_size=2, max_size=4), st.data())
def test_spaces_of_any_kind_make_no_other_name(characters, data):
    scattered = "".join(character + data.draw(SPACES) for character in characters)
    plain = words.name_of("".join(characters))
    assert words.name_of(scattered) == plain
    assert words.name_of(plain) == plain


@given(st.text())
def test_no_text_breaks_the_name_reader(text):
    try:
        name = words.name_of(text)
    except Expected:
        return
    assert 2 <= len(name) <= words.NAME_LENGTH
    assert words.name_of(name) == name


@pytest.mark.parametrize(
    ("reader", "value", "meant"),
    [
        (words.gender_of, "男", "male"), (words.gender_of, " 女 ", "female"),
        (words.status_of, "正式", "full"), (words.status_of, "预备党员", "probationary"),
        (words.ethnicity_of, "汉", "汉族"), (words.ethnicity_of, "维吾尔族", "维吾尔族"), (words.ethnicity_of, "蒙古", "蒙古族"),
        (words.kind_of, "总支", "general_branch"), (words.kind_of, "机关党委", "organ_committee"),
        (words.category_of, "—", ""), (words.category_of, "部管社会组织", "society"),
        (words.posts_of, "无", []), (words.posts_of, "", []), (words.posts_of, "支部书记", ["secretary"]),
        (words.posts_of, "副书记、组织委员", ["deputy_secretary", "organizer"]),
        (words.posts_of, "副书记兼宣传委员", ["deputy_secretary", "publicist"]),
        (words.posts_of, "纪律检查委员", ["discipline"]), (words.posts_of, "青年委员", ["committee_member"]),
        (words.phone_of, 13800138000.0, "13800138000"), (words.phone_of, 13800138000, "13800138000"),
        (words.phone_of, "内线 6120", "内线 6120"), (words.phone_of, "０１０－５８１２", "010-5812"), (words.phone_of, "无", ""),
        (words.id_number_of, "11010519491231002x", "11010519491231002X"), (words.id_number_of, "无", ""),
        (words.organization_name_of, "办公厅 第一党支部", "办公厅第一党支部"),
    ],
)
def test_words_have_one_meaning(reader, value, meant):
    assert reader(value) == meant


SPOILT = "18 位身份证号；Excel 已把它变成数字，后几位丢了，请把这一列设成“文本”格式，照证件重填"


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (words.gender_of, "男性别", "“男”或“女”"),
        (words.gender_of, "", "“男”或“女”"),
        (words.status_of, "积极分子", "“正式党员”或“预备党员”"),
        (words.ethnicity_of, "汉人", "民族，例如“汉族”“回族”"),
        (words.ethnicity_of, CellError("#N/A"), "民族，例如“汉族”“回族”"),
        (words.posts_of, "纪委书记", "书记、副书记、组织委员、宣传委员、纪检委员、委员；几个职务用“、”隔开；没有填“无”"),
        (words.phone_of, 138001380.5, "电话号码；Excel 已把它变成小数，请把这一列设成“文本”格式重填"),
        (words.phone_of, "1.38001E+10", "电话号码；Excel 已把它变成小数，请把这一列设成“文本”格式重填"),
        (words.phone_of, "同上", "电话号码，例如 13800138000 或“内线 6120”，不超过 30 个字"),
        (words.id_number_of, 440106199001011234.0, SPOILT),
        (words.id_number_of, 440106199001011234, SPOILT),
        (words.id_number_of, "4.40106E+17", SPOILT),
        (words.id_number_of, "440106199001011000", SPOILT),
        (words.id_number_of, "110105194912310021", "18 位身份证号，末位校验要对得上；请照证件核对"),
        (words.organization_name_of, CellError("#REF!"), "一个值；Excel 在这里算出的是错误"),
    ],
)
def test_what_is_wrong_says_what_would_be_right(reader, value, expected):
    assert refusal(reader, value) == expected


def test_a_wrong_id_number_is_shown_masked():
    with pytest.raises(Expected) as refused:
        words.id_number_of("110105194912310021")
    assert refused.value.shown == "110105***********1"


def test_a_spoilt_id_number_is_shown_as_excel_shows_it():
    with pytest.raises(Expected) as refused:
        words.id_number_of(440106199001011234.0)
    assert refused.value.shown == "4.40106E+17"
