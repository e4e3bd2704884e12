"""Taking an import back: everything as before, or a sentence that says what stands in the way."""
import datetime

import pytest

from tests.factories import ledgers
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from units.domain.history import first_bad_entry
from units.domain.import_undo import CannotUndo, can_still_undo, register_check, undo_import
from units.enums import ImportStage
from units.models import HistoryEntry, Member, Organization, RoleGrant, RosterImport

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(small, check, write, everything):
    """A second import that changes, moves, ends and adds; and the rows as they were before it."""
    before = everything()
    rows = [list(row) for row in ledgers.ORGANIZATIONS]
    rows[2][2], rows[3][2] = rows[3][2], rows[2][2]
    rows.append([5, "102", "人事司党支部", "党支部", "机关司局", "直属机关党委", "1999.9", ""])
    people = [
        member_row(所在支部="办公厅第二党支部", 联系电话="内线 6120"),
        member_row(姓名="李四", 性别="女", 所在支部="人事司党支部", 党内职务="书记"),
        member_row(姓名="赵六", 所在支部="人事司党支部"),
    ]
    done = write(check(organization_ledger(rows), member_ledger({"办公厅": people})))
    assert everything() != before
    return done, before


def test_an_undone_import_leaves_everything_as_it_was(changed, by, at, everything):
    done, before = changed
    assert can_still_undo(done, at=at + datetime.timedelta(hours=24))
    undo_import(done, by=by, at=at + datetime.timedelta(hours=24))
    assert everything() == before
    assert (done.stage, done.undone_at) == (ImportStage.UNDONE, at + datetime.timedelta(hours=24))
    assert HistoryEntry.objects.of(done).filter(verb="undo").count() == 1
    assert first_bad_entry() is None


def test_an_import_is_undone_once(changed, by, at):
    undo_import(changed[0], by=by, at=at)
    with pytest.raises(CannotUndo) as refused:
        undo_import(changed[0], by=by, at=at)
    assert refused.value.message == "这次导入没有写入，或已经撤销。"


def test_after_a_day_an_import_stays(changed, by, at, everything):
    late = at + datetime.timedelta(hours=24, seconds=1)
    after = everything()
    assert not can_still_undo(changed[0], at=late)
    with pytest.raises(CannotUndo) as refused:
        undo_import(changed[0], by=by, at=late)
    assert refused.value.message == "导入已超过 24 小时，不能撤销。请逐条更正。"
    assert everything() == after
    assert RosterImport.objects.get(pk=changed[0].pk).stage == ImportStage.APPLIED


def test_what_hangs_on_an_import_keeps_it(changed, by, at):
    branch = Organization.objects.get(name="人事司党支部")
    RoleGrant.objects.create(user=by, role="secretary", organization=branch, starts_on=at.date(), granted_at=at)
    with pytest.raises(CannotUndo) as refused:
        undo_import(changed[0], by=by, at=at)
    assert refused.value.message == (
        "导入以后，“人事司党支部”已经有了别的记录（角色，共 1 条），不能撤销。请先处理这些记录，或逐条更正。")


def test_an_account_of_a_new_member_keeps_the_import(changed, by, at):
    by.member = Member.objects.get(name="赵六")
    by.save()
    with pytest.raises(CannotUndo) as refused:
        undo_import(changed[0], by=by, at=at)
    assert "“赵六”已经有了别的记录（账号，共 1 条）" in refused.value.message


def test_a_later_correction_keeps_the_import(changed, by, at):
    Member.objects.filter(name="张三").update(phone="13911111111")
    with pytest.raises(CannotUndo) as refused:
        undo_import(changed[0], by=by, at=at)
    assert refused.value.message == "导入以后，“张三”又改过，不能撤销。请逐条更正。"


def test_a_later_import_keeps_the_earlier_one(changed, check, write, by, at):
    write(check(members=member_ledger({"办公厅": [member_row(姓名="赵六", 所在支部="办公厅第一党支部")]})))
    with pytest.raises(CannotUndo):
        undo_import(changed[0], by=by, at=at)


def test_an_app_may_object(changed, by, at, monkeypatch):
    monkeypatch.setattr("units.domain.import_undo._checks", [])

    def object_to_it(made, *, applied_at):
        raise CannotUndo(f"{len(made['member'])} {applied_at:%H:%M}")

    register_check(object_to_it)
    with pytest.raises(CannotUndo, match="1 09:00"):
        undo_import(changed[0], by=by, at=at)
