"""The page of an import offers the corrected workbook, says why it cannot, and makes it as an export."""
from datetime import timedelta

import openpyxl
import pytest

from config.kit import jobs
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from units.domain import imports
from units.domain.exports import export_folder
from units.domain.import_apply import apply_import
from units.domain.import_files import forget_files
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.models import Export, RosterImport
from units.tasks import run_export


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def applied(office, at):
    files = {
        ORGANIZATIONS: ("党组织名册.xlsx", organization_ledger()),
        MEMBERS: ("花名册.xlsx", member_ledger({"办公厅": [member_row(姓名="张  三")]})),
    }
    made = imports.start_import(files, by=office, at=at)
    job = jobs.claim(RosterImport, made.pk, at=at)
    imports.check_import(job, at=at, on=at.date(), progress=lambda done, total: None)
    imports.confirm_import(job, reason="核对", by=office, at=at)
    apply_import(jobs.claim(RosterImport, made.pk, at=at), at=at)
    made.refresh_from_db()
    return made


def test_it_is_made_as_an_export(applied, office, client_for):
    browser = client_for(office)
    page = browser.get(applied.get_absolute_url()).content.decode()
    assert "退回更正后的台账" in page and page.count("做一份更正后的") == 2
    answer = browser.post(f"/imports/{applied.pk}/back/", {"ledger": MEMBERS})
    export = Export.objects.get()
    assert (answer.url, export.title) == (export.get_absolute_url(), "更正后的花名册.xlsx")
    run_export(export.pk)
    export.refresh_from_db()
    assert (export.job_state, export.error) == ("done", "") and export.file_name.startswith("花名册（已更正")
    assert openpyxl.load_workbook(export_folder() / export.stored_name)["办公厅"]["B5"].value == "张三"


def test_after_its_month_the_page_says_so(applied, office, client_for, at):
    forget_files(at=at + timedelta(days=31))
    browser = client_for(office)
    page = browser.get(applied.get_absolute_url()).content.decode()
    assert "上传的文件只保留 30 天，已经删除，不能退回。" in page and "做一份更正后的" not in page
    answer = browser.post(f"/imports/{applied.pk}/back/", {"ledger": MEMBERS}, follow=True)
    assert "上传的文件只保留 30 天" in answer.content.decode() and not Export.objects.exists()


@pytest.mark.parametrize("who", ["secretary", "committee", "system"])
def test_it_is_the_office_s_work(who, request, applied, client_for):
    answer = client_for(request.getfixturevalue(who)).post(f"/imports/{applied.pk}/back/", {"ledger": MEMBERS})
    assert answer.status_code == 404 and not Export.objects.exists()
