"""Put somebody on the roster: admitted as a probationary member, or received from outside the system."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import admissions
from units.forms.admission import AdmissionForm, ReceptionForm
from units.models import Organization
from units.submissions import once


def _new(request, pk, form_class, heading, label, call, message):
    """Show the form; on a valid post run `call(form, organization)` once and go to the new member."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=pk)
    require(permissions.can_admit(request.user, organization))
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        def act():
            member = call(form, organization)
            messages.success(request, message % {"name": member.name})
            return member

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "heading_text": heading, "label": label}
    return render(request, "units/member_new.html", context)


@require_http_methods(["GET", "POST"])
def member_admit(request, pk):
    """A new probationary member of the branch."""
    return _new(
        request, pk, AdmissionForm, _("吸收预备党员"), _("登记"),
        lambda form, organization: admissions.admit(
            form.person, organization, joined_on=form.cleaned_data["joined_on"], by=request.user, at=clock.now(),
            on=clock.today(),
        ),
        _("已登记预备党员%(name)s。"),
    )


@require_http_methods(["GET", "POST"])
def member_receive(request, pk):
    """A member who comes from outside the system."""
    def call(form, organization):
        days = {name: form.cleaned_data[name] for name in ("came_from", "arrived_on", "joined_on", "full_on")}
        return admissions.receive(
            form.person, organization, **days, by=request.user, at=clock.now(), on=clock.today()
        )

    return _new(
        request, pk, ReceptionForm, _("从系统外转入"), _("登记转入"), call, _("%(name)s的组织关系已转入。")
    )
