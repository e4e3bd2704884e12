"""The leading group of the demo with its office, and which leader looks after which units. All persons are invented."""
from datetime import date, datetime

from demo.chance import BEIJING
from units.domain.charges import divide_work
from units.domain.leadership import appoint, end_post
from units.enums import LeadershipRole as Seat

FORMED_ON, CHANGED_ON = date(2010, 6, 12), date(2011, 1, 10)
SEATS = [
    (Seat.GROUP_HEAD, "陈国华", "部党组书记"), (Seat.GROUP_DEPUTY, "刘振山", "部党组成员、机关党委书记"),
    (Seat.GROUP_DEPUTY, "周立民", "部党组成员"), (Seat.GROUP_MEMBER, "贺建平", "办公厅主任"),
    (Seat.GROUP_MEMBER, "沈玉珍", "人事司司长"), (Seat.OFFICE_HEAD, "高志远", "机关党委常务副书记"),
    (Seat.OFFICE_DEPUTY, "梁素芬", "机关党委办公室主任"), (Seat.OFFICE_MEMBER, "唐文斌", "机关党委办公室干部"),
]


def write_leadership(cast):
    """Seats and charges; adds `cast.in_charge`: {organisation id: account of the leader}."""
    written = {"by": cast.office, "at": _noon(FORMED_ON), "on": FORMED_ON}
    first = appoint(
        cast.root, role=Seat.OFFICE_DEPUTY, name="郭守义", duty="机关党委办公室原主任", starts_on=FORMED_ON, **written
    )
    for role, name, duty in SEATS:
        starts_on = CHANGED_ON if role == Seat.OFFICE_DEPUTY else FORMED_ON
        appoint(
            cast.root, role=role, name=name, duty=duty, starts_on=starts_on, by=cast.office, at=_noon(starts_on), on=starts_on
        )
    end_post(first, ends_on=CHANGED_ON, by=cast.office, at=_noon(CHANGED_ON), on=CHANGED_ON)
    for place, leader in enumerate(cast.leaders):
        units = cast.units[place :: len(cast.leaders)]
        divide_work(leader, units, within=cast.root, happened_on=FORMED_ON, **written)
        cast.in_charge |= {unit.pk: leader for unit in units}


def _noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
