"""The member roster (党员花名册): its columns, and what must be true of a row."""
from functools import partial

from django.utils.translation import gettext as _

from units.domain import ledger_values as words
from units.domain.ledger_columns import LedgerField
from units.domain.ledger_findings import MEMBERS
from units.domain.ledger_reader import LedgerKind
from units.enums import MemberStatus

FIELDS = (
    LedgerField("name", "姓名", ("党员姓名",)),
    LedgerField("number", "序号", ("编号", "序", "No", "No."), required=False),
    LedgerField("gender", "性别"),
    LedgerField("ethnicity", "民族"),
    LedgerField("native_place", "籍贯", ("祖籍",)),
    LedgerField("born_on", "出生年月", ("出生日期", "出生时间", "出生年月日", "生日"), is_date=True),
    LedgerField("education", "学历", ("文化程度", "最高学历")),
    LedgerField("work_started_on", "参加工作时间", ("工作时间", "参加工作年月", "参工时间", "参加工作日期"), is_date=True),
    LedgerField("joined_on", "入党时间", ("入党日期", "入党年月", "加入中国共产党时间", "加入党组织日期"), is_date=True),
    LedgerField("full_on", "转正时间", ("转正日期", "转正年月", "转为正式党员日期"), is_date=True),
    LedgerField("status", "党员类别", ("党员类型", "人员类别", "正式/预备", "党员身份")),
    LedgerField("branch", "所在支部", ("所在党支部", "所属支部", "所属党支部", "党支部", "支部名称", "所在党组织", "所属党组织")),
    LedgerField("posts", "党内职务", ("党内任职", "党务职务")),
    LedgerField("administrative_post", "行政职务", ("现任职务", "单位职务", "职务", "行政职务/职称", "职务/职称")),
    LedgerField("phone", "联系电话", ("电话", "联系方式", "手机", "手机号", "手机号码", "电话号码")),
    LedgerField("id_number", "身份证号", ("身份证号码", "公民身份号码", "身份证", "证件号码"), required=False),
    LedgerField("note", "备注", (), required=False),
)
READERS = {
    "name": words.name_of,
    "number": words.shown,
    "gender": words.gender_of,
    "ethnicity": words.ethnicity_of,
    "native_place": partial(words.text_of, limit=40),
    "education": partial(words.text_of, limit=20),
    "status": words.status_of,
    "branch": words.organization_name_of,
    "posts": words.posts_of,
    "administrative_post": partial(words.text_of, limit=40),
    "phone": words.phone_of,
    "id_number": words.id_number_of,
    "note": partial(words.text_of, limit=200),
}


def check_member(values):
    """Yield (field, expected) for what contradicts itself in one row."""
    born, joined, full = (values[key] and values[key].day for key in ("born_on", "joined_on", "full_on"))
    if joined <= born:
        yield "joined_on", _("晚于出生年月（%(month)s）的日期") % {"month": born.strftime("%Y-%m")}
    if full and full < joined:
        yield "full_on", _("不早于入党时间（%(month)s）的日期") % {"month": joined.strftime("%Y-%m")}
    if full and values["status"] == MemberStatus.PROBATIONARY:
        yield "full_on", _("“无”；预备党员还没有转正")


MEMBER_LEDGER = LedgerKind(
    MEMBERS, FIELDS, READERS, frozenset({"born_on", "joined_on", "branch"}), check_member
)
