"""The second step of signing in: enrol a phone, give a code, look after the codes on paper."""
import time

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.kit import clock, qr
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import second_factors, sign_ins
from units.enums import SignInOutcome
from units.forms.second_factor import CodeForm
from units.models import User
from units.navigation_entries import address
from units.views.administrator_step import ask
from units.views.session import moment

PASSED = "second_factor"  # of the session: the mark of the factor whose code was given
OFFERED = "second_factor_offered"  # the secret on the enrolling page, until its first code is right


def _seconds():
    return int(time.time())  # phones count in real time, also in a demo with its own clock


def _next(request):
    url = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if allowed else address("home") or "/"


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request):
    """Ask for the code; until it is given no other page opens."""
    if request.user.second_factor_mark in ("", request.session.get(PASSED)):
        return redirect("second_factor_own")
    factor = request.user.second_factor
    form = CodeForm(request.POST or None, help_text=_("手机验证器上现在的 6 位数字；手机不在身边，可以用一个恢复码。"))
    if request.method == "POST" and form.is_valid():
        try:
            second_factors.check_code(factor, form.cleaned_data["code"], seconds=_seconds(), at=clock.now())
        except Refusal as refusal:
            outcome = SignInOutcome.LOCKED if isinstance(refusal, second_factors.TooManyCodes) else SignInOutcome.CODE
            sign_ins.note_failure(request.user, outcome, **moment(request))
            refuse_on_form(form, refusal)
        else:
            request.session.cycle_key()
            request.session[PASSED] = request.user.second_factor_mark
            sign_ins.note_second_step(request.user, **moment(request))
            return redirect(_next(request))
    return render(request, "registration/second_factor.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor_own(request):
    """Set it up with the phone, or see how many codes on paper are left."""
    if request.user.second_factor_mark:
        factor = request.user.second_factor
        return render(request, "registration/second_factor_own.html", {
            "factor": factor, "left": second_factors.codes_left(factor), "all": second_factors.CODES,
        })
    secret = bytes.fromhex(request.session.setdefault(OFFERED, second_factors.new_secret().hex()))
    form = CodeForm(request.POST or None, help_text=_("扫码以后，把手机上显示的 6 位数字输在这里。"))
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factors.enrol(
                request.user, secret, form.cleaned_data["code"].replace(" ", ""), seconds=_seconds(), at=clock.now()
            )
        except Refusal as refusal:
            refuse_on_form(form, refusal)
        else:
            return _codes_page(request, codes)
    context = {
        "form": form, "qr": qr.picture(second_factors.address_of(secret, request.user.username)),
        "secret": second_factors.spelled(secret), "demo": clock.is_demo(),
        "needed": permissions.needs_second_factor(request.user),
    }
    return render(request, "registration/second_factor_enrol.html", context)


def _codes_page(request, codes):
    """The codes on paper, shown this once; whoever sees them has just shown the phone."""
    request.session.pop(OFFERED, None)
    request.session[PASSED] = request.user.second_factor_mark
    return render(request, "registration/second_factor_codes.html", {"codes": codes})


@never_cache
@require_POST
def second_factor_codes(request):
    """New codes on paper in place of the old ones."""
    if not request.user.second_factor_mark:
        return redirect("second_factor_own")
    return _codes_page(request, second_factors.renew_codes(request.user.second_factor, by=request.user, at=clock.now()))


@require_http_methods(["GET", "POST"])
def account_second_factor(request, pk):
    """Of an account whose phone is lost: the system administrator takes it away, never the own one."""
    require(permissions.can_manage_accounts(request.user))
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        return ask(
            request, title=_("重设第二步验证"), label=_("重设第二步验证"),
            text=_("要重设账号 %(name)s（%(person)s）的第二步验证吗？") % {"name": user.username, "person": user.name},
            consequences=[
                _("原来的手机和恢复码马上作废，下次登录时重新设置。"), _("请先核实本人身份：只有密码的人，这样也登录得了。"),
            ],
        )
    return done(
        request, "account_list",
        lambda: second_factors.reset_second_factor(user, by=request.user, at=clock.now()),
        _("账号 %(name)s 的第二步验证已重设，下次登录时重新设置。") % {"name": user.username},
    )


