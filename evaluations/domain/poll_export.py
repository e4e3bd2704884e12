"""The released results of a poll as a workbook, and its sheet as a document to sign.

Both are made of the published cells and the turnouts that may be shown (poll_sheet.py, poll_results.py), like the page, and
of nothing else: what is suppressed never comes near the file.
"""
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from config.kit.gongwen_sheet import ResultSheet, Table, write_result_sheet
from config.kit.numbers import tenths_text
from config.kit.refusal import Refusal
from config.kit.xlsx import Column, Sheet, write_xlsx
from evaluations.domain import poll_results, poll_sheet
from evaluations.domain.appraisal_figures import validity
from evaluations.enums import PollSheet, PollState
from evaluations.models import Poll

KIND = "poll_result"
FORMATS = ("xlsx", "docx")
TYPE_AREA = 170  # millimetres of A4 between the margins of the document


class PollResultGone(Refusal):
    """The poll is not released, or outside the owner's scope by now."""


def write_poll_results(target, *, parameters, user, demo, progress):
    """Export kind `poll_result`: {"poll": key, "format": "xlsx" or "docx"}; cut to released polls that `user` may see."""
    released = Poll.objects.visible_to(user).filter(state=PollState.RELEASED).select_related("organization")
    poll = released.filter(pk=parameters["poll"]).first()
    if poll is None or parameters["format"] not in FORMATS:
        raise PollResultGone(_("这次测评的结果现在看不到了，不能导出。"))
    blocks = poll_sheet.sheet_blocks(poll)
    words = {"title": poll.title.replace("/", "-")}
    if parameters["format"] == "docx":
        write_result_sheet(target, _document(poll, blocks), demo=demo)
        name = _("%(title)s结果汇总表.docx") % words
    else:
        write_xlsx(target, list(_sheets(poll, blocks)), demo=demo)
        name = _("%(title)s结果.xlsx") % words
    progress(len(blocks), len(blocks))
    return name


def hidden_words(poll):
    """Why a line has no figures."""
    return _("不公布：不足 %(k)s 份，或者能推算出不足 %(k)s 份的") % {"k": poll.smallest_group}


# The workbook ---------------------------------------------------------------------------------
def _sheets(poll, blocks):
    by_organization = [result for result in poll_results.results(poll) if result.organization]
    yield Sheet(_("结果"), _columns(poll, blocks), _result_rows(poll, blocks), titles=_titles(poll), wrapped=True)
    if by_organization:
        columns = (Column(_("党组织"), 28), *_columns(poll, blocks)[:-2], Column(_("说明"), 12))
        rows = [
            (
                str(one.organization), *_named(poll, one.subject, one.question), one.audience,
                *_figures([*one.counts, one.abstained]), "",
            )
            for one in by_organization
        ]
        yield Sheet(_("按党组织"), columns, rows, titles=_titles(poll), wrapped=True)
    yield Sheet(_("票数"), (
        Column(_("谁评"), 12), Column(_("应投"), 10, "number"), Column(_("实投"), 10, "number"),
        Column(_("回收率"), 10, centred=True), Column(_("说明"), 40),
    ), _turnout_rows(poll), titles=_titles(poll), wrapped=True)


def _columns(poll, blocks):
    """Whom and what, who judged, two columns for each grade (ballots and share), 不了解 and 弃权, satisfaction, a remark."""
    options = blocks[0].question.options
    rated, others = options[:poll_results.RATED_OPTIONS], options[poll_results.RATED_OPTIONS:]
    pairs = [column for word in rated for column in (Column(word, 9, "number"), Column(f"{word}占比", 10, centred=True))]
    return (
        Column(_("测评对象"), 20), Column(_("项目"), 22), Column(_("谁评"), 9, centred=True), *pairs,
        *(Column(word, 8, "number") for word in [*others, _("弃权")]),
        Column(_("满意度"), 9, centred=True), Column(_("说明"), 34),
    )


def _result_rows(poll, blocks):
    figures = 2 * poll_results.RATED_OPTIONS + len(blocks[0].question.options) - poll_results.RATED_OPTIONS + 1
    rows = []
    for block in blocks:
        for line in block.lines:
            who = (*_named(poll, block.subject, block.question), str(line.label))
            if line.counts is None:
                rows.append((*who, *[None] * figures, "", hidden_words(poll)))
            else:
                share = f"{tenths_text(line.tenths)}%" if poll_sheet.has_satisfaction(poll) else ""
                rows.append((*who, *_figures(line.counts), share, ""))
    return rows


def _named(poll, subject, question):
    """(whom, what); 综合 for all questions together."""
    return str(subject), question.title if question else _("综合")


