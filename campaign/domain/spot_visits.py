"""Visits of a spot check: who goes, what they found, and the rectification that follows from it."""
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.domain.origins import Origin
from campaign.domain.photos import store_photos
from campaign.domain.rectifications import DAYS_TO_MEND, raise_rectification, secretary_of
from campaign.domain.spot_checks import FEWEST_INSPECTORS
from campaign.domain.spot_lines import lines_of, stands_in_line, unit_path
from campaign.enums import RectificationSource, VisitVerdict
from campaign.models import FindingPhoto, SpotVisit, VisitAnswer, VisitInspector
from config.kit.refusal import Refusal
from units.domain.history import record

MOST_FINDING_PHOTOS = 6


class Recused(Refusal):
    """Whoever belongs to the drawn unit, or is in charge of it, does not inspect it."""

    field = "user"


class InspectorThere(Refusal):
    """Already one of them."""

    field = "user"


class VisitRecorded(Refusal):
    """A visit is recorded once."""


class TooFewThere(Refusal):
    """Two inspectors at least were there, and the one who writes is one of those who go."""

    field = "present"


class WrongVisitDay(Refusal):
    """Between the draw and today."""

    field = "visited_on"


class FindingIncomplete(Refusal):
    """A problem is said in words; its rectification is due today or later."""


class TooManyFindingPhotos(Refusal):
    """More photos than a finding needs."""

    field = "photos"


@dataclass(frozen=True)
class Answer:
    """What is said to question `position`; a problem is put right by `due_on`, or within the usual days where none is named.

    What is no problem (something good, or mended while they were there) is a note beside 符合 and asks for nothing.
    """

    position: int
    verdict: str
    note: str = ""
    due_on: date | None = None


@transaction.atomic
def add_inspector(visit, user, *, by, at):
    """Name one more who goes. Raises VisitRecorded, Recused, InspectorThere."""
    if SpotVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk).is_recorded:
        raise VisitRecorded(_("检查已经记过，不能再改检查组。"))
    if stands_in_line(lines_of([user])[user.pk], {unit_path(visit.organization)}):
        raise Recused(_("%(name)s是被抽单位的人，或者分管它，要回避。") % {"name": user.display_name})
    _row, is_new = VisitInspector.objects.get_or_create(visit=visit, user=user)
    if not is_new:
        raise InspectorThere(_("%(name)s已经在检查组里。") % {"name": user.display_name})
    record(visit, "add_inspector", by=by, at=at, detail={"note": user.display_name}, organization=visit.organization)


@transaction.atomic
def record_visit(visit, *, visited_on, present, answers, summary="", by, at, on):
    """Write down what was seen, once. `present`: users who were there; `answers`: [Answer], one for each question.

    Raises VisitRecorded, TooFewThere, WrongVisitDay, FindingIncomplete.
    """
    held = SpotVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if held.is_recorded:
        raise VisitRecorded(_("这次检查已经记过。"))
    _check_there(visit, present, by)
    if not timezone.localdate(visit.check_of.drawn_at) <= visited_on <= on:
        raise WrongVisitDay(_("检查日期要在抽取以后，不晚于今天。"))
    for answer in answers:
        _check_answer(answer, on)
    SpotVisit.objects.filter(pk=visit.pk).update(
        visited_on=visited_on, summary=summary.strip(), recorded_at=at, recorded_by=by
    )
    visit.inspectors.filter(user__in=present).update(was_there=True)
    visit.refresh_from_db(fields=["visited_on", "summary", "recorded_at", "recorded_by"])
    owner = secretary_of(visit.organization, on=visited_on)
    for answer in answers:
        _write_answer(visit, answer, owner, by, at, on)
    found = sum(answer.verdict == VisitVerdict.PROBLEM for answer in answers)
    detail = {"note": str(_("发现 %(n)s 个问题") % {"n": found})}
    record(visit, "inspect", by=by, at=at, detail=detail, organization=visit.organization)
    return visit


def _check_there(visit, present, by):
    named = set(visit.inspectors.values_list("user", flat=True))
    there = {user.pk for user in present} & named
    if by.pk not in there:
        raise TooFewThere(_("由到场的检查组成员来记。"))
    if len(there) < FEWEST_INSPECTORS:
        raise TooFewThere(_("检查至少两个人到场。"))


def _check_answer(answer, on):
    if answer.verdict != VisitVerdict.PROBLEM:
        return
    if not answer.note.strip():
        raise FindingIncomplete(_("有问题的，请写一句是什么问题。"), field=f"note_{answer.position}")
    if answer.due_on and answer.due_on < on:
        raise FindingIncomplete(_("整改期限不能早于今天。"), field=f"due_{answer.position}")


def _write_answer(visit, answer, owner, by, at, on):
    item = None
    if answer.verdict == VisitVerdict.PROBLEM:
        item = raise_rectification(
            campaign=visit.check_of.campaign, organization=visit.organization, owner=owner,
            source=RectificationSource.INSPECTION, problem=answer.note.strip(),
            due_on=answer.due_on or on + timedelta(days=DAYS_TO_MEND), verifier=by, by=by, at=at, on=on,
        )
    VisitAnswer.objects.create(
        visit=visit, position=answer.position, question=visit.check_of.questions[answer.position], verdict=answer.verdict,
        note=answer.note.strip(), rectification=item,
    )


@transaction.atomic
def add_finding_photos(finding, pictures, *, by, at):
    """Add photos to a finding. Raises TooManyFindingPhotos, NoRoomForPhotos."""
    VisitAnswer.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if finding.finding_photos.count() + len(pictures) > MOST_FINDING_PHOTOS:
        raise TooManyFindingPhotos(_("一个问题最多 %(most)s 张照片。") % {"most": MOST_FINDING_PHOTOS})
    photos = store_photos(pictures, organization=finding.visit.organization, by=by, at=at)
    FindingPhoto.objects.bulk_create(FindingPhoto(answer=finding, photo=photo) for photo in photos)
    record(finding.visit, "add_photos", by=by, at=at, detail={"note": f"{len(photos)}"}, organization=finding.visit.organization)
    return photos


def visit_behind(item, user):
    """The Origin of a rectification item that a spot check asked for, as far as `user` may see the visit; else None."""
    visit = SpotVisit.objects.visible_to(user).filter(answers__rectification=item).select_related("check_of").first()
    return Origin(str(visit.check_of), visit.get_absolute_url()) if visit else None
