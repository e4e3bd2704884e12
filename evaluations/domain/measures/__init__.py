"""Kinds of measure: a class each with a name, parameters as data, and three answers: numbers, evidence, sentence."""
from evaluations.domain.measures.base import Evidence, Measure, Reading
from evaluations.domain.measures.closed import Closed
from evaluations.domain.measures.kept import Kept
from evaluations.domain.measures.marked import Marked
from evaluations.domain.measures.on_time import OnTime
from evaluations.domain.measures.parameters import InvalidParameters
from evaluations.domain.measures.reached import Reached
from evaluations.domain.measures.reviewed import Reviewed
from evaluations.domain.measures.satisfied import Satisfied
from evaluations.domain.measures.took_part import TookPart

MEASURES = {kind.name.value: kind for kind in (Reached, TookPart, Kept, OnTime, Closed, Reviewed, Satisfied, Marked)}

__all__ = ["MEASURES", "Evidence", "InvalidParameters", "Measure", "Reading", "measure_of"]


def measure_of(name, parameters, *, track, criterion_code=""):
    """The measure called `name` with its parameters. Raises InvalidParameters, KeyError for an unknown name."""
    return MEASURES[str(name)](parameters, track=track, criterion_code=criterion_code)
