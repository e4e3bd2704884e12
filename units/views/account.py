"""The system administrator's pages: accounts and their first passwords, and nothing of the campaign."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain.accounts import create_account, create_secretary_accounts, reset_password, set_active
from units.forms.account import AccountFilterForm, AccountForm
from units.list_exports import list_page
from units.models import User

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
@require_POST
def account_secretaries(request):
    """Accounts for every secretary on the roster who has none."""
    require(permissions.can_manage_accounts(request.user))
    return _slips(request, create_secretary_accounts(by=request.user, at=clock.now()))


@never_cache
@require_POST
def account_reset(request, pk):
    user = _account_or_404(request, pk)
    return _slips(request, [(user, reset_password(user, by=request.user, at=clock.now()), None)])


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
