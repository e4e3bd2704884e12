"""A whole new campaign from the template: the frame with its criteria, and the scoring rules on top of it."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.campaign_template import set_up_campaign
from campaign.models import Campaign
from config.kit.refusal import Refusal
from evaluations.domain.inherited_rules import inherit_rules
from evaluations.domain.rules_template import set_up_rules


class CodeTaken(Refusal):
    """Another campaign has this code."""

    field = "code"


class NotEarlier(Refusal):
    """A campaign follows one of the same root that began earlier."""

    field = "follows"


@transaction.atomic
def set_up_whole_campaign(*, organization, code, title, starts_on, follows=None, by, at):
    """Make a campaign in preparation with everything that a score needs. Returns the campaign.

    With `follows`, the criteria and scoring rules are those of that earlier campaign. Raises CodeTaken, NotEarlier.
    """
    if follows is not None and (follows.organization_id != organization.pk or follows.starts_on >= starts_on):
        raise NotEarlier(_("请选比新活动早开始的活动。"))
    if Campaign.objects.filter(code=code).exists():
        raise CodeTaken(_("这个代号已经用过。"))
    campaign = set_up_campaign(
        organization=organization, code=code, title=title, starts_on=starts_on, follows=follows, by=by, at=at,
        opens=False,
    )
    if follows is not None:
        inherit_rules(campaign, follows, by=by, at=at)
    else:
        set_up_rules(campaign, by=by, at=at)
    return campaign
