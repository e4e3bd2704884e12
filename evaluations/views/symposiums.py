"""Pages of discussion meetings: the list, one record with its points, writing one, putting a point right, answering, telling."""
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import current_campaign
from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.models import Activity
from campaign.views.looking_out import days_to_look_out_for, warn
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import symposium_permissions as permissions
from evaluations.domain import symposiums
from evaluations.forms.symposiums import PointAnswerForm, PointRectifyForm, PointsForm, SymposiumForm
from evaluations.models import Symposium, SymposiumPoint
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import asked_organization, choose_organization

PAGE = 20


@require_safe
def symposium_list(request):
    """Newest first, with how many points were raised, put right and answered; ?organization= only its subtree."""
    rows = Symposium.objects.visible_to(request.user).select_related("organization")
    key = request.GET.get("organization", "")
    chosen = Organization.objects.visible_to(request.user).filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if chosen:
        rows = rows.within(chosen)
    rows = rows.annotate(
        raised=Count("points"), mended=Count("points__rectification"),
        answered=Count("points", filter=Q(points__answered_at__isnull=False)),
    )
    page = Paginator(rows.newest_first(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "chosen": chosen, "may_write": permissions.can_record_symposium(request.user)}
    return list_page(request, "evaluations/symposium_list.html", context)


@require_http_methods(["GET", "POST"])
def symposium_new(request):
    """?activity= is the record of an activity: what it knows is not asked again. Without it ?organization= held it."""
    user, lineage = request.user, request.GET.get("activity", "")
    activity = None
    if lineage:
        standing = Activity.objects.visible_to(user).standing().select_related("organization")
        activity = get_object_or_404(standing, lineage=_uuid(lineage))
        organization = activity.organization
    else:
        key = asked_organization(request)
        if not key:
            require(permissions.can_record_symposium(user))
            return choose_organization(request, heading=_("记座谈会"), up=_("座谈会"), up_url=reverse("symposium_list"))
        organization = get_object_or_404(Organization.objects.visible_to(user).active(), pk=key)
    require(permissions.can_record_symposium(user, organization))
    campaign, on = activity.campaign if activity else current_campaign(user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能记座谈会。"))
        return redirect("symposium_list")
    form = SymposiumForm(request.POST or None, initial=_known(activity) if activity else {"held_on": on})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: symposiums.record_symposium(
                campaign=campaign, organization=organization, activity=activity, **form.content, by=user, at=clock.now(), on=on
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "activity": activity}
    return render(request, "evaluations/symposium_form.html", context)


def _uuid(text):
    """The lineage as typed in an address, or one that no record has."""

    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _known(activity):
    """What the record of an activity says already."""
    return {
        "title": activity.title, "held_on": activity.happened_on, "place": activity.place,
        "number_members": activity.present or None, "number_masses": activity.masses or None,
    }


def _symposium_or_404(request, pk):
    rows = Symposium.objects.visible_to(request.user).select_related("organization", "campaign", "recorded_by", "activity")
    return get_object_or_404(rows, pk=pk)


@require_safe
def symposium_detail(request, pk):
    """What was raised by whom, and what became of each point. Whoever only belongs to it sees what was told."""
    symposium = _symposium_or_404(request, pk)
    reads = any(symposium.organization.path.startswith(path) for path in request.user.reading_paths())
    points = symposium.points.select_related("rectification").order_by("position")
    context = {
        "symposium": symposium, "parties": symposium.parties.order_by("pk"), "reads": reads,
        "points": points if reads else points.filter(told_at__isnull=False),
        "write": permissions.can_record_symposium(request.user, symposium.organization),
        "new": symposium.points.filter(answered_at__isnull=False, told_at__isnull=True).count(),
        "history": history_of([symposium]) if reads else [],
        "address": request.build_absolute_uri(reverse("symposium_public", args=[symposium.slug])),
    }
    return render(request, "evaluations/symposium_detail.html", context)


@require_safe
def symposium_public(request, slug):
    """What became of the points, for those who took part and have no account: no name, only what was told."""
    symposium = get_object_or_404(Symposium.objects.told().select_related("organization"), slug=slug)
    context = {
        "symposium": symposium, "parties": symposium.parties.order_by("pk"),
        "points": symposium.points.filter(told_at__isnull=False).order_by("position"),
        "large": "1" if request.GET.get("large") == "1" else "",
    }
    return render(request, "evaluations/symposium_public.html", context)


symposium_public.public = True


@require_http_methods(["GET", "POST"])
def symposium_points(request, pk):
    """Write down further points."""
    symposium = _written(request, pk)
    audiences = [(party.audience, party.get_audience_display()) for party in symposium.parties.order_by("pk")]
    form = PointsForm(request.POST or None, audiences=audiences)

    def write():
        symposiums.add_points(symposium, form.content, by=request.user, at=clock.now())
        return symposium

    return _answered(request, form, symposium, write, _("补记意见"), _("记下"))


def _written(request, pk):
    symposium = _symposium_or_404(request, pk)
    require(permissions.can_record_symposium(request.user, symposium.organization))
    return symposium


def _point(request, pk):
    """A point of a meeting that the user may answer; 404 outside the scope, 403 below the role."""
    seen = Symposium.objects.visible_to(request.user)
    rows = SymposiumPoint.objects.filter(symposium__in=seen).select_related("symposium__organization", "symposium__campaign")
    point = get_object_or_404(rows, pk=pk)
    require(permissions.can_record_symposium(request.user, point.symposium.organization))
    return point


@require_http_methods(["GET", "POST"])
def point_rectify(request, pk):
    """Make a point an item of the ledger."""
    point = _point(request, pk)
    initial = {"problem": point.text[:200], "due_on": clock.today() + timedelta(days=DAYS_TO_MEND)}
    form = PointRectifyForm(request.POST or None, initial=initial)

    def write():
        item = symposiums.rectify_point(point, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
        warn(request, collisions_of_items([item], on=clock.today()))
        return point.symposium

    return _answered(request, form, point.symposium, write, _("转为整改"), _("登记"), point=point)


@require_http_methods(["GET", "POST"])
def point_answer(request, pk):
    """Answer a point."""
    point = _point(request, pk)
    form = PointAnswerForm(request.POST or None)

    def write():
        symposiums.answer_point(point, **form.cleaned_data, by=request.user, at=clock.now())
        return point.symposium

    return _answered(request, form, point.symposium, write, _("答复"), _("答复"), point=point)


def _answered(request, form, symposium, write, heading, label, point=None):
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "symposium": symposium, "point": point, "step": heading, "label": label}
    if "due_on" in form.fields:
        context["look_out"] = days_to_look_out_for(symposium.campaign, symposium.organization, on=clock.today(), form=form)
    return render(request, "evaluations/symposium_step.html", context)


@require_POST
def symposium_tell(request, pk):
    symposium = _written(request, pk)
    return done(
        request, symposium, lambda: symposiums.tell_back(symposium, by=request.user, at=clock.now(), on=clock.today()),
        _("答复已经公布，并通知了本组织的党员。"),
    )
