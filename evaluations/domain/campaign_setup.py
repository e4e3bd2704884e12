"""A whole new campaign from the template: the frame with its criteria, and the scoring rules on top of it."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.campaign_template import set_up_campaign
from campaign.models import Campaign
from config.kit.refusal import Refusal
from evaluations.domain.rules_template import set_up_rules


class CodeTaken(Refusal):
    """Another campaign has this code."""

    field = "code"


@transaction.atomic
def set_up_whole_campaign(*, organization, code, title, starts_on, by, at):
    """Make a campaign in preparation with everything that a score needs. Returns the campaign.

    Raises CodeTaken.
    """
    if Campaign.objects.filter(code=code).exists():
        raise CodeTaken(_("这个代号已经用过。"))
    campaign = set_up_campaign(
        organization=organization, code=code, title=title, starts_on=starts_on, by=by, at=at, opens=False
    )
    set_up_rules(campaign, by=by, at=at)
    return campaign
