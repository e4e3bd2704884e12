"""Writing a confirmed import: one transaction, two times, nothing twice, and nothing at all when something is wrong."""
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from django.db.models import Count

from config.kit import jobs
from config.kit.stroke import stroke_key
from tests.factories import ledgers
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from units.domain import id_numbers, imports
from units.domain.history import first_bad_entry
from units.domain.import_apply import StalePreview, apply_import
from units.domain.import_apply_members import TwoSecretaries
from units.domain.import_apply_organizations import TreeBroken
from units.domain.import_undo import undo_import
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import ImportStage
from units.models import Affiliation, HistoryEntry, Member, Membership, Organization, Post, RosterImport

ROOT = Path(__file__).parents[3]
REAL = {ORGANIZATIONS: "党组织名册.xlsx", MEMBERS: "党员花名册.xlsx"}
pytestmark = pytest.mark.django_db


def counts(roster_import):
    return {str(row["outcome"]): row["n"] for row in roster_import.lines.values("outcome").annotate(n=Count("pk"))}


# The real ledgers -----------------------------------------------------------------------------
def test_the_real_ledgers_come_in_once_and_can_be_taken_back(check, write, by, at, everything):
    before = everything()
    files = [(ROOT / "demo" / name).read_bytes() for name in REAL.values()]
    first = check(*files)
    assert counts(first) == {"new": 3217}
    write(first, reason="")
    assert (Organization.objects.count(), Member.objects.count()) == (141, 3076)
    assert Membership.objects.standing().count() == 3076
    assert Organization.objects.filter(depth=1).get().name == "直属机关党委"
    assert Organization.objects.filter(depth=2).count() == 39
    codes = Organization.objects.in_institutional_order().values_list("code", flat=True)
    assert list(codes[:4]) == ["00", "101", "101-1", "101-2"]
    assert codes[140] == "308"
    assert Post.objects.standing().filter(kind="secretary").count() == 113
    second = check(*files)
    assert counts(second) == {"unchanged": 3217}
    with pytest.raises(imports.NothingToImport):
        imports.confirm_import(second, reason="", by=by, at=at)
    undo_import(RosterImport.objects.get(pk=first.pk), by=by, at=at)
    assert everything() == before
    assert first_bad_entry() is None


def test_the_queries_of_writing_do_not_grow_with_the_rows(check, by, at, django_assert_num_queries):
    for size, queries in ((1, 31), (3, 19), (40, 19)):
        rows = [member_row(姓名=f"张{chr(0x4E00 + 100 * size + number)}", 党内职务="委员") for number in range(size)]
        ready = check(organization_ledger(), member_ledger({"办公厅": rows}))
        imports.confirm_import(ready, reason="核对", by=by, at=at)
        job = jobs.claim(RosterImport, ready.pk, at=at)
        with django_assert_num_queries(queries):
            apply_import(job, at=at)


# What is written ------------------------------------------------------------------------------
def test_a_new_member_has_a_membership_and_posts_from_the_ledgers_month(small, by, at):
    zhang = Member.objects.get(name="张三")
    assert (zhang.organization.name, zhang.stroke_key, zhang.status) == ("办公厅第一党支部", stroke_key("张三"), "full")
    assert (zhang.born_on, zhang.full_on) == (datetime.date(1970, 3, 1), datetime.date(1996, 6, 1))
    membership = zhang.memberships.get()
    assert (membership.organization_id, membership.starts_on, membership.ends_on) == (
        zhang.organization_id, datetime.date(2010, 6, 1), None)
    assert (membership.recorded_at, membership.recorded_by) == (at, by)
    post = zhang.posts.get()
    assert (post.kind, post.starts_on, post.recorded_at) == ("secretary", datetime.date(2010, 6, 1), at)


def test_a_membership_does_not_begin_before_the_member_joined(check, write):
    write(check(organization_ledger(), member_ledger({"办公厅": [
        member_row(入党时间="2010年12月", 转正时间="无", 党员类别="预备")]})))
    assert Membership.objects.get().starts_on == datetime.date(2010, 12, 1)