def _figures(counts):
    line = poll_sheet.SheetLine("", counts)
    pairs = [cell for count, share in line.cells for cell in (count, f"{tenths_text(share)}%")]
    return (*pairs, *line.others)


def _turnout_rows(poll):
    rows = []
    for turnout in _turnouts(poll):
        if turnout.is_shown:
            rows.append((str(turnout.label), turnout.issued, turnout.returned, f"{tenths_text(turnout.tenths)}%", ""))
        else:
            rows.append((str(turnout.label), turnout.issued, None, "", hidden_words(poll)))
    return rows


def _titles(poll):
    words = {
        "name": poll.organization.name, "voted": chinese_date(localdate(poll.opened_at)),
        "day": chinese_date(localdate(poll.released_at)), "k": poll.smallest_group,
    }
    return (
        poll.title, _("%(name)s　%(voted)s投票　%(day)s公布") % words,
        _("占比 = 该档票数 ÷ 四档票数之和，“不了解”和弃权不计。不足 %(k)s 份的和能推算出来的不公布。") % words,
    )


def _turnouts(poll):
    turnouts = poll_results.audience_turnouts(poll_results.turnout_groups(poll))
    return [turnout for turnout in turnouts if turnout.issued]


# The document ---------------------------------------------------------------------------------
def _document(poll, blocks):
    turnouts = _turnouts(poll)
    words = {
        "name": poll.organization.name, "title": poll.title, "day": chinese_date(localdate(poll.opened_at)),
        "sheet": PollSheet(poll.sheet).label.removesuffix("表"),
    }
    signs = [_("监票人（签字）"), _("监票人（签字）"), _("计票人（签字）"), _("主持人（签字）")]
    return ResultSheet(
        title=_("%(sheet)s结果汇总表") % words,
        parts=(
            _("党组织：%(name)s　　投票日期：%(day)s") % words, _("测评名称：%(title)s") % words,
            _turnout_table(turnouts), validity_words(turnouts[0]), _result_table(poll, blocks), *_notes(poll),
        ),
        signs=tuple(signs), author=poll.organization.name, made_on=localdate(poll.released_at),
    )


def validity_words(whole):
    """The two conditions and what follows from them, as one line."""
    conditions = validity(whole)
    told = "；".join(f"{one['text']}：{_('是') if one['ok'] else _('否')}" for one in conditions)
    is_valid = all(one["ok"] for one in conditions)
    return f"{told}。{_('结果有效。') if is_valid else _('结果无效，仅供参考。')}"


def _turnout_table(turnouts):
    rows = [
        (str(one.label), str(one.issued), str(one.returned), f"{tenths_text(one.tenths)}%") if one.is_shown
        else (str(one.label), str(one.issued), _("不公布"))
        for one in turnouts
    ]
    return Table((_("票数"), _("应投"), _("实投"), _("回收率")), (50, 40, 40, 40), tuple(rows))


def _result_table(poll, blocks):
    """As on the page: a line for each group, the subject named above its questions on a member sheet."""
    options, has_share = blocks[0].question.options, poll_sheet.has_satisfaction(poll)
    head = (_("项目") if has_share else _("姓名"), _("谁评"), *options, _("弃权"), *([_("满意度")] if has_share else []))
    rest = len(head) - 2 - poll_results.RATED_OPTIONS
    grade = (TYPE_AREA - 24 - 13 - 15 * rest) / poll_results.RATED_OPTIONS
    widths = (24, 13, *[grade] * poll_results.RATED_OPTIONS, *[15] * rest)
    rows, named = [], None
    for block in blocks:
        if poll.sheet == PollSheet.MEMBER and block.subject != named:
            named = block.subject
            rows.append((str(named),))
        what = _named(poll, block.subject, block.question)[1] if has_share else str(block.subject)
        rows += [
            ("" if place else what, str(line.label), *_words(poll, line, has_share)) for place, line in enumerate(block.lines)
        ]
    return Table(head, widths, tuple(rows))


def _words(poll, line, has_share):
    if line.counts is None:
        return (hidden_words(poll),)
    grades = [f"{count}（{tenths_text(share)}%）" for count, share in line.cells]
    return (*grades, *map(str, line.others), *([f"{tenths_text(line.tenths)}%"] if has_share else []))


def _notes(poll):
    yield _(
        "格内是票数和百分比。百分比 = 该档票数 ÷ 四档票数之和，按最大余数法取到 0.1%，每行合计 100%；“不了解”和弃权不计。"
    )
    if poll_sheet.has_satisfaction(poll):
        yield _("满意度 = %(label)s。") % {"label": poll_sheet.FORMULA.label}
