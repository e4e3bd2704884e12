"""Where campaign duties collide: too many in one week, or one in a busy period. These are warnings; nothing is blocked.

Source: row S22 of the design (campaign dates beside the unit's main work, load spread).
"""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from campaign.domain.agenda import Entry, agenda
from campaign.domain.agenda_sources import commitment_entry, rectification_entry, task_entry
from campaign.models import BusyPeriod
from config.kit.day_words import short_day, short_span
from units.models import Organization

MOST_IN_A_WEEK = 3
NAMED = 4


@dataclass(frozen=True)
class FullWeek:
    """More duties than a week should have; `monday` is its first day."""

    monday: date
    entries: list[Entry]

    @property
    def days(self):
        return short_span(self.monday, self.monday + timedelta(days=6))

    def __str__(self):
        titles = "、".join(entry.title for entry in self.entries[:NAMED]) + (_("等") if len(self.entries) > NAMED else "")
        return _("%(week)s这一周有 %(n)s 件事到期：%(titles)s。可以错开几天。") % {
            "week": self.days, "n": len(self.entries), "titles": titles
        }


@dataclass(frozen=True)
class BusyHit:
    """A duty in a busy period."""

    entry: Entry
    period: BusyPeriod

    @property
    def entries(self):
        return [self.entry]

    def __str__(self):
        return _("“%(title)s”（%(day)s）落在忙期“%(busy)s”（%(span)s）里。") % {
            "title": self.entry.title, "day": short_day(self.entry.on), "busy": self.period.title,
            "span": short_span(self.period.starts_on, self.period.ends_on),
        }


def monday_of(day):
    """The first day of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def full_weeks(entries):
    """[FullWeek] of one organisation's entries, in the order of the weeks."""
    weeks = defaultdict(list)
    for entry in entries:
        if entry.is_duty:
            weeks[monday_of(entry.on)].append(entry)
    return [FullWeek(monday, weeks[monday]) for monday in sorted(weeks) if len(weeks[monday]) > MOST_IN_A_WEEK]


def busy_hits(entries, periods):
    """[BusyHit] of one organisation's entries in its busy periods, in the order of the entries."""
    return [BusyHit(entry, period) for entry in entries if entry.is_duty for period in periods if period.covers(entry.on)]


def collisions(entries, periods):
    """All warnings about one organisation's entries: full weeks first, then duties in busy periods."""
    return [*full_weeks(entries), *busy_hits(entries, periods)]


def collisions_of(entries_meant, campaign, organization):
    """Warnings that concern `entries_meant` (duties of the organisation, perhaps not in its agenda yet) among all that it
    owes in those weeks; those that are over are left out by the caller."""
    if not entries_meant:
        return []
    first = monday_of(min(entry.on for entry in entries_meant))
    last = monday_of(max(entry.on for entry in entries_meant)) + timedelta(days=6)
    keys = {entry.key for entry in entries_meant}
    others = [entry for entry in agenda(campaign, [organization.pk], first, last) if entry.key not in keys]
    everything = sorted([*others, *entries_meant], key=lambda entry: (entry.on, entry.key))
    periods = list(BusyPeriod.objects.of(organization).between(first, last).order_by("starts_on", "pk"))
    return [one for one in collisions(everything, periods) if keys & {entry.key for entry in one.entries}]


def collisions_of_tasks(plan, tasks, *, on):
    """Warnings about `tasks` of the plan that are due on `on` or later, whether it is approved already or not."""
    entries = [task_entry(task) for task in tasks if task.due_on >= on]
    if plan.approved_at is None and entries:  # its other tasks are not in the agenda yet
        keys = {entry.key for entry in entries}
        weeks = {monday_of(entry.on) for entry in entries}
        beside = [task_entry(task) for task in plan.tasks.standing()]
        beside = [entry for entry in beside if entry.key not in keys and monday_of(entry.on) in weeks]
        found = collisions_of([*entries, *beside], plan.campaign, plan.organization)
        return [one for one in found if keys & {entry.key for entry in one.entries}]
    return collisions_of(entries, plan.campaign, plan.organization)


