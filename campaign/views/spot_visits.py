"""Pages of a visit: what is looked at and was found, the checklist for the phone, one more inspector, photos."""
from datetime import timedelta

from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import spot_permissions as permissions
from campaign.domain import spot_visits
from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.domain.spot_checks import possible_inspectors
from campaign.forms.spot_checks import FindingPhotosForm, InspectorForm, VisitForm
from campaign.models import Rectification, SpotVisit, VisitAnswer
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.pictures import ACCEPTED
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.submissions import once


def _visit_or_404(request, pk):
    rows = SpotVisit.objects.visible_to(request.user).select_related(
        "check_of__campaign__organization", "organization", "recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


def _going(visit):
    return list(visit.inspectors.select_related("user").order_by("pk"))


@require_safe
def spot_visit_detail(request, pk):
    """Who goes, what they look at; once recorded, what they found and what became of it."""
    visit, user = _visit_or_404(request, pk), request.user
    going = _going(visit)
    inspectors = {row.user_id for row in going}
    answers = visit.answers.select_related("rectification").prefetch_related("finding_photos__photo").order_by("position")
    context = {
        "visit": visit,
        "check": visit.check_of,
        "going": going,
        "answers": answers,
        "record": permissions.can_record_visit(user, visit, inspectors),
        "name": permissions.can_name_inspectors(user, visit),
        "may_add_photos": user.pk in inspectors,
        "history": history_of([visit]),
    }
    return render(request, "campaign/spot_visit_detail.html", context)


@require_http_methods(["GET", "POST"])
def spot_visit_record(request, pk):
    """The checklist; without a signal the phone keeps what was typed until it can be sent."""
    visit = _visit_or_404(request, pk)
    inspectors = [row.user_id for row in _going(visit)]
    require(permissions.can_record_visit(request.user, visit, inspectors))
    form = VisitForm(
        request.POST or None, questions=visit.check_of.questions, inspectors=inspectors,
        due_on=clock.today() + timedelta(days=DAYS_TO_MEND),
        initial={"visited_on": clock.today(), "present": inspectors},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write():
            written = spot_visits.record_visit(
                visit, visited_on=said["visited_on"], present=said["present"], answers=form.answers(),
                summary=said["summary"], by=request.user, at=clock.now(), on=clock.today(),
            )
            items = list(Rectification.objects.filter(found_by__visit=visit).select_related("campaign", "organization"))
            warn(request, collisions_of_items(items, on=clock.today()))
            return written

        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/spot_visit_record.html", {"visit": visit, "form": form})


@require_http_methods(["GET", "POST"])
def spot_visit_inspectors(request, pk):
    """Name one more who goes."""
    visit = _visit_or_404(request, pk)
    require(permissions.can_name_inspectors(request.user, visit))
    form = InspectorForm(request.POST or None, inspectors=possible_inspectors(
        visit.check_of.campaign.organization, on=clock.today()
    ))
    if request.method == "POST" and form.is_valid():
        def add():
            spot_visits.add_inspector(visit, form.cleaned_data["user"], by=request.user, at=clock.now())
            return visit

        try:
            return once(request, add)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/spot_visit_inspectors.html", {"visit": visit, "form": form, "going": _going(visit)})


@require_http_methods(["GET", "POST"])
def finding_photos(request, pk):
    """Photos of one finding, added when there is a signal again."""
    rows = VisitAnswer.objects.visible_to(request.user).findings().select_related("visit__organization")
    finding = get_object_or_404(rows, pk=pk)
    inspectors = set(finding.visit.inspectors.values_list("user", flat=True))
    require(permissions.can_add_finding_photos(request.user, finding, inspectors))
    form = FindingPhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        def add():
            with transaction.atomic():
                spot_visits.add_finding_photos(
                    finding, form.cleaned_data["photos"], by=request.user, at=clock.now()
                )
            return finding.visit

        try:
            return once(request, add)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "finding": finding, "visit": finding.visit, "form": form, "accepted": ACCEPTED,
        "most": spot_visits.MOST_FINDING_PHOTOS, "photo_error": " ".join(form.errors.get("photos", [])) or None,
        "title": _("加照片"),
    }
    return render(request, "campaign/finding_photos.html", context)
