"""The opinion box for everybody: no account, no session, no cookie; a case code travels in the body of a POST only."""
from textwrap import wrap

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.uploads import is_too_large, keep_in_memory
from evaluations.domain import flood_guard, opinions
from evaluations.domain.opinion_follow_ups import commitments_answering
from evaluations.enums import OpinionKind, OpinionState
from evaluations.forms.opinions import AgainForm, WriteForm
from units.models import Organization

STATES = {
    OpinionState.RECEIVED: _("收到了，还没有转给承办的人。"),
    OpinionState.ASSIGNED: _("正在办理。"),
    OpinionState.ANSWERED: _("已经答复。您还可以接着写。"),
    OpinionState.CLOSED: _("已经办结。您再写，会重新打开。"),
}


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def opinion_write(request):
    """Write one. ?unit= names what a poster hung at, ?kind=system comes from the foot of the product's own pages."""
    keep_in_memory(request)
    roots = list(Organization.objects.active().filter(parent__isnull=True).order_by("path"))
    if not roots:
        raise Http404
    units = _units(request)
    if request.method == "GET" or "resize" in request.POST:
        return _show_form(request, WriteForm(units=units, initial=_initial(request)))
    form = WriteForm(request.POST, request.FILES, units=units, too_large=is_too_large(request))
    if not form.is_valid():
        return _show_form(request, form)
    root = opinions.root_of(form.cleaned_data["about"], roots)
    try:
        code = opinions.send_opinion(organization=root, **form.cleaned_data, at=clock.now(), on=clock.today())
    except Refusal as refusal:
        return _show_form(request, form, refused=refusal.message, status=429)
    context = {
        "code": " ".join(wrap(code, 4)), "answer_url": request.build_absolute_uri(reverse("opinion_answer")),
        "months": settings.OPINION_KEPT_MONTHS, "large": _large(request),
    }
    return render(request, "evaluations/opinion_sent.html", context)


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def opinion_answer(request):
    """Type the code, or, with it in the body, read the answer."""
    if request.method == "GET":
        return render(request, "evaluations/opinion_code.html", {"large": _large(request)})
    return _with_opinion(request, lambda opinion: _show_thread(request, opinion))


@csrf_exempt
@sensitive_post_parameters()
@require_POST
def opinion_again(request):
    """Write once more with the code."""
    keep_in_memory(request)

    def write(opinion):
        form = AgainForm(request.POST, request.FILES, too_large=is_too_large(request))
        if not form.is_valid():
            return _show_thread(request, opinion, form=form)
        try:
            opinions.write_again(opinion, **form.cleaned_data, at=clock.now(), on=clock.today())
        except Refusal as refusal:
            return _show_thread(request, opinion, form=form, refused=refusal.message, status=429)
        opinion.refresh_from_db()
        return _show_thread(request, opinion, is_sent=True)

    return _with_opinion(request, write)


@require_safe
def opinion_how(request):
    """What is promised and what is not."""
    context = {"large": _large(request), "months": settings.OPINION_KEPT_MONTHS}
    return render(request, "evaluations/opinion_how.html", context)


for view in (opinion_write, opinion_answer, opinion_again, opinion_how):
    view.public = True


def _initial(request):
    """What the address asks for, or what was typed before the size of the type was changed."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("kind", "about", "text", "contact")}
    asked = request.GET.get("kind")
    return {"kind": asked if asked in OpinionKind.values else None, "about": key_of(request.GET.get("unit", ""))}


def _units(request):
    """Units, and the one organisation that a poster's address or the form itself names."""
    named = key_of(request.POST.get("about") or request.GET.get("unit", ""))
    active = Organization.objects.active()
    return (active.units() | active.filter(pk=named, parent__isnull=False)).in_institutional_order()


def _show_form(request, form, *, refused="", status=200):
    context = {
        "form": form, "challenge": flood_guard.new_challenge(at=clock.now()), "refused": refused, "large": _large(request),
    }
    return render(request, "evaluations/opinion_write.html", context, status=status)


def _with_opinion(request, show):
    """What `show` makes of the code's opinion; every code that opens nothing gets the same page."""
    try:
        return show(opinions.opinion_of(request.POST.get("code", "")))
    except opinions.CodeUnknown as refusal:
        context = {"refused": refusal.message, "large": _large(request)}
        return render(request, "evaluations/opinion_code.html", context, status=403)


def _show_thread(request, opinion, *, form=None, refused="", is_sent=False, status=200):
    items = opinion.follow_ups.select_related("rectification__organization").order_by("pk")
    context = {
        "opinion": opinion, "thread": opinions.thread_of(opinion), "state": STATES[opinion.state],
        "form": form or AgainForm(initial={"text": "" if is_sent else request.POST.get("text", "")}),
        "challenge": flood_guard.new_challenge(at=clock.now()), "code": request.POST["code"], "refused": refused,
        "is_sent": is_sent, "large": _large(request), "items": items, "commitments": commitments_answering(opinion),
    }
    return render(request, "evaluations/opinion_thread.html", context, status=status)


def _large(request):
    if "resize" in request.POST:
        return request.POST["resize"]
    return "1" if "1" in (request.GET.get("large"), request.POST.get("large")) else ""
