"""Runs worked off at once, and small rules to run by."""
import itertools

from config.kit import clock
from evaluations.domain.runs import start_run
from evaluations.domain.whole_run import work_off
from evaluations.enums import MeasureName, Source
from evaluations.models import Score, ScoreLine
from tests.factories.campaign import CriterionFactory
from tests.factories.evaluations import IndicatorFactory

_numbers = itertools.count()


def run_scores(campaign, *, as_of=None, known_at=None, chunk_members=None, by=None):
    """A finished run of `campaign` as things stand on the suite's clock, or on another day as known at another moment."""
    run = start_run(
        campaign, as_of=as_of or clock.today(), known_at=known_at or clock.now(), by=by, at=clock.now(),
        occurrence=f"test:{next(_numbers)}",
    )
    return work_off(run, now=clock.now, wait=_nobody_else, chunk_members=chunk_members)


def _nobody_else():
    raise AssertionError("the run has chunks in other hands")


def criterion_with(campaign, *indicators, weight=100, code="G1", track="organization", **fields):
    """A criterion and its indicators, each (measure, points, parameters); returns the indicators."""
    CriterionFactory(campaign=campaign, track=track, code=code, weight=weight, **fields)
    return [
        IndicatorFactory(
            campaign=campaign, track=track, criterion_code=code, code=f"{code}-{place}", title=f"{code}指标{place}",
            points=points, measure=measure, parameters=parameters, position=place,
            source=Source.OPINION if measure == MeasureName.SATISFIED else Source.RESULTS,
        )
        for place, (measure, points, parameters) in enumerate(indicators, start=1)
    ]


def score_of(run, organization=None, member=None):
    """The score of one organisation or one member in a run."""
    if member is not None:
        return Score.objects.get(run=run, member=member)
    return Score.objects.get(run=run, member__isnull=True, organization=organization)


def lines_of(run, organization=None, member=None):
    """{indicator code: ScoreLine} of one subject."""
    lines = ScoreLine.objects.filter(run=run, member=member).select_related("indicator")
    if member is None:
        lines = lines.filter(organization=organization)
    return {line.indicator.code: line for line in lines}
