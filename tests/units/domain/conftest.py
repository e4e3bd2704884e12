"""Imports of small ledgers, checked and written, for the tests of what an import does and how it is taken back."""
import pytest

from config.kit import jobs
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from tests.factories.units import UserFactory
from units.domain import imports
from units.domain.import_apply import apply_import
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.models import Affiliation, Member, Membership, Organization, Post, RosterImport


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def check(by, at):
    """`check(organizations, members)` uploads and checks; returns the import with its preview."""

    def run(organizations=None, members=None):
        files = {ORGANIZATIONS: ("党组织名册.xlsx", organizations), MEMBERS: ("党员花名册.xlsx", members)}
        made = imports.start_import({ledger: file for ledger, file in files.items() if file[1]}, by=by, at=at)
        job = jobs.claim(RosterImport, made.pk, at=at)
        imports.check_import(job, at=at, on=at.date(), progress=lambda done, total: None)
        return job

    return run


@pytest.fixture
def write(by, at):
    """`write(roster_import)` confirms the preview and does the worker's second half."""

    def run(roster_import, reason="与纸质名册核对后更正"):
        imports.confirm_import(roster_import, reason=reason, by=by, at=at)
        job = jobs.claim(RosterImport, roster_import.pk, at=at)
        apply_import(job, at=at)
        return job

    return run


@pytest.fixture
def everything():
    """`everything()` is every row that an import may touch, without the log and the imports themselves."""

    def rows():
        models = (Organization, Affiliation, Member, Membership, Post)
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}

    return rows


@pytest.fixture
def small(check, write):
    """The small list and three members, imported."""
    rows = [member_row(党内职务="书记"), member_row(姓名="李四", 性别="女"), member_row(姓名="王五", 所在支部="办公厅第二党支部")]
    return write(check(organization_ledger(), member_ledger({"办公厅": rows})), reason="")
