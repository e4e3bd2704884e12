"""The tree of organisations: `parent` is the truth, path, depth, lft and rgt follow it here and nowhere else."""
from collections import defaultdict

from django.db import transaction

from units import scope
from units.domain.history import record
from units.enums import CATEGORY_ORDER
from units.models import Affiliation, Organization


def _place(children, parent_id, path, depth, counter, placed):
    """Walk one level in order; `counter` is a one-element list that numbers lft and rgt."""
    for number, organization in enumerate(children[parent_id]):
        organization.path = path + scope.step(number)
        organization.depth = depth
        counter[0] += 1
        organization.lft = counter[0]
        _place(children, organization.pk, organization.path, depth + 1, counter, placed)
        counter[0] += 1
        organization.rgt = counter[0]
        placed.append(organization)


@transaction.atomic
def rebuild_tree():
    """Write path, depth, lft and rgt of every organisation from `parent`, siblings in institutional order then `position`.

    Returns the number of organisations. Paths are unique, so they are first moved out of each other's way.
    """
    organizations = list(Organization.objects.only("pk", "parent_id", "category", "position", "code"))
    children = defaultdict(list)
    for organization in organizations:
        children[organization.parent_id].append(organization)
    for siblings in children.values():
        siblings.sort(key=lambda o: (CATEGORY_ORDER.get(o.category, -1), o.position, o.code))
    placed = []
    _place(children, None, "", 1, [0], placed)
    before = dict(Organization.objects.values_list("pk", "path"))
    moved = [o for o in placed if before[o.pk] != o.path]
    for organization in moved:
        # "~#12" and not "~12": a new organisation waits under "~" and its code, which may be 12.
        organization.path, organization.final_path = f"~#{organization.pk}", organization.path
    Organization.objects.bulk_update(moved, ["path"], batch_size=500)
    for organization in moved:
        organization.path = organization.final_path
    Organization.objects.bulk_update(placed, ["path", "depth", "lft", "rgt"], batch_size=500)
    return len(placed)


@transaction.atomic
def found_organization(*, code, name, kind, parent, category="", position=0, founded_on, reason="", by, at):
    """Make an organisation with its first affiliation and its place in the tree."""
    organization = Organization.objects.create(
        code=code, name=name, kind=kind, category=category, parent=parent, position=position,
        founded_on=founded_on, path=f"~{code}", depth=1,
    )
    Affiliation.objects.create(
        organization=organization, parent=parent, name=name, kind=kind, category=category, position=position,
        starts_on=founded_on, recorded_at=at, recorded_by=by, change_reason=reason,
    )
    rebuild_tree()
    organization.refresh_from_db()
    record(organization, "found", by=by, at=at, detail={"code": code, "name": name, "reason": reason}, organization=organization)
    return organization
