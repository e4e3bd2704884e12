"""Write the organisations of an import: rows, affiliations, and the tree."""
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.kit.facts import supersede_all
from config.kit.refusal import Refusal
from units.domain.import_organizations import in_circles
from units.domain.organizations import rebuild_tree
from units.enums import LineOutcome
from units.models import Affiliation, Organization

_AFFILIATED = {"name", "kind", "category", "parent"}  # what an affiliation says of an organisation


class TreeBroken(Refusal):
    """The chosen changes alone would leave organisations without a way to the top, or with a name twice."""


def write_organizations(lines, effect, *, at, by, reason):
    """Create and change organisations. Returns {code of a new organisation: primary key}."""
    if not lines:
        return {}
    fresh_lines = [line for line in lines if line.outcome == LineOutcome.NEW]
    made = _create(fresh_lines, effect)
    fresh = {organization.code: organization.pk for organization in made}
    _change([line for line in lines if line.outcome == LineOutcome.CHANGED], fresh, effect, at, by, reason)
    _settle(made, fresh_lines, fresh, effect, at, by)
    above = dict(Organization.objects.exclude(parent=None).values_list("pk", "parent_id"))
    if in_circles(above):
        raise TreeBroken(_("勾选的更正会让几个党组织互为上级。请把有关的几行都勾上，或都去掉。"))
    rebuild_tree()
    return fresh


def key_to_pk(key, fresh):
    """The primary key behind "#12" or a new organisation's code; None for ""."""
    if not key:
        return None
    return int(key[1:]) if key.startswith("#") else fresh[key]


def _day(text):
    return date.fromisoformat(text) if text else None


def _create(lines, effect):
    """New organisations, first without parent and name: one may be the parent of another, or take over a name."""
    last = max(Organization.objects.values_list("position", flat=True), default=0)
    made = Organization.objects.bulk_create(
        [
            Organization(
                code=line.values["code"], name=f"~{line.values['code']}", kind=line.values["kind"],
                category=line.values["category"], note=line.values["note"], founded_on=_day(line.values["founded_on"]),
                position=line.values["position"] or last + number, path=f"~{line.values['code']}", depth=1,
            )
            for number, line in enumerate(lines, 1)
        ],
        batch_size=500,
    )
    effect.note_made("organization", made)
    return made


def _settle(made, lines, fresh, effect, at, by):
    """Give new organisations their names, parents and first affiliations."""
    _refuse_doubles(Organization.objects.exclude(pk__in=fresh.values()), [line.values["name"] for line in lines], [])
    affiliations = []
    for organization, line in zip(made, lines, strict=True):
        organization.name, organization.parent_id = line.values["name"], key_to_pk(line.values["parent"], fresh)
        affiliations.append(_affiliation(organization, _day(line.values["since"]) or localdate(at), at, by))
        effect.events.append((organization, "import_new", {"sheet": line.sheet, "row": line.row}, None))
    Organization.objects.bulk_update(made, ["name", "parent"], batch_size=500)
    effect.note_made("affiliation", Affiliation.objects.bulk_create(affiliations, batch_size=500))


def _refuse_doubles(others, names, codes):
    """Say in words what the database would refuse: a name or a code twice, because a change was not chosen."""
    if others.active().filter(name__in=names).exists() or others.filter(code__in=codes).exists():
        raise TreeBroken(_("勾选的更正会让两个党组织同名或同代码。请把有关的几行都勾上，或都去掉。"))


def _affiliation(organization, starts_on, at, by):
    return Affiliation(
        organization=organization, parent_id=organization.parent_id, name=organization.name, kind=organization.kind,
        category=organization.category, position=organization.position, starts_on=starts_on, recorded_at=at, recorded_by=by,
    )


def _change(lines, fresh, effect, at, by, reason):
    if not lines:
        return
    rows = Organization.objects.in_bulk([line.subject_id for line in lines])
    affiliated = []
    for line in lines:
        organization, changed = rows[line.subject_id], line.values["changed"]
        before = {_column(name): getattr(organization, _column(name)) for name in changed}
        for name in changed:
            setattr(organization, _column(name), _value(name, line.values[name], fresh))
        effect.before.setdefault("organization", {})[organization.pk] = _plain(before)
        after = {column: getattr(organization, column) for column in before}
        effect.after.setdefault("organization", {})[organization.pk] = _plain(after)
        if _AFFILIATED & set(changed):
            affiliated.append(organization)
        effect.events.append((organization, "import_change", {"changes": line.changes, "reason": reason}, None))
    _save_changed(rows)
    _change_affiliations(affiliated, effect, at, by, reason)


def _column(name):
    return "parent_id" if name == "parent" else name


def _value(name, stored, fresh):
    if name == "parent":
        return key_to_pk(stored, fresh)
    return _day(stored) if name == "founded_on" else stored


def _plain(values):
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _save_changed(rows):
    """Write the changed rows; names and codes that move between organisations are taken out of each other's way first."""
    names = [organization.name for organization in rows.values()]
    codes = [organization.code for organization in rows.values()]
    _refuse_doubles(Organization.objects.exclude(pk__in=rows), names, codes)
    wanted = {pk: (organization.name, organization.code) for pk, organization in rows.items()}
    for organization in rows.values():
        organization.name = organization.code = f"~#{organization.pk}"
    Organization.objects.bulk_update(rows.values(), ["name", "code"], batch_size=500)
    for pk, organization in rows.items():
        organization.name, organization.code = wanted[pk]
    fields = ["code", "name", "kind", "category", "parent", "founded_on", "note"]
    Organization.objects.bulk_update(rows.values(), fields, batch_size=500)


def _change_affiliations(organizations, effect, at, by, reason):
    """A corrected organisation gets a corrected affiliation from the same day on; the old one stays readable."""
    by_organization = {organization.pk: organization for organization in organizations}
    standing = Affiliation.objects.standing().filter(organization__in=by_organization, ends_on__isnull=True)
    pairs = []
    for old in standing:
        new = _affiliation(by_organization[old.organization_id], old.starts_on, at, by)
        new.change_reason = reason
        pairs.append((old, new))
    effect.note_closed("affiliation", [old for old, _new in pairs])
    effect.note_made("affiliation", supersede_all(Affiliation, pairs, at=at))
