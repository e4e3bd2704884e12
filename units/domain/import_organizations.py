"""Plan the organisation list: which organisations are new, changed or the same, and which rows cannot be."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from units.domain.import_plan import LedgerPlan, below_wrong, changed_line, nearest
from units.domain.import_words import date_words, header_of, same_date, words
from units.enums import LineOutcome

_PLAIN = ("code", "name", "kind", "category")


@dataclass
class OrganizationPlan(LedgerPlan):
    """Also says how member rows name an organisation: `keys` maps a name to "#12" (a primary key) or a new code.

    `refused` maps the names of rows that are wrong to their places.
    """

    keys: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)


def plan_organizations(reading, snapshot):
    """The OrganizationPlan of a Reading (None when only members were uploaded) against a Snapshot."""
    plan = OrganizationPlan(reading)
    known = snapshot.organizations
    plan.keys = {row["name"]: f"#{pk}" for pk, row in known.items()}
    if reading is None:
        return plan
    plan.wrong += reading.wrong
    plan.refused.update(reading.broken)
    rows = _without_dissolved(_without_doubles(reading.rows, plan), snapshot, plan)
    matched = _match(rows, known, plan)
    parents = _place(matched, known, plan)
    for row, pk in matched:
        if id(row) not in parents:
            continue
        values = _stored(row, parents[id(row)])
        if pk is None:
            plan.add(row, LineOutcome.NEW, values=values)
        else:
            changed_line(plan, row, pk, _compare(row, pk, parents[id(row)], known), values)
        plan.keys[row.values["name"]] = f"#{pk}" if pk else row.values["code"]
    plan.absent = len(known) - len({line.subject_id for line in plan.lines if line.subject_id})
    return plan


def _without_doubles(rows, plan):
    """Rows whose code and name are in the list once; the second of two is refused with both places."""
    seen, kept = {}, []
    for row in rows:
        for name in ("code", "name"):
            first = seen.setdefault((name, row.values[name]), row)
            if first is not row:
                expected = _("每个党组织一行；%(place)s已有同样的%(header)s") % {
                    "place": first.place,
                    "header": header_of(row.ledger, name),
                }
                plan.refuse(row, name, expected)
                break
        else:
            kept.append(row)
    return kept


def _without_dissolved(rows, snapshot, plan):
    """Without rows under the code of an organisation that was dissolved: a ledger of last month must not bring it back."""
    kept = []
    for row in rows:
        ended = snapshot.dissolved.get(row.values["code"])
        if ended is None:
            kept.append(row)
            continue
        name, day = ended
        plan.refuse(row, "code", _("没有用过的组织代码；用过它的“%(name)s”%(day)s已经撤销") % {
            "name": name, "day": chinese_date(day)})
        plan.refused.setdefault(row.values["name"], row.place)
    return kept


def _match(rows, known, plan):
    """[(row, primary key or None)]: by code, or by name where the code is new."""
    by_code = {row["code"]: pk for pk, row in known.items()}
    by_name = {row["name"]: pk for pk, row in known.items()}
    wanted_codes = {row.values["code"] for row in rows}
    matched = []
    for row in rows:
        code, name = row.values["code"], row.values["name"]
        pk, namesake = by_code.get(code), by_name.get(name)
        if pk is None and namesake and known[namesake]["code"] not in wanted_codes:
            pk = namesake
        elif namesake and namesake != pk and known[namesake]["code"] not in wanted_codes:
            plan.refuse(row, "code", _("“%(code)s”，名册里“%(name)s”的组织代码") % {
                "code": known[namesake]["code"], "name": name})
            continue
        matched.append((row, pk))
    return matched


def _place(matched, known, plan):
    """{id(row): key of its parent, "" at the top} of the rows that can be placed in the tree; the others are refused."""
    keys = {row["name"]: f"#{pk}" for pk, row in known.items()}
    keys.update((row.values["name"], f"#{pk}" if pk else row.values["code"]) for row, pk in matched)
    tops = {pk: row["name"] for pk, row in known.items() if row["parent_id"] is None}
    parents, top = {}, next(iter(tops.values()), "")
    for row, pk in matched:
        parent = row.values["parent"]
        if not parent and (pk in tops or not top):
            top = row.values["name"]
            parents[id(row)] = ""
        elif not parent:
            _refuse_parent(row, _("上级党组织，必填；没有上级的只能有一个，已有“%(name)s”") % {"name": top}, plan)
        elif parent in keys:
            parents[id(row)] = keys[parent]
        elif parent in plan.refused:
            _refuse_parent(row, below_wrong(parent, plan.refused), plan)
        else:
            _refuse_parent(row, nearest(parent, keys), plan)
    _drop_below_refused(matched, parents, plan)
    _drop_circles(matched, known, parents, plan)
    return parents


def _refuse_parent(row, expected, plan):
    plan.refuse(row, "parent", expected)
    plan.refused.setdefault(row.values["name"], row.place)


def _drop_below_refused(matched, parents, plan):
    """Refuse what hangs below a new organisation that is refused, and what hangs below that."""
    fresh = {row.values["code"]: row for row, pk in matched if pk is None}
    dropped = True
    while dropped:
        dropped = False
        for row, _pk in matched:
            above = fresh.get(parents.get(id(row)))
            if above is not None and id(above) not in parents:
                del parents[id(row)]
                _refuse_parent(row, below_wrong(above.values["name"], plan.refused), plan)
                dropped = True


def _drop_circles(matched, known, parents, plan):
    """Refuse organisations that would be above themselves."""
    above = {f"#{pk}": f"#{row['parent_id']}" for pk, row in known.items() if row["parent_id"]}
    own = {id(row): f"#{pk}" if pk else row.values["code"] for row, pk in matched}
    above.update((own[key], parent) for key, parent in parents.items())
    circles = in_circles(above)
    for row, _pk in matched:
        if id(row) in parents and own[id(row)] in circles:
            del parents[id(row)]
            _refuse_parent(row, _("上级党组织；现在几个党组织互为上级，绕成了一圈"), plan)
    if circles:
        _drop_below_refused(matched, parents, plan)


def in_circles(above):
    """The keys of a {key: key of the parent} from which the top is never reached."""
    reaches = set()
    for start in above:
        way, key = [], start
        while key in above and key not in reaches and len(way) <= len(above):
            way.append(key)
            key = above[key]
        if key in reaches or key not in above:
            reaches.update(way)
    return set(above) - reaches


def _stored(row, parent):
    """The row as plain data for ImportLine.values."""
    founded, number = row.values["founded_on"], row.values.get("number", "")
    return {
        **{name: str(row.values[name]) for name in _PLAIN},
        "founded_on": founded.day.isoformat() if founded else None,
        "note": row.values.get("note", ""),
        "parent": parent,
        "above": row.values["parent"],  # its name, for the preview
        "position": int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None,
        "since": (founded.day if founded else row.values["reported_on"]).isoformat()
        if founded or row.values["reported_on"] else None,
    }


def _compare(row, pk, parent, known):
    """(field, old, new, differs) of an organisation that exists. An empty 备注 says nothing."""
    old, new = known[pk], row.values
    for name in _PLAIN:
        yield name, words(name, old[name]), words(name, new[name]), old[name] != new[name]
    parent_name = known[old["parent_id"]]["name"] if old["parent_id"] in known else ""
    parent_key = f"#{old['parent_id']}" if old["parent_id"] else ""
    yield "parent", words("parent", parent_name), words("parent", new["parent"]), parent_key != parent
    founded = new["founded_on"]
    differs = not same_date(old["founded_on"], founded)
    yield "founded_on", *date_words(old["founded_on"], founded), differs
    note = new.get("note", "")
    yield "note", words("note", old["note"]), words("note", note), bool(note) and note != old["note"]
