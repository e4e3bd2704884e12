"""How long uploaded ledgers are kept."""
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.ledgers import organization_ledger
from units.domain import imports
from units.domain.import_files import forget_files
from units.domain.imports import NotWaiting, confirm_import, start_import
from units.domain.ledger_findings import ORGANIZATIONS
from units.enums import ImportStage
from units.models import RosterImport

pytestmark = pytest.mark.django_db


@pytest.fixture
def previewed(office, at, today):
    """An import whose check has ended."""
    made = start_import({ORGANIZATIONS: ("党组织名册.xlsx", organization_ledger())}, by=office, at=at)
    RosterImport.objects.filter(pk=made.pk).update(job_state="running")
    made.refresh_from_db()
    imports.check_import(made, at=at, on=today, progress=lambda done, total: None)
    made.refresh_from_db()
    return made


def test_a_ledger_is_kept_for_thirty_days(previewed, at):
    path = Path(previewed.organizations_file.path)

    assert forget_files(at=at + timedelta(days=29)) == 0
    assert path.exists()
    assert forget_files(at=at + timedelta(days=30)) == 1
    assert not path.exists()
    assert forget_files(at=at + timedelta(days=31)) == 0


def test_an_import_that_nobody_confirmed_says_what_became_of_it(previewed, office, at):
    forget_files(at=at + timedelta(days=30))

    previewed.refresh_from_db()
    assert previewed.stage == ImportStage.REFUSED
    assert previewed.error == "超过 30 天没有确认，上传的文件已经删除。请重新上传。"
    with pytest.raises(NotWaiting, match="^这次导入已经在处理，请看最新的进度。$"):
        confirm_import(previewed, reason="核对后更正", by=office, at=at)


def test_what_was_written_stays_as_it_was(previewed, at):
    RosterImport.objects.filter(pk=previewed.pk).update(stage=ImportStage.APPLIED)

    forget_files(at=at + timedelta(days=30))

    previewed.refresh_from_db()
    assert (previewed.stage, previewed.error, previewed.organizations_name) == (ImportStage.APPLIED, "", "党组织名册.xlsx")


def test_an_import_at_work_keeps_its_file(previewed, at):
    RosterImport.objects.filter(pk=previewed.pk).update(job_state="queued")

    assert forget_files(at=at + timedelta(days=90)) == 0
