"""Party groups inside a branch: founded, renamed, dissolved; who belongs to them, and leads them, from which day on."""
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.names import tidy
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.organization_endings import end_before, follow
from units.enums import OrganizationKind
from units.models import GroupPlace, Member, Membership, Organization, PartyGroup


class WrongDay(Refusal):
    """Neither in the future nor before what was arranged last."""

    field = "happened_on"


class NotABranch(Refusal):
    """Groups are parts of branches."""


class NameTaken(Refusal):
    """Another group of the branch has this name."""

    field = "name"


class WrongMembers(Refusal):
    """Only members of the branch, and the leader among them."""

    field = "members"


class GroupDissolved(Refusal):
    """What exists no more changes no more."""


@dataclass
class GroupRow:
    """One group with its people of today; without a group, those who are in none."""

    group: PartyGroup | None
    leader: Member | None = None
    members: list = field(default_factory=list)  # by strokes, the leader among them


def groups_of(branch, *, on):
    """([GroupRow] in order of founding, [members of the branch in no group]). Three queries."""
    rows = {group.pk: GroupRow(group) for group in PartyGroup.objects.active().filter(branch=branch).order_by("founded_on", "pk")}
    left = {member.pk: member for member in Member.objects.present().filter(organization=branch).by_strokes()}
    places = GroupPlace.objects.standing().on(on).filter(group__in=list(rows), member__organization=branch)
    for place in places.select_related("member").order_by("member__stroke_key", "member"):
        if left.pop(place.member_id, None) is not None:
            rows[place.group_id].members.append(place.member)
            if place.is_leader:
                rows[place.group_id].leader = place.member
    return list(rows.values()), list(left.values())


@transaction.atomic
def found_group(branch, *, name, members=(), leader=None, happened_on, by, at, on):
    """Make a group of a branch with its first members. Returns it.

    Raises NotABranch, WrongDay, NameTaken, WrongMembers.
    """
    if branch.kind != OrganizationKind.BRANCH or branch.dissolved_on:
        raise NotABranch(_("党小组设在党支部里面。"))
    group = PartyGroup(branch=branch, name=tidy(name), founded_on=happened_on)
    _check_day(happened_on, on)
    _check_name(group)
    group.save()
    _place(group, members, leader, happened_on, by=by, at=at)
    record(group, "found", by=by, at=at, organization=branch, detail={"note": f"{happened_on.isoformat()} {group.name}"})
    return group


@transaction.atomic
def arrange_group(group, *, name, members, leader=None, happened_on, by, at, on):
    """Let the group be called `name` and consist of exactly `members`, led by `leader`, from `happened_on` on. Returns it.

    Raises GroupDissolved, WrongDay, NameTaken, WrongMembers.
    """
    group = _held(group)
    _check_day(happened_on, on)
    if happened_on < group.founded_on:
        raise WrongDay(_("日期不能早于党小组成立的日期。"))
    group.name = tidy(name)
    _check_name(group)
    group.save(update_fields=["name"])
    joined, left = _place(group, members, leader, happened_on, by=by, at=at)
    note = _("%(day)s %(name)s：进 %(joined)s 人，出 %(left)s 人") % {
        "day": happened_on.isoformat(), "name": group.name, "joined": joined, "left": left,
    }
    record(group, "change", by=by, at=at, organization=group.branch, detail={"note": note})
    return group


@transaction.atomic
def dissolve_group(group, *, happened_on, by, at, on):
    """End a group and everybody's place in it. Raises GroupDissolved, WrongDay."""
    group = _held(group)
    _check_day(happened_on, on)
    if happened_on < group.founded_on:
        raise WrongDay(_("日期不能早于党小组成立的日期。"))
    _check_after_last_change(group, happened_on)
    end_places(group.places, happened_on=happened_on, by=by, at=at)
    group.dissolved_on = happened_on
    group.save(update_fields=["dissolved_on"])
    note = f"{happened_on.isoformat()} {group.name}"
    record(group, "dissolve", by=by, at=at, organization=group.branch, detail={"note": note})
    return group


