"""Blank ledgers to fill in: the columns that an import reads, with one row that shows how."""
from django.utils.translation import gettext as _

from config.kit.xlsx import Column, Sheet, write_xlsx
from units.domain.import_preview import ledger_words
from units.domain.imports import KINDS
from units.domain.ledger_findings import ORGANIZATIONS

_EXAMPLES = {
    "number": "1", "code": "101-1", "kind": "党支部", "category": "机关司局", "parent": "办公厅党总支", "founded_on": "2007年12月",
    "gender": "女", "ethnicity": "汉族", "native_place": "河北保定", "born_on": "1970年3月", "education": "大学本科",
    "work_started_on": "1992年7月", "joined_on": "1995年6月", "full_on": "1996年6月", "status": "正式党员",
    "branch": "办公厅第一党支部", "posts": "组织委员", "administrative_post": "处长", "phone": "内线 6120", "id_number": "", "note": "",
}


def write_template(ledger, target):
    """Write a blank workbook to `target` (a binary file) and return its name. KeyError for an unknown ledger."""
    fields, name = KINDS[ledger].fields, ledger_words()[ledger]
    fields = [fields[1], fields[0], *fields[2:]]  # the number stands before the name
    own_name = _("办公厅第一党支部") if ledger == ORGANIZATIONS else _("张三")
    example = [own_name if field.key == "name" else _EXAMPLES[field.key] for field in fields]
    titles = (name, _("填报单位：            填报时间：    年    月"))
    sheet = Sheet(name, tuple(Column(field.header, 14) for field in fields), [example], titles=titles)
    write_xlsx(target, [sheet])
    return _("%(name)s模板.xlsx") % {"name": name}
