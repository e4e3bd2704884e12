"""Planning an import: new, changed, unchanged and wrong against what the database holds; nothing is written."""
import datetime
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.factories import ledgers
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from tests.factories.units import MemberFactory, OrganizationFactory, PostFactory, user_with
from units.domain import id_numbers, imports
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import LineOutcome, OrganizationKind, PostKind, ProbationOutcome, Role
from units.models import Member, Organization, ProbationDecision

ROOT = Path(__file__).parents[3]
ON = datetime.date(2011, 6, 10)
pytestmark = pytest.mark.django_db


def plan(organizations=None, members=None, answers=None):
    files = {ORGANIZATIONS: ("党组织名册.xlsx", organizations), MEMBERS: ("党员花名册.xlsx", members)}
    files = {ledger: (name, data) for ledger, (name, data) in files.items() if data}
    return imports.plan_import(files, answers=answers or {}, on=ON)


def outcomes(part):
    return [(line.row, str(line.outcome), line.label) for line in part.lines]


def wrongs(part):
    return [(wrong.row, wrong.column, wrong.value, wrong.expected) for wrong in part.wrong]


def listed(*changes):
    """The small organisation list with changed cells: (row from 0, column from 0, value)."""
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    for row, column, value in changes:
        rows[row][column] = value
    return organization_ledger(rows)


@pytest.fixture
def offices():
    """The organisations of the small list, as its import would make them."""
    root = OrganizationFactory(code="00", name="直属机关党委", kind=OrganizationKind.ORGAN_COMMITTEE, category="",
                               founded_on=datetime.date(1980, 3, 1))
    unit = OrganizationFactory(code="101", name="办公厅党总支", kind=OrganizationKind.GENERAL_BRANCH, parent=root,
                               founded_on=datetime.date(1989, 12, 1))
    first = OrganizationFactory(code="101-1", name="办公厅第一党支部", parent=unit, founded_on=datetime.date(2007, 12, 1))
    second = OrganizationFactory(code="101-2", name="办公厅第二党支部", parent=unit, founded_on=datetime.date(1991, 11, 1))
    return root, unit, first, second


@pytest.fixture
def zhang(offices):
    """张三 as the ledger's standard row would make him."""
    return member(offices[2])


@pytest.fixture
def secretary_of_zhang(zhang):
    return user_with(Role.SECRETARY, zhang.organization)


def member(organization, **fields):
    return MemberFactory(**{
        "name": "张三", "organization": organization, "native_place": "河北保定", "education": "大学本科",
        "work_started_on": datetime.date(1992, 7, 1), "joined_on": datetime.date(1995, 6, 1),
        "full_on": datetime.date(1996, 6, 1), "administrative_post": "处长", "phone": "13800138000", **fields,
    })


# The real ledgers -----------------------------------------------------------------------------
def test_the_real_ledgers_are_all_new():
    real = plan(*((ROOT / "demo" / name).read_bytes() for name in ("党组织名册.xlsx", "党员花名册.xlsx")))
    assert real.wrong() == []
    assert real.organizations.counts() == {"new": 141, "changed": 0, "unchanged": 0, "wrong": 0}
    assert real.members.counts() == {"new": 3076, "changed": 0, "unchanged": 0, "wrong": 0}
    assert [total for total in real.found("totals") if total.said != total.counted] == []
    assert (Organization.objects.count(), Member.objects.count()) == (0, 0)


@pytest.mark.parametrize("size", [1, 3, 30])
def test_a_plan_takes_six_queries(offices, size, django_assert_num_queries):
    names = [f"张{chr(0x4E00 + number)}" for number in range(size)]
    for name in names[::2]:
        member(offices[2], name=name)
    data = member_ledger({"办公厅": [member_row(姓名=name) for name in names]})
    with django_assert_num_queries(6):
        plan(organization_ledger(), data)


# Organisations --------------------------------------------------------------------------------
def test_organisations_that_are_there_are_unchanged(offices):
    found = plan(organization_ledger()).organizations
    assert found.counts() == {"new": 0, "changed": 0, "unchanged": 4, "wrong": 0}
    assert [line.subject_id for line in found.lines] == [organization.pk for organization in offices]
    assert found.absent == 0


def test_a_change_names_the_field_and_both_values(offices):
    found = plan(listed((3, 2, "办公厅离退休党支部"), (3, 6, "1991.12"), (3, 7, "新址"))).organizations
    assert outcomes(found)[3] == (7, "changed", "办公厅离退休党支部")
    assert found.lines[3].changes == [
        ["党组织名称", "办公厅第二党支部", "办公厅离退休党支部"],
        ["成立时间", "1991-11", "1991-12"],
        ["备注", "无", "新址"],
    ]


