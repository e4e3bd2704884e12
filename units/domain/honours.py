"""Honours written down, taken back when that was a mistake, and read by what asks for one (the conditions of an award)."""
from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.memberships import must_be_past
from units.enums import HonourLevel
from units.models import Honour


class WrittenBefore(Refusal):
    """The same honour or sanction stands on record."""


@transaction.atomic
def honour(member, *, level, title, happened_on, document="", by, at, on):
    """Write down an honour. Returns the Honour. Raises DayCannotBe, WrittenBefore."""
    must_be_past(happened_on, on=on, field="happened_on", word=_("授予日期"))
    try:
        with transaction.atomic():
            made = Honour.objects.create(
                member=member, level=level, title=title, happened_on=happened_on, document=document, recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError as reason:
        raise WrittenBefore(_("这一天的这个荣誉已经登记过。"), field="title") from reason
    record(member, "honour", by=by, at=at, detail={"note": title}, organization=member.organization)
    return made


@transaction.atomic
def take_back(fact, *, reason, by, at):
    """An honour or sanction that was written down by mistake counts no more. Raises FactSuperseded."""
    supersede(fact, at=at)
    record(fact.member, "take_back_record", by=by, at=at, detail={"note": f"{fact}：{reason}"},
           organization=fact.member.organization)


def levels_from(level):
    """The levels that are as high as `level` or higher: HonourLevel names them from the highest down."""
    return HonourLevel.values[: HonourLevel.values.index(level) + 1]


def honours_held(members, *, on, known_at=None):
    """{member id: [Honour]} given by day `on`, the highest first and of one level the newest; one query.

    As they stand, or with `known_at` as the system knew them at that moment. `members` are keys.
    """
    rows = Honour.objects.known_at(known_at) if known_at else Honour.objects.standing()
    found = defaultdict(list)
    for row in rows.filter(member__in=members, happened_on__lte=on).order_by("-happened_on", "-pk"):
        found[row.member_id].append(row)
    for held in found.values():
        held.sort(key=lambda row: HonourLevel.values.index(row.level))
    return found
