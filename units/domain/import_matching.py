"""Who a row of the roster is: the same person in the file, and the same person in the database."""
from collections import defaultdict

from units.domain import id_numbers


def identity_of_row(values):
    """What tells persons of one name apart: name, gender, month of birth, month of joining."""
    return _identity(values["name"], values["gender"], values["born_on"].day, values["joined_on"].day)


def identity_of_member(member):
    """The same of a member as a plain dictionary."""
    return _identity(member["name"], member["gender"], member["born_on"], member["joined_on"])


def _identity(name, gender, born_on, joined_on):
    return (name, str(gender), _month(born_on), _month(joined_on))


def _month(day):
    return (day.year, day.month) if day else None


def same_persons(rows):
    """[(row, later row)] of one identity, each later row with the first one."""
    firsts, doubles = {}, []
    for row in rows:
        first = firsts.setdefault(identity_of_row(row.values), row)
        if first is not row:
            doubles.append((first, row))
    return doubles


def match_members(rows, snapshot, keys):
    """[(row, primary key or None)]: by ID number, then by identity, then as the only namesake in the branch who shares the
    month of birth or of joining (so that one corrected date is a change and not another person)."""
    left = dict(snapshot.members)
    found = {}
    _by(rows, left, found, _digest_of_row, lambda member: member["id_number_digest"])
    _by(rows, left, found, lambda row: identity_of_row(row.values), identity_of_member, keys)
    _by_namesake(rows, left, found, keys)
    return [(row, found.get(id(row))) for row in rows]


def _digest_of_row(row):
    number = row.values.get("id_number")
    return id_numbers.digest(number) if number else None


def _by(rows, left, found, row_key, member_key, keys=None):
    """Match rows to members of one key; of several members the one in the row's own branch comes first."""
    members = defaultdict(list)
    for pk, member in left.items():
        members[member_key(member)].append(pk)
    for row in rows:
        wanted = row_key(row)
        candidates = [pk for pk in members.get(wanted, ()) if pk in left] if wanted and id(row) not in found else []
        if candidates:
            branch = keys[row.values["branch"]] if keys else None
            at_home = [pk for pk in candidates if f"#{left[pk]['organization_id']}" == branch]
            found[id(row)] = (at_home or candidates)[0]
            del left[found[id(row)]]


def _by_namesake(rows, left, found, keys):
    members, waiting = defaultdict(list), defaultdict(list)
    for pk, member in left.items():
        members[member["name"], f"#{member['organization_id']}"].append(pk)
    for row in rows:
        if id(row) not in found:
            waiting[row.values["name"], keys[row.values["branch"]]].append(row)
    for place, (row, *others) in waiting.items():
        candidates = members.get(place, [])
        if len(candidates) == 1 and not others and _shares_a_month(row.values, left[candidates[0]]):
            found[id(row)] = candidates[0]


def _shares_a_month(values, member):
    return any(_month(values[name].day) == _month(member[name]) for name in ("born_on", "joined_on"))
