"""Appraisals typed from a paper tally: counts that add up, typed by one person and again by another, corrected by versions."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import FactSuperseded, supersede
from config.kit.refusal import Refusal
from evaluations.domain.appraisal_figures import ANSWERS, Tally
from evaluations.enums import SHEET_ITEMS, AppraisalItem, AppraisalSheet, Audience
from evaluations.models import Appraisal, AppraisalCount, AppraisalTurnout
from units.domain.history import record
from units.models import Member

MEMBERS_A_PAGE = 40


class CountsWrong(Refusal):
    """The counts cannot be those of the sheets that came back."""


class WrongAppraisalDay(Refusal):
    """An appraisal was held on a day of the campaign up to today."""

    field = "happened_on"


class NotAsSeen(Refusal):
    """The counts were confirmed, corrected or continued after the page was shown."""


class AppraisalReasonMissing(Refusal):
    """A correction or withdrawal says why."""

    field = "reason"


@dataclass(frozen=True)
class CountLine:
    """Answers of one audience to one item, about `member` or (None) the organisation."""

    member: Member | None
    item: AppraisalItem
    audience: Audience
    tally: Tally

    @property
    def answers(self):
        return self.tally.rated + self.tally.unknown


@dataclass(frozen=True)
class Typed:
    """What was typed: `turnouts` is {audience: (issued, returned)}."""

    title: str
    happened_on: date
    turnouts: dict
    lines: list


def count_faults(turnouts, lines):
    """[(place, sentence)] of everything that cannot be. A place is a form field's name, or a CountLine."""
    faults, returned = [], {}
    for audience in Audience:
        issued, back = turnouts.get(audience.value, (0, 0))
        returned[audience.value] = back
        if back > issued:
            said = {"group": audience.label, "back": back, "issued": issued}
            sentence = _("%(group)s收回 %(back)s 份，多于发出的 %(issued)s 份。") % said
            faults.append((f"returned_{audience.value}", sentence))
    if not sum(returned.values()):
        faults.append(("returned_members", _("请填收回的份数。")))
    for line in lines:
        back = returned[line.audience.value]
        if line.answers > back:
            who = f"{line.member}：" if line.member else ""
            said = {"who": who, "item": line.item.label, "group": line.audience.label, "sum": line.answers, "back": back}
            faults.append((line, _("%(who)s“%(item)s”（%(group)s）合计 %(sum)s 份，多于收回的 %(back)s 份。") % said))
    if not any(line.answers for line in lines):
        faults.append((None, _("还没有填票数。")))
    return faults


@transaction.atomic
def type_appraisal(*, campaign, organization, sheet, typed, by, at, on):
    """Write what was typed as an unconfirmed appraisal. Raises WrongAppraisalDay, CountsWrong."""
    _check(campaign, typed, on)
    appraisal = Appraisal.objects.create(
        campaign=campaign, organization=organization, title=typed.title, sheet=sheet, happened_on=typed.happened_on,
        recorded_at=at, recorded_by=by,
    )
    write_counts(appraisal, typed.turnouts, typed.lines)
    record(appraisal, "type_in", by=by, at=at, organization=organization)
    return appraisal


def _check(campaign, typed, on):
    if typed.happened_on > on:
        raise WrongAppraisalDay(_("评议日期不能晚于今天。"))
    if not campaign.covers(typed.happened_on):
        raise WrongAppraisalDay(_("评议日期要在活动期间。"))
    for place, sentence in count_faults(typed.turnouts, typed.lines):
        raise CountsWrong(sentence, field=place if isinstance(place, str) else None)


def write_counts(appraisal, turnouts, lines):
    """Write {audience: (issued, returned)} and the CountLines of a version."""
    AppraisalTurnout.objects.bulk_create(
        AppraisalTurnout(appraisal=appraisal, audience=audience, issued=issued, returned=returned)
        for audience, (issued, returned) in turnouts.items() if issued
    )
    _write_lines(appraisal, lines)


def _write_lines(appraisal, lines):
    AppraisalCount.objects.bulk_create(
        [
            AppraisalCount(
                appraisal=appraisal, member=line.member, item=line.item, audience=line.audience,
                **{name: getattr(line.tally, name) for name in ANSWERS},
            )
            for line in lines if line.answers
        ],
        batch_size=500,
    )


