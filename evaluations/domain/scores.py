"""Reading published scores: one score with its explanation, a preview without a run, and the ranking of a run."""
import json

from django.db.models import Sum
from django.utils.translation import gettext as _

from campaign.enums import Track
from config.kit.refusal import Refusal
from evaluations.domain.computation import compute
from evaluations.domain.explanations import Counted, explain
from evaluations.domain.measures import Reading
from evaluations.domain.rule_sets import criteria_of, refining_organizations
from evaluations.domain.rules import check_rules, read_rules
from evaluations.domain.workbench import fill_from_organization, workbenches
from evaluations.models import CurrentRun, RunMember, RunScope, Score, ScoreLine
from units.models import Organization


class NotScored(Refusal):
    """The organisation is no subject of scoring."""


def current_run(campaign):
    """The run that the campaign's pages show, or None."""
    shown = CurrentRun.objects.filter(campaign=campaign).select_related("run").first() if campaign else None
    return shown.run if shown else None


def explained(score):
    """The Explanation of a stored score, by the rules that its run used."""
    lines = ScoreLine.objects.filter(run=score.run_id, member=score.member_id)
    if score.member_id is None:
        lines = lines.filter(organization=score.organization_id)
    counted = {
        line.indicator_id: Counted(line.numerator, line.denominator, line.points_available, line.points, line.pk)
        for line in lines
    }
    return explain(
        score.run.rules, _rule_set(score), score.track, counted, total=score.total, band=score.band,
        band_by_total=score.band_by_total, gates_hit=score.gates_hit,
    )


def _rule_set(score):
    """The rule set that the run chose for the score's subject."""
    if score.member_id:
        row = RunMember.objects.filter(run=score.run_id, member=score.member_id)
    else:
        row = RunScope.objects.filter(
            run=score.run_id, subject=score.organization_id, organization=score.organization_id
        )
    return score.run.rule_sets[row.values_list("rule_set", flat=True).get()]


def preview(campaign, organization, *, as_of, known_at):
    """The Explanation of one organisation as things stand, without a run; nothing is written.

    Raises NotScored for organisations outside the three categories, RulesIncomplete.
    """
    if not organization.category:
        raise NotScored(_("没有单位类别的党组织不参加计分。"))
    rules = read_rules(campaign, as_of=as_of, known_at=known_at)
    rule_set = _rule_set_of(rules, organization)
    below = Organization.objects.within(organization).values_list("pk", flat=True)
    with workbenches(Track.ORGANIZATION) as (bench,):
        fill_from_organization(bench, organization, below, 0)
        compute(bench, rules, [rule_set], Reading(campaign.pk, as_of, known_at, rules["windows"]))
        counted = {
            indicator: Counted(*numbers)
            for indicator, *numbers in bench.rows(
                "SELECT t.indicator, p.numerator, p.denominator, p.available, p.points "
                "FROM scoring_point p JOIN scoring_slot t ON t.slot = p.slot"
            )
        }
        totals = bench.rows("SELECT total, position, by_total, gates FROM scoring_total") or [(None, None, None, "")]
    total, place, by_total, gates = totals[0]
    codes = {None: "", **{n: band["code"] for n, band in enumerate(rules["bands"])}}
    return explain(
        rules, rule_set, Track.ORGANIZATION, counted, total=total, band=codes[place], band_by_total=codes[by_total],
        gates_hit=json.loads(f"[{gates[2:]}]"),
    )


def _rule_set_of(rules, organization):
    """The rule set of an organisation where it stands today."""
    above = Organization.objects.above(organization).order_by("depth").values_list("pk", flat=True)
    refining = refining_organizations(rules)
    line = [pk for pk in (*above, organization.pk) if pk in refining]
    rule_set = {"category": organization.category, "refiners": line}
    check_rules(rules, **rule_set)
    return rule_set


def with_criteria(scores):
    """[(score, {criterion code: points})] of a page of scores of one run and track; one query."""
    scores = list(scores)
    if not scores:
        return []
    key = "member" if scores[0].member_id else "organization"
    lines = ScoreLine.objects.filter(run=scores[0].run_id, **{f"{key}__in": [getattr(s, f"{key}_id") for s in scores]})
    if key == "organization":
        lines = lines.filter(member__isnull=True)
    found = {}
    for subject, code, points in lines.values_list(key, "criterion_code").annotate(sum=Sum("points")):
        found.setdefault(subject, {})[code] = points
    return [(score, found.get(getattr(score, f"{key}_id"), {})) for score in scores]


def ranking(run, user, category):
    """Scores of organisations of one category in a run, best first, cut to what the user may see."""
    scores = Score.objects.visible_to(user).filter(run=run, member__isnull=True, category=category)
    return scores.select_related("organization").ranked()


def member_scores(run, user):
    """Scores of members, by organisation and strokes and never by points, cut to what the user may see."""
    scores = Score.objects.visible_to(user).filter(run=run, track=Track.MEMBER)
    return scores.select_related("organization", "member").order_by("organization__path", "member__stroke_key", "pk")


def band_titles(run):
    """{code: title} of the bands that a run used; nothing before it was prepared."""
    return {band["code"]: band["title"] for band in run.rules.get("bands", ())}


def criteria_titles(run, track, category):
    """[(code, title, weight)] of the criteria that a category is ranked by."""
    if not run.rules:
        return []
    found = criteria_of(run.rules, track=track, category=category, refiners=())
    return [(criterion.code, criterion.title, criterion.weight) for criterion in found]
