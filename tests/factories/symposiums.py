"""Makers of discussion meetings, as the page writes them."""
import datetime

from evaluations.domain import symposiums
from tests.factories.campaign import noon
from tests.factories.units import UserFactory

HELD_ON = datetime.date(2011, 6, 8)
HELD_AT = noon(HELD_ON)
POINTS = (("masses", "窗口中午没有人"), ("members", "学习资料发得晚"), ("masses", "材料清单看不懂"))


def symposium(campaign, organization, *, by=None, points=POINTS, **told):
    """A meeting with five members and three of the masses, and three points."""
    told = {"title": "听意见座谈会", "held_on": HELD_ON, "place": "会议室", **told}
    parties = {"members": (5, ""), "masses": (3, "窗口办事群众")}
    return symposiums.record_symposium(
        campaign=campaign, organization=organization, parties=parties, points=points, by=by or UserFactory(), at=HELD_AT,
        on=HELD_ON, **told,
    )
