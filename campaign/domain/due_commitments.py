"""What of commitments waits by their days: progress that nobody has told in this quarter, in its last month; and a judgement
by the level above once the day of a promise is over."""
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import accounts_of_organizations, grants_of, narrowed
from campaign.models import Commitment
from config.kit.quarter import quarter_of
from units import scope
from units.enums import Role
from units.models import RoleGrant

LAST_DAYS = 30
UNIT = 2 * scope.STEP  # length of a unit's path


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


def promises_to_judge(make, *, on, user=None):
    """Promises past their day, of organisations and of their secretaries, for the committees above; those of units for the
    office too: all of a grant as one thing. Those of other members wait for their secretary (`commitments_waiting`)."""
    by_path = {}
    for grant in grants_of([Role.COMMITTEE, Role.OFFICE], on=on, user=user):
        by_path.setdefault(grant.organization.path, []).append(grant)
    if not by_path:
        return
    for grant, (last, total) in _summed(by_path, _to_judge(by_path, on, user)).items():
        yield make(
            grant.user_id, "judgement", f"judgement:{grant.pk}:{last.isoformat()}:{total}",
            _("%(n)s 条承诺到期，等评定") % {"n": total}, _("党组织和书记的承诺，由上级看依据评定。"),
            reverse("commitment_list") + "?state=overdue", _("去评定"), None,
        )


def _summed(by_path, rows):
    """{grant: (latest due day, number)} of the rows strictly below each."""
    found = {}
    for path, due_on, number in rows:
        above = [grant for end in range(scope.STEP, len(path), scope.STEP) for grant in by_path.get(path[:end], ())]
        for grant in above:
            if grant.role == Role.COMMITTEE or len(path) <= UNIT:
                last, total = found.get(grant, (due_on, 0))
                found[grant] = max(last, due_on), total + number
    return found


def _to_judge(by_path, on, user):
    """(path, due day, number) of what is past its day, below the paths where they are one user's."""
    leads = RoleGrant.objects.in_force(on=on).filter(
        role=Role.SECRETARY, user__member=OuterRef("member"), organization=OuterRef("organization")
    )
    rows = Commitment.objects.overdue(on=on).filter(Q(member__isnull=True) | Exists(leads))
    if user:
        rows = rows.filter(scope.within_any(by_path, "organization__"))
    return rows.values_list("organization__path", "due_on").annotate(n=Count("pk")).order_by()


SOURCES = {"progress": progress_untold, "judgement": promises_to_judge}
