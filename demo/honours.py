"""Honours of secretaries in the demo, and one sanction that still counts. All persons and documents are invented."""
from datetime import date

from django.utils import timezone

from evaluations.models import Nomination
from units.domain.honours import honour
from units.domain.sanctions import sanction
from units.enums import HonourLevel, SanctionKind
from units.models import Member

GIVEN = [
    (HonourLevel.UNIT, "优秀党务工作者", date(2009, 7, 1), "机关党〔2009〕18号"),
    (HonourLevel.BUREAU, "先进工作者", date(2008, 12, 26), ""),
    (HonourLevel.MINISTRY, "孺子牛奖", date(2010, 1, 20), "部发〔2010〕5号"),
]
PUNISHED_ON, COUNTS_UNTIL = date(2010, 11, 5), date(2011, 11, 4)


def write_honours(people, *, now):
    """Every third secretary has been honoured; somebody nobody nominated has been warned."""
    by = {"by": people.office, "at": now, "on": timezone.localdate(now)}
    secretaries = Member.objects.in_bulk(sorted(people.secretary_members.values()))
    for place, member in enumerate(list(secretaries.values())[::3]):
        level, title, day, document = GIVEN[place % len(GIVEN)]
        honour(member, level=level, title=title, happened_on=day, document=document, **by)
    nominated = Nomination.objects.filter(member__isnull=False).values("member")
    warned = Member.objects.present().full().exclude(pk__in=nominated).exclude(pk__in=secretaries).order_by("pk")[10]
    sanction(
        warned, kind=SanctionKind.WARNING, happened_on=PUNISHED_ON, ends_on=COUNTS_UNTIL, document="机关纪〔2010〕3号", **by
    )
