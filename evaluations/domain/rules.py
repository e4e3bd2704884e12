"""The rules of a run as plain data: what counted at a moment, in one spelling, with a digest over it."""
import hashlib
import json

from django.utils.translation import gettext as _

from campaign.enums import Track
from campaign.models import Criterion, Phase
from config.kit.refusal import Refusal
from evaluations.domain.measures import InvalidParameters, measure_of
from evaluations.domain.rule_sets import criteria_of
from evaluations.enums import GateEffect
from evaluations.models import Band, Gate, Indicator, SheetItem
from units.enums import Category

MOST_INDICATORS = 60  # under one criterion: a set of them is kept as the bits of one integer
KEYS = {"id", "organization_id"}  # the database's own keys, which say nothing about the rules


class RulesIncomplete(Refusal):
    """Nothing can be scored by these rules; the message names what is missing."""


def read_rules(campaign, *, as_of, known_at):
    """The rules of `campaign` as known at `known_at`, as JSON data. Raises RulesIncomplete.

    {"criteria", "indicators", "items", "gates", "bands"}: lists in their order; "windows": first and last day of each.
    """
    order = ("track", "position", "code")
    known = {model: model.objects.known_at(known_at).filter(campaign=campaign)
             for model in (Criterion, Indicator, SheetItem, Gate, Band)}
    indicators = known[Indicator].select_related("organization").order_by(*order, "category", "organization__code")
    rules = {
        "criteria": [
            {"track": row.track, "code": row.code, "category": row.category, "title": row.title, "text": row.text,
             "weight": row.weight}
            for row in known[Criterion].order_by(*order, "category")
        ],
        "indicators": [_indicator(row) for row in indicators],
        "items": list(known[SheetItem].order_by(*order).values(
            "track", "code", "title", "text", "verification", "maximum", "bonus_cap")),
        "gates": [_gate(row) for row in known[Gate].order_by(*order)],
        "bands": list(known[Band].order_by("position", "code").values("code", "title", "minimum")),
        "windows": _windows(campaign, as_of),
    }
    for category in Category.values:
        check_rules(rules, category=category)
    _check_gates(rules)
    return rules


def _indicator(row):
    measure = _checked(row, criterion_code=row.criterion_code)
    return {
        "id": row.pk, "track": row.track, "criterion": row.criterion_code, "code": row.code, "title": row.title,
        "text": row.text, "points": row.points, "source": row.source, "measure": row.measure,
        "parameters": measure.parameters, "category": row.category, "refines": row.refines,
        "organization_id": row.organization_id, "organization": row.organization.code if row.organization else "",
    }


def _gate(row):
    measure = _checked(row)
    return {
        "track": row.track, "code": row.code, "title": row.title, "measure": row.measure,
        "parameters": measure.parameters, "minimum": row.minimum, "effect": row.effect, "cap_band": row.cap_band,
    }


def _checked(row, criterion_code=""):
    """The measure of an indicator or gate. Raises RulesIncomplete with the row's title."""
    try:
        return measure_of(row.measure, row.parameters, track=row.track, criterion_code=criterion_code)
    except InvalidParameters as refusal:
        raise RulesIncomplete(
            _("“%(title)s”不能计量：%(reason)s") % {"title": row.title, "reason": refusal.message}
        ) from refusal


def _windows(campaign, as_of):
    """First and last day of the whole campaign and of the phase that `as_of` lies in, or that came last before it."""
    begun = Phase.objects.filter(campaign=campaign, starts_on__lte=as_of).order_by("-starts_on", "-pk").first()
    first, last = (begun.starts_on, min(as_of, begun.ends_on)) if begun else (campaign.starts_on, as_of)
    return {
        "campaign": [campaign.starts_on.isoformat(), as_of.isoformat()],
        "phase": [first.isoformat(), last.isoformat()],
    }


def check_rules(rules, *, category, refiners=()):
    """Whether subjects of `category` below the organisations `refiners` can be scored. Raises RulesIncomplete."""
    judged = 0
    for track in Track.values:
        criteria = criteria_of(rules, track=track, category=category, refiners=refiners)
        judged += len(criteria)
        weights = sum(criterion.weight for criterion in criteria)
        if criteria and weights != 100:
            raise RulesIncomplete(
                _("%(track)s各条件的权重合计 %(sum)s，应为 100。") % {"track": Track(track).label, "sum": weights}
            )
        for criterion in criteria:
            _check_criterion(criterion)
    if not judged:
        raise RulesIncomplete(_("还没有条件和指标，不能计分。"))


def _check_criterion(criterion):
    points = sum(indicator["points"] for indicator in criterion.indicators)
    if criterion.indicators and points != 100:
        raise RulesIncomplete(
            _("条件“%(title)s”的指标分值合计 %(sum)s 分，应为 100 分。") % {"title": criterion.title, "sum": points}
        )
    if len(criterion.indicators) > MOST_INDICATORS:
        raise RulesIncomplete(
            _("条件“%(title)s”有 %(count)s 项指标，最多 %(most)s 项。")
            % {"title": criterion.title, "count": len(criterion.indicators), "most": MOST_INDICATORS}
        )


def _check_gates(rules):
    bands = {band["code"] for band in rules["bands"]}
    for gate in rules["gates"]:
        if gate["effect"] == GateEffect.CAP and gate["cap_band"] not in bands:
            raise RulesIncomplete(_("限制项“%(title)s”说的等次不在等次线里。") % {"title": gate["title"]})


def rules_digest(rules):
    """SHA-256, hexadecimal, over the rules in one spelling, without the database's own keys."""
    without_keys = {
        part: [{word: value for word, value in row.items() if word not in KEYS} for row in rows]
        if isinstance(rows, list) else rows
        for part, rows in rules.items()
    }
    text = json.dumps(without_keys, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def band_title(rules, code):
    """The word of a band, "" for none."""
    return next((band["title"] for band in rules.get("bands", ()) if band["code"] == code), "")


def tracks_of(rules):
    """The tracks that have criteria, organisations first."""
    found = {row["track"] for row in rules["criteria"]}
    return [track for track in Track.values if track in found]
