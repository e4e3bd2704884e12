"""Paste a block from Excel over the members of a branch: look at it first, then confirm."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import member_paste as pasting
from units.enums import LineOutcome
from units.forms.member_paste import PasteForm
from units.models import Organization
from units.submissions import once


@require_http_methods(["GET", "POST"])
def member_paste(request, pk):
    """The block, what it would do, and the button that does it."""
    branch = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=pk)
    require(permissions.can_admit(request.user, branch))
    form, preview = PasteForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        block = form.cleaned_data["block"]
        try:
            if "confirm" in request.POST:
                return once(request, lambda: _write(request, block, branch))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
        try:
            preview = pasting.preview(block, branch, on=clock.today())
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "branch": branch, "preview": preview}
    if preview:
        context |= {outcome.name.lower(): preview.of(outcome) for outcome in LineOutcome}
    return render(request, "units/member_paste.html", context)


def _write(request, block, branch):
    changed, admitted, received = pasting.write_block(
        block, branch, digest=request.POST.get("digest", ""), by=request.user, at=clock.now(),
        on=clock.today(),
    )
    said = {"changed": changed, "admitted": admitted, "received": received}
    messages.success(request, _("已更正 %(changed)s 人，吸收 %(admitted)s 人，转入 %(received)s 人。") % said)
    return reverse("organization_members", args=[branch.pk])
