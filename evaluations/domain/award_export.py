"""The decided list as a workbook and as the document: made from what the decision froze, never from what changed since."""
from datetime import date

from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from config.kit.gongwen import Attachment, Decision, Group, write_decision
from config.kit.names import marks, spaced
from config.kit.refusal import Refusal
from config.kit.xlsx import Column, Sheet, write_xlsx
from evaluations.domain.decisions import standing_decision
from evaluations.enums import AwardKind
from evaluations.models import AwardRound
from units.enums import Category

FORMATS = ("xlsx", "docx")
TITLE_WIDTH = 20  # 2号 characters that fit a line of the type area


class NotDecided(Refusal):
    """There is no list yet."""


def write_award_list(target, round, *, format, demo):
    """Write the decided list of `round` to `target` (a path or binary file) as "xlsx" or "docx".

    Returns (file name, number of entries). Raises NotDecided.
    """
    decision = standing_decision(round)
    if decision is None:
        raise NotDecided(_("“%(round)s”还没有登记决定，没有可以导出的名单。") % {"round": round.title})
    content, mark = decision.content, check_code(decision.digest)
    if format == "docx":
        write_decision(target, document(content), marks=[mark], demo=demo)
    else:
        write_xlsx(target, sheets(content, mark), demo=demo)
    number = content["document"]["number"].replace("/", "-")
    return f"{round.title}名单（{number}）.{format}", sum(len(one["entries"]) for one in content["lists"])


def write_export(target, *, parameters, user, demo, progress):
    """Export kind `award_list`: `parameters` are the round's key and the format; cut to rounds that `user` may see."""
    round = AwardRound.objects.visible_to(user).filter(pk=parameters["round"]).first()
    if round is None or parameters["format"] not in FORMATS:
        raise NotDecided(_("没有这一批表彰。"))
    name, entries = write_award_list(target, round, format=parameters["format"], demo=demo)
    progress(entries, entries)
    return name


def check_code(digest):
    """The first 16 digits of the list's SHA-256 in groups of four, as every page carries them."""
    return _("名单校验码 %(code)s") % {"code": " ".join(digest[i : i + 4].upper() for i in range(0, 16, 4))}


# Workbook -------------------------------------------------------------------------------------
def sheets(content, mark):
    """One printable sheet per award, also for those that stay empty."""
    about = content["document"]
    line = f"{about['number']}　{chinese_date(date.fromisoformat(about['signed_on']))}　{mark}"
    for one in content["lists"]:
        is_persons = one["kind"] != AwardKind.ORGANIZATION
        order = _("以姓氏笔画为序") if is_persons else _("机关司局、直属事业单位、部管社会组织为序")
        yield Sheet(
            one["title"],
            _person_columns() if is_persons else _organization_columns(),
            _rows(one, is_persons),
            titles=(_("%(award)s名单") % {"award": one["title"]}, _("（%(order)s）") % {"order": order}, line),
            landscape=is_persons,
            wrapped=True,
        )


def _person_columns():
    return (
        Column(_("序号"), 6, "number"), Column(_("姓名"), 12, centred=True), Column(_("性别"), 7, centred=True),
        Column(_("民族"), 12, centred=True), Column(_("单位"), 26), Column(_("所在党组织"), 30), Column(_("职务"), 36),
    )


def _organization_columns():
    return (
        Column(_("序号"), 6, "number"), Column(_("党组织名称"), 40), Column(_("单位"), 28),
        Column(_("单位类别"), 18, centred=True),
    )


def _rows(one, is_persons):
    if not one["entries"]:
        width = len(_person_columns() if is_persons else _organization_columns())
        return [(None, _("空缺"), *[None] * (width - 2))]
    if not is_persons:
        return [
            (n, entry["name"], entry["unit"], str(Category(entry["category"]).label) if entry["category"] else "")
            for n, entry in enumerate(one["entries"], start=1)
        ]
    return [
        (n, spaced(entry["name"]), entry["gender"], entry["ethnicity"], entry["unit"], entry["organization"], _posts(entry))
        for n, entry in enumerate(one["entries"], start=1)
    ]


def _posts(entry):
    return "、".join([*entry["party_posts"], *([entry["post"]] if entry["post"] else [])])


# Document -------------------------------------------------------------------------------------
def document(content):
    """The decision as plain data of the kit."""
    about, lists = content["document"], [one for one in content["lists"] if one["entries"]]
    return Decision(
        title=_title(about["signer"], lists),
        paragraphs=_paragraphs(content, lists),
        signer=about["signer"],
        signed_on=date.fromisoformat(about["signed_on"]),
        number=about["number"],
        addressee=_("%(root)s所属各级党组织") % {"root": content["round"]["root"]},
        attachments=tuple(_attachment(one) for one in lists),
    )


def _title(signer, lists):
    """Signer, then 关于表彰…的决定 in lines of about equal length that break behind a word."""
    names = [one["title"] for one in lists]
    joined = "、".join(names[:-1]) + (_("和") if len(names) > 1 else "") + names[-1]
    words = _("关于表彰%(awards)s的决定") % {"awards": joined}
    pieces = words.replace("、", "、\n").replace(_("和优秀"), "\n" + _("和优秀")).splitlines()
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece) > TITLE_WIDTH:
            lines.append("")
        lines[-1] += piece
    return "\n".join([signer, *lines])


def _paragraphs(content, lists):
    empty = [one["title"] for one in content["lists"] if not one["entries"]]
    granted = [
        _("授予%(first)s%(others)s“%(award)s”称号") % {
            "first": one["entries"][0]["name"], "others": _others(one), "award": one["title"],
        }
        for one in lists
    ]
    words = {"root": content["round"]["root"], "granted": "，".join(granted)}
    paragraphs = [
        _("创先争优活动开展以来，%(root)s所属各级党组织和广大党员立足本职、服务群众，做出了成绩。经支部推荐、资格审核，"
          "现决定：%(granted)s。名单附后。") % words,
    ]
    if empty:
        paragraphs.append(_("%(awards)s本次空缺。") % {"awards": "、".join(empty)})
    paragraphs.append(_("希望受到表彰的党组织和同志珍惜荣誉，继续做好工作。各级党组织和广大党员要向他们学习，把本职工作做得更好。"))
    return tuple(paragraphs)


def _others(one):
    count = len(one["entries"])
    if one["kind"] == AwardKind.ORGANIZATION:
        return _("等%(n)s个党组织") % {"n": count} if count > 1 else ""
    return _("等%(n)s名同志") % {"n": count} if count > 1 else _("同志")


def _attachment(one):
    title = _("%(award)s名单") % {"award": one["title"]}
    count = len(one["entries"])
    if one["kind"] == AwardKind.ORGANIZATION:
        groups = []
        for category in Category:
            entries = tuple((e["name"], "") for e in one["entries"] if e["category"] == category)
            if entries:
                words = {"number": "一二三"[len(groups)], "category": category.label, "n": len(entries)}
                groups.append(Group(_("%(number)s、%(category)s（%(n)s个）") % words, entries))
        return Attachment(title, tuple(groups), note=_("（共%(n)s个）") % {"n": count})
    entries = tuple(
        (spaced(e["name"]) + marks(sex=e["gender"], ethnicity=e["ethnicity"]), _place(e)) for e in one["entries"]
    )
    return Attachment(title, (Group("", entries),), note=_("（共%(n)s名，以姓氏笔画为序）") % {"n": count})


def _place(entry):
    """Unit and post as the list prints them: the posts where there are any, else the branch."""
    return _posts(entry) if entry["party_posts"] else "　".join(filter(None, [entry["organization"], entry["post"]]))