def end_places(places, *, happened_on, by, at):
    """End open places before a day; one that would have held for no day is taken back."""
    for place in places.standing().filter(ends_on__isnull=True):
        if place.starts_on >= happened_on:
            supersede(place, at=at)
        else:
            end_before(place, happened_on, by=by, at=at)


def _held(group):
    held = PartyGroup.objects.select_for_update().get(pk=group.pk)
    if held.dissolved_on:
        raise GroupDissolved(_("这个党小组已经撤销。"))
    return held


def _check_day(happened_on, on):
    if happened_on > on:
        raise WrongDay(_("日期不能晚于今天。"))


def _check_after_last_change(group, happened_on):
    places = group.places.standing()
    days = [place.ends_on + timedelta(days=1) if place.ends_on else place.starts_on for place in places]
    if days and max(days) > happened_on:
        raise WrongDay(_("这个党小组 %(day)s 还有人员变动，日期不能早于那一天。") % {"day": max(days).isoformat()})


def _check_name(group):
    try:
        group.validate_constraints()
    except ValidationError as reason:
        raise NameTaken(reason.messages[0]) from reason


def _check_days(places, members, happened_on):
    """Nobody changes places before the last change, nor is in a group of a branch before belonging to it."""
    days = [(place.starts_on, place.member) for place in places]
    left = GroupPlace.objects.standing().filter(member__in=members, ends_on__gte=happened_on).select_related("member")
    days += [(place.ends_on + timedelta(days=1), place.member) for place in left]
    for day, member in days:
        if day > happened_on:
            raise WrongDay(_("%(name)s上次分组在 %(day)s，日期不能早于那一天。") % {"name": member, "day": day.isoformat()})
    came = Membership.objects.standing().filter(member__in=members, ends_on__isnull=True, starts_on__gt=happened_on)
    if late := came.select_related("member").order_by("-starts_on", "pk").first():
        raise WrongDay(_("%(name)s %(day)s 才到本支部，日期不能早于那一天。") % {
            "name": late.member, "day": late.starts_on.isoformat()})


def _place(group, members, leader, happened_on, *, by, at):
    """Write who is in the group from the day on. Returns (how many came, how many left)."""
    Organization.objects.select_for_update().get(pk=group.branch_id)  # two groups take nobody at the same moment
    wanted = {member.pk: member for member in members}
    if any(member.organization_id != group.branch_id for member in wanted.values()):
        raise WrongMembers(_("只能选本支部的党员。"))
    if leader is not None and leader.pk not in wanted:
        raise WrongMembers(_("组长要在本组名单里。"), field="leader")
    lead = leader.pk if leader else None
    open_places = GroupPlace.objects.standing().filter(ends_on__isnull=True)
    now = {place.member_id: place for place in open_places.filter(member__in=list(wanted)).select_related("member")}
    gone = list(open_places.filter(group=group).exclude(member__in=list(wanted)).select_related("member"))
    changed = [
        key for key in wanted
        if key not in now or now[key].group_id != group.pk or now[key].is_leader != (key == lead)
    ]
    _check_days([*gone, *(now[key] for key in changed if key in now)], [wanted[key] for key in changed], happened_on)
    end_places(GroupPlace.objects.filter(pk__in=[place.pk for place in gone]), happened_on=happened_on, by=by, at=at)
    for key in sorted(changed, key=lambda key: key == lead):  # the old leader steps down before the new one steps up
        fresh = GroupPlace(
            group=group, member_id=key, is_leader=key == lead, starts_on=happened_on, recorded_at=at, recorded_by=by
        )
        follow(now.get(key), fresh, happened_on=happened_on, by=by, at=at)
    came = sum(1 for key in changed if key not in now or now[key].group_id != group.pk)
    return came, len(gone)
