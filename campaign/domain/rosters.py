"""Who is expected at an activity: the members of the organisation on that day, without those who need not come."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from campaign.models import Participation
from config.kit.refusal import Refusal
from units import scope
from units.domain.exemptions import exempt_on
from units.models import Member, Membership

NAMED_UP_TO = 200  # a list of ticks longer than this is no help to anybody; the numbers alone are asked for


class TooManyPresent(Refusal):
    """More came than were expected."""

    field = "present"


class TooManyExpected(Refusal):
    """More are said to be expected than the organisation had members on that day."""

    field = "expected"


class RosterDisagrees(Refusal):
    """The names that are ticked and the numbers say different things."""

    field = "absent"


@dataclass(frozen=True)
class Attendance:
    """How many were expected and came; `came` is {member id: was there} when the names are known, else empty."""

    expected: int
    present: int
    came: dict = field(default_factory=dict)

    @property
    def has_roster(self):
        return bool(self.came)

    def write(self, activity, reasons, of_partner=None):
        """`reasons` are {member id: AbsenceReason}; they stand only with somebody who did not come."""
        Participation.objects.bulk_create(
            [
                Participation(
                    activity=activity, member_id=pk, was_present=was, reason="" if was else reasons.get(pk, ""),
                    partner=of_partner,
                )
                for pk, was in self.came.items()
            ],
            batch_size=900,
        )


def members_on(organization, *, on):
    """Members of the organisation and below it on the day `on`, as known now."""
    here = Membership.objects.standing().on(on).filter(scope.within(organization.path, "organization__"))
    return Member.objects.filter(pk__in=here.values("member"))


def roster_on(organization, *, on):
    """Members expected at an activity on the day `on`, by strokes of the surname."""
    return members_on(organization, on=on).exclude(exempt_on(on)).by_strokes()


def attendance_of(organization, *, on, present, expected=None, absent=()):
    """The Attendance that numbers and ticked names (ids of those absent) say. `expected` None: all of the roster.

    All of the roster came, or each one missing is ticked: the names are known. Fewer came and nobody is ticked, or the
    author expected another number than the roster has: they are not. Raises TooManyPresent, TooManyExpected,
    RosterDisagrees.
    """
    roster = list(roster_on(organization, on=on).values_list("pk", flat=True))
    expected = len(roster) if expected is None else expected
    _check_numbers(organization, on, expected, present, len(roster))
    absent = set(absent)
    if absent:
        _check_names(absent, set(roster), expected, present)
    names_known = roster and expected == len(roster) and present == expected - len(absent)
    return Attendance(expected, present, {pk: pk not in absent for pk in roster} if names_known else {})


def _check_numbers(organization, on, expected, present, size):
    if expected > size:
        members = members_on(organization, on=on).count()  # those who need not come may be expected all the same
        if expected > members:
            raise TooManyExpected(
                _("本支部这一天有党员 %(members)s 人，应到的不能多于 %(members)s 人。") % {"members": members}
            )
    if present > expected:
        raise TooManyPresent(
            _("本支部这一天应到 %(expected)s 人，参加的不能多于 %(expected)s 人。") % {"expected": expected}
        )


def _check_names(absent, roster, expected, present):
    if not absent <= roster:
        raise RosterDisagrees(_("勾的人里有这一天不在名单上的，请重新勾一遍。"))
    if expected != len(roster):
        raise RosterDisagrees(
            _("名单上是 %(roster)s 人，应到写的是 %(expected)s 人。点名时应到人数要和名单一致。")
            % {"roster": len(roster), "expected": expected}
        )
    if present != expected - len(absent):
        raise RosterDisagrees(
            _("勾了 %(absent)s 人没来，参加的应是 %(right)s 人，写的是 %(present)s 人。")
            % {"absent": len(absent), "right": expected - len(absent), "present": present}
        )