@transaction.atomic
def add_members(appraisal, lines, *, by, at):
    """Go on typing: the next members of a sheet that nobody confirmed yet. Raises NotAsSeen, CountsWrong."""
    held = locked(appraisal)
    if not held.stands or held.confirmed_at or held.recorded_by_id != by.pk:
        raise NotAsSeen(_("这份评议已经核对过，或者刚被更正，请看最新的一版。"))
    for _place, sentence in count_faults(turnouts_of(held), lines):
        raise CountsWrong(sentence)
    there = set(held.counts.values_list("member_id", flat=True))
    _write_lines(held, [line for line in lines if line.member.pk not in there])
    record(held, "type_in", by=by, at=at, organization=held.organization)
    return held


@transaction.atomic
def correct_appraisal(appraisal, typed, *, reason, by, at, on):
    """Put a new version in the place of `appraisal`; it counts again once confirmed.

    `typed.lines` replace those of the same member (or the organisation's); members that are not named keep theirs.
    Raises AppraisalReasonMissing, WrongAppraisalDay, CountsWrong, FactSuperseded.
    """
    _check_reason(reason)
    named = {line.member.pk if line.member else None for line in typed.lines}
    kept = [line for line in lines_of(appraisal) if (line.member.pk if line.member else None) not in named]
    whole = Typed(typed.title, typed.happened_on, typed.turnouts, [*kept, *typed.lines])
    _check(appraisal.campaign, whole, on)
    newer = Appraisal(
        campaign=appraisal.campaign, organization=appraisal.organization, title=typed.title, sheet=appraisal.sheet,
        happened_on=typed.happened_on, recorded_by=by, change_reason=reason.strip(),
    )
    supersede(appraisal, at=at, replacement=newer)
    write_counts(newer, whole.turnouts, whole.lines)
    record(newer, "correct", by=by, at=at, detail={"reason": reason.strip()}, organization=newer.organization)
    return newer


@transaction.atomic
def withdraw_appraisal(appraisal, *, reason, by, at):
    """Take it back; it counts no longer. Raises AppraisalReasonMissing, FactSuperseded."""
    _check_reason(reason)
    supersede(appraisal, at=at)
    record(appraisal, "withdraw", by=by, at=at, detail={"reason": reason.strip()}, organization=appraisal.organization)


def _check_reason(reason):
    if not reason.strip():
        raise AppraisalReasonMissing(_("请写一句更正的原因。"))


def locked(appraisal):
    """The row itself, held until the end of the transaction. Raises FactSuperseded when it is gone."""
    held = Appraisal.objects.select_for_update(of=("self",)).select_related("organization").filter(pk=appraisal.pk).first()
    if held is None:
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    return held


def lines_of(appraisal):
    """[CountLine] of a version: members by strokes, items as on the sheet, members before masses."""
    rows = appraisal.counts.select_related("member").order_by("member__stroke_key", "member_id")
    lines = [
        CountLine(row.member, AppraisalItem(row.item), Audience(row.audience), Tally(*(getattr(row, n) for n in ANSWERS)))
        for row in rows
    ]
    items, audiences = list(AppraisalItem), list(Audience)

    def place(line):
        member = (line.member.stroke_key, line.member.pk) if line.member else ("", 0)
        return (*member, items.index(line.item), audiences.index(line.audience))

    return sorted(lines, key=place)


def turnouts_of(appraisal):
    """{audience: (issued, returned)} of a version."""
    return {turnout.audience: (turnout.issued, turnout.returned) for turnout in appraisal.turnouts.all()}


def items_of(sheet):
    """The items of a sheet, in their order."""
    return SHEET_ITEMS[AppraisalSheet(sheet)]


def members_without_counts(appraisal):
    """Members of the organisation who are not on a member sheet yet, by strokes."""
    there = appraisal.counts.filter(member__isnull=False).values("member")
    return Member.objects.filter(organization=appraisal.organization).present().exclude(pk__in=there).by_strokes()