def collisions_of_commitment(commitment, *, on):
    """Warnings about a promise due on `on` or later. A member's is no duty of the organisation: it only meets busy periods."""
    if commitment.due_on < on:
        return []
    entry = commitment_entry(commitment)
    if commitment.member_id is None:
        return collisions_of([entry], commitment.campaign, commitment.organization)
    return busy_hits([entry], BusyPeriod.objects.of(commitment.organization).between(entry.on, entry.on).order_by("pk"))


def collisions_of_items(items, *, on):
    """Warnings about rectification items of one organisation that are due on `on` or later."""
    entries = [rectification_entry(item) for item in items if item.due_on >= on]
    return collisions_of(entries, items[0].campaign, items[0].organization) if entries else []


@dataclass(frozen=True)
class LookOut:
    """What a form says beside a due day: weeks that already hold as many duties as they should, busy periods, and what the
    day that stands in the form meets."""

    full: list
    periods: list
    clashes: list


def look_out(campaign, organization, first, last, *, on, day=None, title=""):
    """The LookOut of an organisation between two days, from `on` on; `day` is the one in the form, `title` what is due then."""
    first = max(first, on)
    if last < first:
        return LookOut([], [], [])
    day = day if day and day >= on else None
    until = max(last, monday_of(day) + timedelta(days=6)) if day else last
    entries = agenda(campaign, [organization.pk], monday_of(first), until)
    weeks = defaultdict(list)
    for entry in entries:
        if entry.is_duty and entry.on <= last:
            weeks[monday_of(entry.on)].append(entry)
    full = [FullWeek(monday, weeks[monday]) for monday in sorted(weeks) if len(weeks[monday]) >= MOST_IN_A_WEEK]
    periods = list(BusyPeriod.objects.of(organization).between(first, until).order_by("starts_on", "pk"))
    clashes = []
    if day:
        chosen = Entry("chosen", day, "", title, "", organization.pk, is_duty=True)
        everything = sorted([*entries, chosen], key=lambda entry: (entry.on, entry.key))
        clashes = [one for one in collisions(everything, periods) if chosen in one.entries]
    return LookOut(full, [period for period in periods if period.starts_on <= last], clashes)


def units_hit(campaign, day):
    """({unit: …} for which a thing of everybody on `day` falls in a busy period, {…} for which it makes the week too full).

    Two lists of organisations directly under the root, in institutional order. A handful of queries for all of them.
    """
    units = list(Organization.objects.active().units().within(campaign.organization).in_institutional_order())
    periods = list(BusyPeriod.objects.between(day, day).select_related("organization"))
    busy = [unit for unit in units if any(unit.path.startswith(period.organization.path) for period in periods)]
    monday = monday_of(day)
    entries = agenda(campaign, [unit.pk for unit in units], monday, monday + timedelta(days=6))
    common = sum(entry.is_duty for entry in entries if entry.organization_id is None)
    owed = defaultdict(int)
    for entry in entries:
        owed[entry.organization_id] += entry.is_duty
    return busy, [unit for unit in units if owed[unit.pk] + common > MOST_IN_A_WEEK]


def milestone_collisions(campaign, *, on):
    """Probe of frame_effects: for each milestone to come, which units it meets at a bad moment."""
    lines = {}
    for mark in campaign.milestones.filter(on__gte=on).order_by("on", "pk"):
        busy, full = units_hit(campaign, mark.on)
        if busy:
            lines["busy", mark.pk] = (_("“%(title)s”遇上忙期的单位") % {"title": mark.title}, _names(busy))
        if full:
            lines["full", mark.pk] = (_("“%(title)s”那一周超过三件事的单位") % {"title": mark.title}, _names(full))
    return lines


def _names(units):
    named = "、".join(unit.name for unit in units[:NAMED])
    return _("%(n)s 个：%(names)s") % {"n": len(units), "names": named + (_("等") if len(units) > NAMED else "")}
