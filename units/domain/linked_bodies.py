"""Linked bodies of an organisation: registered, corrected, ended; what they and their people were honoured for."""
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.facts import supersede
from config.kit.names import tidy
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.memberships import must_be_past
from units.enums import HonourHolder
from units.models import BodyHonour, LinkedBody, Member


class BodyDayCannotBe(Refusal):
    """A body is honoured between its founding and its end."""

    field = "happened_on"


class BodyNameTaken(Refusal):
    """Another body of the organisation has this name."""

    field = "name"


class BodyEnded(Refusal):
    """What exists no more changes no more."""


class HonourCannotBe(Refusal):
    """A person where one is meant, and the same honour once."""

    field = "person"


def bodies_of(organization):
    """([LinkedBody] that exist, in their order, [those that ended, the last first]), each with the `honours_told` that stand,
    the newest first; two queries."""
    rows = list(LinkedBody.objects.filter(organization=organization).select_related("chair").in_order())
    found = {body.pk: body for body in rows}
    for body in rows:
        body.honours_told = []
    for honour in BodyHonour.objects.standing().filter(body__in=rows).order_by("-happened_on", "-pk"):
        honour.body = found[honour.body_id]
        honour.body.honours_told.append(honour)
    ended = [body for body in rows if body.ended_on]
    return [body for body in rows if not body.ended_on], sorted(ended, key=lambda body: (body.ended_on, body.pk))[::-1]


@transaction.atomic
def register_body(organization, *, kind, name, chair_name="", size=0, founded_on, by, at, on):
    """Write down a body that `organization` leads. Returns it. Raises BodyEnded, DayCannotBe, BodyNameTaken."""
    if organization.dissolved_on:
        raise BodyEnded(_("已经撤销的党组织不再登记群团组织。"))
    must_be_past(founded_on, on=on, field="founded_on", word=_("成立日期"))
    body = LinkedBody(organization=organization, founded_on=founded_on)
    _say(body, kind, name, chair_name, size)
    _save(body)
    record(body, "found", by=by, at=at, organization=organization, detail={"note": _told(body)})
    return body


@transaction.atomic
def change_body(body, *, kind, name, chair_name="", size=0, founded_on, by, at, on):
    """Let the body be what is said. Returns it. Raises BodyEnded, DayCannotBe, BodyDayCannotBe, BodyNameTaken."""
    body = _held(body)
    must_be_past(founded_on, on=on, field="founded_on", word=_("成立日期"))
    first = BodyHonour.objects.standing().filter(body=body, happened_on__lt=founded_on).order_by("happened_on").first()
    if first:
        words = {"day": chinese_date(first.happened_on)}
        raise BodyDayCannotBe(_("%(day)s已经有荣誉，成立日期不能更晚。") % words, field="founded_on")
    body.founded_on = founded_on
    _say(body, kind, name, chair_name, size)
    _save(body)
    record(body, "change", by=by, at=at, organization=body.organization, detail={"note": _told(body)})
    return body


@transaction.atomic
def end_body(body, *, happened_on, by, at, on):
    """The body exists no more from `happened_on` on; what it took part in stays. Raises BodyEnded, BodyDayCannotBe."""
    body = _held(body)
    must_be_past(happened_on, on=on, field="happened_on", word=_("撤销日期"))
    if happened_on < body.founded_on:
        raise BodyDayCannotBe(_("撤销日期不能早于成立日期。"))
    last = BodyHonour.objects.standing().filter(body=body, happened_on__gt=happened_on).order_by("-happened_on").first()
    if last:
        raise BodyDayCannotBe(_("%(day)s还有荣誉，撤销日期不能更早。") % {"day": chinese_date(last.happened_on)})
    body.ended_on = happened_on
    body.save(update_fields=["ended_on"])
    record(body, "dissolve", by=by, at=at, organization=body.organization,
           detail={"note": f"{happened_on.isoformat()} {body.name}"})
    return body


@transaction.atomic
def honour_body(body, *, holder, person="", level, title, happened_on, document="", by, at, on):
    """Write down an honour of the body (集体) or of somebody in it (个人). Returns it.

    Raises BodyEnded, DayCannotBe, BodyDayCannotBe, HonourCannotBe.
    """
    body = _held(body)
    must_be_past(happened_on, on=on, field="happened_on", word=_("授予日期"))
    if happened_on < body.founded_on:
        raise BodyDayCannotBe(_("授予日期不能早于成立日期。"))
    person = "" if holder == HonourHolder.COLLECTIVE else tidy(person)
    made = BodyHonour(
        body=body, holder=holder, person=person, level=level, title=title, happened_on=happened_on, document=document,
        recorded_at=at, recorded_by=by,
    )
    try:
        made.validate_constraints()
        with transaction.atomic():
            made.save()
    except ValidationError as reason:
        raise HonourCannotBe(reason.messages[0]) from reason
    except IntegrityError as reason:
        raise HonourCannotBe(_("这一天的这个荣誉已经登记过。")) from reason
    record(body, "honour", by=by, at=at, organization=body.organization, detail={"note": str(made)})
    return made


@transaction.atomic
def take_back_honour(honour, *, reason, by, at):
    """An honour that was written down by mistake counts no more. Raises FactSuperseded."""
    supersede(honour, at=at)
    record(honour.body, "take_back_record", by=by, at=at, organization=honour.body.organization,
           detail={"note": f"{honour}：{reason}"})


def carry_bodies(organization, target, *, by, at):
    """The bodies of an organisation that was merged are led by `target`; a name that is taken there says where it came from."""
    taken = set(LinkedBody.objects.active().filter(organization=target).values_list("name", flat=True))
    for body in LinkedBody.objects.active().filter(organization=organization):
        if body.name in taken:
            body.name = f"{body.name}（{organization}）"[:40]
        body.organization = target
        body.save(update_fields=["organization", "name"])
        record(body, "move", by=by, at=at, organization=target, detail={"note": f"{organization} → {target}"})


def _held(body):
    held = LinkedBody.objects.select_for_update().select_related(None).get(pk=body.pk)
    if held.ended_on:
        raise BodyEnded(_("这个群团组织已经撤销。"))
    return held


def _say(body, kind, name, chair_name, size):
    """Set what a form says; the chair is the one member below the organisation who has this name."""
    body.kind, body.name, body.chair_name, body.size = kind, tidy(name), tidy(chair_name), size
    same = Member.objects.present().within(body.organization).filter(name=body.chair_name) if body.chair_name else ()
    same = list(same[:2]) if body.chair_name else []
    body.chair = same[0] if len(same) == 1 else None


def _save(body):
    try:
        body.validate_constraints()
        with transaction.atomic():
            body.save()
    except ValidationError as reason:
        raise BodyNameTaken(reason.messages[0]) from reason
    except IntegrityError as reason:
        raise BodyNameTaken(_("本组织已经有同名的群团组织。")) from reason


def _told(body):
    words = [body.name, body.get_kind_display(), body.chair_name]
    return " · ".join(str(word) for word in [*words, _("%(n)s 人") % {"n": body.size}] if word)
