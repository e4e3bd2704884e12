"""Who need not take part on which days (离退休、年老体弱), and since when: the flag on the member follows the fact."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.memberships import DayCannotBe, HasNoMembership, must_be_past
from units.enums import ExemptionKind
from units.models import Exemption, Member


class ExemptionUnclear(Refusal):
    """The reason is missing, or the member is exempt already or not at all."""


def exempt_on(day):
    """Q of the members who need not take part on `day`; one marked in the ledger without a date always."""
    spans = Exemption.objects.standing().filter(member=OuterRef("pk"))
    return Q(Exists(spans.on(day))) | Q(is_exempt=True) & ~Q(Exists(spans))


@transaction.atomic
def excuse(member, *, kind, note="", starts_on, by, at, on):
    """From `starts_on` the member need not take part. Returns the Exemption. Raises ExemptionUnclear, DayCannotBe."""
    must_be_past(starts_on, on=on, field="starts_on", word=_("开始日期"))
    if not member.is_present:
        raise HasNoMembership(_("%(name)s现在不在任何党组织，不能办理。") % {"name": member.name})
    if kind == ExemptionKind.OTHER and not note:
        raise ExemptionUnclear(_("选“其他”的要写明原因。"), field="note")
    if Exemption.objects.standing().filter(member=member, ends_on__gte=starts_on).exists():
        raise DayCannotBe(_("这一天以前登记的可不参加还没有结束，开始日期要再晚一些。"), field="starts_on")
    try:
        with transaction.atomic():
            exemption = Exemption.objects.create(
                member=member, kind=kind, note=note, starts_on=starts_on, recorded_at=at, recorded_by=by
            )
    except IntegrityError as reason:
        raise ExemptionUnclear(_("这名党员已经登记为可不参加。")) from reason
    _show(member, exemption.words)
    record(member, "excuse", by=by, at=at, detail={"note": exemption.words, "from": starts_on},
           organization=member.organization)
    return exemption


@transaction.atomic
def end_exemption(member, *, starts_on, by, at, on):
    """From `starts_on` the member takes part again. Raises ExemptionUnclear, DayCannotBe."""
    must_be_past(starts_on, on=on, field="starts_on", word=_("开始日期"))
    exemption = Exemption.objects.standing().filter(member=member, ends_on__isnull=True).select_for_update().first()
    if exemption is not None:
        last_day = starts_on - timedelta(days=1)
        if last_day < exemption.starts_on:
            raise DayCannotBe(_("要晚于登记为可不参加的那天。"), field="starts_on")
        supersede(exemption, at=at, replacement=Exemption(
            member=member, kind=exemption.kind, note=exemption.note, starts_on=exemption.starts_on, ends_on=last_day,
            recorded_by=by,
        ))
    elif not member.is_exempt:
        raise ExemptionUnclear(_("这名党员没有登记为可不参加。"))
    _show(member, "")
    record(member, "end_exemption", by=by, at=at, detail={"from": starts_on}, organization=member.organization)
    return member


def _show(member, reason):
    """The flag that lists and forms read."""
    Member.objects.filter(pk=member.pk).update(is_exempt=bool(reason), exempt_reason=reason)
    member.is_exempt, member.exempt_reason = bool(reason), reason
