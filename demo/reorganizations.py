"""What the organisations of the demo were before: one had another name, one belonged to another unit until the spring."""
from datetime import date, datetime

from demo.chance import BEIJING
from units.domain.organization_changes import move_organization, rename_organization

RENAMED_ON, MOVED_ON = date(2010, 11, 15), date(2011, 3, 1)


def write_past_changes(people, *, on):
    """Today's tree stays that of the ledgers, imported on day `on`: only the dated facts before it change."""
    leaves = [leaf for leaf in people.leaves if leaf.depth == 3]
    renamed, (moved, elsewhere) = leaves[1], _pair(leaves[2:], people.units)
    home, name = moved.parent, renamed.name
    before = {"by": people.office, "at": _noon(on), "on": on, "reason": "台账登记"}
    rename_organization(
        renamed, name=name.replace("党支部", "临时党支部"), kind=renamed.kind, happened_on=renamed.founded_on, **before
    )
    move_organization(moved, parent=elsewhere, happened_on=moved.founded_on, **before)
    rename_organization(
        renamed, name=name, kind=renamed.kind, happened_on=RENAMED_ON, reason="机关党委批复：选举产生支部委员会", by=people.office,
        at=_noon(RENAMED_ON), on=RENAMED_ON,
    )
    move_organization(
        moved, parent=home, happened_on=MOVED_ON, reason="机构调整，随处室划转", by=people.office, at=_noon(MOVED_ON),
        on=MOVED_ON,
    )


def _pair(leaves, units):
    """A branch, and another unit of its category that is older."""
    return next(
        (leaf, unit) for leaf in leaves for unit in units
        if unit.category == leaf.category and unit.pk != leaf.parent_id and unit.founded_on <= leaf.founded_on
    )


def _noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
