"""The page on which a partner of a joint activity confirms its own numbers."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import permissions
from campaign.domain.activities import confirm_part
from campaign.domain.rosters import NAMED_UP_TO, roster_on
from campaign.enums import AbsenceReason
from campaign.forms.parts import PartForm
from campaign.models import ActivityPart
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.submissions import once


@require_http_methods(["GET", "POST"])
def part_confirm(request, lineage, organization):
    """The part of the version that stands; once it is confirmed there is nothing more to do here."""
    parts = ActivityPart.objects.visible_to(request.user).standing().select_related(
        "activity__organization", "activity__campaign", "activity__kind", "activity__task", "organization"
    )
    part = get_object_or_404(parts, activity__lineage=lineage, organization=organization)
    if part.confirmed_at:  # also the second of two clicks
        return redirect(part.activity)
    require(permissions.can_confirm_part(request.user, part))
    people = list(roster_on(part.organization, on=part.activity.happened_on)[: NAMED_UP_TO + 1])
    size = len(people) if len(people) <= NAMED_UP_TO else roster_on(part.organization, on=part.activity.happened_on).count()
    form = PartForm(request.POST or None, initial={"present": size, "expected": size})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _confirmed(request, part, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/part_confirm.html", _context(part, form, people, size))


def _confirmed(request, part, form):
    activity = confirm_part(part, **form.said, by=request.user, at=clock.now())
    messages.success(request, _("人数已确认，这次活动也算本支部一次。"))
    return activity


def _context(part, form, people, size):
    ticked = {str(pk) for pk in form["absent"].value() or ()}
    return {
        "part": part,
        "activity": part.activity,
        "form": form,
        "roster_size": size,
        "reasons": AbsenceReason.choices,
        "people": [
            {"pk": person.pk, "label": person.name, "checked": str(person.pk) in ticked, "reason": form.reason_of(person.pk)}
            for person in people
        ] if size <= NAMED_UP_TO else [],
    }
