"""What the page of an import needs for its template: steps, filters, and the rows of the panels that are open."""
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from units.domain import import_preview as preview
from units.enums import ImportStage, LineOutcome
from units.forms.imports import AnswerForm
from units.navigation_entries import address

PAGE = 50
_AT_STEP = {  # how many of the five steps are behind an import of this stage
    ImportStage.CHECKING: 2, ImportStage.REFUSED: 1, ImportStage.PREVIEW: 3, ImportStage.APPLYING: 4, ImportStage.APPLIED: 5,
    ImportStage.UNDONE: 5,
}


def steps_of(roster_import, *, can_undo=False):
    """The five steps for components/_stepper.html; None is the upload page."""
    behind = _AT_STEP[roster_import.stage] if roster_import else 1
    stage = roster_import.stage if roster_import else None
    looked = _("已确认") if behind > _AT_STEP[ImportStage.PREVIEW] else _("还没有写入")
    result = _("24 小时内可以撤销")
    if stage == ImportStage.UNDONE:
        result = _("已撤销")
    elif stage == ImportStage.APPLIED and not can_undo:
        result = _("已过 24 小时，不能撤销")
    notes = ["", _("一个或两个文件"), _("按表头自动对"), looked, result]
    labels = [_("下载模板"), _("上传"), _("对列"), _("预览"), _("结果")]
    return [
        {"state": "done" if place < behind else "now" if place == behind else "next", "label": label, "note": note}
        for place, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]


def preview_context(request, roster_import):
    """Counts, filters and the open panels of a checked import."""
    wanted = request.GET.get("show", "")
    shown = [wanted] if wanted in set(LineOutcome) else [outcome.value for outcome in preview.OPEN_AT_FIRST]
    counts = preview.counts_of(roster_import)
    panels = {outcome: _panel(request, roster_import, outcome, alone=bool(wanted)) for outcome in shown if counts[outcome]}
    changed = preview.lines_of(roster_import, LineOutcome.CHANGED)
    accepted = changed.filter(accepted=True).count()
    return {
        "counts": counts,
        "good": counts["new"] + counts["changed"] + counts["unchanged"],
        "filters": preview.filters_of(roster_import, shown=shown),
        "panels": panels,
        "wanted": wanted,
        "accepted": accepted,
        "left": counts["changed"] - accepted,
        "totals": preview.total_rows(roster_import),
        "totals_said": preview.totals_said(roster_import),
        "wrong_ledgers": preview.wrong_ledgers(roster_import),
        "questions": _questions(roster_import),
    }


def _questions(roster_import):
    """The questions with the fields that answer them: [(question, bound field)]."""
    form = AnswerForm(questions=roster_import.questions)
    return list(zip(roster_import.questions, form, strict=True))


def _panel(request, roster_import, outcome, *, alone):
    """The lines of one outcome: all of them in pages when the panel is alone, else the first of them."""
    lines = preview.lines_of(roster_import, outcome)
    paginator = Paginator(lines, PAGE if alone else preview.FIRST)
    page = paginator.get_page(request.GET.get("page") if alone else 1)
    panel = {"page": page, "lines": list(page), "rest": 0 if alone else paginator.count - len(page)}
    for line in panel["lines"]:
        line.url = _subject_url(line)
        line.facts = preview.facts_of(line) if outcome == LineOutcome.NEW else ""
    if outcome == LineOutcome.CHANGED:
        panel["rows"] = preview.changed_rows(panel["lines"])
    return panel


def _subject_url(line):
    page = "member_detail" if line.ledger == "members" else "organization_detail"
    return address(page, line.subject_id) if line.subject_id else ""
