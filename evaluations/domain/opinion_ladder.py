"""Who hears of an opinion on which day: the office of new ones, the handler before its day, then the office and leaders.

A reminder's row has a moment, so nothing that only a sender did today becomes one before tomorrow (4-trust: day-level dates).
"""
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.domain.due_sources import turn
from evaluations.domain.opinion_line import Hearers
from evaluations.enums import OPINION_OPEN, OpinionState
from evaluations.models import Opinion
from units.enums import SPEAKS_FOR_OWN, Role

OFFICE_AFTER, LEADER_AFTER = timedelta(days=1), timedelta(days=8)
# Who hears of it, and how long after the due day.
RISES = (
    (gettext_lazy("承办的人"), timedelta(days=-3)), (gettext_lazy("领导小组办公室"), OFFICE_AFTER),
    (gettext_lazy("领导"), LEADER_AFTER),
)
ABOVE = {Role.OFFICE: OFFICE_AFTER, Role.LEADER: LEADER_AFTER}
HEARS = {Role.OFFICE, Role.LEADER, Role.INSPECTOR} | SPEAKS_FOR_OWN


def rises_of(opinion, *, on):
    """[{who, from_on, is_reached}] of an opinion that still waits for an answer; else []."""
    if opinion.state not in OPINION_OPEN:
        return []
    return [
        {"who": who, "from_on": opinion.due_on + after, "is_reached": opinion.due_on + after <= on} for who, after in RISES
    ]


def opinions_due(make, *, on, user=None):
    """What waits for each account: to route, to answer, and what rose to it because nobody answered in time."""
    if user and not user.has_role(*HEARS):
        return
    hearers = _Alone(user) if user else Hearers(on=on)
    rows = Opinion.objects.visible_to(user) if user else Opinion.objects.all()
    waiting = list(rows.open().select_related("organization", "about", "handler", "handler_account").oldest_first())
    for opinion in waiting:
        handlers = []
        if opinion.state == OpinionState.RECEIVED:
            for account in hearers.with_role(opinion, Role.OFFICE):
                yield _to_route(make, account, opinion, on)
        else:
            handlers = hearers.handlers(opinion)
            for account in handlers:
                yield _to_answer(make, account, opinion, on)
        for role, after in ABOVE.items():
            if opinion.due_on + after <= on:
                for account in set(hearers.with_role(opinion, role)) - set(handlers):
                    yield _risen(make, account, opinion, role, on)


def opinions_mended(make, *, on, user=None):
    """Opinions whose rectification is verified and whose sender has not been told since, for whoever deals with them."""
    if user and not user.has_role(*HEARS):
        return
    hearers = _Alone(user) if user else Hearers(on=on)
    rows = Opinion.objects.visible_to(user) if user else Opinion.objects.all()
    mended = rows.exclude(state=OpinionState.CLOSED).filter(
        follow_ups__rectification__state="verified", follow_ups__rectification__closings__superseded_at__isnull=True
    )
    mended = mended.values_list("pk", "answered_on", "follow_ups__rectification__closings__happened_on")
    told = {pk: day for pk, answered_on, day in mended if answered_on is None or answered_on < day}
    for opinion in Opinion.objects.filter(pk__in=told).select_related("organization", "about", "handler", "handler_account"):
        hears = hearers.handlers(opinion) if opinion.handled_by else hearers.with_role(opinion, Role.OFFICE)
        for account in hears:
            yield make(
                account, "opinion", f"opinion:{opinion.pk}:mended:{told[opinion.pk].isoformat()}",
                _("%(opinion)s 的整改已经销号") % {"opinion": opinion}, _("请把结果答复来信人。"),
                reverse("opinion_reply", args=[opinion.pk]), _("答复"), None,
            )


class _Alone:
    """The same for one account, whose home page asks; `visible_to` has left out what is of its line, and no query is needed."""

    def __init__(self, user):
        self._user = user

    def with_role(self, opinion, role):
        grants = self._user.current_grants
        holds = any(grant.role == role and grant.organization_id == opinion.organization_id for grant in grants)
        return [self._user.pk] if holds else []

    def handlers(self, opinion):
        mine = opinion.handler_account_id == self._user.pk or any(
            grant.role in SPEAKS_FOR_OWN and grant.organization_id == opinion.handler_id for grant in self._user.current_grants
        )
        return [self._user.pk] if mine else []


def _to_route(make, account, opinion, on):
    return make(
        account, "opinion", f"opinion:{opinion.pk}:route:{opinion.heard_on.isoformat()}",
        _("%(opinion)s 等着转办") % {"opinion": opinion}, opinion.get_kind_display(), opinion.get_absolute_url(), _("转办"),
        opinion.due_on, opinion.heard_on < on,
    )


def _to_answer(make, account, opinion, on):
    return make(
        account, "opinion", f"opinion:{opinion.pk}:{turn(opinion.due_on, on)}",
        _("%(opinion)s 等您答复") % {"opinion": opinion}, opinion.get_kind_display(), opinion.get_absolute_url(), _("答复"),
        opinion.due_on, opinion.heard_on < on,
    )


def _risen(make, account, opinion, role, on):
    return make(
        account, "opinion", f"opinion:{opinion.pk}:{role}:{opinion.due_on.isoformat()}",
        _("%(opinion)s 逾期 %(days)s 天没有答复") % {"opinion": opinion, "days": (on - opinion.due_on).days},
        _("承办：%(who)s。") % {"who": opinion.handled_by or _("还没有转办")}, opinion.get_absolute_url(), _("查看"),
        opinion.due_on, opinion.heard_on < on,
    )


SOURCES = {"opinion": opinions_due, "opinion_mended": opinions_mended}
