"""The campaign on one line: where steps, phases, milestones and today lie, in percent of the whole span."""
import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from campaign.models import Milestone, Phase, Step

STEP_SIGNS = "一二三四五六七八九十"
PHASE_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"
GAP = 0.06  # of a percent, so that bars that follow one another do not touch


@dataclass(frozen=True)
class Axis:
    """Whole months from the first day to the last of everything that is drawn."""

    first: date
    last: date

    def at(self, day):
        """Percent from the left, kept inside the picture."""
        share = 100 * (day - self.first).days / max(1, (self.last - self.first).days)
        return round(min(100.0, max(0.0, share)), 2)

    def width(self, first, last):
        """Percent that the days from `first` to `last` (both included) take."""
        return round(max(0.4, self.at(last + timedelta(days=1)) - self.at(first) - GAP), 2)

    def ticks(self):
        """One per quarter: {x, label, year (bool), anchor}; a January and the first one carry the year."""
        ticks, day = [], self.first
        while day <= self.last:
            is_year = day.month == 1 or day == self.first
            label = f"{day.year}.{day.month}" if is_year else f"{day.month}月"
            ticks.append({"x": self.at(day), "label": label, "year": is_year, "anchor": "" if day == self.first else "middle"})
            months = day.month - 1 + 3 - (day.month - 1) % 3
            day = date(day.year + months // 12, months % 12 + 1, 1)
        return ticks


@dataclass
class Row:
    """One line of the picture and of the table: a step, or a phase of one."""

    sign: str
    label: str
    text: str
    starts_on: date
    ends_on: date
    state: str  # done | now | next
    bars: list[dict] = field(default_factory=list)
    is_phase: bool = False
    phases: int = 0
    key: int | None = None  # of the phase
    expected: list = field(default_factory=list)  # what is expected of the categories that the page speaks of


@dataclass(frozen=True)
class Mark:
    """A milestone; `days` from today."""

    label: str
    text: str
    on: date
    x: float
    days: int
    before: bool  # its words stand left of it


@dataclass
class Timeline:
    """Everything the page draws of one campaign on one day."""

    axis: Axis
    on: date
    today: float | None
    rows: list[Row]
    marks: list[Mark]

    @property
    def next_mark(self):
        """The nearest milestone that is still to come, or None."""
        coming = [mark for mark in self.marks if mark.days >= 0]
        return min(coming, key=lambda mark: mark.days) if coming else None

    @property
    def story(self):
        """The same from top to bottom for narrow screens: [{kind: row|mark|today, on, …}] in the order of the days."""
        rows = [{"kind": "row", "on": row.starts_on, "row": row} for row in self.rows if not row.phases]
        marks = [{"kind": "mark", "on": mark.on, "mark": mark} for mark in self.marks]
        today = [{"kind": "today", "on": self.on}] if self.today is not None else []
        return sorted(rows + today + marks, key=lambda entry: entry["on"])


def state_on(starts_on, ends_on, on):
    """done, now or next."""
    if ends_on < on:
        return "done"
    return "now" if starts_on <= on else "next"


def timeline_of(campaign, *, on, expectations=()):
    """The Timeline of `campaign` as seen on day `on`; three queries. `expectations` are given to the rows they hang on."""
    steps = list(Step.objects.filter(campaign=campaign).order_by("position", "starts_on", "pk"))
    phases = list(Phase.objects.filter(campaign=campaign).order_by("starts_on", "pk"))
    milestones = list(Milestone.objects.filter(campaign=campaign).order_by("on", "pk"))
    axis = _axis(campaign, [*steps, *phases], milestones)
    rows = []
    for number, step in enumerate(steps):
        own = [phase for phase in phases if phase.step_id == step.pk]
        rows.append(_row(axis, step, _sign(STEP_SIGNS, number), on, phases=len(own)))
        rows[-1].expected = [e for e in expectations if e.step_id == step.pk and e.phase_id is None]
        rows += [
            _row(axis, phase, _sign(PHASE_SIGNS, place), on, is_phase=True, key=phase.pk)
            for place, phase in enumerate(own)
        ]
    for row in rows:
        row.expected += [e for e in expectations if row.key and e.phase_id == row.key]
    marks = [
        Mark(m.title, m.text, m.on, axis.at(m.on), (m.on - on).days, before=axis.at(m.on) > 70) for m in milestones
    ]
    return Timeline(axis, on, axis.at(on) if axis.first <= on <= axis.last else None, rows, marks)


def _axis(campaign, spans, milestones):
    days = [campaign.starts_on, campaign.ends_on, *(m.on for m in milestones)]
    days += [day for span in spans for day in (span.starts_on, span.ends_on)]
    first, last = min(days), max(days)
    return Axis(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))


def _row(axis, span, sign, on, *, is_phase=False, phases=0, key=None):
    state = state_on(span.starts_on, span.ends_on, on)
    row = Row(sign, span.title, span.text, span.starts_on, span.ends_on, state, is_phase=is_phase, phases=phases, key=key)
    if phases:
        return row  # its phases are drawn instead
    if state == "now":
        row.bars = [_bar(axis, "now", span.starts_on, on)]
        if on < span.ends_on:
            row.bars.append(_bar(axis, "next", on + timedelta(days=1), span.ends_on))
    else:
        row.bars = [_bar(axis, state, span.starts_on, span.ends_on)]
    return row


def _bar(axis, state, first, last):
    return {"state": state, "x": axis.at(first), "width": axis.width(first, last)}


def _sign(signs, number):
    return signs[number] if number < len(signs) else str(number + 1)
