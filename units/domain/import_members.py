"""Plan the member roster: who is new, changed or the same, and which rows cannot be."""
from collections import Counter

from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from units.domain import id_numbers
from units.domain.import_matching import match_members, same_persons
from units.domain.import_plan import LedgerPlan, below_wrong, changed_line, nearest
from units.domain.import_words import date_words, same_date, words
from units.enums import LineOutcome, MemberStatus, PostKind

_PLAIN = ("name", "gender", "ethnicity", "native_place", "education", "status", "administrative_post", "phone")
_DATES = ("born_on", "work_started_on", "joined_on", "full_on")


def plan_members(reading, snapshot, organizations, *, on):
    """The LedgerPlan of a Reading (None when only organisations were uploaded); `organizations` is the other ledger's plan.

    `on` is the day from which a membership counts when the ledger does not say when it was filled in.
    """
    plan = LedgerPlan(reading)
    if reading is None:
        return plan
    plan.wrong += reading.wrong
    placed = _with_branches(reading.rows, organizations, plan)
    matched = match_members(_without_doubles(placed, plan), snapshot, organizations.keys)
    plan.absent = _absent(placed, matched, snapshot, organizations)
    matched = _with_one_secretary(_without_departed(matched, snapshot, plan), snapshot, organizations, plan)
    for row, pk in matched:
        branch = organizations.keys[row.values["branch"]]
        values = _stored(row, branch, on)
        if pk is None:
            plan.add(row, LineOutcome.NEW, values=values)
        else:
            changed_line(plan, row, pk, _compare(row, pk, branch, snapshot, on), values)
    return plan


def _with_branches(rows, organizations, plan):
    """Rows whose organisation is known or comes with the other ledger."""
    kept = []
    for row in rows:
        branch = row.values["branch"]
        if branch in organizations.keys:
            kept.append(row)
        elif branch in organizations.refused:
            plan.refuse(row, "branch", below_wrong(branch, organizations.refused))
        else:
            plan.refuse(row, "branch", nearest(branch, organizations.keys))
    return kept


def _without_doubles(rows, plan):
    """Every person once. Twice in one branch: the second row is wrong. In two branches: both, nobody knows which is right."""
    dropped = set()
    for first, second in same_persons(rows):
        if first.values["branch"] == second.values["branch"]:
            plan.refuse(second, "name", _("每人一行；%(place)s已有同一个人（姓名、性别、出生年月、入党时间相同）") % {
                "place": first.place})
            dropped.add(id(second))
            continue
        for row, other in ((first, second), (second, first)):
            if id(row) not in dropped:
                plan.refuse(row, "branch", _("一个支部；同一个人出现在两个支部，另一处是%(place)s的“%(branch)s”") % {
                    "place": other.place, "branch": other.values["branch"]})
                dropped.add(id(row))
    seen = {}
    for row in rows:
        number = row.values.get("id_number")
        first = seen.setdefault(number, row) if number and id(row) not in dropped else row
        if first is not row:
            plan.refuse(row, "id_number", _("本人的身份证号；%(place)s已有同样的号码") % {"place": first.place})
            dropped.add(id(row))
    return [row for row in rows if id(row) not in dropped]


def _without_departed(matched, snapshot, plan):
    """Without rows of members who are recorded as gone: a ledger of last month must not bring them back."""
    kept = []
    for row, pk in matched:
        left_on = snapshot.members[pk]["left_on"] if pk else None
        if left_on:
            plan.refuse(row, "name", _("现在的党员；系统里登记%(day)s已经离开，登记错了请先在党员页面恢复") % {
                "day": chinese_date(left_on)})
        else:
            kept.append((row, pk))
    return kept


def _with_one_secretary(matched, snapshot, organizations, plan):
    """Rows after which no organisation has two secretaries, those counted who are in the database only."""
    stays = {}
    listed = {pk for _row, pk in matched if pk}
    for place, (pk, name) in snapshot.secretaries.items():
        if pk not in listed:
            stays[f"#{place}"] = _("名册里的%(name)s") % {"name": name}
    kept = []
    for row, pk in matched:
        branch = organizations.keys[row.values["branch"]]
        if PostKind.SECRETARY in row.values["posts"]:
            if branch in stays:
                plan.refuse(row, "posts", _("一个党组织只有一名书记；书记已有%(other)s，请先改那一行") % {"other": stays[branch]})
                continue
            stays[branch] = _("%(place)s的%(name)s") % {"place": row.place, "name": row.values["name"]}
        kept.append((row, pk))
    return kept


def _absent(rows, matched, snapshot, organizations):
    """How many members the ledger's branches have in the database whom the ledger does not name."""
    keys = {organizations.keys[row.values["branch"]] for row in rows}
    branches = {int(key[1:]) for key in keys if key.startswith("#")}
    found = Counter(snapshot.members[pk]["organization_id"] for _row, pk in matched if pk and not snapshot.members[pk]["left_on"])
    return sum(snapshot.crowd.get(branch, 0) - found[branch] for branch in branches)


def _stored(row, branch, on):
    """The row as plain data for ImportLine.values; the ID number only sealed."""
    values = row.values
    reported = values["reported_on"] or on
    since = max(reported.replace(day=1), values["joined_on"].day)
    number = values.get("id_number", "")
    return {
        **{name: str(values[name]) for name in _PLAIN},
        **{name: values[name].day.isoformat() if values[name] else None for name in _DATES},
        "note": values.get("note", ""),
        "posts": [str(post) for post in values["posts"]],
        "branch": branch,
        "branch_name": values["branch"],  # for the preview
        "since": since.isoformat(),
        "reported_on": reported.isoformat(),
        "id_sealed": id_numbers.seal(number).hex() if number else "",
        "id_digest": id_numbers.digest(number) if number else "",
    }


def _compare(row, pk, branch, snapshot, on):
    """(field, old, new, differs) of a member who exists. Empty optional columns say nothing, nor does an old ledger of what
    the branch decided later."""
    old, new = snapshot.members[pk], row.values
    later = _decided_later(old, new, on)
    for name in _PLAIN:
        yield name, words(name, old[name]), words(name, new[name]), old[name] != new[name] and name not in later
    for name in _DATES:
        yield name, *date_words(old[name], new[name]), not same_date(old[name], new[name]) and name not in later
    place = f"#{old['organization_id']}"
    was = snapshot.organizations.get(old["organization_id"], {}).get("name", "")
    yield "branch", words("branch", was), words("branch", new["branch"]), place != branch
    yield "posts", words("posts", old["posts"]), words("posts", new["posts"]), (
        sorted(old["posts"]) != sorted(new["posts"]))
    note, number = new.get("note", ""), new.get("id_number", "")
    yield "note", words("note", old["note"]), words("note", note), bool(note) and note != old["note"]
    differs = bool(number) and id_numbers.digest(number) != old["id_number_digest"]
    was = _("另一个号码") if old["id_number_digest"] else ""
    yield "id_number", words("note", was), words("id_number", number), differs


def _decided_later(old, new, on):
    """The columns of a ledger that still shows a probation, when the meeting that ended it came after the ledger."""
    shows_probation = new["status"] == MemberStatus.PROBATIONARY
    came_later = old["made_full_on"] and old["made_full_on"] > (new["reported_on"] or on)
    return {"status", "full_on"} if shows_probation and came_later else set()