def test_another_code_for_a_known_name_is_a_change(offices):
    line = plan(listed((3, 1, "101-9"))).organizations.lines[3]
    assert (line.outcome, line.subject_id, line.changes) == ("changed", offices[3].pk, [["组织代码", "101-2", "101-9"]])


def test_a_known_name_under_a_known_code_of_another_is_wrong(offices):
    found = plan(organization_ledger([[1, "101-1", "办公厅第二党支部", "党支部", "机关司局", "办公厅党总支", "1991.11", ""]]))
    assert wrongs(found.organizations) == [
        (4, "组织代码（B 列）", "101-1", "“101-2”，名册里“办公厅第二党支部”的组织代码")]


def test_two_organisations_may_change_their_names(offices):
    found = plan(listed((2, 2, "办公厅第二党支部"), (3, 2, "办公厅第一党支部"))).organizations
    assert [line.changes for line in found.lines[2:]] == [
        [["党组织名称", "办公厅第一党支部", "办公厅第二党支部"]], [["党组织名称", "办公厅第二党支部", "办公厅第一党支部"]]]


def test_an_old_ledger_brings_no_dissolved_organisation_back(offices):
    _root, unit, first, second = offices
    Organization.objects.filter(pk__in=[unit.pk, first.pk, second.pk]).update(dissolved_on=datetime.date(2011, 6, 1))
    found = plan(listed()).organizations
    words = "没有用过的组织代码；用过它的“%s”2011年6月1日已经撤销"
    assert wrongs(found) == [
        (5, "组织代码（B 列）", "101", words % "办公厅党总支"), (6, "组织代码（B 列）", "101-1", words % "办公厅第一党支部"),
        (7, "组织代码（B 列）", "101-2", words % "办公厅第二党支部"),
    ]


def test_what_hangs_below_a_dissolved_organisation_waits_for_it(offices):
    Organization.objects.filter(pk__in=[one.pk for one in offices[1:]]).update(dissolved_on=datetime.date(2011, 6, 1))
    found = plan(listed((2, 1, "101-8"), (3, 1, "101-9"))).organizations
    waits = "可以导入的党组织；“党组织名册”第 5 行的“办公厅党总支”有错，改好后一起导入"
    assert [wrong[3] for wrong in wrongs(found)][1:] == [waits, waits]


def test_the_name_of_a_dissolved_organisation_may_be_given_again_under_a_new_code(offices):
    Organization.objects.filter(pk=offices[3].pk).update(dissolved_on=datetime.date(2011, 6, 1))
    found = plan(listed((3, 1, "101-9"))).organizations
    assert (wrongs(found), outcomes(found)[-1]) == ([], (7, "new", "办公厅第二党支部"))


def test_an_unknown_parent_is_wrong_with_the_nearest_names():
    assert wrongs(plan(listed((3, 5, "办公厅总支"))).organizations) == [
        (7, "上级党组织（F 列）", "办公厅总支", "党组织名册里的名称；是不是“办公厅党总支”")]


def test_what_hangs_below_a_wrong_row_waits_for_it():
    found = plan(listed((1, 3, "支队"))).organizations
    assert [wrong[3] for wrong in wrongs(found)] == [
        "组织类型：部党组、机关党委、党委、党总支、党支部、党小组之一",
        "可以导入的党组织；“党组织名册”第 5 行的“办公厅党总支”有错，改好后一起导入",
        "可以导入的党组织；“党组织名册”第 5 行的“办公厅党总支”有错，改好后一起导入",
    ]
    assert outcomes(found) == [(4, "new", "直属机关党委")]


def test_a_wrong_row_of_a_known_organisation_does_not_stop_those_below(offices):
    found = plan(listed((1, 3, "支队"))).organizations
    assert found.counts() == {"new": 0, "changed": 0, "unchanged": 3, "wrong": 1}


def test_organisations_above_each_other_are_wrong():
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[1][5] = "办公厅第一党支部"
    found = plan(organization_ledger(rows)).organizations
    circle = "上级党组织；现在几个党组织互为上级，绕成了一圈"
    assert [(row, expected) for row, _column, _value, expected in wrongs(found)][:2] == [(5, circle), (6, circle)]
    assert outcomes(found) == [(4, "new", "直属机关党委")]


@pytest.mark.parametrize(("column", "value", "label"), [(1, "101-1", "组织代码"), (2, "办公厅第一党支部", "党组织名称")])
def test_a_second_row_of_one_organisation_is_wrong_with_both_places(column, value, label):
    found = plan(listed((3, column, value))).organizations
    assert [(row, expected) for row, _column, _value, expected in wrongs(found)] == [
        (7, f"每个党组织一行；“党组织名册”第 6 行已有同样的{label}")]


