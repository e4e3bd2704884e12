"""Organisations change on a day and for a reason: founded, renamed, moved, merged, dissolved. What held before stays
readable as dated facts (affiliations, memberships, posts); today's tree is rewritten."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain import organization_endings as endings
from units.domain.history import record, record_many
from units.domain.linked_bodies import carry_bodies
from units.domain.organizations import found_organization, rebuild_tree
from units.domain.successions import Succession, settle
from units.models import Affiliation, Member, Organization

DEEPEST = 16  # steps of a path


class WrongDay(Refusal):
    """A change lies neither in the future nor before the last one."""

    field = "happened_on"


class ReasonMissing(Refusal):
    """Every change names its reason or document."""

    field = "reason"


class AlreadyDissolved(Refusal):
    """What exists no more changes no more."""


class TopStays(Refusal):
    """The organisation at the top of the tree has nowhere to go."""


class WrongPlace(Refusal):
    """Not below itself, not where it is already, not below something that does not exist on that day, not too deep."""

    field = "parent"


class NameTaken(Refusal):
    """Another organisation has this name."""

    field = "name"


class CodeTaken(Refusal):
    """Another organisation has this code."""

    field = "code"


class NothingChanged(Refusal):
    """The form says what holds already."""

    field = "name"


class StillHolds(Refusal):
    """Members and organisations below are moved or merged before their organisation is dissolved."""


@transaction.atomic
def found_below(*, parent, name, code, kind, category="", happened_on, reason, by, at, on):
    """Found an organisation below `parent`; in a unit it has the unit's category. Returns it.

    Raises WrongDay, ReasonMissing, NameTaken, CodeTaken, WrongPlace.
    """
    _hold_tree()
    parent = Organization.objects.get(pk=parent.pk)
    check_day_and_reason(happened_on, reason, on)
    _check_name(name)
    if Organization.objects.filter(code=code).exists():
        raise CodeTaken(_("这个组织代码已经用过。"))
    _check_parent(parent, happened_on, height=1)
    last = Organization.objects.filter(parent=parent).order_by("-position").values_list("position", flat=True).first()
    return found_organization(
        code=code, name=name, kind=kind, parent=parent, category=parent.category or category, position=(last or 0) + 1,
        founded_on=happened_on, reason=reason.strip(), by=by, at=at,
    )


@transaction.atomic
def rename_organization(organization, *, name, kind, happened_on, reason, by, at, on):
    """Give another name, another kind, or both. Returns the organisation.

    Raises WrongDay, ReasonMissing, AlreadyDissolved, NameTaken, NothingChanged.
    """
    organization = _held(organization)
    check_day_and_reason(happened_on, reason, on)
    if (name, kind) == (organization.name, organization.kind):
        raise NothingChanged(_("名称和类型都没有变。"))
    _check_name(name, besides=organization)
    before = f"{organization.name}（{organization.get_kind_display()}）"
    organization.name, organization.kind = name, kind
    organization.save(update_fields=["name", "kind"])
    _write_affiliations([organization], happened_on, reason, by=by, at=at)
    record(
        organization, "rename", by=by, at=at, organization=organization,
        detail=_told(happened_on, reason, before, f"{name}（{organization.get_kind_display()}）"),
    )
    return organization


@transaction.atomic
def move_organization(organization, *, parent, happened_on, reason, by, at, on):
    """Put the organisation, with everything below it, under another parent. Returns it.

    Raises WrongDay, ReasonMissing, AlreadyDissolved, TopStays, WrongPlace.
    """
    organization, parent = _held(organization), Organization.objects.get(pk=parent.pk)
    check_day_and_reason(happened_on, reason, on)
    _check_not_top(organization)
    if organization.contains(parent):
        raise WrongPlace(_("不能移到自己或自己的下级下面。"))
    if parent.pk == organization.parent_id:
        raise WrongPlace(_("现在就在“%(name)s”下面。") % {"name": parent})
    _check_parent(parent, happened_on, height=_height(organization))
    before = organization.parent.name
    _put_below(organization, parent, happened_on, reason, by=by, at=at)
    rebuild_tree()
    organization.refresh_from_db()
    record(
        organization, "move", by=by, at=at, organization=organization,
        detail=_told(happened_on, reason, before, parent.name),
    )
    return organization


@transaction.atomic
def merge_organization(organization, *, target, happened_on, reason, by, at, on):
    """Let the organisation become part of `target`: members, organisations below and what is open go over on that day.
    Returns `target`.

    Raises WrongDay, ReasonMissing, AlreadyDissolved, TopStays, WrongPlace.
    """
    organization, target = _held(organization), Organization.objects.get(pk=target.pk)
    check_day_and_reason(happened_on, reason, on)
    _check_not_top(organization)
    if organization.contains(target):
        raise WrongPlace(_("不能并入自己或自己的下级。"), field="target")
    children = list(organization.children.active())
    height = max([_height(child) for child in children], default=0)
    _check_parent(target, happened_on, height=height, field="target")
    for child in children:
        _put_below(child, target, happened_on, reason, by=by, at=at)
    carried = endings.carry_members(organization, target, happened_on=happened_on, by=by, at=at)
    carry_bodies(organization, target, by=by, at=at)
    settle(merger(organization, target=target, happened_on=happened_on), by=by, at=at, on=on)
    _end(organization, happened_on, by=by, at=at, merged_into=target)
    rebuild_tree()
    target.refresh_from_db()
    note = _("%(day)s %(old)s并入%(new)s，党员 %(members)s 人、下级 %(children)s 个：%(reason)s") % {
        "day": happened_on.isoformat(), "old": organization, "new": target, "members": carried,
        "children": len(children), "reason": reason.strip(),
    }
    record_many(
        [(organization, "merge", {"note": note}, organization), (target, "take_in", {"note": note}, target)], by=by, at=at
    )
    return target


def held_words(members, children):
    """What an organisation still holds, and what to do: "还有 5 名党员，请先转走，或者改办“合并”。"."""
    told = [
        _("%(n)s 名党员") % {"n": members} if members else "", _("%(n)s 个下级党组织") % {"n": children} if children else "",
    ]
    return _("还有 %(what)s，请先转走，或者改办“合并”。") % {"what": "、".join(filter(None, told))}


@transaction.atomic
def dissolve_organization(organization, *, happened_on, reason, by, at, on):
    """End an empty organisation; what it leaves open is its parent's. Returns it.

    Raises WrongDay, ReasonMissing, AlreadyDissolved, TopStays, StillHolds.
    """
    organization = _held(organization)
    check_day_and_reason(happened_on, reason, on)
    _check_not_top(organization)
    members, children = holds(organization)
    if members or children:
        raise StillHolds(held_words(members, children))
    settle(dissolution(organization, happened_on=happened_on), by=by, at=at, on=on)
    _end(organization, happened_on, by=by, at=at)
    record(
        organization, "dissolve", by=by, at=at, organization=organization,
        detail={"note": f"{happened_on.isoformat()}：{reason.strip()}"},
    )
    return organization


def holds(organization):
    """(members, active organisations right below) that stand in the way of dissolving it."""
    return Member.objects.present().filter(organization=organization).count(), organization.children.active().count()


def merger(organization, *, target, happened_on):
    """The Succession of an organisation that becomes part of `target`."""
    reason = _("%(old)s并入%(new)s") % {"old": organization, "new": target}
    return Succession(organization, target, happened_on, reason, is_merger=True)


def dissolution(organization, *, happened_on):
    """The Succession of an organisation that ends for good: its parent answers for what it left."""
    return Succession(organization, organization.parent, happened_on, _("%(old)s撤销") % {"old": organization})


def category_below(parent, organization):
    """The category an organisation has below `parent`: the unit's; below the root its own."""
    return parent.category or organization.category


