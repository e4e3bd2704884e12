"""Sanctions written down; which of them stand against somebody on a day (the award gate asks)."""
from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from units.domain.history import record
from units.domain.honours import WrittenBefore
from units.domain.memberships import DayCannotBe, must_be_past
from units.models import Sanction


@transaction.atomic
def sanction(member, *, kind, happened_on, ends_on=None, document, by, at, on):
    """Write down a sanction that counts until `ends_on`. Returns the Sanction. Raises DayCannotBe, WrittenBefore."""
    must_be_past(happened_on, on=on, field="happened_on", word=_("决定日期"))
    if ends_on and ends_on < happened_on:
        raise DayCannotBe(_("影响期不能在决定以前结束。"), field="ends_on")
    try:
        with transaction.atomic():
            made = Sanction.objects.create(
                member=member, kind=kind, happened_on=happened_on, ends_on=ends_on, document=document, recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError as reason:
        raise WrittenBefore(_("这个文号的处分已经登记过。"), field="document") from reason
    note = f"{made.get_kind_display()}，{until_words(made)}，{document}"
    record(member, "sanction", by=by, at=at, detail={"note": note}, organization=member.organization)
    return made


def until_words(sanction):
    """影响期到2012年2月29日."""
    if sanction.ends_on is None:
        return _("没有写影响期到哪天")
    return _("影响期到%(day)s") % {"day": chinese_date(sanction.ends_on)}


def sanctions_in_force(members, *, on):
    """{member id: [Sanction]} that count on the day; one query. `members` are keys."""
    found = defaultdict(list)
    for row in Sanction.objects.in_force(on=on).filter(member__in=members).order_by("happened_on", "pk"):
        found[row.member_id].append(row)
    return found
