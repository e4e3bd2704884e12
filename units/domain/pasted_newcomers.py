"""What a pasted row has to say of somebody new: admitted as a probationary member, or received from outside the system.

A row that says when or where from somebody came is a reception. The days are judged by the very rules of units.domain.admissions,
cell by cell and before anything is written.
"""
from django.utils.translation import gettext as _

from units.domain import admissions, id_numbers, import_words
from units.domain.chinese_dates import Precision
from units.domain.ledger_columns import LedgerField
from units.domain.ledger_findings import MEMBERS
from units.domain.ledger_values import Expected, id_number_of
from units.models import Member

ARRIVAL = ("arrived_on", "came_from")
NEEDED = ("gender", "born_on", "joined_on")  # besides the name
COLUMNS = (  # besides those of the ledger
    LedgerField("arrived_on", "转入日期", ("转入时间", "组织关系转入日期", "组织关系转入时间"), is_date=True),
    LedgerField("came_from", "从哪里转来", ("原单位", "来源", "原单位/来源", "原党组织", "原所在党组织", "转出党组织")),
)
LONGEST_ORIGIN = 100
_HEADERS = {column.key: column.header for column in COLUMNS}


def header_of(key):
    """The word that stands above a column of the block."""
    return _HEADERS.get(key) or import_words.header_of(MEMBERS, key)


def check_newcomers(rows, keys, *, on):
    """Judge the rows that are about somebody new; `keys` are the columns of the block. Wrong cells go to each row's `wrongs`.

    One query where a row has an ID number, none otherwise.
    """
    seen = {}
    for row in rows:
        row.is_arrival = bool(row.filled & {*ARRIVAL})
        _read_number(row, seen)
    known = {
        member.id_number_digest: member
        for member in (Member.objects.filter(id_number_digest__in=list(seen)) if seen else ())
    }
    for row in rows:
        number = row.values.get("id_number")
        _check(row, keys, known.get(id_numbers.digest(number)) if number else None, on)


def _read_number(row, seen):
    """The ID number of a row, once in a block; what a page shows of a wrong one is masked."""
    if "id_number" not in row.filled:
        return
    try:
        number = id_number_of(row.raw_number)
    except Expected as wrong:
        told = wrong.shown or ""
        row.is_wrong("id_number", id_numbers.masked(told) if told.isdigit() else told, wrong.text)
        return
    digest = id_numbers.digest(number)
    if digest in seen:
        words = _("一个证件号码只写一行（第 %(row)s 行已经有）") % {"row": seen[digest]}
        row.is_wrong("id_number", id_numbers.masked(number), words)
    seen.setdefault(digest, row.number)
    row.values["id_number"] = number


def _check(row, keys, known, on):
    needed = (*NEEDED, *(ARRIVAL if row.is_arrival else ()))
    if missing := [key for key in needed if key not in keys]:
        what = _("系统外转入") if row.is_arrival else _("吸收新党员")
        said = {"what": what, "columns": "、".join(header_of(key) for key in missing)}
        row.is_wrong("name", row.name, _("本支部党员的姓名；%(what)s还要有%(columns)s几列") % said)
        return
    for key in needed:
        if key not in row.filled:
            row.is_wrong(key, "", _("必填"))
    _check_days(row)
    if not row.wrongs:
        for fault in _faults(row, known, on):
            row.is_wrong(fault.field, import_words.words(fault.field, row.values[fault.field]), fault.message.rstrip("。"))
    row.is_back = row.is_arrival and known is not None and not known.is_present
    row.changes = [
        (header_of(key), "", import_words.words(key, value)) for key, value in row.values.items() if key != "name" and value
    ]


def _check_days(row):
    """Which days must be known to the day, and that nobody is admitted who was made a full member before."""
    joined, full, arrived = (row.values.get(key) for key in ("joined_on", "full_on", "arrived_on"))
    if joined and "full_on" not in row.filled and joined.precision != Precision.DAY:
        row.is_wrong("joined_on", f"{joined.day:%Y-%m}", _("支部党员大会通过的那一天，写到日"))
    if arrived and arrived.precision != Precision.DAY:
        row.is_wrong("arrived_on", f"{arrived.day:%Y-%m}", _("转入的那一天，写到日"))
    if full and not row.is_arrival:
        words = _("“无”；吸收的是预备党员。系统外转入的，写上转入日期和从哪里转来")
        row.is_wrong("full_on", import_words.words("full_on", full), words)


def _faults(row, known, on):
    """What the admission would refuse: [Refusal] at the fields of the block."""
    person, days = person_of(row.values), days_of(row)
    if row.is_arrival:
        return admissions.reception_faults(person, **days, known=known, on=on)
    return admissions.admission_faults(person, **days, known=known, on=on)


def person_of(values):
    """The Person of a row without wrong cells."""
    dates = {key: values[key].day for key in ("born_on", "work_started_on") if values.get(key)}
    optional = ("native_place", "education", "administrative_post", "phone", "id_number")
    words = {key: values[key] for key in optional if values.get(key)}
    return admissions.Person(
        name=values["name"], gender=values["gender"], ethnicity=values.get("ethnicity") or "汉族", **dates, **words
    )


def days_of(row):
    """{name: day} as admissions.admit or admissions.receive takes them."""
    days = {"joined_on": row.values["joined_on"].day}
    if row.is_arrival:
        full = row.values.get("full_on")
        days |= {"full_on": full.day if full else None, "arrived_on": row.values["arrived_on"].day}
    return days


def write_newcomer(row, branch, *, by, at, on):
    """Admit or receive the person of a row. Raises what units.domain.admissions refuses."""
    person, days = person_of(row.values), days_of(row)
    if row.is_arrival:
        return admissions.receive(person, branch, **days, came_from=row.values["came_from"], by=by, at=at, on=on)
    return admissions.admit(person, branch, **days, by=by, at=at, on=on)
