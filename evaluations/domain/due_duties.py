"""Who owes reviews in this half-year: one thing for each account, of leaders all along, of everybody else in its last month."""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from operator import itemgetter

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.domain.due_sources import grants_of
from campaign.models import Campaign
from config.kit.half_year import half_year_of
from evaluations.domain.duty_board import owed_by, seen_by
from evaluations.domain.duty_counts import NOBODY, counted_duties, listed_duties
from evaluations.domain.review_duties import DutyReading
from evaluations.models import Review
from units.domain.charges import charges_on
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Organization, User

DUTY_AHEAD = timedelta(days=30)  # before the end of the half-year; leaders plan their visits and see it all along
NAMED = 4  # names in the text of a thing

_DUE = """
SELECT d.reviewer_user, d.reviewer_member, d.reviewer_organization, d.kind, o.path, o.name, m.name, u.id, d.number
FROM counted d JOIN units_organization o ON o.id = d.organization_id
LEFT JOIN units_member m ON m.id = d.member_id LEFT JOIN units_user u ON u.member_id = d.member_id
WHERE d.state = 'due' AND {where} ORDER BY o.path, d.member_id"""


@dataclass
class Debt:
    """What one account owes, as a sentence needs it."""

    is_leaders: bool = False
    numbers: dict = field(default_factory=lambda: defaultdict(int))
    names: dict = field(default_factory=lambda: defaultdict(list))

    def add(self, kind, name, number):
        self.numbers[kind] += number
        self.names[kind].append(name)

    @property
    def title(self):
        units = _("%(n)s 个单位") if self.is_leaders else _("%(n)s 个党组织")
        words = {"organization": units, "secretary": _("%(n)s 位书记"), "member": _("%(n)s 名党员")}
        told = "、".join(text % {"n": self.numbers[kind]} for kind, text in words.items() if self.numbers[kind])
        return _("%(what)s本半年还没有点评") % {"what": told}

    @property
    def text(self):
        named = self.names["organization"] or self.names["secretary"]
        return _shortened(named) if named else _("每名党员半年点评一次，名单在“点评责任”里。")


def _shortened(names):
    return "、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")


def reviews_due(make, *, on, user=None):
    """What each account owes by the rule (review_duties.py); a leader in whose scope work is not divided yet: every unit."""
    grants = [grant for grant in grants_of([Role.LEADER, *sorted(SPEAKS_FOR_OWN)], on=on, user=user) if grant.organization]
    leading = [grant for grant in grants if grant.role == Role.LEADER]
    half = half_year_of(on)
    if not leading and (not grants or half.last - on > DUTY_AHEAD):
        return
    charged = set(charges_on(on).values_list("organization__path", flat=True)) if leading else set()
    undivided = [grant for grant in leading if not any(path.startswith(grant.organization.path) for path in charged)]
    campaigns = list(Campaign.objects.open().filter(starts_on__lte=on, ends_on__gte=on).values_list("pk", "organization__path"))
    if undivided:
        yield from _of_undivided(make, undivided, campaigns, half, on)
    owing = [grant for grant in grants if grant not in undivided]
    for campaign, root in campaigns:
        inside = [grant for grant in owing if grant.organization.path.startswith(root)]
        if inside:
            debts = _debts(_due_rows(campaign, half, on, user), inside, user, everybody=half.last - on <= DUTY_AHEAD)
            for account, debt in sorted(debts.items(), key=itemgetter(0)):
                yield make(
                    account, "review", f"review:{half.first.isoformat()}:{campaign}", debt.title, debt.text,
                    reverse("review_duties") + "?whose=mine", _("开始点评"), half.last,
                )


def _due_rows(campaign, half, on, user):
    """Duties that are due at the end of day `on`, members who are alike in one row; for `user` alone if given. One query."""
    ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    values, counted, where = DutyReading(campaign, half, on, ends).values, counted_duties(), "1 = 1"
    if user:
        (seen, more), (owed, whom, whose) = seen_by(user), owed_by(user)
        values |= more | whose
        counted, where = listed_duties(whom), f"{seen} AND {owed}"
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} {_DUE.format(where=where)}", {"own_member": NOBODY} | values)
        return cursor.fetchall()


def _debts(rows, grants, user, *, everybody):
    """{account: Debt}, as the duty board shows each the own duties: inside the own scope, never of the own person.

    Without `everybody` only what leaders owe, which has no organisation that owes it.
    """
    scopes, speaking = defaultdict(list), defaultdict(set)
    for grant in grants:
        scopes[grant.user_id].append(grant.organization.path)
        if grant.role in SPEAKS_FOR_OWN:
            speaking[grant.organization_id].add(grant.user_id)
    holders = {user.member_id: user.pk} if user else dict(
        User.objects.filter(pk__in=list(scopes), member__isnull=False).values_list("member_id", "pk")
    )
    debts = defaultdict(Debt)
    for leader, member, organization, kind, path, name, person, own_account, number in rows:
        if organization and not everybody:
            continue
        for account in {leader, holders.get(member), *speaking.get(organization, ())} - {None, own_account}:
            if any(path.startswith(scope) for scope in scopes.get(account, ())):
                debts[account].is_leaders |= organization is None
                debts[account].add(kind, name if kind == "organization" else person, number)
    return debts


def _of_undivided(make, grants, campaigns, half, on):
    """All units of a leader's scope without a review, where nobody is in charge of anything."""
    reviewed = set(
        Review.objects.standing()
        .filter(member__isnull=True, happened_on__range=(half.first, on), campaign__state="open")
        .values_list("organization_id", flat=True)
    )
    units = list(Organization.objects.active().units().in_institutional_order().values_list("pk", "path", "name"))
    for grant in grants:
        left = [name for pk, path, name in units if path.startswith(grant.organization.path) and pk not in reviewed]
        if left and any(grant.organization.path.startswith(root) for _campaign, root in campaigns):
            yield make(
                grant.user_id, "review", f"review:{half.first.isoformat()}:{grant.pk}",
                _("%(n)s 个单位本半年还没有点评") % {"n": len(left)}, _shortened(left),
                reverse("review_list") + "?state=missing", _("开始点评"), half.last,
            )


SOURCES = {"review": reviews_due}
