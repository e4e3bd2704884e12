"""The timeline in small, for home pages: a line per phase, and per step that has no phases, as `_phase_line` draws them."""
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.domain.timeline import Row, timeline_of

CLOSE = 14  # percent; a label gives way to a stronger one this near
STATES = {
    "done": ("ok", gettext_lazy("已完成")),
    "now": ("doing", gettext_lazy("进行中")),
    "next": ("wait", gettext_lazy("未开始")),
}


@dataclass(frozen=True)
class PhaseLine:
    """`rows`, `axis`, `today` and `words` go to the component; `current` is the running phase's row, `next_mark` the
    nearest milestone to come."""

    rows: list
    axis: list
    today: float | None
    words: str
    current: Row | None
    next_mark: object


def phase_line(campaign, *, on):
    """The lines of `campaign` as seen on day `on`; three queries."""
    timeline = timeline_of(campaign, on=on)
    drawn = [row for row in timeline.rows if not row.phases]
    rows = [_shown(row) for row in drawn]
    for mark in timeline.marks:
        holders = [place for place, row in enumerate(drawn) if row.starts_on <= mark.on <= row.ends_on]
        if rows:
            rows[holders[-1] if holders else -1]["marks"].append(
                {"x": min(mark.x, 99), "label": f"{mark.label} {mark.on:%Y.%m.%d}"}
            )
    words = _("进度线：") + "；".join(f"{row['label']}{row['word']}" for row in rows) + "。"
    current = next((row for row in drawn if row.is_phase and row.state == "now"), None)
    return PhaseLine(rows, _thinned(timeline), timeline.today, words, current, timeline.next_mark)


def _shown(row):
    status, word = STATES[row.state]
    first, last = row.starts_on, row.ends_on
    return {
        "label": f"{row.sign} {row.label}" if row.is_phase else row.label, "bars": row.bars, "marks": [],
        "status": status, "word": word,
        "span": f"{first.year}年{first.month}月{first.day}日—{last.year}年{last.month}月{last.day}日",
    }


def _thinned(timeline):
    """Today first, then both ends and the turns of the year as far as there is room."""
    first, last = timeline.axis.first, timeline.axis.last
    ticks = [] if timeline.today is None else [
        {"x": timeline.today, "label": _("今天"), "anchor": "middle", "strong": True}
    ]
    ends = [
        {"x": 0, "label": f"{first.year}.{first.month}"},
        {"x": 100, "label": f"{last.year}.{last.month}", "anchor": "end"},
    ]
    years = [tick for tick in timeline.axis.ticks() if tick["year"] and tick["x"]]
    for tick in [*ends, *years]:
        if all(abs(tick["x"] - other["x"]) > CLOSE for other in ticks):
            ticks.append(tick)
    return sorted(ticks, key=lambda tick: tick["x"])