def test_there_is_one_top():
    found = plan(listed((2, 5, "无"))).organizations
    assert wrongs(found) == [(6, "上级党组织（F 列）", "无", "上级党组织，必填；没有上级的只能有一个，已有“直属机关党委”")]


# Members --------------------------------------------------------------------------------------
def test_a_member_who_is_there_is_unchanged(zhang):
    found = plan(members=member_ledger({"办公厅": [member_row(姓名="张  三")]})).members
    assert [(line.outcome, line.subject_id) for line in found.lines] == [("unchanged", zhang.pk)]


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"联系电话": "内线 6120"}, ["联系电话", "13800138000", "内线 6120"]),
        ({"党内职务": "组织委员、副书记"}, ["党内职务", "无", "副书记、组织委员"]),
        ({"所在支部": "办公厅第二党支部"}, ["所在支部", "办公厅第一党支部", "办公厅第二党支部"]),
        ({"转正时间": "1996年7月"}, ["转正时间", "1996-06", "1996-07"]),
        ({"转正时间": "1996-06-05"}, ["转正时间", "1996-06-01", "1996-06-05"]),
        ({"民族": "回"}, ["民族", "汉族", "回族"]),
        ({"行政职务": "无"}, ["行政职务", "处长", "无"]),
        ({"备注": "援藏"}, ["备注", "无", "援藏"]),
        # The only namesake in the branch, with one of the months that tell persons apart corrected:
        ({"出生年月": "1970.5"}, ["出生年月", "1970-03", "1970-05"]),
        ({"性别": "女"}, ["性别", "男", "女"]),
    ],
)
def test_a_changed_member_is_told_field_by_field(zhang, changes, difference):
    line = plan(members=member_ledger({"办公厅": [member_row(**changes)]})).members.lines[0]
    assert (line.outcome, line.subject_id, line.changes) == ("changed", zhang.pk, [difference])


def test_a_month_says_nothing_of_the_day(zhang):
    Member.objects.filter(pk=zhang.pk).update(born_on=datetime.date(1970, 3, 17), note="记着")
    assert plan(members=member_ledger({"办公厅": [member_row()]})).members.counts()["unchanged"] == 1


@pytest.mark.parametrize(
    "met_on, outcome, changes",
    [
        (datetime.date(2010, 9, 3), "unchanged", []),  # the ledger of June could not know
        (datetime.date(2010, 5, 20), "changed", [["转正时间", "2010-05", "无"], ["党员类别", "正式党员", "预备党员"]]),
    ],
)
def test_an_old_ledger_does_not_take_back_a_later_decision(zhang, secretary_of_zhang, met_on, outcome, changes):
    Member.objects.filter(pk=zhang.pk).update(joined_on=datetime.date(2009, 5, 1), full_on=datetime.date(2010, 5, 1))
    ProbationDecision.objects.create(
        member=zhang, organization=zhang.organization, outcome=ProbationOutcome.FULL, happened_on=met_on, recorded_at=NOW,
        recorded_by=secretary_of_zhang,
    )
    row = member_row(入党时间="2009.5", 转正时间="无", 党员类别="预备党员")
    line = plan(members=member_ledger({"办公厅": [row]})).members.lines[0]
    assert (line.outcome, sorted(line.changes)) == (outcome, sorted(changes))


def test_a_namesake_of_another_month_is_another_person(zhang):
    found = plan(members=member_ledger({"办公厅": [member_row(), member_row(出生年月="1970.4")]})).members
    assert [(line.outcome, line.subject_id) for line in found.lines] == [("unchanged", zhang.pk), ("new", None)]


def test_namesakes_in_two_branches_stay_apart(offices, zhang):
    other = member(offices[3])
    rows = [member_row(所在支部="办公厅第二党支部", 籍贯="辽宁沈阳")]
    line = plan(members=member_ledger({"办公厅": rows})).members.lines[0]
    assert (line.outcome, line.subject_id) == ("changed", other.pk)


def test_an_id_number_finds_the_person_under_another_name(zhang):
    number = "11010519491231002X"
    Member.objects.filter(pk=zhang.pk).update(
        id_number_sealed=id_numbers.seal(number), id_number_digest=id_numbers.digest(number))
    extra = [("身份证号", {3: "身份证号", 5: number})]
    line = plan(members=member_ledger({"办公厅": [member_row(姓名="张山")]}, extra=extra)).members.lines[0]
    assert (line.subject_id, line.changes) == (zhang.pk, [["姓名", "张三", "张山"]])


