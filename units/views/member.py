"""Correct a member's contact and administrative post between two ledgers."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain.members import correct_member
from units.forms.member import MemberForm, values_of
from units.models import Member


@require_http_methods(["GET", "POST"])
def member_edit(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(permissions.can_correct_member(request.user, member))
    form = MemberForm(request.POST or None, initial=values_of(member))
    if request.method == "POST" and form.is_valid():
        try:
            correct_member(member, form.values, seen=form.seen, by=request.user, at=clock.now())
            messages.success(request, _("已更正。"))
            return redirect(member)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/member_form.html", {"form": form, "member": member})
