"""What of commitments waits by quarters: progress that nobody has told in this one, in its last month."""
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import accounts_of_organizations, narrowed
from campaign.models import Commitment
from config.kit.quarter import quarter_of
from units.enums import Role

LAST_DAYS = 30


def progress_untold(make, *, on, user=None):
    """For each member the own promise; for the secretary how many of the branch, once, whoever is to tell."""
    quarter = quarter_of(on)
    if (quarter.last - on).days >= LAST_DAYS:
        return
    untold = Commitment.objects.untold(on=on)
    yield from _of_members(make, untold, quarter, user)
    accounts = accounts_of_organizations([Role.SECRETARY], on=on, user=user)
    rows = narrowed(untold, accounts, user).values_list("organization_id").annotate(n=Count("pk")).order_by() if accounts else ()
    for organization, number in rows:
        for account in accounts.get(organization, ()):
            yield make(
                account, "progress", f"progress:branch{organization}:{quarter.code}",
                _("%(n)s 条承诺这个季度还没有记进展") % {"n": number}, _("写一句做到哪一步；党员自己记的不用再记。"),
                reverse("commitment_list") + f"?state=untold&organization={organization}", _("看名单"), quarter.last,
            )


def _of_members(make, untold, quarter, user):
    if user and not user.member_id:
        return
    rows = untold.filter(member=user.member_id) if user else untold.filter(member__account__is_active=True)
    for pk, text, account in rows.values_list("pk", "text", "member__account"):
        yield make(
            account, "progress", f"progress:{pk}:{quarter.code}", text, _("这个季度还没有记进展，写一句做到哪一步。"),
            reverse("commitment_progress", args=[pk]), _("记进展"), quarter.last,
        )


SOURCES = {"progress": progress_untold}
