"""What is shown until a day: the end of a showing is told once to those who can renew it, while there is time to ask again."""
from datetime import timedelta

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import grants_of
from campaign.domain.releases import KINDS
from config.kit.dates import chinese_date
from units.enums import SPEAKS_FOR_OWN, Role

AHEAD = timedelta(days=14)  # time to ask the person again
AFTER = timedelta(days=14)  # so that an end over the holidays is not missed
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


SOURCES = {"showing": showings_ending}
