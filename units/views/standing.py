"""A member's standing, one page per step: the end of the probation, exemption, departure, coming back."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import departures, exemptions, probation
from units.forms.standing import DepartureForm, ExemptionEndForm, ExemptionForm, ProbationForm, ReturnForm
from units.models import Member
from units.submissions import once


def member_or_404(request, pk):
    return get_object_or_404(Member.objects.visible_to(request.user).select_related("organization"), pk=pk)


def take_step(request, member, form, *, title, label, call, message, note="", back_url=""):
    """Show the form beside the member; on a valid post run `call(cleaned)` once and go to what it returns."""
    if request.method == "POST" and form.is_valid():
        def act():
            target = call(form.cleaned_data)
            messages.success(request, message)
            return target.get_absolute_url()

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "member": member, "form": form, "step_title": title, "label": label, "note": note,
        "back_url": back_url or member.get_absolute_url(), "is_own": not back_url,
    }
    return render(request, "units/member_step.html", context)


def _step(request, pk, form_class, domain_call, *, initial, title, label, message, note="", knows_day=True):
    """A step of somebody who keeps the standing of members; the domain call gets the form's words."""
    member = member_or_404(request, pk)
    require(permissions.can_keep_standing(request.user, member))
    day = {"on": clock.today()} if knows_day else {}

    def call(said):
        domain_call(member, **said, by=request.user, at=clock.now(), **day)
        return member

    form = form_class(request.POST or None, initial=initial)
    return take_step(request, member, form, title=title, label=label, call=call, message=message, note=note)


@require_http_methods(["GET", "POST"])
def member_probation(request, pk):
    """What the branch meeting decided when the probation had ended."""
    return _step(
        request, pk, ProbationForm, probation.decide, initial={"happened_on": clock.today()}, title=_("讨论转正"),
        label=_("登记决定"), message=_("已登记会议的决定。"),
        note=_("按期转正的，党龄从预备期满那天算起，不从开会那天算起。"),
    )


@require_http_methods(["GET", "POST"])
def member_exemption(request, pk):
    """The member need not take part from a day on."""
    return _step(
        request, pk, ExemptionForm, exemptions.excuse, initial={"starts_on": clock.today()}, title=_("登记可不参加"),
        label=_("登记"), message=_("已登记。活动的应到人数和承诺不再算上这名党员。"),
        note=_("离退休、年老体弱的党员可以不参加活动、不作承诺；愿意的照样可以。"),
    )


@require_http_methods(["GET", "POST"])
def member_exemption_end(request, pk):
    return _step(
        request, pk, ExemptionEndForm, exemptions.end_exemption, initial={"starts_on": clock.today()},
        title=_("恢复参加"), label=_("恢复参加"), message=_("已恢复参加。"),
    )


@require_http_methods(["GET", "POST"])
def member_leave(request, pk):
    """The member's last day in the system."""
    return _step(
        request, pk, DepartureForm, departures.let_go, initial={"happened_on": clock.today()}, title=_("登记离开"),
        label=_("登记离开"), message=_("已登记。以前的记录都还在。"),
        note=_("转到系统里的另一个支部，请办“转到另一个支部”。登记离开以后，党内职务同时结束，账号停用；以前的记录留着。"),
    )


@require_http_methods(["GET", "POST"])
def member_take_back(request, pk):
    """A departure was written down by mistake."""
    return _step(
        request, pk, ReturnForm, departures.take_back, initial={}, title=_("恢复"), label=_("恢复"), knows_day=False,
        message=_("已恢复。职务和账号请另外办理。"),
        note=_("只用于登记错了的情况。真正转回来的，由接收支部办“系统外转入”。"),
    )
