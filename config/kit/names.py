"""How the names of persons are taken apart and printed on official lists."""
import re

FULL_WIDTH_SPACE = "\u3000"
DOTS = "·•・‧∙．"
HAN_ETHNICITY = "汉族"
FEMALE = "女"

# Surnames of two characters in use. Extinct ones that read as surname and given name more often than not
# (贺兰芳, 乐正明, 宗政华, 单于飞) are left out; a name shows a compound surname only when a given name follows it.
COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 尉迟 诸葛 东方 皇甫 夏侯 司徒 令狐 慕容 公孙 端木 宇文 长孙 轩辕 独孤 南宫 东郭 西门 百里 呼延 赫连 澹台 "
    "鲜于 闾丘 司空 司寇 太叔 申屠 濮阳 淳于 公冶 公羊 公西 仲孙 钟离 闻人 万俟 拓跋 拓拔 纳兰 完颜 耶律 左丘 梁丘 颛孙 漆雕 "
    "壤驷 亓官 第五 哥舒 叶赫 富察 即墨 达奚 巫马 歐陽 司馬 尉遲 諸葛 東方 長孫 軒轅 獨孤 南宮 東郭 西門 赫連 澹臺 鮮于 閭丘 "
    "濮陽 淳于 鍾離 聞人 納蘭".split()
)


def tidy(name):
    """The name without spaces of any kind, with one form of the dot between the parts of a minority name."""
    return re.sub(f"[{DOTS}]", "·", "".join(name.split()))


def split_name(name):
    """(surname, given name). A minority name with a dot, or one letter, counts its first character as the surname."""
    name = tidy(name)
    if "·" not in name and len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return name[:2], name[2:]
    return name[:1], name[1:]


def surname(name):
    """The surname: 欧阳 of 欧阳永康, 张 of 张三."""
    return split_name(name)[0]


def spaced(name):
    """The name as lists print it: a two-character name gets a full-width space in the middle."""
    name = tidy(name)
    return f"{name[0]}{FULL_WIDTH_SPACE}{name[1]}" if len(name) == 2 else name


def marks(*, sex="", ethnicity=""):
    """`（女，回族）`: the sex only of women, the ethnicity only when it is not 汉族; an empty string without either."""
    said = [FEMALE] if sex == FEMALE else []
    if ethnicity and ethnicity not in (HAN_ETHNICITY, "汉"):
        said.append(ethnicity)
    return f"（{'，'.join(said)}）" if said else ""


def masked_phone(number):
    """138****0743: the first three and the last four characters stay, short numbers keep only their last two."""
    number = "".join(str(number or "").split())
    if len(number) >= 8:
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(0, len(number) - 2) + number[-2:]
