from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from config.kit import jobs
from tests.factories.units import MemberFactory, PostFactory
from units.domain import exports
from units.domain.exports import request_export
from units.enums import Gender, MemberStatus, PostKind
from units.models import Export, HistoryEntry
from units.tasks import run_export, sweep_exports


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def writer():
    """Register a kind for one test; returns the function that does it."""
    made = []

    def make(write):
        exports.register("sample", write)
        made.append(write)

    yield make
    exports._writers.pop("sample", None)


def asked(user, at, kind="roster", **parameters):
    return request_export(kind, title="花名册", parameters=parameters, by=user, at=at)


def done(export):
    run_export(export.pk)
    export.refresh_from_db()
    return export


def files():
    return sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "exports").glob("*"))


def rows_of(export):
    page = openpyxl.load_workbook(Path(settings.MEDIA_ROOT) / "exports" / export.stored_name).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_export_becomes_a_file_that_waits_a_week(office, tree, at):
    export = done(asked(office, at, organization=None))
    assert (export.job_state, export.file_name) == (jobs.JobState.DONE, "党员花名册.xlsx")
    assert export.expires_at == at + timedelta(days=7)
    assert export.byte_size == (Path(settings.MEDIA_ROOT) / "exports" / export.stored_name).stat().st_size
    assert (export.done_units, export.total_units) == (14, 14)
    assert len(export.sha256) == 64


def test_roster_holds_what_its_owner_may_see(secretary, tree, at):
    MemberFactory(
        name="丁一", organization=tree.organ_branch, gender=Gender.FEMALE, ethnicity="回族", phone="13800001111",
        status=MemberStatus.PROBATIONARY, administrative_post="科员",
    )
    rows = rows_of(done(asked(secretary, at, organization=None)))
    assert rows[0][0] == "党员花名册"
    assert rows[1][:4] == ["序号", "姓名", "性别", "民族"] and len(rows[1]) == 12
    names = [row[1].replace("\u3000", "") for row in rows[2:]]
    assert len(names) == 6 and names[0] == "丁一"  # by strokes: 丁 before 张
    assert rows[2][2:4] == ["女", "回族"] and rows[2][8:] == ["预备党员", "办公厅第一党支部", None, "科员"]
    assert "13800001111" not in str(rows)


def test_roster_of_one_organisation_and_its_posts(office, tree, branch, branch_members, at):
    PostFactory(member=branch_members[0], kind=PostKind.ORGANIZER)
    rows = rows_of(done(asked(office, at, organization=branch.pk)))
    assert rows[0][0] == "办公厅第一党支部党员花名册"
    assert {row[9] for row in rows[2:]} == {"办公厅第一党支部"}
    assert sorted(row[10] for row in rows[2:] if row[10]) == ["书记、组织委员"]


def test_organisation_outside_the_scope_does_not_widen_it(outsider, tree, at):
    rows = rows_of(done(asked(outsider, at, organization=tree.organ_branch.pk)))
    assert {row[9] for row in rows[2:]} == {"信息中心第一党支部"}


@pytest.mark.parametrize("members", [1, 40])
def test_queries_do_not_grow_with_the_rows(office, root, at, members, django_assert_num_queries):
    MemberFactory.create_batch(members, organization=root)
    export = jobs.claim(Export, asked(office, at, organization=None).pk, at=at)
    office = export.requested_by
    office.current_grants  # noqa: B018  (read once per job)
    with django_assert_num_queries(5):
        exports.write_export(export, demo=False, progress=lambda done, total: None)


def test_request_is_on_record(office, tree, at):
    export = asked(office, at, organization=None)
    entry = HistoryEntry.objects.get(verb="export")
    assert (entry.subject_id, entry.actor, entry.detail) == (str(export.pk), office, {"kind": "roster", "organization": None})


def test_unknown_kind_is_refused_before_anything_is_queued(office, at):
    with pytest.raises(exports.UnknownExport, match="没有这种导出。"):
        asked(office, at, kind="everything")
    assert not Export.objects.exists()


def test_second_worker_finds_nothing_to_do(office, tree, at):
    export = done(asked(office, at, organization=None))
    first = export.stored_name
    assert done(export).stored_name == first
    assert files() == [first]


def test_error_leaves_no_file_and_the_row_goes_back_until_it_is_dead(office, at, writer, caplog):
    def broken(target, **rest):
        Path(target).write_text("half")
        raise OSError("disk full")

    writer(broken)
    export = asked(office, at, kind="sample")
    states = [done(export).job_state for _attempt in range(3)]
    assert states == [jobs.JobState.QUEUED, jobs.JobState.QUEUED, jobs.JobState.DEAD]
    assert "disk full" in export.error
    assert files() == []


def test_refusal_reaches_the_owner_in_its_own_words(office, at, writer):
    def refusing(target, **rest):
        raise exports.NothingToFetch("还没有登记决定。")

    writer(refusing)
    export = done(asked(office, at, kind="sample"))
    assert (export.job_state, export.error) == (jobs.JobState.FAILED, "还没有登记决定。")


def test_worker_that_lost_its_lease_leaves_no_file(office, at, writer):
    def slow(target, **rest):
        Path(target).write_text("whole")
        Export.objects.update(lease=None, job_state=jobs.JobState.QUEUED)  # another worker's sweep took it away
        return "名单.txt"

    writer(slow)
    assert done(asked(office, at, kind="sample")).job_state == jobs.JobState.QUEUED
    assert files() == []


def test_sweep_deletes_the_files_whose_week_is_over(office, tree, at, stopped_clock):
    old = done(asked(office, at, organization=None))
    stopped_clock(at + timedelta(days=6))
    young = done(asked(office, at, organization=None))
    stopped_clock(at + timedelta(days=7))
    sweep_exports()
    old.refresh_from_db()
    assert old.stored_name == ""
    with pytest.raises(exports.NothingToFetch, match="文件已经过期，请重新导出。"):
        exports.file_of(old, at=at + timedelta(days=7))
    assert files() == [young.stored_name]


@pytest.mark.worker
def test_sweep_gets_a_waiting_export_made(office, tree, at, worker):
    export = asked(office, at, organization=None)
    sweep_exports()
    worker.settle()
    export.refresh_from_db()
    assert export.job_state == jobs.JobState.DONE


def test_sweep_frees_an_export_whose_worker_died(office, tree, at, stopped_clock):
    export = asked(office, at, organization=None)
    jobs.claim(Export, export.pk, at=at)
    stopped_clock(at + timedelta(seconds=61))
    sweep_exports()
    export.refresh_from_db()
    assert (export.job_state, export.attempts) == (jobs.JobState.QUEUED, 1)
