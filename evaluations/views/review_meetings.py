"""A meeting at which several secretaries are reviewed: one page with a row for each, and what came of it."""
from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.domain.campaigns import current_campaign
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.enums import PhaseWork
from campaign.forms.campaign import ErrorsOf
from campaign.permissions import in_time
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain.review_meetings import RowRefused, hold_meeting, last_reviews, reviewed_at, secretaries_below
from evaluations.forms.review_meetings import MeetingForm, rows_of
from evaluations.models import ReviewMeeting
from units.enums import Role
from units.models import Organization
from units.submissions import once


@require_http_methods(["GET", "POST"])
def review_meeting_new(request):
    """Rows for the secretaries right below; of a leader those in the own charge, with ?all=1 all."""
    user, campaign, on = request.user, current_campaign(request.user), clock.today()
    organization = _host_or_404(request)
    require(permissions.can_hold_meeting(user, organization))
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能点评。"))
        return redirect("review_list")
    require(in_time(campaign, PhaseWork.REVIEW))
    people = secretaries_below(organization, on=on)
    mine = secretaries_below(organization, on=on, leader=user) if user.has_role_over(organization, Role.LEADER) else []
    shown = people if request.GET.get("all") or not mine else mine
    shown = [(unit, member) for unit, member in shown if member.pk != user.member_id]
    initial = {"held_on": on, "due_on": on + timedelta(days=DAYS_TO_MEND)}
    reviewed = last_reviews([member.pk for _unit, member in shown], campaign=campaign, user=user)
    form = MeetingForm(request.POST or None, initial=initial)
    rows = rows_of(shown, request.POST or None, reviewed)
    if request.method == "POST" and _is_complete(form, rows):
        try:
            return once(request, lambda: _held(request, campaign, organization, form, rows, on))
        except RowRefused as refusal:
            _refuse_row(form, rows, refusal)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "rows": rows, "errors": ErrorsOf([form, *rows]), "organization": organization,
        "is_mine": bool(mine) and shown != people, "more": len(people) - len(shown),
    }
    return render(request, "evaluations/review_meeting_form.html", context)


def _host_or_404(request):
    """The organisation whose secretaries are reviewed: that of the address, or of the role acted in."""
    if "organization" in request.GET:
        seen = Organization.objects.visible_to(request.user).active()
        return get_object_or_404(seen, pk=key_of(request.GET["organization"]))
    if request.user.main_grant is None:
        raise Http404
    return request.user.main_grant.organization


def _is_complete(form, rows):
    """Whether everything typed is valid; an item asked for needs the one day of the page."""
    valid = [part.is_valid() for part in (form, *rows)]
    if form.is_bound and "due_on" not in form.errors and not form.cleaned_data.get("due_on"):
        if any(row.cleaned_data.get("mend") for row in rows):
            form.add_error("due_on", _("要求整改的，请选期限。"))
            return False
    return all(valid)


def _held(request, campaign, organization, form, rows, on):
    said = dict(form.cleaned_data)
    due_on = said.pop("due_on")
    return hold_meeting(
        campaign=campaign, organization=organization, **said, rows=[row.row(due_on) for row in rows if not row.is_empty],
        by=request.user, at=clock.now(), on=on,
    )


FIELDS_OF_ALL = {"happened_on": "held_on", "due_1": "due_on"}  # what a review calls the days that stand once here


def _refuse_row(form, rows, refusal):
    """Show a row's refusal at its field; a day that stands once for all, at that."""
    if refusal.field in FIELDS_OF_ALL:
        form.add_error(FIELDS_OF_ALL[refusal.field], refusal.message)
        return
    row = next(row for row in rows if row.member.pk == refusal.row)
    field = "problem" if refusal.field == "problem_1" else refusal.field
    row.add_error(field if field in row.fields else "problem", refusal.message)


@require_safe
def review_meeting_detail(request, pk):
    """Who was reviewed, and how far it is mended."""
    meetings = ReviewMeeting.objects.visible_to(request.user).select_related("organization", "recorded_by")
    meeting = get_object_or_404(meetings, pk=pk)
    context = {"meeting": meeting, "rows": reviewed_at(meeting, request.user), "on": clock.today()}
    return render(request, "evaluations/review_meeting_detail.html", context)
