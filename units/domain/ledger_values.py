"""What a cell of a ledger means: names, words of a fixed list, telephone and ID numbers; says what would be right."""
import re
import unicodedata

from django.utils.translation import gettext as _

from config.kit.names import DOTS
from config.kit.sheet_facts import CellError
from units.domain import id_numbers
from units.domain.chinese_dates import is_blank, plain
from units.enums import Category, Gender, MemberStatus, OrganizationKind, PostKind

NAME_LENGTH = 30
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HAN_OR_DOT = "[·\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BESIDE_HAN = re.compile(f"(?<={_HAN_OR_DOT}) | (?={_HAN_OR_DOT})")
_ETHNICITIES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 "
    "高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 "
    "塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
_GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE, "男性": Gender.MALE, "女性": Gender.FEMALE}
_STATUSES = {
    "正式": MemberStatus.FULL,
    "正式党员": MemberStatus.FULL,
    "预备": MemberStatus.PROBATIONARY,
    "预备党员": MemberStatus.PROBATIONARY,
    "中共预备党员": MemberStatus.PROBATIONARY,
}
_KINDS = {
    "部党组": OrganizationKind.LEADING_GROUP,
    "党组": OrganizationKind.LEADING_GROUP,
    "机关党委": OrganizationKind.ORGAN_COMMITTEE,
    "直属机关党委": OrganizationKind.ORGAN_COMMITTEE,
    "党委": OrganizationKind.COMMITTEE,
    "基层党委": OrganizationKind.COMMITTEE,
    "党总支": OrganizationKind.GENERAL_BRANCH,
    "总支": OrganizationKind.GENERAL_BRANCH,
    "党总支部": OrganizationKind.GENERAL_BRANCH,
    "党支部": OrganizationKind.BRANCH,
    "支部": OrganizationKind.BRANCH,
    "党小组": OrganizationKind.GROUP,
    "小组": OrganizationKind.GROUP,
}
_CATEGORIES = {
    "机关司局": Category.ORGAN,
    "司局": Category.ORGAN,
    "直属事业单位": Category.INSTITUTION,
    "事业单位": Category.INSTITUTION,
    "部管社会组织": Category.SOCIETY,
    "社会组织": Category.SOCIETY,
}
_POSTS = {
    "书记": PostKind.SECRETARY,
    "代理书记": PostKind.ACTING_SECRETARY,
    "副书记": PostKind.DEPUTY_SECRETARY,
    "组织委员": PostKind.ORGANIZER,
    "宣传委员": PostKind.PUBLICIST,
    "纪检委员": PostKind.DISCIPLINE,
    "纪律检查委员": PostKind.DISCIPLINE,
    "委员": PostKind.COMMITTEE_MEMBER,
    "支委": PostKind.COMMITTEE_MEMBER,
}
_POST_OF = re.compile(r"^(中共)?(机关党委|党总支|总支|党支部|支部|党委)(?=书记|副书记|.*委员)")


class Expected(Exception):
    """The cell is wrong; `text` says what would be right, `shown` what the page shows of the value."""

    def __init__(self, text, *, shown=None):
        super().__init__(text)
        self.text = text
        self.shown = shown


