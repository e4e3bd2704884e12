"""The voting pages: no account, no session, no cookie; the code travels in the body of a POST and nowhere else (4-trust §2)."""
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from evaluations.domain import ballots
from evaluations.domain.ballot_desk import ChoiceWrong, CodeRefused, check_choices
from evaluations.domain.stored_columns import stored_columns
from evaluations.enums import PollState
from evaluations.models import Poll

RECEIPT = "[[receipt]]"  # its place in a page made before


@require_safe
def ballot_start(request):
    """Where a slip leads: type the code, or let the script take it from the address's fragment, which no server sees."""
    return render(request, "evaluations/ballot_start.html", {"large": _large(request)})


@csrf_exempt
@require_POST
def ballot_paper(request):
    """The ballot that a code opens, with what was chosen so far; nothing is chosen beforehand."""
    return _with_paper(request, lambda paper: _show(request, paper, choices=posted_choices(request.POST, len(paper.places))))


@csrf_exempt
@require_POST
def ballot_check(request):
    """What will be put in, once more before it is."""
    def show(paper):
        choices = posted_choices(request.POST, len(paper.places))
        try:
            check_choices(paper.options, choices)
        except ChoiceWrong as refusal:
            return _show(request, paper, choices=choices, error=refusal.message)
        answers = list(zip(paper.places, choices, strict=True))
        lines = [
            (subject, question, question.options[choice] if choice is not None else str(_("弃权")))
            for (subject, question), choice in answers
        ]
        context = {
            "paper": paper, "lines": lines, "choices": list(enumerate(choices)), "code": request.POST["code"],
            "large": _large(request), "left": sum(choice is None for choice in choices),
        }
        return render(request, "evaluations/ballot_check.html", context)

    return _with_paper(request, show)


@csrf_exempt
@require_POST
def ballot_cast(request):
    """Put the ballot in and show its receipt, once."""
    page = done_page(_large(request), demo_day())  # before the ballot is in: nothing may fail between that and its receipt
    try:
        receipt = ballots.cast(request.POST.get("code", ""), lambda places: posted_choices(request.POST, places))
    except CodeRefused as refusal:
        return _refused(request, refusal)
    except ChoiceWrong as refusal:
        sentence = refusal.message
        return _with_paper(
            request, lambda paper: _show(request, paper, choices=posted_choices(request.POST, len(paper.places)), error=sentence)
        )
    return HttpResponse(page.replace(RECEIPT, receipt))


def demo_day():
    """What a demo shows as today, else None."""
    return clock.today() if clock.is_demo() else None


@lru_cache(maxsize=8)
def done_page(large, demo_day):
    """The page after casting, the same for everybody but for the receipt, whose place says RECEIPT."""
    return render_to_string(
        "evaluations/ballot_done.html", {"receipt": RECEIPT, "large": large, "frame": {"demo": demo_day, "day": demo_day}}
    )


@require_safe
def ballot_how(request):
    """How the promise is kept: the steps, what is not promised, and the columns as the database has them."""
    return render(request, "evaluations/ballot_how.html", {"tables": stored_columns(), "large": _large(request)})


@require_safe
def ballot_receipts(request, pk):
    """The receipts of a counted poll in alphabetical order: whoever finds the own one was counted."""
    poll = get_object_or_404(Poll.objects.filter(state__in=[PollState.CLOSED, PollState.RELEASED]), pk=pk)
    codes = list(poll.receipts.order_by("code").values_list("code", flat=True))
    context = {"poll": poll, "codes": codes if len(codes) >= poll.smallest_group else None, "large": _large(request)}
    return render(request, "evaluations/ballot_receipts.html", context)


for view in (ballot_start, ballot_paper, ballot_check, ballot_cast, ballot_how, ballot_receipts):
    view.public = True


def _with_paper(request, show):
    """What `show` makes of the code's Paper; every code that cannot be used gets the same page."""
    try:
        paper = ballots.paper_for(request.POST.get("code", ""))
    except CodeRefused as refusal:
        return _refused(request, refusal)
    return show(paper)


def _refused(request, refusal):
    context = {"refused": refusal.message, "large": _large(request)}
    return render(request, "evaluations/ballot_start.html", context, status=403)


def _show(request, paper, *, choices, error=""):
    cards, places = [], iter(enumerate(choices))
    for subject in paper.subjects:
        rows = [(question, *next(places)) for question in paper.questions]
        cards.append((subject, rows))
    context = {"paper": paper, "cards": cards, "error": error, "code": request.POST["code"], "large": _large(request)}
    return render(request, "evaluations/ballot_paper.html", context, status=400 if error else 200)


def posted_choices(data, places):
    """[choice or None] as posted; what is no number counts as none of the options."""
    chosen = [data.get(f"c{place}", "") for place in range(places)]
    return [None if text == "" else int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1 for text in chosen]


def _large(request):
    return is_large(request.GET, request.POST)


def is_large(asked, posted):
    """"1" when the address or the form asks for large type, else an empty text, as the forms hand it on."""
    return "1" if "1" in (asked.get("large"), posted.get("large")) else ""
