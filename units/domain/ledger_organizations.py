"""The organisation list (党组织名册): its columns, and what must be true of a row."""
from functools import partial

from django.utils.translation import gettext as _

from units.domain import ledger_values as words
from units.domain.ledger_columns import LedgerField
from units.domain.ledger_findings import ORGANIZATIONS
from units.domain.ledger_reader import LedgerKind

FIELDS = (
    LedgerField("name", "党组织名称", ("组织名称", "党组织全称", "名称")),
    LedgerField("number", "序号", ("编号", "序", "No", "No."), required=False),
    LedgerField("code", "组织代码", ("党组织代码", "代码")),
    LedgerField("kind", "组织类型", ("党组织类型", "组织类别", "党组织类别", "类型")),
    LedgerField("category", "单位类别", ("单位类型", "类别")),
    LedgerField("parent", "上级党组织", ("上级组织", "上级党组织名称", "隶属党组织")),
    LedgerField("founded_on", "成立时间", ("成立日期", "建立时间", "批准成立时间"), is_date=True),
    LedgerField("note", "备注", (), required=False),
)
READERS = {
    "name": words.organization_name_of,
    "number": words.shown,
    "code": partial(words.text_of, limit=20),
    "kind": words.kind_of,
    "category": words.category_of,
    "parent": words.organization_name_of,
    "note": partial(words.text_of, limit=200),
}


def check_organization(values):
    """Yield (field, expected) for what contradicts itself in one row."""
    if values["parent"] == values["name"]:
        yield "parent", _("另一个党组织的名称；党组织不能是自己的上级")
    if values["parent"] and not values["category"]:
        yield "category", _("机关司局、直属事业单位、部管社会组织之一")


ORGANIZATION_LEDGER = LedgerKind(
    ORGANIZATIONS, FIELDS, READERS, frozenset({"name", "code"}), check_organization
)
