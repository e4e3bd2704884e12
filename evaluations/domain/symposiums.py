"""Discussion meetings: write down who came and what was raised, put a point right or answer it, and tell it back."""
import secrets

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.domain.activity_uses import Use
from campaign.domain.origins import Origin
from campaign.domain.rectifications import raise_rectification, secretary_of
from campaign.domain.reminders import write_reminders
from campaign.due import DueThing
from campaign.enums import RectificationSource
from config.kit.refusal import Refusal
from evaluations.domain.ballot_paper import RECEIPT_ALPHABET
from evaluations.models import Symposium, SymposiumParty, SymposiumPoint
from units.domain.history import record
from units.enums import Role
from units.models import RoleGrant

KIND = "symposium"  # the kind of activity from which a record may be started
MOST_POINTS = 40
LONGEST = 300  # characters of a point


class WrongSymposiumDay(Refusal):
    """It was held on a day of the campaign, up to today."""

    field = "held_on"


class NobodyCame(Refusal):
    """No group came, or a point is of a group that did not."""


class PointsWrong(Refusal):
    """Too many points, or one too long."""


class PointSettled(Refusal):
    """The point was answered, or is being put right, already."""


class AnswerMissing(Refusal):
    """An answer has words."""

    field = "answer"


class NothingToTell(Refusal):
    """No answer is new."""


class AlreadyRecorded(Refusal):
    """The activity has its record of the meeting."""


@transaction.atomic
def record_symposium(
    *, campaign, organization, title, held_on, place="", parties, points=(), activity=None, by, at, on
):
    """Write the record. `parties`: {audience: (number, words)}; `points`: [(audience, text)]. Returns the Symposium.

    Raises WrongSymposiumDay, NobodyCame, PointsWrong, AlreadyRecorded.
    """
    if held_on > on or not campaign.covers(held_on):
        raise WrongSymposiumDay(_("日期要在活动期间，不晚于今天。"))
    came = {audience: told for audience, told in parties.items() if told[0]}
    if not came:
        raise NobodyCame(_("请填哪些人参加，各多少人。"))
    if activity is not None and Symposium.objects.filter(activity__lineage=activity.lineage).exists():
        raise AlreadyRecorded(_("这次活动已经有座谈会记录。"))
    slug = "".join(secrets.choice(RECEIPT_ALPHABET) for _each in range(8))
    made = Symposium.objects.create(
        campaign=campaign, organization=organization, activity=activity, title=title.strip(), held_on=held_on,
        place=place.strip(), slug=slug, recorded_at=at, recorded_by=by,
    )
    SymposiumParty.objects.bulk_create(
        SymposiumParty(symposium=made, audience=audience, number=number, note=note.strip())
        for audience, (number, note) in came.items()
    )
    _write_points(made, points)
    record(made, "type_in", by=by, at=at, organization=organization)
    return made


@transaction.atomic
def add_points(symposium, points, *, by, at):
    """Write further points. Raises NobodyCame, PointsWrong."""
    Symposium.objects.select_for_update().get(pk=symposium.pk)
    if not points:
        raise PointsWrong(_("请写意见，一行一条。"), field="points")
    _write_points(symposium, points)
    record(symposium, "add_points", by=by, at=at, organization=symposium.organization, detail={"note": str(len(points))})


def _write_points(symposium, points):
    came = set(symposium.parties.values_list("audience", flat=True))
    first = symposium.points.count()
    if first + len(points) > MOST_POINTS:
        raise PointsWrong(_("一次座谈会最多记 %(most)s 条意见。") % {"most": MOST_POINTS})
    for audience, text in points:
        if audience not in came:
            raise NobodyCame(_("提意见的人要先填人数。"), field=f"number_{audience}")
        if len(text) > LONGEST:
            raise PointsWrong(_("一条意见最多 %(most)s 字，请分成几条。") % {"most": LONGEST}, field=f"points_{audience}")
    SymposiumPoint.objects.bulk_create(
        SymposiumPoint(symposium=symposium, position=first + place, audience=audience, text=text)
        for place, (audience, text) in enumerate(points)
    )


