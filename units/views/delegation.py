"""Delegations: whom one's role is delegated to, in whose place one may act, and all of them for the security administrator."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import delegations
from units.enums import DELEGABLE, Role
from units.forms.delegation import DelegationForm
from units.list_exports import list_page
from units.models import RoleGrant
from units.submissions import once

PAGE = 20


@require_safe
def delegation_list(request):
    """Newest first; what is over stays readable."""
    require(permissions.can_see_delegations(request.user))
    rows = RoleGrant.objects.visible_to(request.user).delegated()
    rows = rows.select_related("user", "organization", "granted_by").order_by("-starts_on", "-pk")
    on = clock.today()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    here = {grant.pk for grant in request.user.held_grants}
    acting = request.user.main_grant.pk if request.user.main_grant else None
    context = {
        "page": page, "on": on, "sees_all": request.user.has_role(Role.SECURITY), "here": here, "acting": acting,
        "rows": [(row, permissions.can_end_delegation(request.user, row, on=on)) for row in page],
        "own": [grant for grant in request.user.current_grants if grant.role in DELEGABLE and not grant.delegated_from_id],
    }
    return list_page(request, "units/delegation_list.html", context)


@require_http_methods(["GET", "POST"])
def delegation_new(request, pk):
    """Delegate one of one's own roles."""
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user).select_related("organization"), pk=pk, user=request.user)
    require(permissions.can_delegate(request.user, grant))
    form = DelegationForm(request.POST or None, grant=grant, by=request.user, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        def act():
            made = delegations.delegate(grant, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            messages.success(request, _("已委托%(name)s。") % {"name": made.user.display_name})
            return "delegation_list"

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/delegation_form.html", {"form": form, "grant": grant})


@require_POST
def delegation_end(request, pk):
    rows = RoleGrant.objects.visible_to(request.user).delegated().select_related("user", "organization", "granted_by")
    made = get_object_or_404(rows, pk=pk)
    require(permissions.can_end_delegation(request.user, made, on=clock.today()))
    return done(
        request, "delegation_list", lambda: delegations.end_delegation(made, by=request.user, at=clock.now()), _("已收回委托。")
    )
