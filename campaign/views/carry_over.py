"""Carry over what an earlier campaign left open: a list with ticks first, then once for all."""
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import permissions
from campaign.domain.carry_over import LeftOut, carry_over, earlier_campaigns, preview, unfinished_commitments
from campaign.forms.campaign import CarryOverForm
from campaign.models import Campaign
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.models import Organization

PAGE = 50
DAYS_TO_GO_ON = 30


def _campaigns(request, pk):
    """The campaign, when the user is its office, and the earlier one that the address or the frame names (or None)."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("organization", "follows"), pk=pk)
    require(permissions.can_edit_campaign(request.user, campaign))
    others = list(earlier_campaigns(campaign))
    named = request.GET.get("from", "")
    earlier = next((one for one in others if one.code == named), None)
    earlier = earlier or next((one for one in others if one.pk == campaign.follows_id), None) or (others or [None])[0]
    return campaign, earlier, others


@require_http_methods(["GET", "POST"])
def campaign_carry_over(request, pk):
    """`?from=` names the earlier campaign; `keep` are the keys of what stays there."""
    campaign, earlier, others = _campaigns(request, pk)
    may_carry, on = permissions.can_carry_over(request.user, campaign), clock.today()
    form = CarryOverForm(request.POST or None, initial={"new_day": min(on + timedelta(days=DAYS_TO_GO_ON), campaign.ends_on)})
    if request.method == "POST" and earlier:
        require(may_carry)
        if form.is_valid():
            try:
                counts = carry_over(
                    campaign, earlier, left_out=_left_out(request.POST.getlist("keep")), by=request.user, at=clock.now(), on=on,
                    **form.cleaned_data,
                )
                messages.success(request, _("已结转整改 %(rectifications)s 项，承诺 %(commitments)s 条。") % counts)
                return redirect(request.get_full_path())
            except Refusal as refusal:
                refuse_on_form(form, refusal)
    context = {
        "campaign": campaign, "earlier": earlier, "others": others, "form": form, "may_carry": may_carry, "on": on,
        "preview": preview(earlier) if earlier else None, "kept": set(request.POST.getlist("keep")),
    }
    return render(request, "campaign/carry_over.html", context)


def _left_out(ticks):
    """What stays, from keys such as rectification-12; anything else is passed over."""
    found = {"rectification": set(), "commitment": set(), "members": set()}
    for tick in ticks:
        kind, _dash, key = tick.partition("-")
        if kind in found:
            found[kind].add(key_of(key))
    return LeftOut(frozenset(found["rectification"]), frozenset(found["commitment"]), frozenset(found["members"]))


@require_safe
def carry_over_members(request, pk, organization):
    """The commitments of one organisation's members that would be carried over."""
    campaign, earlier, _others = _campaigns(request, pk)
    branch = get_object_or_404(Organization.objects.visible_to(request.user), pk=organization)
    rows = unfinished_commitments(earlier).filter(member__organization=branch)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "earlier": earlier, "organization": branch, "page": page}
    return render(request, "campaign/carry_over_members.html", context)