@transaction.atomic
def rectify_point(point, *, problem, due_on, by, at, on):
    """Make it an item of the ledger. Whoever raises it verifies it, unless it is theirs to put right. Returns the item.

    Raises PointSettled, DueTooEarly.
    """
    symposium = point.symposium
    SymposiumPoint.objects.select_for_update().get(pk=point.pk)
    if SymposiumPoint.objects.filter(pk=point.pk, rectification__isnull=False).exists():
        raise PointSettled(_("这条意见已经转为整改。"))
    owner = secretary_of(symposium.organization, on=on)
    is_own = owner is not None and by.member_id == owner.pk
    item = raise_rectification(
        campaign=symposium.campaign, organization=symposium.organization, owner=owner, source=RectificationSource.SYMPOSIUM,
        problem=problem.strip(), due_on=due_on, verifier=None if is_own else by, by=by, at=at, on=on,
    )
    SymposiumPoint.objects.filter(pk=point.pk).update(rectification=item)
    point.refresh_from_db()
    return item


@transaction.atomic
def answer_point(point, *, answer, by, at):
    """Say what is or will be done about it. Raises AnswerMissing, PointSettled."""
    if not answer.strip():
        raise AnswerMissing(_("请写答复。"))
    unanswered = SymposiumPoint.objects.filter(pk=point.pk, answered_at__isnull=True)
    if not unanswered.update(answer=answer.strip(), answered_at=at, answered_by=by):
        raise PointSettled(_("这条意见已经答复，不能再改。"))
    symposium = point.symposium
    record(symposium, "answer_point", by=by, at=at, organization=symposium.organization, detail={"note": point.text[:60]})


@transaction.atomic
def tell_back(symposium, *, by, at, on):
    """Publish the new answers, and send one notice to each account of the organisation. Returns how many were told.

    Raises NothingToTell.
    """
    new = symposium.points.filter(answered_at__isnull=False, told_at__isnull=True).update(told_at=at)
    if not new:
        raise NothingToTell(_("没有新的答复可以告知。"))
    Symposium.objects.filter(pk=symposium.pk).update(told_at=at)
    grants = RoleGrant.objects.in_force(on=on).filter(
        role__in=[Role.MEMBER, Role.SECRETARY], organization=symposium.organization, user__is_active=True
    )
    people = set(grants.values_list("user_id", flat=True)) - {by.pk}
    write_reminders(
        [
            DueThing(
                person, "symposium", f"symposium:{symposium.pk}:{at:%Y-%m-%d}",
                str(_("%(title)s：%(n)s 条意见有了答复") % {"title": symposium.title, "n": new}),
                "", symposium.get_absolute_url(), str(_("去看")),
            )
            for person in sorted(people)
        ],
        at=at, by_hand=True,
    )
    told = {"note": str(_("%(n)s 条答复，通知 %(people)s 个账号") % {"n": new, "people": len(people)})}
    record(symposium, "tell_back", by=by, at=at, organization=symposium.organization, detail=told)
    return len(people)


def symposium_behind(item, user):
    """The Origin of an item that a point became, as far as `user` may see it; else None."""
    found = Symposium.objects.visible_to(user).filter(points__rectification=item).first()
    return Origin(str(found), found.get_absolute_url()) if found else None


def symposium_of(activity):
    """The Use of an activity of the kind 座谈会: its record of the meeting, or where to write it; else None."""
    if activity.kind.code != KIND:
        return None
    made = Symposium.objects.filter(activity__lineage=activity.lineage).first()
    if made:
        return Use(_("座谈会记录"), made.title, made.get_absolute_url())
    return Use(_("记下座谈会的意见"), _("名称、日期、人数不用再填"), f"{reverse('symposium_new')}?activity={activity.lineage}")
