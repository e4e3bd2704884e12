"""Set up a campaign from the template; the page lives here because scoring rules come with it."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.forms.campaign import CampaignNewForm
from campaign.models import Campaign
from campaign.permissions import can_set_up_campaign
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations.domain.campaign_setup import set_up_whole_campaign
from units.models import Organization
from units.submissions import once


@require_http_methods(["GET", "POST"])
def campaign_new(request):
    organization = Organization.objects.visible_to(request.user).filter(parent__isnull=True).first()
    if organization is None:
        raise Http404
    require(can_set_up_campaign(request.user, organization))
    campaigns = Campaign.objects.visible_to(request.user).filter(organization=organization).newest_first()
    form = CampaignNewForm(request.POST or None, earlier=campaigns)
    if request.method == "POST" and form.is_valid():
        def set_up():
            campaign = set_up_whole_campaign(
                organization=organization, **form.cleaned_data, by=request.user, at=clock.now()
            )
            messages.success(request, _("活动已经建好，还在筹备。改好内容后再开始。"))
            return reverse("campaign_edit", args=[campaign.pk])

        try:
            return once(request, set_up)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/campaign_new.html", {"form": form, "organization": organization})
