"""The one release of a questionnaire: which cells may be shown is written down once; what pages show of them."""
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from config.kit.numbers import largest_remainder
from evaluations.domain import questions
from evaluations.domain.disclosure import Group, published
from evaluations.domain.questionnaires import move
from evaluations.enums import Audience, QuestionKind
from evaluations.models import QuestionnaireCell, SheetAnswer
from units.domain.history import record

RANGES = 5


@transaction.atomic
def release_questionnaire(questionnaire, *, by, at):
    """Write the published cells; they never feed a score. Raises QuestionnaireHasMoved."""
    move(questionnaire, "release", at=at, released_at=at)
    cells = _cells(questionnaire)
    QuestionnaireCell.objects.bulk_create(cells, batch_size=1000)
    record(
        questionnaire, "release", by=by, at=at, organization=questionnaire.organization, detail={"cells": len(cells)}
    )


def ranges(question):
    """[(low, high)] into which the numbers of a question are counted: each number by itself, or five equal ranges."""
    width = -(-(question.largest - question.smallest + 1) // RANGES)
    if width <= 2:
        return [(number, number) for number in range(question.smallest, question.largest + 1)]
    starts = range(question.smallest, question.largest + 1, width)
    return [(low, min(low + width - 1, question.largest)) for low in starts]


def _cells(questionnaire):
    """The QuestionnaireCell rows that may be shown, not saved yet."""
    counted = _counts(questionnaire)
    made = []
    for question in questions.asked(questionnaire):
        rows = range(len(question.rows)) if question.kind == QuestionKind.MATRIX else [0]
        for row in rows:
            groups = counted[question.pk, row]
            for audience in sorted(published(_tree(question, groups), questionnaire.smallest_group)):
                made.append(_cell(questionnaire, question, row, audience, groups))
    return made


def _counts(questionnaire):
    """{(question, row): {audience: {"answered": n, "counts": Counter, "total": sum}}}; "" is everybody."""
    found = defaultdict(lambda: defaultdict(lambda: {"answered": 0, "counts": Counter(), "total": 0}))
    rows = (
        SheetAnswer.objects.filter(group__questionnaire=questionnaire)
        .values_list("question_id", "question__kind", "row", "group__audience", "choice", "number")
        .annotate(answers=Count("pk"), total=Sum("number")).order_by()
    )
    for question, kind, row, audience, choice, number, answers, total in rows:
        is_multiple = kind == QuestionKind.MULTIPLE
        for key in {"", audience}:
            cell = found[question, 0 if is_multiple else row][key]
            if is_multiple:  # each option is answered by all who answered: count them at the first one
                cell["answered"] += answers if row == 0 else 0
                cell["counts"][row] += answers * choice
            else:
                cell["answered"] += answers
                cell["counts"][number if kind == QuestionKind.NUMBER else choice] += answers
                cell["total"] += total or 0
    return found


def _tree(question, groups):
    """Everybody and, below, the audiences where there are two; texts are not told apart by audience."""
    whole = Group("", groups[""]["answered"])
    audiences = [Group(key, cell["answered"]) for key, cell in groups.items() if key]
    if question.kind != QuestionKind.TEXT and len(audiences) > 1:
        whole.children = audiences
    return whole


def _cell(questionnaire, question, row, audience, groups):
    cell = groups[audience]
    counts, total = [], None
    if question.kind == QuestionKind.NUMBER:
        total = cell["total"]
        counts = [
            sum(answers for number, answers in cell["counts"].items() if low <= number <= high)
            for low, high in ranges(question)
        ]
    elif question.kind != QuestionKind.TEXT:
        counts = [cell["counts"][place] for place in range(len(question.options))]
    return QuestionnaireCell(
        questionnaire=questionnaire, question=question, row=row, audience=audience, answered=cell["answered"], counts=counts,
        total=total,
    )


# What pages show ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """One option's count and its share in tenths of a percent."""

    word: str
    count: int
    share: int


@dataclass(frozen=True)
class Shown:
    """One published cell: `title` names the row of a matrix, `group` the audience, `average` of numbers."""

    title: str
    group: str
    answered: int
    bars: list
    average: str = ""


@dataclass(frozen=True)
class Result:
    """One question with what may be shown of it; nothing in `cells` and `texts` means too few answers."""

    question: object
    cells: list
    texts: list


def results(questionnaire):
    """[Result] in the order of the questions."""
    by_question = defaultdict(list)
    order = {"": 0, **{audience.value: place for place, audience in enumerate(Audience, 1)}}
    for cell in sorted(questionnaire.cells.all(), key=lambda cell: (cell.row, order[cell.audience])):
        by_question[cell.question_id].append(cell)
    texts = defaultdict(list)
    told = [key for key, cells in by_question.items() if not cells[0].counts]
    for question, text in (
        SheetAnswer.objects.filter(group__questionnaire=questionnaire, question__in=told).exclude(text="")
        .order_by("pk").values_list("question_id", "text")  # written in shuffled order
    ):
        texts[question].append(text)
    return [
        Result(question, [_shown(question, cell) for cell in by_question[question.pk] if cell.counts], texts[question.pk])
        for question in questions.asked(questionnaire)
    ]


def _shown(question, cell):
    group = str(Audience(cell.audience).label if cell.audience else _("全体"))
    title = question.rows[cell.row] if question.kind == QuestionKind.MATRIX else ""
    return Shown(title, group, cell.answered, _bars(question, cell), _average(cell))


def _bars(question, cell):
    if question.kind == QuestionKind.NUMBER:
        words = [str(low) if low == high else f"{low}–{high}" for low, high in ranges(question)]
    else:
        words = question.options
    if question.kind == QuestionKind.MULTIPLE:  # several may be chosen: each is a share of all who answered
        shares = [(2000 * count + cell.answered) // (2 * cell.answered) for count in cell.counts]
    else:
        shares = largest_remainder(cell.counts, 1000)
    return [Bar(*row) for row in zip(words, cell.counts, shares, strict=True)]


def _average(cell):
    """One decimal, halves away from zero."""
    if cell.total is None:
        return ""
    tenths = (abs(cell.total) * 20 + cell.answered) // (2 * cell.answered)
    return f"{'-' if cell.total < 0 and tenths else ''}{tenths // 10}.{tenths % 10}"
