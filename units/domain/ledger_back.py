"""Give an uploaded ledger back with its cells corrected to what the system holds now; everything else of the workbook stays.

Written with openpyxl, which keeps merged cells, widths, other sheets, formulas and notes of a workbook; only .xlsx.
"""
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from config.kit.refusal import Refusal
from config.kit.workbook import open_workbook
from units.domain.chinese_dates import NotADate, TenthUnknown, read_date
from units.domain.imports import KINDS, stored_files
from units.domain.ledger_columns import find_header
from units.domain.ledger_findings import MEMBERS
from units.domain.ledger_reader import date_styles
from units.domain.ledger_rows import read_body
from units.domain.ledger_values import Expected, shown_whole
from units.enums import Category, Gender, LineOutcome, MemberStatus, OrganizationKind, PostKind
from units.models import Member, Organization, Post, RosterImport

KIND = "ledger_back"
FILL = PatternFill("solid", start_color="FFF2CC", end_color="FFF2CC")
_IDENTITY = ("name", "gender", "born_on", "joined_on")
AUTHOR = "创先争优活动管理"
CHUNK = 500
# Never written: the key of a person, free text, and what only numbers the rows.
_CHOICES = {"gender": Gender, "status": MemberStatus, "kind": OrganizationKind, "category": Category}
LEFT_ALONE = {"id_number", "note", "number", "code"}


class CannotGiveBack(Refusal):
    """The file is no .xlsx, was deleted after its month, or nothing of it was taken over."""


def write_ledger_back(target, *, parameters, user, demo, progress):
    """Export kind `ledger_back`: {"import": key, "ledger": "members" or "organizations"}. Raises CannotGiveBack."""
    roster_import = RosterImport.objects.visible_to(user).filter(pk=parameters["import"]).first()
    check_can_give_back(roster_import, parameters["ledger"])
    name, data = stored_files(roster_import)[parameters["ledger"]]
    changed = give_back(roster_import, parameters["ledger"], name, data, target, on=parameters["on"], progress=progress)
    return _("%(name)s（已更正%(n)s格）.xlsx") % {"name": name.rsplit(".", 1)[0], "n": changed}


def check_can_give_back(roster_import, ledger):
    """Raises CannotGiveBack with the reason; None is an import out of the user's sight."""
    if ledger not in KINDS or not getattr(roster_import, f"{ledger}_file", None):
        raise CannotGiveBack(_("上传的文件只保留 30 天，已经删除，不能退回。"))
    if not getattr(roster_import, f"{ledger}_name").lower().endswith(".xlsx"):
        raise CannotGiveBack(_("只有 .xlsx 文件能按原样退回；旧的 .xls 请在 Excel 里另存为 .xlsx 再上传。"))


def give_back(roster_import, ledger, name, data, target, *, on, progress):
    """Write the corrected workbook to `target` (a path). Returns how many cells were changed."""
    on = date.fromisoformat(on) if isinstance(on, str) else on
    kind = KINDS[ledger]
    subjects = _subjects(roster_import, ledger)
    if not subjects:
        raise CannotGiveBack(_("这份台账没有一行对得上系统里的记录，没有可以更正的。"))
    known = _known(ledger, set(subjects.values()))
    book, changed, done = load_workbook(BytesIO(data)), 0, 0
    named = {sheet.title.strip(): sheet for sheet in book.worksheets}  # as the reader calls them
    for sheet in open_workbook(data, name).sheets():
        header, _wrongs = find_header(sheet, ledger, kind.fields)
        if header is None:
            continue
        body = read_body(sheet, header, ledger, header.columns[kind.fields[0].key])
        styles = date_styles(sheet, header, kind, body.rows, roster_import.answers)
        for row in body.rows:
            now = known.get(subjects.get((sheet.name, row.number)))
            changed += _correct_row(named[sheet.name], row, header, kind, styles, now, on) if now else 0
            done += 1
            if done % CHUNK == 0:
                progress(done, len(subjects))
    book.save(target)
    progress(len(subjects), len(subjects))
    return changed


def _subjects(roster_import, ledger):
    """{(sheet, row): key of the record}: as the check matched it; new ones by what tells persons, or organisations, apart."""
    lines = list(roster_import.lines.filter(ledger=ledger).exclude(outcome=LineOutcome.WRONG))
    found = {(line.sheet, line.row): line.subject_id for line in lines if line.subject_id}
    new = [line for line in lines if line.outcome == LineOutcome.NEW and not line.subject_id]
    if ledger == MEMBERS:
        names = {line.values["name"] for line in new}
        there = {}
        for pk, *identity in Member.objects.filter(name__in=names).values_list("pk", "name", "gender", "born_on", "joined_on"):
            there.setdefault(_identity(*identity), []).append(pk)
        keys = {line.pk: there.get(_identity(*(line.values[key] for key in _IDENTITY)), []) for line in new}
    else:
        codes = dict(Organization.objects.filter(code__in=[line.values["code"] for line in new]).values_list("code", "pk"))
        keys = {line.pk: [codes[line.values["code"]]] if line.values["code"] in codes else [] for line in new}
    return found | {(line.sheet, line.row): keys[line.pk][0] for line in new if len(keys[line.pk]) == 1}


