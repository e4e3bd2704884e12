"""The pages on which a questionnaire is answered: no account, no session, no cookie; one question a page, and what was
answered travels along in the forms, so that nothing is stored before the sheet is put in (4-trust §2)."""
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from evaluations.domain import answer_sheets
from evaluations.domain.answers import read_lines
from evaluations.models import Questionnaire


@require_safe
def sheet_start(request):
    """Where a slip leads: type the code, or let the script take it from the address's fragment, which no server sees."""
    return render(request, "evaluations/answer_start.html", {"large": _large(request)})


@require_safe
def sheet_open(request, slug):
    """Where the poster of an open questionnaire leads; the ticket drawn here makes sending twice count once."""
    try:
        sheet = answer_sheets.sheet_of_slug(slug, answer_sheets.new_ticket(), on=clock.today())
    except Refusal as refusal:
        return _refused(request, refusal)
    return render(request, "evaluations/answer_open.html", _context(request, sheet))


@csrf_exempt
@require_POST
def sheet_question(request):
    """One question, or after the last one all answers to check. `here` is the question answered just now, `go` the way on:
    next, back, skip, or to another place; without it the same question once more."""
    return _with_sheet(request, lambda sheet: _go(request, sheet))


@csrf_exempt
@require_POST
def sheet_cast(request):
    """Put the sheet in and show its receipt, once."""
    def put_in(sheet):
        lines = read_lines(sheet.questions, _posted(request))
        try:
            receipt = answer_sheets.put_in(sheet, lines, at=clock.now())
        except answer_sheets.AnswerWrong as refusal:
            return _show(request, sheet, lines, refusal.line, error=refusal.message)
        except (answer_sheets.NothingAnswered, answer_sheets.TooManyThisHour) as refusal:
            return _check(request, sheet, lines, error=refusal.message)
        return render(request, "evaluations/answer_done.html", _context(request, sheet) | {"receipt": receipt})

    return _with_sheet(request, put_in)


@require_safe
def sheet_receipts(request, slug):
    """The receipts of a counted questionnaire in alphabetical order: whoever finds the own one was counted."""
    rows = Questionnaire.objects.exclude(state__in=["draft", "rehearsal", "void"]).select_related("organization")
    questionnaire = get_object_or_404(rows, slug=slug.upper())
    codes = list(questionnaire.receipts.order_by("code").values_list("code", flat=True))
    shown = codes if len(codes) >= questionnaire.smallest_group else None
    context = {"questionnaire": questionnaire, "codes": shown, "large": _large(request)}
    return render(request, "evaluations/answer_receipts.html", context)


for view in (sheet_start, sheet_open, sheet_question, sheet_cast, sheet_receipts):
    view.public = True


def _with_sheet(request, show):
    """What `show` makes of the AnswerSheet; every code and address that cannot be used gets the same page."""
    posted = request.POST
    try:
        if "slug" in posted:
            return show(answer_sheets.sheet_of_slug(posted["slug"], posted.get("ticket", ""), on=clock.today()))
        return show(answer_sheets.sheet_of_code(posted.get("code", ""), on=clock.today()))
    except Refusal as refusal:
        return _refused(request, refusal)


def _refused(request, refusal):
    context = {"refused": refusal.message, "large": _large(request)}
    return render(request, "evaluations/answer_start.html", context, status=403)


def _go(request, sheet):
    posted, go, here = _posted(request), request.POST.get("go", ""), _place(request, "here")
    if go == "skip":
        posted = {name: words for name, words in posted.items() if name.split("_")[0] != f"a{here}"}
    lines = read_lines(sheet.questions, posted)
    asked = [line for line in lines if line.is_asked]
    if go == "next" and any(line.place == here and line.error for line in asked):
        return _show(request, sheet, lines, lines[here], error=lines[here].error)
    if go in ("next", "skip"):
        after = next((line for line in asked if line.place > here), None)
        return _show(request, sheet, lines, after) if after else _check(request, sheet, lines)
    before = [line for line in asked if line.place < here] if go == "back" else []
    wanted = here if go != "to" else _place(request, "place")
    same = next((line for line in asked if line.place == wanted), asked[0])
    return _show(request, sheet, lines, before[-1] if before else same)


def _show(request, sheet, lines, line, *, error=""):
    """The page of one question; the answers to the others travel in hidden fields."""
    asked = [one for one in lines if one.is_asked]
    context = _context(request, sheet) | {
        "line": line, "error": error, "number": asked.index(line) + 1, "total": len(asked),
        "others": [pair for one in lines if one is not line for pair in one.posted],
    }
    return render(request, "evaluations/answer_question.html", context, status=400 if error else 200)


def _check(request, sheet, lines, *, error=""):
    """All answers once more before they are put in."""
    asked = [line for line in lines if line.is_asked]
    context = _context(request, sheet) | {
        "lines": asked, "left": sum(line.value is None for line in asked), "error": error,
        "others": [pair for line in lines for pair in line.posted],
    }
    return render(request, "evaluations/answer_check.html", context, status=400 if error else 200)


def _context(request, sheet):
    keys = {"code": request.POST.get("code", "")} if sheet.code else {"slug": sheet.questionnaire.slug, "ticket": sheet.ticket}
    return {"sheet": sheet, "questionnaire": sheet.questionnaire, "keys": keys, "large": _large(request)}


def _posted(request):
    return dict(request.POST.lists())


def _place(request, name):
    """A place as posted; -1 before the first question."""
    word = request.POST.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else -1


def _large(request):
    return "1" if "1" in (request.GET.get("large"), request.POST.get("large")) else ""
