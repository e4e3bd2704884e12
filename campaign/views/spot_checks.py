"""Pages of spot checks: publish pool and rule, enter the public number, the result, and the draw done again."""
import json
from datetime import timedelta
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import spot_permissions as permissions
from campaign.domain import spot_checks, spot_lines
from campaign.domain.campaigns import current_campaign
from campaign.domain.spot_pools import build_pool
from campaign.forms.spot_checks import CallOffForm, DrawForm, SpotCheckForm
from campaign.models import SpotCheck
from config.kit import clock, draw
from config.kit.day_words import day_words
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.submissions import once

PAGE = 20
A_YEAR = timedelta(days=365)


def check_or_404(request, pk):
    """The check if the user takes part in its campaign."""
    rows = SpotCheck.objects.visible_to(request.user).select_related("campaign__organization", "published_by", "drawn_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def spot_check_list(request):
    """Newest first, with how many of the drawn were visited."""
    done = Count("visits", filter=Q(visits__recorded_at__isnull=False))
    rows = SpotCheck.objects.visible_to(request.user).annotate(drawn=Count("visits"), visited=done)
    page = Paginator(rows.order_by("-published_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "publish": permissions.can_publish_spot_check(request.user), "today": clock.today()}
    return list_page(request, "campaign/spot_check_list.html", context)


@require_http_methods(["GET", "POST"])
def spot_check_new(request):
    """Look at the pool first (`preview`), then publish it."""
    require(permissions.can_publish_spot_check(request.user))
    campaign, on = current_campaign(request.user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能公布抽查。"))
        return redirect("spot_check_list")
    require(permissions.can_publish_spot_check(request.user, campaign))
    inspectors, pool = spot_checks.possible_inspectors(campaign.organization, on=clock.today()), None
    initial = {"title": _("%(month)s月随机抽查") % {"month": on.month}, "inspectors": [user.pk for user in inspectors]}
    own = spot_lines.own_units(request.user, campaign.organization)
    form = SpotCheckForm(request.POST or None, inspectors=inspectors, own=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        said, rule = form.cleaned_data, form.rule(since=on - A_YEAR)
        without_own = said.get("without_own", False)
        try:
            if "preview" not in request.POST:
                return once(request, lambda: spot_checks.publish_spot_check(
                    campaign=campaign, title=said["title"], rule=rule, questions=said["questions"], by=request.user,
                    seed_source=said["seed_source"], seed_on=said["seed_on"], inspectors=said["inspectors"],
                    without_own=without_own, at=clock.now(), on=on,
                ))
            pool = build_pool(
                campaign, rule, title=said["title"], seed_source=said["seed_source"], seed_on=said["seed_on"], on=on,
                recused=spot_checks.recused_of(request.user, without_own),
            )
            spot_checks.check_takes(pool)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "pool": pool and _weighed(pool)}
    if pool:
        line = spot_lines.lines_of([request.user])[request.user.pk]
        context["own"] = spot_lines.own_in(line, spot_lines.organizations_of(pool))
    return render(request, "campaign/spot_check_form.html", context)


def _weighed(pool):
    """The pool with the total weight of each stratum, for the page."""
    for stratum in pool["strata"]:
        stratum["weight"] = sum(row["weight"] for row in stratum["rows"])
    return pool


def _steps(check, visited, drawn):
    """The stepper: published → number → drawn → visited."""
    is_drawn = check.is_drawn
    if not is_drawn and not check.is_waiting:
        return [
            {"state": "done", "label": _("公布"), "note": check.published_by.display_name},
            {"state": "now", "label": _("已作废"), "note": check.reason},
        ]
    number = check.seed or _("等%(day)s的号码") % {"day": day_words(check.seed_on)}
    return [
        {"state": "done", "label": _("公布"), "note": check.published_by.display_name},
        {"state": "done" if is_drawn else "now", "label": _("公开号码"), "note": number},
        {"state": "done" if is_drawn else "next", "label": _("抽取"),
         "note": _("%(n)s 个") % {"n": drawn} if is_drawn else ""},
        {"state": "next" if not is_drawn else "done" if visited == drawn else "now", "label": _("检查"),
         "note": f"{visited}/{drawn}" if is_drawn else ""},
    ]


@require_safe
def spot_check_detail(request, pk):
    """What was published; once drawn, the result with time, operator, number and hash."""
    check, user = check_or_404(request, pk), request.user
    visits = list(check.visits.select_related("organization").order_by("position").annotate(
        going=Count("inspectors", distinct=True),
        found=Count("answers", filter=Q(answers__verdict="problem"), distinct=True),
    ))
    readable = set(check.visits.visible_to(user).values_list("pk", flat=True)) if visits else set()
    visited = sum(visit.is_recorded for visit in visits)
    context = {
        "check": check,
        "pool": _weighed(json.loads(check.pool_text)),
        "visits": [(visit, visit.pk in readable) for visit in visits],
        "group": check.group.select_related("user").order_by("pk"),
        "steps": _steps(check, visited, len(visits)),
        "draw": permissions.can_draw_spot_check(user, check, on=clock.today()),
        "call_off": permissions.can_call_off_spot_check(user, check, on=clock.today()),
        "history": history_of([check]), **_stepping_aside(request, check),
    }
    return render(request, "campaign/spot_check_detail.html", context)


def _stepping_aside(request, check):
    """What keeps this person of the office from drawing: own units in the pool, and who may draw instead."""
    if not check.is_waiting or not permissions.can_publish_spot_check(request.user, check.campaign):
        return {"own": [], "operators": []}
    own = spot_lines.own_in(spot_lines.lines_of([request.user])[request.user.pk], spot_lines.pool_of(check))
    return {"own": own, "operators": spot_lines.possible_operators(check, on=clock.today()) if own else []}


@require_http_methods(["GET", "POST"])
def spot_check_draw(request, pk):
    """Enter the public number; the draw follows from it."""
    check = check_or_404(request, pk)
    require(permissions.can_draw_spot_check(request.user, check, on=clock.today()))
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: spot_checks.draw_spot_check(
                check, seed=form.cleaned_data["seed"], by=request.user, at=clock.now(), on=clock.today()
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/spot_check_draw.html", {
        "check": check, "form": form, **_stepping_aside(request, check),
    })


@require_http_methods(["GET", "POST"])
def spot_check_call_off(request, pk):
    """Give up what was published, with a reason, before the number is out."""
    check, on = check_or_404(request, pk), clock.today()
    require(permissions.can_call_off_spot_check(request.user, check, on=on))
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: spot_checks.call_off_spot_check(
                check, reason=form.cleaned_data["reason"], by=request.user, at=clock.now(), on=on
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/spot_check_call_off.html", {"check": check, "form": form})


@require_safe
def spot_check_again(request, pk):
    """按种子重算: done now, from the published text, for anybody who may see the check."""
    check = check_or_404(request, pk)
    if not check.is_drawn:
        return redirect(check)
    context = {"check": check, "replay": spot_checks.replay(check), "program": _program(), "now": clock.now()}
    return render(request, "campaign/spot_check_again.html", context)


@require_safe
def spot_check_pool(request, pk):
    """The published text itself, byte for byte, to keep or to feed to the program."""
    check = check_or_404(request, pk)
    answer = HttpResponse(check.pool_text.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pool-{check.pk}.json"'
    return answer


def _program():
    """The source of the very module that draws."""
    return Path(draw.__file__).read_text(encoding="utf-8")


@require_safe
def spot_check_program(request):
    """The program that anybody may run elsewhere; it needs nothing but Python."""
    require(permissions.can_see_spot_checks(request.user))
    answer = HttpResponse(_program(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="draw.py"'
    return answer
