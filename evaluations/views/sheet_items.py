"""The page of one assessment sheet: the office revises all its items together."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.enums import Track
from campaign.forms.campaign import ErrorsOf
from config.kit import clock
from config.kit.facts import FactSuperseded
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain.sheet_items import revise_items, standing_items
from evaluations.forms.indicators import ReasonForm
from evaluations.forms.sheet_items import SheetItemForm
from evaluations.views.criteria import campaign_or_404
from units.domain.record_history import history_of
from units.submissions import once


@require_http_methods(["GET", "POST"])
def sheet_edit(request, track):
    """Every item of the sheet, and one empty row for a new one."""
    campaign = campaign_or_404(request)
    require(permissions.can_edit_rules(request.user, campaign))
    if track not in Track.values:
        raise Http404
    standing = list(standing_items(campaign, track))
    data = request.POST or None
    rows = [*(SheetItemForm(data, prefix=one.code, standing=one) for one in standing), SheetItemForm(data, prefix="new")]
    reason = ReasonForm(data)
    seen = ",".join(str(one.pk) for one in standing)
    if request.method == "POST" and not ErrorsOf([*rows, reason]).errors:
        def revise():
            if request.POST.get("seen") != seen:
                raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
            changed = revise_items(
                campaign, track, [row.item for row in rows if not row.is_left_out],
                reason=reason.cleaned_data["reason"], by=request.user, at=clock.now(),
            )
            messages.success(request, _("已修订 %(n)s 个考评项目，以后的考评按新表打分。") % {"n": len(changed)})
            return f"{reverse('criterion_list')}#sheet-{track}"

        try:
            return once(request, revise)
        except Refusal as refusal:
            refuse_on_form(reason, refusal)
    context = {
        "track": Track(track), "rows": rows, "reason": reason, "form": ErrorsOf([*rows, reason]), "seen": seen,
        "history": history_of(standing),
    }
    return render(request, "evaluations/sheet_form.html", context)
