"""The released results of a questionnaire as a workbook: what the result page shows, and nothing below the smallest group."""
import secrets

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from config.kit.numbers import tenths_text
from config.kit.refusal import Refusal
from config.kit.xlsx import Column, Sheet, write_xlsx
from evaluations.domain.questionnaire_releases import results
from evaluations.enums import QuestionKind, QuestionnaireState
from evaluations.models import Questionnaire

KIND = "questionnaire_result"


class ResultGone(Refusal):
    """The questionnaire is not released, or outside the owner's scope by now."""


def write_results(target, *, parameters, user, demo, progress):
    """Export kind `questionnaire_result`: {"questionnaire": key}; cut to released ones that `user` may see."""
    released = Questionnaire.objects.visible_to(user).filter(state=QuestionnaireState.RELEASED)
    found = released.select_related("organization").filter(pk=parameters["questionnaire"]).first()
    if found is None:
        raise ResultGone(_("这份问卷的结果现在看不到了，不能导出。"))
    shown = results(found)
    write_xlsx(target, [_distributions(found, shown), _texts(found, shown)], demo=demo)
    progress(len(shown), len(shown))
    return _("%(title)s结果.xlsx") % {"title": found.title.replace("/", "-")}


def _distributions(questionnaire, shown):
    columns = (
        Column(_("题号"), 6, "number"), Column(_("题目"), 32), Column(_("事项"), 20), Column(_("组"), 8, centred=True),
        Column(_("份数"), 8, "number"), Column(_("选项"), 20), Column(_("选的份数"), 10, "number"),
        Column(_("占比"), 9, centred=True), Column(_("平均"), 8, centred=True),
    )
    rows = [row for number, result in enumerate(shown, 1) for row in _lines(questionnaire, number, result)]
    return Sheet(_("分布"), columns, rows, titles=_titles(questionnaire), wrapped=True)


def _lines(questionnaire, number, result):
    """One row for each option of each published cell; of texts how many there are; of what is kept back the reason."""
    title = result.question.title
    if result.question.kind == QuestionKind.TEXT and result.texts:
        return [(number, title, "", "", len(result.texts), _("原话在后一张表"), None, "", "")]
    if not result.cells:
        return [(number, title, "", "", None, _hidden(questionnaire), None, "", "")]
    return [
        (number, title, cell.title, cell.group, cell.answered, bar.word, bar.count, f"{tenths_text(bar.share)}%", cell.average)
        for cell in result.cells for bar in cell.bars
    ]


def _texts(questionnaire, shown):
    """Drawn into another order for each file, so that a place says nothing about whose sheet it was."""
    columns = (Column(_("题号"), 6, "number"), Column(_("题目"), 32), Column(_("原话"), 70))
    rows = []
    for number, result in enumerate(shown, 1):
        if result.question.kind == QuestionKind.TEXT:
            drawn = secrets.SystemRandom().sample(result.texts, len(result.texts)) or [_hidden(questionnaire)]
            rows += [(number, result.question.title, text) for text in drawn]
    return Sheet(_("原话"), columns, rows, titles=_titles(questionnaire), wrapped=True)


def _hidden(questionnaire):
    return _("不足 %(k)s 份，为保护填答人不显示。") % {"k": questionnaire.smallest_group}


def _titles(questionnaire):
    words = {
        "name": questionnaire.organization.name, "day": chinese_date(localdate(questionnaire.released_at)),
        "k": questionnaire.smallest_group,
    }
    label = [_("公开问卷，仅供参考")] if questionnaire.is_open_to_all else []
    return (
        questionnaire.title, *label, _("%(name)s　%(day)s公布") % words,
        _("结果不计分。不足 %(k)s 份的和能推算出来的不公布。") % words,
    )