def test_an_id_number_is_stored_sealed_and_shown_masked(zhang):
    number = "11010519491231002X"
    extra = [("身份证号", {3: "身份证号", 5: number})]
    line = plan(members=member_ledger({"办公厅": [member_row()]}, extra=extra)).members.lines[0]
    assert line.changes == [["身份证号", "无", "110105***********X"]]
    assert number not in str(line.values)
    assert id_numbers.unseal(bytes.fromhex(line.values["id_sealed"])) == number


def test_an_unknown_branch_is_wrong_with_the_nearest_names(offices):
    rows = [member_row(所在支部="办公厅一支部"), member_row(姓名="李四", 所在支部="ABC")]
    found = plan(members=member_ledger({"办公厅": rows}))
    assert wrongs(found.members) == [
        (5, "所在支部（L 列）", "办公厅一支部", "党组织名册里的名称；是不是“办公厅第一党支部”"),
        (6, "所在支部（L 列）", "ABC", "党组织名册里的名称"),
    ]


def test_a_branch_of_a_wrong_row_waits_for_it():
    found = plan(listed((2, 6, "年底")), member_ledger({"办公厅": [member_row()]}))
    assert wrongs(found.members) == [
        (5, "所在支部（L 列）", "办公厅第一党支部",
         "可以导入的党组织；“党组织名册”第 6 行的“办公厅第一党支部”有错，改好后一起导入")]


def test_members_may_join_a_branch_of_the_same_upload():
    found = plan(organization_ledger(), member_ledger({"办公厅": [member_row()]})).members
    assert (found.lines[0].outcome, found.lines[0].values["branch"]) == ("new", "101-1")


def test_the_same_person_twice_is_wrong_with_both_places(offices):
    found = plan(members=member_ledger({"办公厅": [member_row()], "人事司": [member_row(姓名="张 三", 籍贯="辽宁")]})).members
    assert [(wrong.sheet, wrong.row, wrong.column, wrong.expected) for wrong in found.wrong] == [
        ("人事司", 5, "姓名（B 列）", "每人一行；“办公厅”第 5 行已有同一个人（姓名、性别、出生年月、入党时间相同）")]
    assert outcomes(found) == [(5, "new", "张三")]


def test_the_same_person_in_two_branches_is_wrong_at_both_places(offices):
    found = plan(members=member_ledger({"办公厅": [member_row()], "人事司": [member_row(所在支部="办公厅第二党支部")]})).members
    assert [(wrong.sheet, wrong.column, wrong.expected) for wrong in found.wrong] == [
        ("办公厅", "所在支部（L 列）", "一个支部；同一个人出现在两个支部，另一处是“人事司”第 5 行的“办公厅第二党支部”"),
        ("人事司", "所在支部（L 列）", "一个支部；同一个人出现在两个支部，另一处是“办公厅”第 5 行的“办公厅第一党支部”"),
    ]
    assert found.lines == []


def test_two_persons_with_one_id_number_are_wrong(offices):
    extra = [("身份证号", {3: "身份证号", 5: "11010519491231002X", 6: "110105491231002"})]
    found = plan(members=member_ledger({"办公厅": [member_row(), member_row(姓名="李四")]}, extra=extra)).members
    assert wrongs(found) == [
        (6, "身份证号（Q 列）", "110105491231002", "本人的身份证号；“办公厅”第 5 行已有同样的号码")]


def test_a_branch_has_one_secretary(offices):
    held = {"张三": "书记", "李四": "书记、宣传委员", "王五": "副书记"}
    rows = [member_row(姓名=name, 党内职务=posts) for name, posts in held.items()]
    found = plan(members=member_ledger({"办公厅": rows})).members
    assert wrongs(found) == [
        (6, "党内职务（M 列）", "书记、宣传委员", "一个党组织只有一名书记；书记已有“办公厅”第 5 行的张三，请先改那一行")]


def test_a_secretary_whom_the_ledger_does_not_name_stays(offices, zhang):
    PostFactory(member=zhang, kind=PostKind.SECRETARY)
    found = plan(members=member_ledger({"办公厅": [member_row(姓名="李四", 党内职务="书记")]})).members
    assert wrongs(found) == [
        (5, "党内职务（M 列）", "书记", "一个党组织只有一名书记；书记已有名册里的张三，请先改那一行")]
    assert found.absent == 1


def test_secretaries_may_change_places(offices, zhang):
    PostFactory(member=zhang, kind=PostKind.SECRETARY)
    found = plan(members=member_ledger({"办公厅": [member_row(姓名="李四", 党内职务="书记"), member_row()]})).members
    assert found.wrong == []
    assert [str(line.outcome) for line in found.lines] == [LineOutcome.NEW, LineOutcome.CHANGED]
