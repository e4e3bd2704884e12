"""The second typing of paper counts: another person types from the same paper without seeing the first numbers; where the
two differ, the paper is looked at a third time, with a reason; only then the counts are confirmed (4-trust §3)."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.appraisal_figures import ANSWERS, Tally
from evaluations.domain.appraisals import (
    AppraisalReasonMissing,
    CountLine,
    CountsWrong,
    NotAsSeen,
    count_faults,
    lines_of,
    locked,
    turnouts_of,
    write_counts,
)
from evaluations.domain.low_items import raise_low_items
from evaluations.enums import AppraisalItem, AppraisalSheet, Audience
from evaluations.models import AppraisalCount, SecondTyping
from units.domain.history import record
from units.models import Member

MOVED = _("这份评议已经核对过，或者刚被更正，请看最新的一版。")
ANSWER_LABELS = {name: AppraisalCount._meta.get_field(name).verbose_name for name in ANSWERS}
SHEETS = {"issued": _("发出"), "returned": _("收回")}


class SamePerson(Refusal):
    """Whoever typed the counts neither types them again nor settles what differs."""


class OtherTypist(Refusal):
    """Somebody else is typing the counts for the second time."""


@dataclass(frozen=True)
class Difference:
    """One number that the two typed differently; `place` names it in forms, `label` for people."""

    place: str
    label: str
    first: int
    second: int


def numbers_of(turnouts, lines):
    """{place: number} of everything typed; zeros are left out, so that an empty cell and a 0 are the same."""
    found = {}
    for audience, (issued, returned) in turnouts.items():
        found |= {f"issued:{audience}": issued, f"returned:{audience}": returned}
    for line in lines:
        key = line.member.pk if line.member else 0
        for name in ANSWERS:
            found[f"{key}:{line.item.value}:{line.audience.value}:{name}"] = getattr(line.tally, name)
    return {place: number for place, number in found.items() if number}


@transaction.atomic
def type_again(appraisal, *, turnouts, lines, members=(None,), by, at):
    """Keep what the second person typed about `members`; once all are there and nothing differs, the counts are confirmed.

    Raises SamePerson, OtherTypist, NotAsSeen, CountsWrong.
    """
    held = _waiting(appraisal, by)
    second = SecondTyping.objects.filter(appraisal=held).first()
    if second is not None and second.typed_by_id != by.pk:
        raise OtherTypist(_("%(name)s正在复录这份评议，请由同一位同志录完。") % {"name": second.typed_by.display_name})
    if second is not None and not to_type_again(held):
        raise NotAsSeen(MOVED)
    for place, sentence in count_faults(turnouts, lines):
        raise CountsWrong(sentence, field=place if isinstance(place, str) else None)
    second = second or SecondTyping(appraisal=held, typed_by=by)
    second.typed_at = at
    second.numbers = second.numbers | numbers_of(turnouts, lines)
    second.members = sorted({*second.members, *(member.pk if member else 0 for member in members)})
    second.save()
    record(held, "type_again", by=by, at=at, organization=held.organization)
    if not to_type_again(held) and not differences(held):
        _confirm(held, by=by, at=at)
    return held


def to_type_again(appraisal):
    """[Member] (or [None] for the organisation's sheet) that the second person has not typed yet, by strokes."""
    second = SecondTyping.objects.filter(appraisal=appraisal).first()
    done = set(second.members) if second else set()
    if appraisal.sheet == AppraisalSheet.ORGANIZATION:
        return [] if 0 in done else [None]
    named = appraisal.counts.filter(member__isnull=False).values("member")
    return list(Member.objects.filter(pk__in=named).exclude(pk__in=done).by_strokes())


def differences(appraisal):
    """[Difference] of the two typings in the order of the sheet; empty while the second one is not complete."""
    second = SecondTyping.objects.filter(appraisal=appraisal).first()
    if second is None or to_type_again(appraisal):
        return []
    first = numbers_of(turnouts_of(appraisal), lines_of(appraisal))
    places = [place for place in first | second.numbers if first.get(place, 0) != second.numbers.get(place, 0)]
    names = {member.pk: member for member in Member.objects.filter(pk__in={_key(place) for place in places})}
    return [
        Difference(place, _label(place, names), first.get(place, 0), second.numbers.get(place, 0))
        for place in sorted(places, key=lambda place: _order(place, names))
    ]


def _key(place):
    return int(place.split(":")[0]) if place[0].isdigit() else 0


def _order(place, names):
    words = place.split(":")
    if words[0] in SHEETS:
        return "", 0, -1, list(Audience.values).index(words[1]), list(SHEETS).index(words[0])
    member = names.get(int(words[0]))
    return (
        member.stroke_key if member else "", int(words[0]), list(AppraisalItem.values).index(words[1]),
        list(Audience.values).index(words[2]), ANSWERS.index(words[3]),
    )


def _label(place, names):
    words = place.split(":")
    if words[0] in SHEETS:
        return f"{Audience(words[1]).label}{SHEETS[words[0]]}"
    member = names.get(int(words[0]))
    said = [member, AppraisalItem(words[1]).label, Audience(words[2]).label, ANSWER_LABELS[words[3]]]
    return "，".join(str(word) for word in said if word)


@transaction.atomic
def settle_counts(appraisal, settled, *, reason, by, at):
    """After a third look at the paper: `settled` is {place: number} for every difference. The counts are confirmed.

    Raises SamePerson, AppraisalReasonMissing, NotAsSeen, CountsWrong.
    """
    held = _waiting(appraisal, by)
    if not reason.strip():
        raise AppraisalReasonMissing(_("请写一句以哪个数为准、为什么。"))
    open_places = {difference.place for difference in differences(held)}
    if not open_places or open_places != set(settled):
        raise NotAsSeen(MOVED)
    numbers = numbers_of(turnouts_of(held), lines_of(held)) | settled
    turnouts, lines = _rebuilt(numbers)
    for _place, sentence in count_faults(turnouts, lines):
        raise CountsWrong(sentence)
    held.turnouts.all().delete()
    held.counts.all().delete()
    write_counts(held, turnouts, lines)
    detail = {"note": str(_("%(n)s 处不一致：%(reason)s") % {"n": len(open_places), "reason": reason.strip()})}
    record(held, "settle_counts", by=by, at=at, detail=detail, organization=held.organization)
    _confirm(held, by=by, at=at)
    return held


def _rebuilt(numbers):
    """(turnouts, [CountLine]) of {place: number}."""
    turnouts, tallies = {}, {}
    for place, number in numbers.items():
        words = place.split(":")
        if words[0] in SHEETS:
            turnouts.setdefault(words[1], {})[words[0]] = number
        else:
            tallies.setdefault(tuple(words[:3]), {})[words[3]] = number
    names = Member.objects.in_bulk({int(key) for key, _item, _audience in tallies})
    lines = [
        CountLine(names.get(int(key)), AppraisalItem(item), Audience(audience), Tally(**answers))
        for (key, item, audience), answers in tallies.items()
    ]
    return {audience: (said.get("issued", 0), said.get("returned", 0)) for audience, said in turnouts.items()}, lines


def _waiting(appraisal, by):
    """The row, held; it waits for a second person who is not the first. Raises NotAsSeen, SamePerson."""
    held = locked(appraisal)
    if held.recorded_by_id == by.pk:
        raise SamePerson(_("录入和核对要由两个人完成。"))
    if not held.stands or held.confirmed_at:
        raise NotAsSeen(MOVED)
    return held


def _confirm(held, *, by, at):
    held.confirmed_by, held.confirmed_at = by, at
    held.save(update_fields=["confirmed_by", "confirmed_at"])
    record(held, "confirm", by=by, at=at, organization=held.organization)
    raise_low_items(held, by=by, at=at)