def test_a_new_organisation_has_its_place_and_an_affiliation_since_its_founding(small, at):
    unit = Organization.objects.get(code="101")
    assert (unit.parent.code, unit.depth, unit.kind, unit.category) == ("00", 2, "general_branch", "organ")
    assert unit.parent.contains(unit)
    affiliation = unit.affiliations.get()
    assert (affiliation.name, affiliation.starts_on, affiliation.recorded_at) == ("办公厅党总支", datetime.date(1989, 12, 1), at)


def test_a_code_may_be_the_number_of_another_organisation(small, check, write):
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    unit = Organization.objects.get(code="101")
    rows += [[1, str(unit.pk), "人事司党支部", "党支部", "机关司局", "直属机关党委", "1999.9", ""]]
    rows[2][2] = "办公厅综合党支部"
    write(check(organization_ledger(rows)))
    assert Organization.objects.get(code=str(unit.pk)).depth == 2


def test_a_correction_is_a_new_version_and_the_old_one_stays(small, check, write, by, at):
    later = at + datetime.timedelta(days=1)
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[2][2] = "办公厅综合党支部"
    zhang = member_row(所在支部="办公厅综合党支部", 党内职务="书记", 行政职务="司长")
    again = check(organization_ledger(rows), member_ledger({"办公厅": [zhang]}))
    assert counts(again) == {"changed": 2, "unchanged": 3}
    imports.confirm_import(again, reason="核对后更正", by=by, at=later)
    apply_import(jobs.claim(RosterImport, again.pk, at=later), at=later)
    old, new = Affiliation.objects.filter(organization__code="101-1").order_by("pk")
    assert (old.name, old.superseded_at, new.name, new.starts_on) == (
        "办公厅第一党支部", later, "办公厅综合党支部", old.starts_on)
    assert (new.lineage, new.supersedes, new.change_reason) == (old.lineage, old, "核对后更正")
    zhang = Member.objects.get(name="张三")
    assert (zhang.administrative_post, zhang.organization.name) == ("司长", "办公厅综合党支部")
    assert zhang.memberships.count() == 1
    entry = HistoryEntry.objects.of(zhang).order_by("-sequence")[0]
    assert (entry.verb, entry.detail) == (
        "import_change", {"changes": [["行政职务", "处长", "司长"]], "reason": "核对后更正"})


def test_a_move_ends_one_membership_and_begins_another(small, check, write):
    moved = ledgers.member_ledger({"办公厅": [member_row(所在支部="办公厅第二党支部", 党内职务="组织委员")]})
    data = _reported(moved, "填报时间：2011年5月")
    write(check(members=data))
    zhang = Member.objects.get(name="张三")
    standing = [(one.organization.code, one.starts_on, one.ends_on)
                for one in zhang.memberships.standing().order_by("starts_on").select_related("organization")]
    assert standing == [
        ("101-1", datetime.date(2010, 6, 1), datetime.date(2011, 4, 30)), ("101-2", datetime.date(2011, 5, 1), None)]
    posts = [(one.kind, one.starts_on, one.ends_on) for one in zhang.posts.standing().order_by("starts_on")]
    assert posts == [
        ("secretary", datetime.date(2010, 6, 1), datetime.date(2011, 4, 30)), ("organizer", datetime.date(2011, 5, 1), None)]
    assert zhang.organization.code == "101-2"
    assert zhang.memberships.filter(superseded_at__isnull=False).count() == 1


def test_a_branch_corrected_in_the_same_month_is_no_move(small, check, write):
    write(check(members=member_ledger({"办公厅": [member_row(姓名="李四", 性别="女", 所在支部="办公厅第二党支部")]})))
    li = Member.objects.get(name="李四")
    assert [(one.organization.code, one.starts_on, one.ends_on) for one in li.memberships.standing()] == [
        ("101-2", datetime.date(2010, 6, 1), None)]