# The steps ------------------------------------------------------------------------------------
def _hold_tree():
    """Two changes at once wait for one another, so that no two of them together make a circle."""
    list(Organization.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _held(organization):
    _hold_tree()
    held = Organization.objects.select_related("parent").get(pk=organization.pk)
    if held.dissolved_on:
        raise AlreadyDissolved(_("“%(name)s”已经撤销。") % {"name": held})
    return held


def check_day_and_reason(happened_on, reason, on):
    """What every change is asked first, also before it is shown. Raises WrongDay, ReasonMissing."""
    if happened_on > on:
        raise WrongDay(_("日期不能晚于今天。"))
    if not reason.strip():
        raise ReasonMissing(_("请写原因或依据的文件。"))


def _check_not_top(organization):
    if organization.is_root:
        raise TopStays(_("最上级党组织不能移动、合并或撤销。"))


def _check_name(name, besides=None):
    others = Organization.objects.active().filter(name=name)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise NameTaken(_("已经有同名的党组织。"))


def _check_parent(parent, happened_on, *, height, field="parent"):
    if parent.dissolved_on:
        raise WrongPlace(_("“%(name)s”已经撤销。") % {"name": parent}, field=field)
    # The line above stood still since that day: else two changes in the past could make a circle of one past day.
    line = Organization.objects.above(parent) | Organization.objects.filter(pk=parent.pk)
    for old in _open_affiliations(line.exclude(parent=None)).values():
        if old.starts_on > happened_on:
            raise _too_early(old, old.name)
    if parent.depth + height > DEEPEST:
        raise WrongPlace(_("层级太多，最多 %(most)s 级。") % {"most": DEEPEST}, field=field)


def _height(organization):
    """How many levels the organisation and what is below it take."""
    deepest = Organization.objects.within(organization).order_by("-depth").values_list("depth", flat=True).first()
    return deepest - organization.depth + 1


def _put_below(organization, parent, happened_on, reason, *, by, at):
    """Write parent and category of an organisation, the category of what is below it, and their affiliations."""
    category = category_below(parent, organization)
    below = []
    if category != organization.category:
        below = list(Organization.objects.active().within(organization).exclude(pk=organization.pk))
    for moved in [organization, *below]:
        moved.category = category
    organization.parent = parent
    Organization.objects.bulk_update([organization, *below], ["parent", "category"], batch_size=500)
    _write_affiliations([organization, *below], happened_on, reason, by=by, at=at)


def _write_affiliations(organizations, happened_on, reason, *, by, at):
    """What held ends on the day before, what holds now begins on `happened_on`; a second change of a day replaces the first."""
    standing = _open_affiliations(organizations)
    for organization in organizations:
        old = standing.get(organization.pk)
        if old and old.starts_on > happened_on:
            raise _too_early(old, organization)
        new = Affiliation(
            organization=organization, parent_id=organization.parent_id, name=organization.name, kind=organization.kind,
            category=organization.category, position=organization.position, starts_on=happened_on, recorded_at=at,
            recorded_by=by, change_reason=reason.strip(),
        )
        endings.follow(old, new, happened_on=happened_on, by=by, at=at)


def _open_affiliations(organizations):
    """{organisation id: Affiliation} without an end; of two the one that began later."""
    rows = Affiliation.objects.standing().filter(organization__in=organizations, ends_on__isnull=True)
    return {row.organization_id: row for row in rows.order_by("starts_on", "pk")}


def _too_early(old, name):
    return WrongDay(
        _("“%(name)s”上次变动在 %(day)s，日期不能早于那一天。") % {"name": name, "day": old.starts_on.isoformat()}
    )


def _end(organization, happened_on, *, by, at, merged_into=None):
    """Close the organisation, its affiliation, its posts and the roles over it."""
    old = _open_affiliations([organization]).get(organization.pk)
    if old and old.starts_on >= happened_on:
        raise WrongDay(
            _("“%(name)s”上次变动在 %(day)s，日期要晚于那一天。") % {"name": organization, "day": old.starts_on.isoformat()}
        )
    organization.dissolved_on, organization.merged_into = happened_on, merged_into
    organization.save(update_fields=["dissolved_on", "merged_into"])
    if old:
        endings.end_before(old, happened_on, by=by, at=at)
    endings.end_posts(organization, happened_on=happened_on, by=by, at=at)
    endings.withdraw_transfers(organization, by=by, at=at)
    endings.end_groups(organization, happened_on=happened_on, by=by, at=at)
    endings.end_bodies(organization, happened_on=happened_on, by=by, at=at)
    endings.end_charges(organization, happened_on=happened_on, by=by, at=at)
    endings.end_grants(organization, by=by, at=at)


def _told(happened_on, reason, before, after):
    return {"note": f"{happened_on.isoformat()} {before} → {after}：{reason.strip()}"}
