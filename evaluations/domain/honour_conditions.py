"""What a round asks of its nominees' honours: written with the round, read at the check, frozen with the decision.

An honour counts as it stands when somebody looks; of a decided round as it was known at the decision (honours are facts with
two times), so that a later entry or a withdrawal does not change what the decision rested on.
"""
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from config.kit.quotes import nested_quotes
from config.kit.refusal import Refusal
from evaluations.enums import AwardKind, HonourDemand, RoundState
from evaluations.models import AwardRound, HonourCondition
from units.domain.honours import honours_held, levels_from
from units.enums import HonourLevel

ABOUT_PERSONS = (AwardKind.MEMBER, AwardKind.AFFAIRS_WORKER)  # organisations have no honours of their own on record


class HonoursTooLate(Refusal):
    """No honour could count: its first day lies behind the last day for nominations."""


@dataclass(frozen=True)
class Asked:
    """What is asked of one award's nominees, before it is written."""

    demand: str
    level: str
    since_on: date


def check_asked(asked, *, nominations_due_on):
    """`asked` is {kind: Asked}. Raises HonoursTooLate."""
    for kind, one in asked.items():
        if one.since_on > nominations_due_on:
            raise HonoursTooLate(_("荣誉的起算日不能晚于推荐截止日。"), field=f"honour_since__{kind}")


def write_asked(round, asked):
    """Replace what the round asks by `asked`, {kind: Asked}; inside the caller's transaction."""
    HonourCondition.objects.filter(round=round).delete()
    HonourCondition.objects.bulk_create(
        HonourCondition(round=round, kind=kind, demand=one.demand, level=one.level, since_on=one.since_on)
        for kind, one in asked.items()
    )


def demand_words(condition):
    """须有2008年6月15日以来司局级以上荣誉 / 2008年6月15日以来有国家级荣誉的优先."""
    level = HonourLevel(condition.level)
    words = {"day": chinese_date(condition.since_on), "level": level.label}
    words["honour"] = (_("%(level)s荣誉") if level == HonourLevel.NATIONAL else _("%(level)s以上荣誉")) % words
    if condition.demand == HonourDemand.REQUIRED:
        return _("须有%(day)s以来%(honour)s") % words
    return _("%(day)s以来有%(honour)s的优先") % words


def honour_words(honour):
    """“优秀公务员”（司局级，2009年5月1日）."""
    return nested_quotes(_("“%(title)s”（%(level)s，%(day)s）") % {
        "title": honour.title, "level": honour.get_level_display(), "day": chinese_date(honour.happened_on)
    })


@dataclass(frozen=True)
class Finding:
    """How one nominee stands to what is asked: `honour` meets it (None: none does); whether lacking one bars."""

    text: str
    honour: object
    bars: bool


class HonourEvidence:
    """What `round` asks of honours and which of them the members hold on day `on`; two queries at most."""

    def __init__(self, round, members, *, on):
        self.asked = {one.kind: one for one in round.honour_conditions.all()} if members else {}
        is_decided = round.state == RoundState.DECIDED
        self.held = honours_held(
            members, on=timezone.localdate(round.moved_at) if is_decided else on,
            known_at=round.moved_at if is_decided else None,
        ) if self.asked else {}

    def that_count(self, kind, member):
        """[Honour] of the member that meet what the award asks, the highest first; [] where nothing is asked."""
        asked = self.asked.get(kind)
        if asked is None:
            return []
        levels = levels_from(asked.level)
        return [row for row in self.held.get(member, ()) if row.level in levels and row.happened_on >= asked.since_on]

    def of(self, kind, member):
        """The Finding about a member, or None where nothing is asked."""
        asked = self.asked.get(kind)
        if asked is None:
            return None
        counting = self.that_count(kind, member)
        words = {"asked": demand_words(asked)}
        if counting:
            words["honour"] = honour_words(counting[0])
            return Finding(_("%(asked)s：有%(honour)s") % words, counting[0], bars=False)
        if not self.held.get(member):
            words["lack"] = _("没有登记荣誉")
        else:
            words["lack"] = _("登记的荣誉级别不够或时间较早")
        if asked.demand == HonourDemand.REQUIRED:
            return Finding(_("%(asked)s：%(lack)s") % words, None, bars=True)
        return Finding(_("%(asked)s：%(lack)s，不影响参评") % words, None, bars=False)


def frozen_conditions(round):
    """What the round asks, as plain data for the decision."""
    return [
        {"kind": one.kind, "demand": one.demand, "level": one.level, "since_on": one.since_on.isoformat()}
        for one in round.honour_conditions.order_by("kind")
    ]


def frozen_honours(honours):
    """The honours that counted for one nominee, as plain data for the decision."""
    return [{"title": one.title, "level": one.level, "given_on": one.happened_on.isoformat()} for one in honours]


def asked_lines(round):
    """[sentence] of what the round asks of each award, for its page; one query."""
    order = AwardKind.values
    rows = sorted(round.honour_conditions.all(), key=lambda one: order.index(one.kind))
    return [_("%(award)s，%(asked)s") % {"award": one.get_kind_display(), "asked": demand_words(one)} for one in rows]


def rounds_that_count(user, member, honours, *, holds_post):
    """{honour id: [sentence]}: for which conditions of rounds that `user` sees and that are not decided yet the honours of a
    full member count; one query. Without a post nobody is an affairs worker."""
    if not honours or not member.is_full:
        return {}
    rounds = AwardRound.objects.visible_to(user).exclude(state=RoundState.DECIDED)
    told = {}
    for one in HonourCondition.objects.filter(round__in=rounds).select_related("round").order_by("round", "-kind"):
        if one.kind == AwardKind.AFFAIRS_WORKER and not holds_post:
            continue
        words = {"round": one.round.title, "award": one.get_kind_display()}
        for honour in honours:
            if honour.level in levels_from(one.level) and honour.happened_on >= one.since_on:
                told.setdefault(honour.pk, []).append(nested_quotes(_("符合“%(round)s”%(award)s的荣誉条件") % words))
    return told
