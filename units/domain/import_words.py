"""How the preview of an import writes the fields of organisations and members, old beside new."""
from datetime import date

from django.utils.translation import gettext as _

from units.domain import id_numbers, ledger_members, ledger_organizations
from units.domain.chinese_dates import PartialDate, Precision
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import Category, Gender, MemberStatus, OrganizationKind, PostKind

_HEADERS = {
    ORGANIZATIONS: {field.key: field.header for field in ledger_organizations.FIELDS},
    MEMBERS: {field.key: field.header for field in ledger_members.FIELDS},
}
_CHOICES = {
    "kind": OrganizationKind,
    "category": Category,
    "gender": Gender,
    "status": MemberStatus,
}


def header_of(ledger, field):
    """The ledger's own word for a field."""
    return _HEADERS[ledger][field]


def words(field, value, *, by_month=False):
    """A value as the preview shows it; an empty one is 「无」. `by_month` leaves the day of a date out."""
    if value in (None, "", []):
        return _("无")
    if field == "posts":
        return "、".join(str(PostKind(post).label) for post in sorted(value, key=list(PostKind).index))
    if field == "id_number":
        return id_numbers.masked(value)
    if field in _CHOICES:
        return str(_CHOICES[field](value).label)
    if isinstance(value, PartialDate):
        value, by_month = value.day, value.precision == Precision.MONTH
    if isinstance(value, date):
        return value.strftime("%Y-%m") if by_month else value.isoformat()
    return str(value)


def date_words(known, meant):
    """(old, new) words of a date, the day left out on both sides where the ledger gives only the month."""
    by_month = known is not None and known.day == 1 and (meant is None or meant.precision == Precision.MONTH)
    return words("date", known, by_month=by_month), words("date", meant)


def same_date(known, meant):
    """Whether a date in the database is the one a ledger means; a ledger that gives the month says nothing of the day."""
    if known is None or meant is None:
        return known is None and meant is None
    if meant.precision == Precision.MONTH:
        return (known.year, known.month) == (meant.day.year, meant.day.month)
    return known == meant.day