def _identity(name, gender, born_on, joined_on):
    return name, str(gender), str(born_on)[:7], str(joined_on)[:7]


def _correct_row(sheet, row, header, kind, styles, now, on):
    """Write the cells of one row that say something else than the system, or say it in another spelling."""
    changed = 0
    for field in kind.fields:
        column = header.columns.get(field.key)
        if column is None or field.key in LEFT_ALONE or field.key not in now:
            continue
        value = row.values[column - 1] if column <= len(row.values) else ""
        wanted = _wanted(field, value, now[field.key], kind, styles, on)
        cell = sheet.cell(row=row.number, column=column)
        if wanted is None or isinstance(cell, MergedCell) or isinstance(cell.value, str) and cell.value.startswith("="):
            continue
        cell.comment = Comment(_("原来是：%(old)s") % {"old": shown_whole(value)[:200] or _("空")}, AUTHOR)
        cell.value, cell.fill, cell.number_format = wanted, FILL, "@"
        cell.data_type = "s"  # what begins with = stays a text
        changed += 1
    return changed


def _wanted(field, value, now, kind, styles, on):
    """The text that the cell should say, or None where it says so already. `now` is a word, or a date."""
    if field.is_date:
        return _wanted_date(value, now, styles[field.key], on)
    try:
        said = kind.readers[field.key](value)
    except Expected:
        return _words(field.key, now)
    if field.key == "posts":
        said = _post_words(said)
    same = str(said) == now or str(said) == "" and not now
    written = shown_whole(value)
    # the same name with spaces in it is written anew; 男性 for 男, 回 for 回族 are left as the unit writes them
    respelt = same and field.key in ("name", "branch") and now and written != now
    return _words(field.key, now) if not same or respelt else None


def _words(key, now):
    """A stored value as the ledger writes it: 男, 正式党员; None for nothing, which corrects no cell."""
    return str(_CHOICES[key](now).label) if now and key in _CHOICES else now or None


def _wanted_date(value, now, style, on):
    """The date in one spelling, 1970-03 or 1970-03-15 as exactly as the ledger wrote it; real dates of Excel are left alone."""
    try:
        meant = read_date(value, style=style, on=on)
    except (NotADate, TenthUnknown):
        meant = None
    if now is None:
        return None
    by_month = meant is None and now.day == 1 or meant is not None and meant.precision == "month"
    same = meant is not None and (
        (meant.day.year, meant.day.month) == (now.year, now.month) if by_month else meant.day == now
    )
    words = now.strftime("%Y-%m" if by_month else "%Y-%m-%d")
    if same and (isinstance(value, date | datetime) or shown_whole(value) == words):
        return None
    return words


def _post_words(posts):
    order = list(PostKind.values)
    return "、".join(str(PostKind(post).label) for post in sorted(posts, key=order.index))


def _known(ledger, keys):
    """{key: {field: word or date}} of the records as they are now."""
    return _members(keys) if ledger == MEMBERS else _organizations(keys)


def _members(keys):
    posts = {}
    for member, kind in Post.objects.standing().filter(ends_on__isnull=True, member__in=keys).values_list("member", "kind"):
        posts.setdefault(member, []).append(kind)
    return {
        one.pk: {
            "name": one.name, "gender": one.gender, "ethnicity": one.ethnicity, "native_place": one.native_place,
            "born_on": one.born_on, "education": one.education, "work_started_on": one.work_started_on,
            "joined_on": one.joined_on,
            "full_on": one.full_on, "status": one.status, "branch": one.organization.name,
            "posts": _post_words(posts.get(one.pk, [])), "administrative_post": one.administrative_post, "phone": one.phone,
        } for one in Member.objects.filter(pk__in=keys, left_on__isnull=True).select_related("organization")
    }


def _organizations(keys):
    return {
        one.pk: {
            "name": one.name, "kind": one.kind, "category": one.category, "parent": one.parent.name if one.parent else "",
            "founded_on": one.founded_on,
        } for one in Organization.objects.filter(pk__in=keys, dissolved_on__isnull=True).select_related("parent")
    }
