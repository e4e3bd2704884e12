"""What the pages of an import show: counts, the panels that a filter opens, and rows in the words of the ledger."""
from django.db.models import Count
from django.utils.translation import gettext as _

from units.domain.import_words import words
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import ImportStage, LineOutcome

FIRST = 20  # rows of a panel before its own filter is opened
_ICONS = {"wrong": "x-octagon-fill", "changed": "pencil-square", "new": "plus-square", "unchanged": "dash-circle"}
_STYLES = {"wrong": "is-bad", "changed": "is-chg", "new": "is-new", "unchanged": "is-same"}
OPEN_AT_FIRST = (LineOutcome.WRONG, LineOutcome.CHANGED)


def ledger_words():
    return {ORGANIZATIONS: _("党组织名册"), MEMBERS: _("党员花名册")}


def counts_of(roster_import):
    """{outcome: rows} over both ledgers, as the check counted them."""
    parts = [roster_import.summary[ledger] for ledger in (ORGANIZATIONS, MEMBERS) if ledger in roster_import.summary]
    return {outcome.value: sum(part[outcome] for part in parts) for outcome in LineOutcome}


def filters_of(roster_import, *, shown):
    """The four counts as filters: [{key, label, icon, style, count, note, is_shown}], worst first.

    `shown` are the outcomes whose panels stand on the page.
    """
    counts, notes = counts_of(roster_import), _notes(roster_import)
    found = []
    for key in ("wrong", "changed", "new", "unchanged"):
        is_shown = key in shown and counts[key] > 0
        state = _("正在显示") if is_shown else _("点开看") if counts[key] else _("没有")
        note = notes[key] if counts[key] else ""
        found.append({
            "key": key, "label": LineOutcome(key).label, "icon": _ICONS[key], "count": counts[key],
            "style": _STYLES[key if counts[key] else "unchanged"],
            "note": " · ".join(filter(None, [note, state])), "is_shown": is_shown,
        })
    return found


def _notes(roster_import):
    """What becomes, became or had become of the rows of each outcome."""
    places = {"places": roster_import.lines.filter(outcome=LineOutcome.WRONG).count()}
    if roster_import.stage == ImportStage.PREVIEW:
        wrong, changed, new = _("共 %(places)d 处，不会导入"), _("会更正已有记录"), _("会新建记录")
    elif roster_import.stage == ImportStage.UNDONE:
        wrong, changed, new = _("共 %(places)d 处，没有导入"), _("更正过的已恢复"), _("新建的已删去")
    else:
        wrong, changed, new = _("共 %(places)d 处，没有导入"), _("已更正勾选的行"), _("已新建记录")
    return {"wrong": wrong % places, "changed": changed, "new": new, "unchanged": _("跳过")}


def lines_of(roster_import, outcome):
    """The stored lines of one outcome in the order of the files."""
    return roster_import.lines.filter(outcome=outcome).order_by("pk")


def changed_rows(lines):
    """One row of the table per changed field: [{line, header, old, new, is_first}]; the first of a line has the tick."""
    return [
        {"line": line, "header": header, "old": old, "new": new, "is_first": number == 0}
        for line in lines
        for number, (header, old, new) in enumerate(line.changes)
    ]


def facts_of(line):
    """A new line in one sentence of facts, so that a person can tell what would be made."""
    values = line.values
    if line.ledger == ORGANIZATIONS:
        parts = [words("kind", values["kind"]), values["category"] and words("category", values["category"])]
        above = values["above"]
        parts.append(_("上级：%(name)s") % {"name": above} if above else _("没有上级"))
    else:
        parts = [words("gender", values["gender"]), values["ethnicity"], words("status", values["status"])]
        parts.append(_("%(month)s 入党") % {"month": values["joined_on"][:7]})
        parts.append(values["branch_name"])
        parts += [words("posts", values["posts"])] if values["posts"] else []
    return "，".join(str(part) for part in parts if part)


def total_rows(roster_import):
    """The 合计 rows: [{sheet, row, said, text, fits}]; those that do not fit come first."""
    rows = []
    for total in roster_import.totals:
        noun = _("个") if total["ledger"] == ORGANIZATIONS else _("人")
        fits = total["said"] == total["counted"]
        if total["said"] is None:
            text = _("没有写数，共 %(counted)s 行") % {"counted": total["counted"]}
        else:
            text = _("写 %(said)s %(noun)s，共 %(counted)s 行") % {**total, "noun": noun}
            if not fits:
                missing = abs(total["said"] - total["counted"])
                ask = _("请看看是不是漏了行") if total["said"] > total["counted"] else _("请看看是不是多了行")
                text += _("，差 %(missing)s，%(ask)s") % {"missing": missing, "ask": ask}
        rows.append({**total, "text": text, "fits": fits})
    return sorted(rows, key=lambda row: row["fits"])


def totals_said(roster_import):
    """How the 合计 rows compare in one sentence for each ledger: what they say together and what was counted."""
    said = []
    for ledger, name in ledger_words().items():
        rows = [total for total in roster_import.totals if total["ledger"] == ledger and total["label"] != "小计"]
        if rows:
            numbers = {
                "ledger": name, "rows": len(rows), "said": sum(total["said"] or 0 for total in rows),
                "counted": sum(total["counted"] for total in rows),
            }
            said.append(_("%(ledger)s有 %(rows)s 个合计行，共写 %(said)s，数得 %(counted)s") % numbers)
    return said


def wrong_ledgers(roster_import):
    """[(ledger, its name, number of lines)] of the ledgers that have wrong rows, for the links to their files."""
    found = dict(
        roster_import.lines.filter(outcome=LineOutcome.WRONG).values_list("ledger").annotate(Count("pk")).order_by("ledger")
    )
    return [(ledger, name, found[ledger]) for ledger, name in ledger_words().items() if ledger in found]