def shown(value):
    """A cell's value as a page shows it, at most 60 characters; "" for an empty cell."""
    text = "" if value is None else shown_whole(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def text_of(value, *, limit):
    """One line of text without invisible characters; "" for 无 and —. Raises Expected when it is longer than `limit`."""
    if isinstance(value, CellError):
        raise Expected(_("一个值；Excel 在这里算出的是错误"))
    if is_blank(value):
        return ""
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", shown_whole(value))).split())
    if len(text) > limit:
        raise Expected(_("不超过 %(limit)d 个字（现在 %(length)d 个字）") % {"limit": limit, "length": len(text)})
    return text


def shown_whole(value):
    """The value as text, a number without its empty decimals."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def name_of(value):
    """A person's name: 「张  三」 is 张三; the dot of 买买提·艾力 and the spaces between Latin words stay."""
    if isinstance(value, CellError) or not isinstance(value, str) or is_blank(value):
        raise Expected(_("姓名，必填") if is_blank(value) else _("姓名，只写文字"))
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", value)).split())
    text = _BESIDE_HAN.sub("", re.sub(f"[{DOTS}]", "·", text))
    if len(text) > NAME_LENGTH:
        raise Expected(
            _("姓名，不超过 %(limit)d 个字（现在 %(length)d 个字）") % {"limit": NAME_LENGTH, "length": len(text)}
        )
    if len(text) < 2 or not all(sign.isalpha() or sign in "·-.' " for sign in text):
        raise Expected(_("姓名，只写文字，例如“张三”“买买提·艾力”"))
    return text


def organization_name_of(value):
    """An organisation's name without spaces; "" for an empty cell."""
    return plain(text_of(value, limit=60)) if not is_blank(value) else ""


def one_of(value, words, expected):
    """The meaning of a word of a fixed list. Raises Expected."""
    if isinstance(value, CellError) or not isinstance(value, str) or plain(value) not in words:
        raise Expected(expected)
    return words[plain(value)]


def gender_of(value):
    return one_of(value, _GENDERS, _("“男”或“女”"))


def status_of(value):
    return one_of(value, _STATUSES, _("“正式党员”或“预备党员”"))


def kind_of(value):
    return one_of(value, _KINDS, _("组织类型：部党组、机关党委、党委、党总支、党支部、党小组之一"))


def category_of(value):
    """The category, or "" for an empty cell (the organisation at the top has none)."""
    return "" if is_blank(value) else one_of(value, _CATEGORIES, _("机关司局、直属事业单位、部管社会组织之一"))


def ethnicity_of(value):
    """汉 and 汉族 are 汉族."""
    text = plain(value) if isinstance(value, str) else ""
    stem = text.removesuffix("族")
    if stem in _ETHNICITIES and not isinstance(value, CellError):
        return f"{stem}族"
    raise Expected(_("民族，例如“汉族”“回族”"))


def posts_of(value):
    """Sorted list of the posts in a cell such as 「副书记、组织委员」; empty for 无."""
    text = text_of(value, limit=60)
    posts = set()
    for part in filter(None, re.split(r"[、，,;；/兼\s]+", text)):
        word = _POST_OF.sub("", plain(part))
        if word in _POSTS:
            posts.add(_POSTS[word])
        elif word.endswith("委员"):
            posts.add(PostKind.COMMITTEE_MEMBER)
        else:
            raise Expected(_("书记、副书记、组织委员、宣传委员、纪检委员、委员；几个职务用“、”隔开；没有填“无”"))
    return sorted(str(post) for post in posts)


def phone_of(value):
    """A telephone number as text: 13800138000.0 is repaired, 「内线 6120」 is kept."""
    text = text_of(value, limit=60)
    if isinstance(value, float) and not value.is_integer() or re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+", text):
        raise Expected(_("电话号码；Excel 已把它变成小数，请把这一列设成“文本”格式重填"))
    text = unicodedata.normalize("NFKC", text)
    if text and (not re.search(r"\d{3}", text) or len(text) > 30):
        raise Expected(_("电话号码，例如 13800138000 或“内线 6120”，不超过 30 个字"))
    return text


def id_number_of(value):
    """The 18-character ID number, "" for an empty cell. A number that Excel has spoilt is refused, not guessed."""
    if is_blank(value):
        return ""
    text = plain(str(value))
    spoilt = isinstance(value, int | float) or re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+", text)
    if spoilt or re.fullmatch(r"\d{15}000", text):
        raise Expected(
            _("18 位身份证号；Excel 已把它变成数字，后几位丢了，请把这一列设成“文本”格式，照证件重填"),
            shown=shown_number(value),
        )
    number = id_numbers.full_number(text)
    if number is None or isinstance(value, CellError):
        raise Expected(_("18 位身份证号，末位校验要对得上；请照证件核对"), shown=id_numbers.masked(text))
    return number


def shown_number(value):
    """A spoilt number the way Excel shows it, 4.40106E+17."""
    return f"{value:.5E}".replace("E+0", "E+") if isinstance(value, int | float) and value >= 1e11 else shown(value)