def _reported(data, words):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        sheet["A2"] = words
    return ledgers.saved(book)


def test_an_id_number_is_kept_sealed(check, write):
    number = "11010519491231002X"
    extra = [("身份证号", {3: "身份证号", 5: number})]
    write(check(organization_ledger(), member_ledger({"办公厅": [member_row()]}, extra=extra)))
    zhang = Member.objects.get()
    assert id_numbers.unseal(zhang.id_number_sealed) == number
    assert zhang.id_number_digest == id_numbers.digest(number)
    assert number not in str(list(HistoryEntry.objects.values()))


def test_the_history_has_one_row_for_the_import_and_one_for_each_subject(small):
    head = HistoryEntry.objects.of(small).get(verb="import")
    assert head.detail == {"files": "党组织名册.xlsx、党员花名册.xlsx", "new": 7, "changed": 0}
    assert HistoryEntry.objects.filter(verb="import_new").count() == 7
    assert first_bad_entry() is None


def test_only_rows_without_errors_are_written(check, write):
    rows = [member_row(), member_row(姓名="李四", 入党时间=2010.13)]
    done = write(check(organization_ledger(), member_ledger({"办公厅": rows})))
    assert [member.name for member in Member.objects.all()] == ["张三"]
    assert done.summary["written"] == {"new": 5, "changed": 0}
    assert done.summary["members"] == {"new": 1, "changed": 0, "unchanged": 0, "wrong": 1}


def test_changes_that_are_not_ticked_are_left(small, check, write):
    rows = [member_row(党内职务="书记", 籍贯="辽宁沈阳"), member_row(姓名="李四", 性别="女", 籍贯="辽宁沈阳")]
    again = check(members=member_ledger({"办公厅": rows}))
    li = again.lines.get(label="李四")
    imports.keep_ticks(again, shown=[line.pk for line in again.lines.all()], ticked=[li.pk])
    write(again)
    places = dict(Member.objects.values_list("name", "native_place"))
    assert places == {"张三": "河北保定", "李四": "辽宁沈阳", "王五": "河北保定"}


# Refusals -------------------------------------------------------------------------------------
def test_corrections_need_a_reason(small, check, by, at):
    again = check(members=member_ledger({"办公厅": [member_row(籍贯="辽宁沈阳", 党内职务="书记")]}))
    with pytest.raises(imports.ReasonMissing) as refused:
        imports.confirm_import(again, reason="  ", by=by, at=at)
    assert (refused.value.field, refused.value.message) == ("reason", "请写一句更正原因，例如“与纸质名册核对后更正”。")


def test_two_clicks_confirm_once(small, check, by, at):
    again = check(members=member_ledger({"办公厅": [member_row(姓名="赵六")]}))
    imports.confirm_import(again, reason="", by=by, at=at)
    with pytest.raises(imports.NotWaiting) as refused:
        imports.confirm_import(again, reason="", by=by, at=at)
    assert refused.value.message == "这次导入已经在处理，请看最新的进度。"


@pytest.mark.parametrize("change", ["member", "organization", "post", "newcomer"])
def test_a_preview_that_is_out_of_date_is_refused(small, check, by, at, change, everything):
    again = check(members=member_ledger({"办公厅": [member_row(党内职务="书记", 籍贯="辽宁"), member_row(姓名="赵六")]}))
    imports.confirm_import(again, reason="核对", by=by, at=at)
    job = jobs.claim(RosterImport, again.pk, at=at)
    if change == "member":
        Member.objects.filter(name="张三").update(phone="13900000000")
    elif change == "organization":
        Organization.objects.filter(code="101-2").update(name="办公厅离退休党支部")
    elif change == "post":
        Post.objects.filter(member__name="张三").update(ends_on=at.date())
    else:
        Member.objects.create(name="赵六", gender="male", status="full", organization=Organization.objects.get(code="101-1"))
    before = everything()
    with pytest.raises(StalePreview) as refused:
        apply_import(job, at=at)
    assert refused.value.message == "预览之后数据有变化，请重新预览。"
    assert everything() == before


