"""One unit of the demo judges attendance in two parts of its own; everything here is invented."""
from datetime import datetime

from demo.chance import BEIJING
from evaluations.domain.indicators import IndicatorText
from evaluations.domain.refinements import refine
from evaluations.models import Indicator
from units.models import User

REFINED_AT = datetime(2010, 7, 5, 15, 0, tzinfo=BEIJING)
PARTS = (("党员参加学习和党课", 20, ["party_lecture", "study"]), ("党员参加主题党日和实践", 20, ["theme_day", "theme_practice"]))


def write_refinement(campaign):
    """The committee's unit divides the attendance of its members into study and practice."""
    committee = User.objects.get(username="committee")
    indicator = Indicator.objects.standing().get(campaign=campaign, code="G2-1", organization=None)
    rows = [
        IndicatorText(title, points, indicator.source, indicator.measure, {"kinds": kinds, "window": "phase"})
        for title, points, kinds in PARTS
    ]
    refine(
        indicator, committee.main_grant.organization, rows, reason="学习和实践分开看，各占一半。", by=committee, at=REFINED_AT
    )
