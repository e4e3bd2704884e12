"""The ladder of an item that is not put right in time: who hears of it on which day, and the reminders that say so."""
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.domain.due_sources import LOOK_AHEAD, accounts_of_organizations, grants_of, turn
from campaign.enums import RectificationState
from campaign.models import Rectification
from units import scope
from units.enums import Role
from units.models import User

# Who hears of it, and how long after the due day; the later ones see the earlier ones' silence.
RISES = (
    (gettext_lazy("责任人"), -LOOK_AHEAD), (gettext_lazy("书记"), timedelta(days=1)),
    (gettext_lazy("上级党委"), timedelta(days=8)), (gettext_lazy("领导小组办公室"), timedelta(days=15)),
)
VERIFIES = (Role.SECRETARY, Role.COMMITTEE, Role.OFFICE)  # with nobody named: each above the organisation
NAMED = 3
ABOVE = {Role.COMMITTEE: RISES[2][1], Role.OFFICE: RISES[3][1]}


def rises_of(item, *, on):
    """[{who, from_on, is_reached}] of an item still to be put right; [] once it is reported or goes on in a later campaign."""
    if item.state != RectificationState.OPEN or item.successor:
        return []
    return [
        {"who": who, "from_on": item.due_on + after, "is_reached": item.due_on + after <= on} for who, after in RISES
    ]


def rectifications_to_mend(make, *, on, user=None):
    """Items due soon or late, for their owner; for the secretary once late, or from the start where the owner has no account."""
    accounts = accounts_of_organizations([Role.SECRETARY], on=on, user=user)
    if user and not accounts and not user.member_id:
        return
    owners = User.objects.filter(member=OuterRef("owner"), is_active=True).order_by("pk").values("pk")[:1]
    rows = Rectification.objects.unfinished().filter(state=RectificationState.OPEN, due_on__lte=on + LOOK_AHEAD)
    if user:
        mine = Q(organization__in=list(accounts))
        rows = rows.filter(mine | Q(owner=user.member_id) if user.member_id else mine)
    rows = rows.annotate(owner_account=Subquery(owners))
    for pk, problem, due_on, organization, owner in rows.values_list(
        "pk", "problem", "due_on", "organization_id", "owner_account"
    ):
        hears = {owner} if owner else set()
        if not owner or due_on < on:
            hears.update(accounts.get(organization, ()))
        for account in sorted(hears if not user else hears & {user.pk}):
            yield make(
                account, "rectification", f"rectification:{pk}:{turn(due_on, on)}", problem, _("整改事项。改好了请报完成。"),
                reverse("rectification_detail", args=[pk]), _("报完成"), due_on,
            )


def rectifications_reported(make, *, on, user=None):
    """Items reported done, for the one who verifies them. Where nobody is named, for the level above and the office, and
    where the one named has no account any more, for the office: all of a grant as one thing."""
    grants = grants_of(list(VERIFIES), on=on, user=user)
    nobody = Q(verifier__isnull=True) | Q(verifier__is_active=False)
    rows = Rectification.objects.unfinished().filter(state=RectificationState.REPORTED)
    if user:
        below = scope.within_any([grant.organization.path for grant in grants], "organization__")
        rows = rows.filter(nobody & below | Q(verifier=user))
    unnamed = {grant.pk: [] for grant in grants}
    for item in rows.order_by("moved_at", "pk").values(
        "pk", "problem", "moved_at", "verifier", "verifier__is_active", "reported_by", "owner__account", "organization__name",
        "organization__path",
    ):
        if item["verifier__is_active"]:
            yield _to_verify(make, item["verifier"], item)
            continue
        for grant in grants:
            if _verifies(grant, item):
                unnamed[grant.pk].append(item)
    for grant in grants:
        if len(unnamed[grant.pk]) == 1:
            yield _to_verify(make, grant.user_id, unnamed[grant.pk][0])
        elif unnamed[grant.pk]:
            yield _all_to_verify(make, grant, unnamed[grant.pk])


def _verifies(grant, item):
    """Whether the grant's holder may close an item for which nobody with an account is named (`checks_rectification`)."""
    if grant.user_id in (item["reported_by"], item["owner__account"]):
        return False
    path = item["organization__path"]
    if not path.startswith(grant.organization.path):
        return False
    return grant.role == Role.OFFICE or item["verifier"] is None and path != grant.organization.path


def _to_verify(make, account, item):
    return make(
        account, "rectification", f"rectification:{item['pk']}:reported:{item['moved_at']:%Y%m%d%H%M%S}",
        _("%(name)s报了整改完成") % {"name": item["organization__name"]}, item["problem"],
        reverse("rectification_detail", args=[item["pk"]]), _("验收"), None,
    )


def _all_to_verify(make, grant, items):
    newest = items[-1]["moved_at"]
    names = "、".join(dict.fromkeys(item["organization__name"] for item in items[:NAMED]))
    return make(
        grant.user_id, "rectification", f"rectification:reported:{grant.pk}:{newest:%Y%m%d%H%M%S}:{len(items)}",
        _("%(n)s 项整改报了完成，等验收") % {"n": len(items)}, names + (_("等") if len(items) > NAMED else ""),
        reverse("rectification_list") + f"?state={RectificationState.REPORTED}", _("去验收"), None,
    )


def rectifications_risen(make, *, on, user=None):
    """Items so late that they rise to the committee, then to the office: one thing per grant and newest item that rose."""
    grants = grants_of(list(ABOVE), on=on, user=user)
    late = grants and list(
        Rectification.objects.unfinished().filter(state=RectificationState.OPEN, due_on__lte=on - min(ABOVE.values()))
        .order_by("due_on", "pk").values_list("organization__path", "organization__name", "due_on")
    )
    for grant in grants:
        after = ABOVE[grant.role]
        mine = [
            (name, due_on) for path, name, due_on in late
            if path.startswith(grant.organization.path) and due_on + after <= on
        ]
        if mine:
            words = [_("%(name)s逾期 %(n)s 天") % {"name": name, "n": (on - due_on).days} for name, due_on in mine[:2]]
            yield make(
                grant.user_id, "rectification", f"rectification:risen:{grant.pk}:{mine[-1][1].isoformat()}:{len(mine)}",
                _("%(n)s 项整改逾期 %(days)s 天以上") % {"n": len(mine), "days": after.days},
                "，".join(words) + (_("等") if len(mine) > 2 else "") + "。", reverse("rectification_list") + "?due=late",
                _("查看整改"), mine[0][1],
            )


SOURCES = {
    "rectification": rectifications_to_mend,
    "rectification_reported": rectifications_reported,
    "rectification_risen": rectifications_risen,
}