def test_a_change_of_another_person_does_not_spoil_the_preview(small, check, write):
    again = check(members=member_ledger({"办公厅": [member_row(姓名="赵六")]}))
    Member.objects.filter(name="李四").update(phone="13900000000")
    write(again)
    assert Member.objects.filter(name="赵六").exists()


def test_a_secretary_whose_end_is_not_ticked_stops_everything(small, check, by, at, everything):
    rows = [member_row(), member_row(姓名="李四", 性别="女", 党内职务="书记")]
    again = check(members=member_ledger({"办公厅": rows}))
    again.lines.filter(label="张三").update(accepted=False)
    imports.confirm_import(again, reason="核对", by=by, at=at)
    before = everything()
    with pytest.raises(TwoSecretaries) as refused:
        apply_import(jobs.claim(RosterImport, again.pk, at=at), at=at)
    assert refused.value.message == "“办公厅第一党支部”现在的书记是张三。请把张三那一行的更正也勾上，或去掉新书记那一行。"
    assert everything() == before


def test_secretaries_change_places(small, check, write):
    write(check(members=member_ledger({"办公厅": [member_row(), member_row(姓名="李四", 性别="女", 党内职务="书记")]})))
    held = Post.objects.standing().filter(kind="secretary", ends_on__isnull=True)
    assert [post.member.name for post in held] == ["李四"]


def test_organisations_change_names(small, check, write):
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[2][2], rows[3][2] = rows[3][2], rows[2][2]
    write(check(organization_ledger(rows)))
    assert dict(Organization.objects.values_list("code", "name"))["101-1"] == "办公厅第二党支部"


def test_half_a_change_of_names_stops_everything(small, check, by, at, everything):
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[2][2], rows[3][2] = rows[3][2], rows[2][2]
    again = check(organization_ledger(rows))
    again.lines.filter(row=6).update(accepted=False)
    imports.confirm_import(again, reason="核对", by=by, at=at)
    before = everything()
    with pytest.raises(TreeBroken):
        apply_import(jobs.claim(RosterImport, again.pk, at=at), at=at)
    assert everything() == before


def test_a_worker_that_lost_its_lease_writes_nothing(check, by, at):
    ready = check(organization_ledger())
    imports.confirm_import(ready, reason="", by=by, at=at)
    slow = jobs.claim(RosterImport, ready.pk, at=at)
    RosterImport.objects.filter(pk=ready.pk).update(lease=None)
    with pytest.raises(jobs.LeaseLost):
        apply_import(slow, at=at)
    assert Organization.objects.count() == 0


def test_members_without_any_organisation_are_not_taken(by, at):
    with pytest.raises(imports.NothingToImport) as refused:
        imports.start_import({MEMBERS: ("党员花名册.xlsx", b"x")}, by=by, at=at)
    assert refused.value.message == "还没有党组织。请先上传党组织名册，或两个文件一起上传。"
    with pytest.raises(imports.NothingToImport):
        imports.start_import({}, by=by, at=at)


# Questions ------------------------------------------------------------------------------------
def test_an_answer_is_kept_and_the_files_are_checked_again(check, by, at):
    ready = check(organization_ledger(), member_ledger({"办公厅": [member_row(入党时间=1995.1)]}))
    key = ready.questions[0]["key"]
    assert counts(ready) == {"new": 4, "wrong": 1}
    imports.answer_questions(ready, {key: "october", "别的": "january"}, by=by, at=at)
    assert (ready.stage, ready.answers) == (ImportStage.CHECKING, {key: "october"})
    job = jobs.claim(RosterImport, ready.pk, at=at)
    imports.check_import(job, at=at, on=at.date(), progress=lambda done, total: None)
    assert job.questions == []
    assert job.lines.get(label="张三").values["joined_on"] == "1995-10-01"
