"""Where the campaign stands: steps, phases and milestones as positions in percent of its length, for a line drawing."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

CIRCLED = "①②③④⑤⑥⑦⑧⑨"


@dataclass
class LineRow:
    """One line: bars of a state done, now or next; `status` and `word` say the same in a tag."""

    label: str
    starts_on: object
    ends_on: object
    bars: list
    span: str
    status: str
    word: str
    marks: list = field(default_factory=list)
    text: str = ""


@dataclass
class PhaseLine:
    rows: list
    axis: list
    today: float | None
    words: str
    now: object = None  # the phase that holds the day, if any


def phase_line(campaign, *, on):
    """The lines of `campaign` as seen on day `on`: steps in order, the phases of a step in its place. Three queries."""
    steps = list(campaign.steps.order_by("position", "starts_on"))
    phases = list(campaign.phases.order_by("starts_on"))
    milestones = list(campaign.milestones.order_by("on"))
    first = min([campaign.starts_on, *[step.starts_on for step in steps]])
    last = max([campaign.ends_on, *[milestone.on for milestone in milestones]])

    def place(day):
        return round(100 * (day - first).days / max((last - first).days, 1), 1)

    rows, number = [], 0
    for step in steps:
        of_step = [phase for phase in phases if phase.step_id == step.pk]
        for part in of_step or [step]:
            number += bool(of_step)
            label = f"{CIRCLED[(number - 1) % len(CIRCLED)]} {part.title}" if of_step else part.title
            rows.append(_row(part, label, place, on))
    for milestone in milestones:
        holder = next((row for row in reversed(rows) if row.starts_on <= milestone.on <= row.ends_on), rows[-1] if rows else None)
        if holder:
            holder.marks.append({"x": min(place(milestone.on), 99), "label": f"{milestone.title} {milestone.on:%Y.%m.%d}"})
    today = place(on) if first <= on <= last else None
    words = _("进度线：") + "；".join(f"{row.label}{row.word}" for row in rows) + "。"
    return PhaseLine(rows, _axis(first, last, today, place), today, words, next((p for p in phases if p.covers(on)), None))


def _row(part, label, place, on):
    begin, end = place(part.starts_on), place(part.ends_on)
    if part.ends_on < on:
        bars, status, word = [("done", begin, end)], "ok", _("已完成")
    elif part.starts_on > on:
        bars, status, word = [("next", begin, end)], "wait", _("未开始")
    else:
        bars, status, word = [("now", begin, max(place(on), begin)), ("next", place(on), end)], "doing", _("进行中")
    return LineRow(
        label=label, starts_on=part.starts_on, ends_on=part.ends_on, status=status, word=word, text=part.text,
        bars=[{"state": state, "x": x, "width": round(max(to - x, 0.5), 1)} for state, x, to in bars],
        span=f"{part.starts_on.year}年{part.starts_on.month}月{part.starts_on.day}日—"
        f"{part.ends_on.year}年{part.ends_on.month}月{part.ends_on.day}日",
    )


def _axis(first, last, today, place):
    """First and last month, turns of the year, and today; a label gives way to a stronger one close by."""
    ticks = [{"x": 0, "label": f"{first:%Y}.{first.month}"}]
    if today is not None:
        ticks.append({"x": today, "label": _("今天"), "anchor": "middle", "strong": True})
    ticks.append({"x": 100, "label": f"{last:%Y}.{last.month}", "anchor": "end"})
    for year in range(first.year + 1, last.year + 1):
        x = place(first.replace(year=year, month=1, day=1))
        if all(abs(x - tick["x"]) > 14 for tick in ticks):
            ticks.append({"x": x, "label": f"{year}.1", "anchor": "middle"})
    return sorted(ticks, key=lambda tick: tick["x"])
