"""Honours written down, and taken back when they were written down by mistake."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.memberships import must_be_past
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
