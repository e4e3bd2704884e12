"""`reviewed`: reviews that the secretary of an organisation gave in a half-year, of those owed."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.kit.half_year import HalfYear, half_year_of
from evaluations.domain.measures.base import Evidence, Measure, plain_number
from evaluations.domain.measures.parameters import Choice
from evaluations.domain.review_duties import DutyReading, duties_owed_by
from evaluations.enums import MeasureName
from units.models import Member, Organization

GIVEN = {1: gettext_lazy("已点评"), 0: gettext_lazy("还没有点评")}


class Reviewed(Measure):
    """A fact is one duty; its key is the member's, or minus the organisation's where an organisation is reviewed."""

    name = MeasureName.REVIEWED
    schema = (
        Choice(
            "half", gettext_lazy("哪个半年"),
            (("current", gettext_lazy("算到的那个半年")), ("previous", gettext_lazy("再前一个半年，已经过完"))),
        ),
    )
    counts_rows = True

    def half(self, as_of):
        """The half-year that is counted on a day."""
        present = half_year_of(as_of)
        if self.parameters["half"] == "current":
            return present
        return HalfYear(present.year, 1) if present.half == 2 else HalfYear(present.year - 1, 2)

    def facts_sql(self, reading, owners, values):
        values |= DutyReading(reading.campaign_id, self.half(reading.as_of), reading.as_of, reading.known_at).values
        owner = "d.reviewer_member" if self.of_members else "d.reviewer_organization"
        return f"""
            SELECT o.owner, CASE WHEN d.member_id IS NULL THEN -d.organization_id ELSE d.member_id END AS fact,
                COALESCE(d.reviewed_on, %(half_last)s) AS happened_on,
                CASE WHEN d.state = 'done' THEN 1 ELSE 0 END AS numerator, 1 AS denominator
            FROM {owners} o JOIN ({duties_owed_by(owners, of_members=self.of_members)}) d ON {owner} = o.owner
            WHERE d.reviewer_user IS NOT NULL OR d.reviewer_member IS NOT NULL"""

    def told(self, numerator, denominator):
        return _("该书记点评的 %(due)s 项，已点评 %(done)s 项") % {
            "due": plain_number(denominator), "done": plain_number(numerator)
        }

    def absent(self):
        return _("这半年没有该书记点评的，或者没有书记，这项不适用。")

    def evidence(self, rows, user):
        people = Member.objects.visible_to(user).select_related("organization").in_bulk([row[0] for row in rows if row[0] > 0])
        organizations = Organization.objects.visible_to(user).in_bulk([-row[0] for row in rows if row[0] < 0])
        shown = []
        for fact, day, numerator, _denominator in rows:
            subject = people.get(fact) if fact > 0 else organizations.get(-fact)
            if subject is None:
                shown.append(self.hidden(day, str(GIVEN[numerator])))
                continue
            shown.append(Evidence(
                title=str(subject), url=subject.get_absolute_url(), happened_on=day, counts=str(GIVEN[numerator]),
                where=subject.organization.name if fact > 0 else "", note=_("点评") if numerator else _("半年的最后一天"),
            ))
        return shown
