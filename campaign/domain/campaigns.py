"""Which campaign the pages are about, and the moves of a campaign."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaign.enums import CAMPAIGN_MOVES
from campaign.models import Campaign
from config.kit.refusal import Refusal
from units.domain.history import record


class CannotMoveCampaign(Refusal):
    """The campaign is not in a state that this step starts from, or another one is open."""


def current_campaign(user):
    """The open campaign of the user's root organisation, or None."""
    return Campaign.objects.visible_to(user).open().select_related("organization").newest_first().first()


def chosen_campaign(user, code=""):
    """The campaign called `code` if the user may see it; else the open one, else the newest, else None."""
    campaigns = Campaign.objects.visible_to(user).select_related("organization").newest_first()
    if code:
        return campaigns.filter(code=code).first()
    return campaigns.open().first() or campaigns.first()


@transaction.atomic
def move_campaign(campaign, verb, *, by, at):
    """Open or close a campaign; the only place that writes `state`. Raises CannotMoveCampaign."""
    starts_from, leads_to = CAMPAIGN_MOVES[verb]
    try:
        with transaction.atomic():
            moved = Campaign.objects.filter(pk=campaign.pk, state__in=starts_from).update(state=leads_to, moved_at=at)
    except IntegrityError as reason:
        raise CannotMoveCampaign(_("同时只能有一个进行中的活动，请先结束另一个。")) from reason
    if not moved:
        raise CannotMoveCampaign(_("活动现在的状态不能做这一步，请刷新页面再看。"))
    campaign.refresh_from_db(fields=["state", "moved_at"])
    record(campaign, verb, by=by, at=at, organization=campaign.organization)
    return campaign
