"""Pages of the second typing: the same empty form for another person, then what differs and the third look."""
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import appraisals, second_typing
from evaluations.domain.appraisal_figures import audiences_of
from evaluations.forms.appraisals import AppraisalForm
from evaluations.forms.second_typing import SettleForm
from evaluations.models import SecondTyping
from evaluations.views.appraisals import appraisal_or_404
from units.submissions import once


@require_http_methods(["GET", "POST"])
def appraisal_confirm(request, lineage):
    """An empty form for the second person; a member sheet goes page by page. What differs is on the page that follows."""
    appraisal = appraisal_or_404(request, lineage)
    require(permissions.can_confirm_appraisal(request.user, appraisal))
    left = second_typing.to_type_again(appraisal)
    if not left:
        return redirect("appraisal_settle", lineage=lineage)
    members = left[: appraisals.MEMBERS_A_PAGE]
    form = AppraisalForm(
        request.POST or None, sheet=appraisal.sheet, members=members, audiences=audiences_of(appraisal.turnouts.all()),
        with_heading=False, turnouts=_known_turnouts(appraisal),
    )
    if request.method == "POST" and form.is_valid():
        def type_again():
            held = second_typing.type_again(
                appraisal, turnouts=form.turnouts, lines=form.lines, members=members, by=request.user, at=clock.now()
            )
            if held.confirmed_at:
                messages.success(request, _("两个人录的一致，从现在起计入。"))
                return held.get_absolute_url()
            return request.path

        try:
            return once(request, type_again)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "organization": appraisal.organization, "appraisal": appraisal, "members": members, "again": True,
        "left": len(left) - len(members),
    }
    return render(request, "evaluations/appraisal_form.html", context)


def _known_turnouts(appraisal):
    """{audience: (issued, returned)} that the second person typed on an earlier page; None on the first."""
    second = SecondTyping.objects.filter(appraisal=appraisal).first()
    if second is None:
        return None
    return {
        audience.value: tuple(second.numbers.get(f"{word}:{audience.value}", 0) for word in second_typing.SHEETS)
        for audience in audiences_of(appraisal.turnouts.all())
    }


@require_http_methods(["GET", "POST"])
def appraisal_settle(request, lineage):
    """Cell by cell what the two typed differently; the paper decides, with a reason."""
    appraisal = appraisal_or_404(request, lineage)
    require(permissions.can_confirm_appraisal(request.user, appraisal))
    if second_typing.to_type_again(appraisal):
        return redirect("appraisal_confirm", lineage=lineage)
    form = SettleForm(request.POST or None, differences=second_typing.differences(appraisal))
    if request.method == "POST" and form.is_valid():
        def settle():
            second_typing.settle_counts(
                appraisal, form.settled, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
            messages.success(request, _("票数已核对，从现在起计入。"))
            return appraisal.get_absolute_url()

        try:
            return once(request, settle)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/appraisal_settle.html", {"form": form, "appraisal": appraisal})
