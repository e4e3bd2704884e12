"""How somebody comes onto the roster between two ledgers: admitted as a probationary member, or received from outside."""
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.names import tidy
from config.kit.refusal import Refusal
from config.kit.stroke import stroke_key
from units.domain import id_numbers
from units.domain.history import record
from units.domain.memberships import DayCannotBe, begin_membership, too_late
from units.enums import MemberStatus, OrganizationKind
from units.models import Member


class NotABranch(Refusal):
    """Members belong to branches."""


class AlreadyOnRoster(Refusal):
    """The ID number, or the same name with the same birthday in the same branch, is on the roster."""


@dataclass(frozen=True)
class Person:
    """What the form knows of somebody new; `id_number` is valid or empty."""

    name: str
    gender: str
    ethnicity: str
    born_on: date
    native_place: str = ""
    education: str = ""
    work_started_on: date | None = None
    administrative_post: str = ""
    phone: str = ""
    id_number: str = ""


@transaction.atomic
def admit(person, organization, *, joined_on, by, at, on):
    """A new probationary member of the branch, whose meeting took the decision on `joined_on`. Returns the Member.

    Raises NotABranch, DayCannotBe, AlreadyOnRoster.
    """
    _check(person, organization, admission_faults(person, joined_on=joined_on, on=on))
    member = _create(person, organization, status=MemberStatus.PROBATIONARY, joined_on=joined_on, full_on=None)
    begin_membership(member, organization, starts_on=joined_on, by=by, at=at)
    record(member, "admit", by=by, at=at, detail={"joined_on": joined_on}, organization=organization)
    return member


@transaction.atomic
def receive(person, organization, *, joined_on, full_on, arrived_on, came_from, by, at, on):
    """A member whose papers come from outside the system; `full_on` None for a probationary one. Returns the Member.

    Somebody who left and comes back is known by the ID number and keeps the old record. Raises NotABranch, DayCannotBe,
    AlreadyOnRoster.
    """
    member = _known(person)
    _check(person, organization, reception_faults(
        person, joined_on=joined_on, full_on=full_on, arrived_on=arrived_on, known=member, on=on
    ))
    status = MemberStatus.FULL if full_on else MemberStatus.PROBATIONARY
    if member is None:
        member = _create(person, organization, status=status, joined_on=joined_on, full_on=full_on)
    else:
        member.status, member.joined_on, member.full_on = status, joined_on, full_on
        member.phone, member.administrative_post = person.phone, person.administrative_post
        member.save(update_fields=["status", "joined_on", "full_on", "phone", "administrative_post"])
    begin_membership(member, organization, starts_on=arrived_on, by=by, at=at)
    record(member, "receive", by=by, at=at, detail={"note": came_from}, organization=organization)
    return member


def admission_faults(person, *, joined_on, known=None, on):
    """Yield what refuses an admission; `known` is the member who has the ID number already, where it was looked up."""
    if late := too_late(joined_on, on=on, field="joined_on", word=_("入党时间")):
        yield late
    if joined_on.year - person.born_on.year < 18:
        yield DayCannotBe(_("入党时应满 18 岁，请核对出生年月和入党时间。"), field="joined_on")
    if known is not None:
        yield _on_roster()


def reception_faults(person, *, joined_on, full_on, arrived_on, known, on):
    """Yield what refuses somebody from outside; `known` is the member with the ID number, who may have left and come back."""
    yield from admission_faults(person, joined_on=joined_on, on=on)
    if late := too_late(arrived_on, on=on, field="arrived_on", word=_("转入日期")):
        yield late
    if arrived_on < joined_on:
        yield DayCannotBe(_("转入日期不能早于入党时间。"), field="arrived_on")
    if full_on and not joined_on <= full_on <= on:
        yield DayCannotBe(_("转正时间要在入党时间以后、今天以前。"), field="full_on")
    if known is not None and known.is_present:
        yield _on_roster()
    elif known is not None and arrived_on <= known.left_on:
        yield DayCannotBe(_("转入日期要在上次离开以后。"), field="arrived_on")


def _on_roster():
    return AlreadyOnRoster(_("这个证件号码的党员已经在名册上，请由所在支部办组织关系转接。"), field="id_number")


def _check(person, organization, faults):
    if organization.kind != OrganizationKind.BRANCH:
        raise NotABranch(_("党员编入党支部，%(name)s不是党支部。") % {"name": organization})
    for fault in faults:
        raise fault
    same = Member.objects.filter(organization=organization, name=tidy(person.name), born_on=person.born_on).present()
    if same.exists():
        raise AlreadyOnRoster(_("本支部已有同名同出生年月的党员，请先看名册。"), field="name")


def _known(person):
    """The member who has this ID number, held, or None."""
    if not person.id_number:
        return None
    return Member.objects.filter(id_number_digest=id_numbers.digest(person.id_number)).select_for_update().first()


def _create(person, organization, *, status, joined_on, full_on):
    fields = {name: value for name, value in vars(person).items() if name not in ("name", "id_number")}
    name = tidy(person.name)
    member = Member(
        name=name, stroke_key=stroke_key(name), organization=organization, status=status, joined_on=joined_on,
        full_on=full_on, **fields,
    )
    if person.id_number:
        member.id_number_sealed = id_numbers.seal(person.id_number)
        member.id_number_digest = id_numbers.digest(person.id_number)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as reason:
        raise _on_roster() from reason
    return member
