"""The system administrator's pages: accounts and their first passwords, and nothing of the campaign."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain.accounts import (
    create_account,
    create_secretary_accounts,
    link_account,
    reset_password,
    secretaries_without_account,
    set_active,
)
from units.forms.account import AccountFilterForm, AccountForm, LinkForm
from units.list_exports import list_page
from units.models import User
from units.views.administrator_step import ask

PAGE = 20


def _account_or_404(request, pk):
    require(permissions.can_manage_accounts(request.user))
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def _slips(request, made):
    """The page that shows first passwords, once; `made` is [(User, password, place)]."""
    return render(request, "units/account_passwords.html", {"made": made})


@require_safe
def account_list(request):
    require(permissions.can_manage_accounts(request.user))
    form = AccountFilterForm(request.GET or None)
    users = User.objects.visible_to(request.user).select_related("member__organization")
    page = Paginator(form.applied_to(users), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form if form.is_bound else AccountFilterForm(), "has_filter": bool(request.GET)}
    return list_page(request, "units/account_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def account_new(request):
    """The answer to the form shows the first password; sending it twice is refused, for the name is taken."""
    require(permissions.can_manage_accounts(request.user))
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = create_account(**form.cleaned_data, by=request.user, at=clock.now())
            return _slips(request, [(user, password, form.cleaned_data["organization"])])
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/account_form.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def account_secretaries(request):
    """Accounts for every secretary on the roster who has none; first, for whom."""
    require(permissions.can_manage_accounts(request.user))
    posts = secretaries_without_account() if request.method == "GET" else ()
    if posts:
        return ask(
            request, title=_("给书记开账号"), label=_("开账号"), posts=posts, primary=True,
            text=ngettext("要给 %(n)s 名书记开账号吗？", "要给 %(n)s 名书记开账号吗？", len(posts)) % {"n": len(posts)},
            consequences=[_("账号用党组织代码，初始密码在下一页显示一次，请先备好打印机。"), _("角色由安全管理员另外授予。")],
        )
    if request.method == "GET":
        return _slips(request, [])
    return _slips(request, create_secretary_accounts(by=request.user, at=clock.now()))


@never_cache
@require_http_methods(["GET", "POST"])
def account_reset(request, pk):
    user = _account_or_404(request, pk)
    if request.method == "GET":
        return ask(
            request, title=_("重设密码"), label=_("重设密码"),
            text=_("要重设账号 %(name)s（%(person)s）的密码吗？") % {"name": user.username, "person": user.name},
            consequences=[_("原来的密码马上作废，正在登录的退出。"), _("新的初始密码在下一页显示一次，请当面交给本人。")],
        )
    return _slips(request, [(user, reset_password(user, by=request.user, at=clock.now()), None)])


@require_http_methods(["GET", "POST"])
def account_link(request, pk):
    """Let an account that was made without a member be that of the member of its name."""
    user, form = _account_or_404(request, pk), LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = link_account(user, **form.cleaned_data, by=request.user, at=clock.now())
            said = {"name": user.username, "member": member.name, "place": member.organization}
            messages.success(request, _("账号 %(name)s 已经和%(place)s的%(member)s对应。") % said)
            return redirect("account_list")
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/account_form.html", {"form": form, "account": user})


@require_POST
def account_disable(request, pk):
    user = _account_or_404(request, pk)
    return done(
        request, "account_list", lambda: set_active(user, False, by=request.user, at=clock.now()),
        _("账号 %(name)s 已停用。") % {"name": user.username},
    )


@require_POST
def account_enable(request, pk):
    user = _account_or_404(request, pk)
    return done(
        request, "account_list", lambda: set_active(user, True, by=request.user, at=clock.now()),
        _("账号 %(name)s 可以登录了。") % {"name": user.username},
    )
