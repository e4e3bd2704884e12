"""The security administrator's pages: who has which role over what, granting and revoking."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain.roles import grant_role, grant_secretaries, revoke_role, secretaries_without_role
from units.forms.role import RoleFilterForm, RoleForm
from units.list_exports import list_page
from units.models import RoleGrant
from units.submissions import once
from units.views.administrator_step import ask

PAGE = 20


@require_safe
def role_list(request):
    require(permissions.can_manage_roles(request.user))
    form = RoleFilterForm(request.GET or None)
    grants = RoleGrant.objects.visible_to(request.user).not_over(on=clock.today()).select_related("user", "organization")
    page = Paginator(form.applied_to(grants), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form if form.is_bound else RoleFilterForm(), "has_filter": bool(request.GET)}
    return list_page(request, "units/role_list.html", context)


@require_http_methods(["GET", "POST"])
def role_grant(request):
    require(permissions.can_manage_roles(request.user))
    form = RoleForm(request.POST or None, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        def grant():
            made = grant_role(**form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            messages.success(request, _("已授予 %(user)s。") % {"user": made.user})
            return "role_list"

        try:
            return once(request, grant)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/role_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def role_secretaries(request):
    """The role of secretary for every account whose member is one; first, for whom."""
    require(permissions.can_manage_roles(request.user))
    if request.method == "GET":
        return _ask_secretaries(request, secretaries_without_role(by=request.user, on=clock.today()))
    number = len(grant_secretaries(by=request.user, at=clock.now(), on=clock.today()))
    messages.success(request, ngettext("已授予 %(n)s 名书记。", "已授予 %(n)s 名书记。", number) % {"n": number})
    return redirect("role_list")


def _ask_secretaries(request, posts):
    if not posts:
        messages.info(request, _("名册上有账号的书记都有角色了。"))
        return redirect("role_list")
    return ask(
        request, title=_("按名册授予书记"), label=_("授予角色"), posts=posts, primary=True, back="role_list",
        text=ngettext("要给 %(n)s 名书记授予角色吗？", "要给 %(n)s 名书记授予角色吗？", len(posts)) % {"n": len(posts)},
        consequences=[_("范围是本人任书记的党组织和它的下级，从今天起。")],
    )


@require_http_methods(["GET", "POST"])
def role_revoke(request, pk):
    require(permissions.can_manage_roles(request.user))
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user).select_related("user", "organization"), pk=pk)
    if request.method == "GET":
        named = [f"{grant.user.name}（{grant.user.username}）", grant.get_role_display(), str(grant.organization or "")]
        return ask(
            request, title=_("撤销角色"), label=_("撤销角色"), back="role_list", text=" · ".join(filter(None, named)),
            consequences=[_("马上生效；委托给别人的也一起停。"), _("以前办的事都留着。要恢复，重新授予。")],
        )
    return done(request, "role_list", lambda: revoke_role(grant, by=request.user, at=clock.now()), _("角色已撤销。"))
