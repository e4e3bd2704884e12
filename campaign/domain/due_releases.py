"""What of the showcase waits for whom: handed in for the office, given back for the unit; and what is shown until a day: the
end of a showing is told once to those who can renew it, while there is time to ask again."""
from datetime import timedelta

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import grants_of
from campaign.domain.releases import KINDS
from campaign.enums import ReleaseState
from config.kit.dates import chinese_date
from units.enums import SPEAKS_FOR_OWN, Role

AHEAD = timedelta(days=14)  # time to ask the person again
AFTER = timedelta(days=14)  # so that an end over the holidays is not missed
WAITING = (ReleaseState.SUBMITTED, ReleaseState.RETURNED)
WAITING_NAMED = (
    "slug", "pk", "title", "state", "moved_at", "return_note", "created_by_id", "organization_id", "organization__name",
    "organization__path",
)
NAMED = ("word", "pk", "title", "expires_on", "organization_id", "organization__path", "created_by_id")


def showings_ending(make, *, on, user=None):
    """Role models, exhibits and papers whose showing ends within two weeks or ended in the last two: for those who speak for
    the unit, and for the one of the office who wrote it. One query."""
    grants = grants_of([*SPEAKS_FOR_OWN, Role.OFFICE], on=on, user=user)
    if not grants:
        return
    first, *others = (_ending(kind, on) for kind in KINDS.values())
    for word, pk, title, expires_on, organization, path, author in first.union(*others, all=True):
        is_over = expires_on < on
        words = {"title": title, "day": chinese_date(expires_on)}
        for account in sorted({grant.user_id for grant in grants if _renews(grant, organization, path, author)}):
            yield make(
                account, "showing", f"{word}:{pk}:{expires_on.isoformat()}",
                _("“%(title)s”展示到%(day)s，已经到期") % words if is_over else _("“%(title)s”展示到%(day)s") % words,
                _("接着展示的，写新的日期；展示个人的，再问一次本人。不再展示的不用管。"),
                reverse(f"{word}_renew", args=[pk]), _("延长展示"), None if is_over else expires_on,
            )


def _ending(kind, on):
    rows = kind.model.objects.ending(first=on - AFTER, last=on + AHEAD)
    return rows.annotate(word=Value(kind.word, output_field=CharField())).values_list(*NAMED)


def _renews(grant, organization, path, author):
    """Exactly the unit's own, and of the office those who belong to it or wrote the thing."""
    if grant.role != Role.OFFICE or grant.organization_id == organization:
        return grant.organization_id == organization
    return grant.user_id == author and path.startswith(grant.organization.path)


def releases_waiting(make, *, on, user=None):
    """Role models, exhibits and papers handed in, for the office (never for who wrote it); given back, for those who speak for
    the unit. One query."""
    grants = grants_of([*SPEAKS_FOR_OWN, Role.OFFICE], on=on, user=user)
    if not grants:
        return
    first, *others = (_waiting(kind) for kind in KINDS.values())
    for found in first.union(*others, all=True):
        row = dict(zip(WAITING_NAMED, found, strict=True))
        for account in sorted({grant.user_id for grant in grants if _waits_for(grant, row)}):
            yield _thing(make, account, row)


def _waiting(kind):
    rows = kind.model.objects.filter(state__in=WAITING).annotate(slug=Value(kind.slug, output_field=CharField()))
    return rows.values_list(*WAITING_NAMED)


def _waits_for(grant, row):
    if row["state"] == ReleaseState.RETURNED:
        return grant.role in SPEAKS_FOR_OWN and grant.organization_id == row["organization_id"]
    is_below = grant.role == Role.OFFICE and row["organization__path"].startswith(grant.organization.path)
    return is_below and grant.user_id != row["created_by_id"]


def _thing(make, account, row):
    kind = KINDS[row["slug"]]
    words = {"kind": kind.title, "title": row["title"], "name": row["organization__name"]}
    url = reverse(f"{kind.word}_detail", args=[row["pk"]])
    occurrence = f"{kind.word}:{row['pk']}:{row['state']}:{row['moved_at']:%Y%m%d%H%M}"
    if row["state"] == ReleaseState.SUBMITTED:
        title = _("%(name)s的%(kind)s“%(title)s”待审") % words
        return make(account, "release", occurrence, title, _("看过以后发布，或者退回并写一句。"), url, _("审阅"))
    title = _("%(kind)s“%(title)s”退回了，改好再提交") % words
    return make(account, "release", occurrence, title, row["return_note"], url, _("去改"))


SOURCES = {"release": releases_waiting, "showing": showings_ending}
