"""Assessors' marks: per item a deduction, a bonus and the reason, beside the self-assessment; corrected by versions."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.enums import Track
from config.kit.facts import supersede
from config.kit.numbers import points_text
from config.kit.refusal import Refusal
from evaluations.models import Mark, Marking, SheetItem
from units.domain.history import record


class MarksWrong(Refusal):
    """A deduction above the item's maximum, a bonus above its cap, or either without a reason."""


class WrongMarkingDay(Refusal):
    """Marks are given on a day of the campaign up to today."""

    field = "happened_on"


class MarkingReasonMissing(Refusal):
    """A correction or withdrawal says why."""

    field = "reason"


class OwnMarking(Refusal):
    """Nobody assesses themselves or the organisation they speak for."""


class NoSheet(Refusal):
    """The campaign has no assessment sheet for this track."""


@dataclass(frozen=True)
class MarkLine:
    """Marks of one item in ten-thousandths of a point; `self_points` None when the paper has none."""

    item: SheetItem
    self_points: int | None = None
    deduction: int = 0
    bonus: int = 0
    reason: str = ""

    @property
    def points(self):
        """Maximum − deduction, floor 0, + bonus up to its cap (3-scoring, `marked`)."""
        return max(0, self.item.maximum - self.deduction) + min(self.bonus, self.item.bonus_cap)


def sheet_of(campaign, member=None, *, known_at=None):
    """The sheet's items for a member, or for an organisation, in their order: standing, or as known at a moment."""
    items = SheetItem.objects.known_at(known_at) if known_at else SheetItem.objects.standing()
    return list(items.filter(campaign=campaign, track=track_of(member)).order_by("position", "pk"))


def track_of(member):
    return Track.MEMBER if member is not None else Track.ORGANIZATION


def mark_faults(lines):
    """[(place, sentence)] of everything that cannot be; a place is (item code, part of the line)."""
    faults = []
    for line in lines:
        said = {"item": line.item.title, "maximum": points_text(line.item.maximum), "cap": points_text(line.item.bonus_cap)}
        if line.deduction > line.item.maximum:
            sentence = _("“%(item)s”扣分不能超过满分 %(maximum)s 分。") % said
            faults.append(((line.item.code, "deduction"), sentence))
        if line.bonus and not line.item.bonus_cap:
            faults.append(((line.item.code, "bonus"), _("“%(item)s”没有加分。") % said))
        elif line.bonus > line.item.bonus_cap:
            faults.append(((line.item.code, "bonus"), _("“%(item)s”加分不能超过 %(cap)s 分。") % said))
        if line.self_points is not None and line.self_points > line.item.maximum + line.item.bonus_cap:
            top = points_text(line.item.maximum + line.item.bonus_cap)
            sentence = _("“%(item)s”自评不能超过 %(top)s 分。") % {"item": line.item.title, "top": top}
            faults.append(((line.item.code, "self"), sentence))
        if (line.deduction or line.bonus) and not line.reason.strip():
            faults.append(((line.item.code, "reason"), _("“%(item)s”有扣分或加分，请写理由。") % said))
    return faults


@transaction.atomic
def give_marks(*, campaign, organization, member=None, happened_on, note="", lines, by, at, on):
    """Write the sheet that `by` filled in about `member`, or `organization`. Returns the Marking.

    Raises NoSheet, OwnMarking, WrongMarkingDay, MarksWrong.
    """
    if member is not None and by.is_oneself(member=member.pk):
        raise OwnMarking(_("不能给自己打分。"))
    if member is None and (by.speaks_for(organization) or by.speaks_otherwise_for(organization)):
        raise OwnMarking(_("不能给本单位打分。"))
    _check(campaign, happened_on, lines, on)
    marking = Marking.objects.create(
        campaign=campaign, organization=organization, member=member, assessor=by, happened_on=happened_on, note=note.strip(),
        recorded_at=at, recorded_by=by,
    )
    _write(marking, lines)
    record(marking, "mark", by=by, at=at, organization=organization)
    return marking


@transaction.atomic
def correct_marks(marking, *, happened_on, note="", lines, reason, by, at, on):
    """Put a new version in the place of `marking`. Returns it.

    Raises MarkingReasonMissing, WrongMarkingDay, MarksWrong, FactSuperseded.
    """
    _check_reason(reason)
    _check(marking.campaign, happened_on, lines, on)
    newer = Marking(
        campaign=marking.campaign, organization=marking.organization, member=marking.member, assessor=marking.assessor,
        happened_on=happened_on, note=note.strip(), recorded_by=by, change_reason=reason.strip(),
    )
    supersede(marking, at=at, replacement=newer)
    _write(newer, lines)
    record(newer, "correct", by=by, at=at, detail={"reason": reason.strip()}, organization=newer.organization)
    return newer


@transaction.atomic
def withdraw_marks(marking, *, reason, by, at):
    """Take the sheet back; it counts no longer. Raises MarkingReasonMissing, FactSuperseded."""
    _check_reason(reason)
    supersede(marking, at=at)
    record(marking, "withdraw", by=by, at=at, detail={"reason": reason.strip()}, organization=marking.organization)


def _check_reason(reason):
    if not reason.strip():
        raise MarkingReasonMissing(_("请写一句更正的原因。"))


def _check(campaign, happened_on, lines, on):
    if not lines:
        raise NoSheet(_("还没有考评表，请先在“条件与指标”里设置。"))
    if happened_on > on:
        raise WrongMarkingDay(_("考评日期不能晚于今天。"))
    if not campaign.covers(happened_on):
        raise WrongMarkingDay(_("考评日期要在活动期间。"))
    for _place, sentence in mark_faults(lines):
        raise MarksWrong(sentence)


def _write(marking, lines):
    Mark.objects.bulk_create(
        Mark(
            marking=marking, item_code=line.item.code, self_points=line.self_points, deduction=line.deduction,
            bonus=line.bonus, reason=line.reason.strip(),
        )
        for line in lines
    )


def lines_of(marking):
    """[MarkLine] of a version by the sheet as it was known when the version was written."""
    marks = {mark.item_code: mark for mark in marking.marks.all()}
    items = sheet_of(marking.campaign, marking.member, known_at=marking.recorded_at)
    return [
        MarkLine(item, mark.self_points, mark.deduction, mark.bonus, mark.reason)
        for item in items if (mark := marks.get(item.code))
    ]


@dataclass(frozen=True)
class Totals:
    """Sums of a sheet in ten-thousandths; `self_points` None unless every item has one."""

    maximum: int
    points: int
    self_points: int | None


def totals_of(lines):
    own = [line.self_points for line in lines]
    return Totals(
        sum(line.item.maximum for line in lines), sum(line.points for line in lines),
        None if None in own or not own else sum(own),
    )
