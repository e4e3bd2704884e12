"""`manage.py import_ledgers`: the counts and wrong cells as JSON, and nothing written without --apply."""
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ledgers
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from tests.factories.units import UserFactory
from units.enums import ImportStage
from units.models import HistoryEntry, Member, Organization, RosterImport

DEMO = Path(__file__).parents[3] / "demo"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def run(tmp_path, capsys):
    """`run(organizations=bytes, members=bytes, **options)` gives the printed answer."""

    def call(*, organizations=None, members=None, **options):
        for name, data in (("organizations", organizations), ("members", members)):
            if data:
                options[name] = tmp_path / f"{name}.xlsx"
                options[name].write_bytes(data)
        call_command("import_ledgers", **options)
        return json.loads(capsys.readouterr().out)

    return call


def test_the_real_ledgers_are_told_and_not_written(capsys):
    call_command("import_ledgers", organizations=DEMO / "党组织名册.xlsx", members=DEMO / "党员花名册.xlsx")
    answer = json.loads(capsys.readouterr().out)
    assert {key: answer[key] for key in ("new", "changed", "unchanged", "wrong", "questions")} == {
        "new": 3217, "changed": 0, "unchanged": 0, "wrong": [], "questions": []}
    assert answer["ledgers"] == {
        "organizations": {"new": 141, "changed": 0, "unchanged": 0, "wrong": 0},
        "members": {"new": 3076, "changed": 0, "unchanged": 0, "wrong": 0},
    }
    assert [total for total in answer["totals"] if total["said"] != total["counted"]] == []
    assert (Organization.objects.count(), RosterImport.objects.count(), HistoryEntry.objects.count()) == (0, 0, 0)


def test_apply_writes_once(run):
    files = {"organizations": organization_ledger(), "members": member_ledger({"办公厅": [member_row()]})}
    first = run(**files, apply=True)
    assert (first["new"], first["applied"]) == (5, True)
    assert RosterImport.objects.get(pk=first["import"]).stage == ImportStage.APPLIED
    assert Member.objects.get().organization.name == "办公厅第一党支部"
    second = run(**files, apply=True)
    assert (second["new"], second["unchanged"], second["applied"]) == (0, 5, False)
    assert RosterImport.objects.get(pk=second["import"]).stage == ImportStage.PREVIEW


def test_a_wrong_cell_is_told_and_the_other_rows_are_written(run):
    rows = [member_row(), member_row(姓名="李四", 入党时间=2010.13)]
    answer = run(organizations=organization_ledger(), members=member_ledger({"办公厅": rows}), apply=True)
    assert answer["wrong"] == [{
        "ledger": "members", "sheet": "办公厅", "row": 6, "column": "入党时间（I 列）", "value": "2010.13",
        "expected": "有效日期；月份只有 1 到 12"}]
    assert (answer["new"], answer["ledgers"]["members"]["wrong"]) == (5, 1)
    assert [member.name for member in Member.objects.all()] == ["张三"]


def test_corrections_carry_the_reason_and_the_account(run):
    by = UserFactory(username="liu")
    run(organizations=organization_ledger(), members=member_ledger({"办公厅": [member_row()]}), apply=True)
    changed = member_ledger({"办公厅": [member_row(籍贯="辽宁沈阳")]})
    assert run(members=changed, apply=True, by="liu", reason="与档案核对")["changed"] == 1
    entry = HistoryEntry.objects.of(Member.objects.get()).latest("sequence")
    assert (entry.actor, entry.detail["reason"]) == (by, "与档案核对")


def test_an_account_that_is_not_there_is_told(run):
    with pytest.raises(CommandError, match="^There is no account nobody.$"):
        run(organizations=organization_ledger(), apply=True, by="nobody")
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize(("tenth", "month"), [("january", "01"), ("october", "10")])
def test_what_the_tenth_means_can_be_said(run, tenth, month):
    files = {"organizations": organization_ledger(), "members": member_ledger({"办公厅": [member_row(入党时间=1995.1)]})}
    asked = run(**files)
    assert [question["column"] for question in asked["questions"]] == ["入党时间（I 列）"]
    assert [wrong["expected"] for wrong in asked["wrong"]] == ["写明是 1 月还是 10 月；从表里看不出来"]
    answer = run(**files, tenth=tenth, apply=True)
    assert (answer["wrong"], answer["questions"], answer["new"]) == ([], [], 5)
    assert f"{Member.objects.get().joined_on:%m}" == month


def test_a_file_that_cannot_be_read_is_refused_with_its_sentence(run):
    with pytest.raises(CommandError) as refused:
        run(organizations=b"%PDF-1.4")
    assert str(refused.value) == (
        "“organizations.xlsx”不是 Excel 工作簿，而是PDF 文件。请在 Excel 里另存为 .xlsx 或 .xls 格式再上传。")


def test_a_refused_file_is_on_record_and_nothing_is_written(run):
    with pytest.raises(CommandError):
        run(organizations=ledgers.container("EncryptedPackage"), apply=True)
    assert RosterImport.objects.get().stage == ImportStage.REFUSED
    assert Organization.objects.count() == 0


@pytest.mark.parametrize("options", [{}, {"members": Path("/does/not/exist.xlsx")}])
def test_a_file_is_needed(options):
    with pytest.raises(CommandError):
        call_command("import_ledgers", **options)
