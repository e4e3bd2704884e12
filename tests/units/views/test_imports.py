"""The pages of an import, as the office works with them."""
import datetime
import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.kit import jobs
from tests.factories import ledgers
from tests.factories.ledgers import member_ledger, member_row, organization_ledger
from tests.factories.units import user_with
from units.domain import imports
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import ImportStage, Role
from units.models import Member, Organization, RosterImport
from units.tasks import run_import, sweep_imports


@pytest.fixture(autouse=True)
def own_media(request, settings, tmp_path):
    """A folder of one's own for the files, but where the worker has to find them."""
    if "worker" not in request.fixturenames:
        settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def client(client_for, office):
    return client_for(office)


@pytest.fixture
def listed(tree):
    """The organisations of `tree` as a list that changes nothing; rows can be added."""
    names = {organization.pk: organization for organization in Organization.objects.all()}
    kinds = {"organ_committee": "机关党委", "general_branch": "党总支", "committee": "党委", "branch": "党支部"}
    return [
        [number, one.code, one.name, kinds[one.kind], one.get_category_display() or "—",
         names[one.parent_id].name if one.parent_id else "无", "2001-07-01", ""]
        for number, one in enumerate(Organization.objects.order_by("path"), 1)
    ]


def upload(client, organizations=None, members=None, **more):
    """Send the upload form, do the worker's check, and return the address of the import."""
    files = {}
    if organizations:
        files["organizations"] = SimpleUploadedFile("党组织名册.xlsx", organizations)
    if members:
        files["members"] = SimpleUploadedFile("党员花名册.xlsx", members)
    answer = client.post(reverse("import_new"), {**files, **more})
    assert answer.status_code == 302, re.findall(r"cx-err[^<]*<[^>]*>[^<]*", answer.content.decode())
    run_import(RosterImport.objects.latest("pk").pk)
    return answer.url


def text(answer):
    """The words of a page, without tags and with single spaces."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def rows(*changes):
    return member_ledger({"办公厅": [member_row(**change) for change in changes]})


# The way through ------------------------------------------------------------------------------
def test_upload_look_confirm_take_back(client, listed, at):
    listed.append([9, "T9", "人事司党支部", "党支部", "机关司局", "直属机关党委", "1999.9", ""])
    people = rows({"所在支部": "人事司党支部"}, {"姓名": "李四", "入党时间": 2010.13})
    waiting = client.post(reverse("import_new"), {
        "organizations": SimpleUploadedFile("党组织名册.xlsx", organization_ledger(listed)),
        "members": SimpleUploadedFile("党员花名册.xlsx", people),
    })
    page = client.get(waiting.url)
    assert "正在核对" in text(page) and "可以离开" in text(page)
    assert 'data-hx-trigger="every 2s"' in page.content.decode()
    run_import(RosterImport.objects.get().pk)
    preview = client.get(waiting.url)
    assert "9 行可以导入，1 行有错" in text(preview)
    assert "办公厅 第 6 行 入党时间（I 列） 2010.13 有效日期；月份只有 1 到 12" in text(preview)
    assert "党员花名册有 1 个合计行，共写 2，数得 2" in text(preview)
    assert Member.objects.filter(name="张三").count() == 0
    pk = RosterImport.objects.get().pk
    assert client.post(reverse("import_confirm", args=[pk])).url == waiting.url
    assert "正在写入" in text(client.get(waiting.url))
    run_import(pk)
    done = client.get(waiting.url)
    assert "6月10日 09:00 写入：新增 2 行，更正 0 行" in text(done)
    assert "预览 （已完成） 已确认 " in text(done) and "结果 （已完成） 24 小时内可以撤销" in text(done)
    assert "2 行 已新建记录 · 点开看" in text(done)
    assert Member.objects.get(name="张三").organization.name == "人事司党支部"
    ask = client.get(reverse("import_undo", args=[pk]))
    assert "要撤销 6月10日 09:00 写入的导入吗？ 新增的 2 行会删去。 这些记录" in text(ask)
    undone = client.post(reverse("import_undo", args=[pk]), follow=True)
    assert "导入已撤销。" in text(undone) and "6月10日 09:00 已撤销，数据和导入以前一样。" in text(undone)
    assert "结果 （已完成） 已撤销" in text(undone) and "2 行 新建的已删去 · 点开看" in text(undone)
    assert not Organization.objects.filter(code="T9").exists()
    assert "已撤销" in text(client.get(reverse("import_list")))


def test_changes_are_ticked_and_explained(client, tree, listed):
    name = tree.members[tree.organ_branch.pk][1].name
    person = {"姓名": name, "出生年月": "1970.3", "入党时间": "2000.6", "转正时间": "2001.6", "籍贯": "河北保定"}
    url = upload(client, members=rows({**person, "参加工作时间": "1992.7"}))
    page = client.get(url)
    assert "有变化的行（1 行）" in text(page)
    assert "籍贯 无 河北保定" in text(page)
    roster_import = RosterImport.objects.get()
    line = roster_import.lines.get()
    assert f'value="{line.pk}" checked' in page.content.decode()
    confirm = reverse("import_confirm", args=[roster_import.pk])
    refused = client.post(confirm, {"shown": line.pk, "row": line.pk, "reason": " "})
    assert "请写一句更正原因，例如“与纸质名册核对后更正”。" in text(refused)
    assert 'id="id_reason_error"' in refused.content.decode()
    left = client.post(confirm, {"shown": line.pk, "reason": "核对"}, follow=True)
    assert "没有可以写入的行。" in text(left)
    client.post(confirm, {"shown": line.pk, "row": line.pk, "reason": "与纸质名册核对后更正"})
    run_import(roster_import.pk)
    assert Member.objects.get(name=name).native_place == "河北保定"
    assert RosterImport.objects.get().reason == "与纸质名册核对后更正"


def test_ticks_of_one_page_are_kept(client, tree):
    changed = [{"姓名": one.name, "出生年月": "1970.3", "入党时间": "2000.6", "转正时间": "2001.6"} for one in
               tree.members[tree.organ_branch.pk]]
    url = upload(client, members=rows(*changed))
    roster_import = RosterImport.objects.get()
    first, *others = roster_import.lines.order_by("pk")
    answer = client.post(reverse("import_confirm", args=[roster_import.pk]), {
        "shown": [line.pk for line in (first, *others)], "row": [line.pk for line in others], "keep": "1"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{url}?show=changed&page=1"
    assert "已勾 4 行；没勾的 1 行保留原来的内容。" in text(answer)
    assert not roster_import.lines.get(pk=first.pk).accepted


def test_a_question_is_answered_on_the_preview(client, tree):
    url = upload(client, members=rows({"所在支部": "办公厅第一党支部", "入党时间": 1995.1}))
    page = client.get(url)
    assert "“办公厅”的入党时间（I 列）：第 5 行写的是 1995.1，这样的有 1 处" in text(page)
    answer = reverse("import_answer", args=[RosterImport.objects.get().pk])
    assert "请给每个问题选一个答案。" in text(client.post(answer, follow=True))
    client.post(answer, {"answer_0": "october"})
    run_import(RosterImport.objects.get().pk)
    assert "请先说明几列日期" not in text(client.get(url))
    assert RosterImport.objects.get().lines.get().values["joined_on"] == "1995-10-01"


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("new", "第 5 行 张三 男，汉族，正式党员，1995-06 入党，办公厅第二党支部，副书记"),
        ("unchanged", "无变化的行（7 行）"),
        ("wrong", "有错误的行（1 行，2 处）"),
    ],
)
def test_a_count_opens_its_rows(client, listed, show, words):
    people = rows({"党内职务": "副书记", "所在支部": "办公厅第二党支部"}, {"姓名": "李四", "性别": "?", "民族": "?"})
    url = upload(client, organization_ledger(listed), people)
    page = client.get(f"{url}?show={show}")
    assert words in text(page)
    assert page.content.decode().count("<table") == 1


# Wrong rows -----------------------------------------------------------------------------------
def test_the_wrong_rows_can_be_fetched_corrected_and_sent_again(client, tree):
    good = {"所在支部": "办公厅第二党支部"}
    wrong = {**good, "姓名": "李 四", "出生年月": 1970.1, "性别": "?"}
    written = rows({**good, "姓名": "王五"}, {**good, "入党时间": 2010.13}, wrong)
    url = upload(client, members=written)
    assert "下载只含错误行" in text(client.get(url))
    file = client.get(reverse("import_wrong_rows", args=[RosterImport.objects.get().pk]), {"ledger": "members"})
    assert file["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('党员花名册（只含错误行）.xlsx')}"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    sheet = book["办公厅"]
    table = [row for row in sheet.iter_rows(values_only=True) if row[1] and row[2]]
    assert table[0][:3] == ("序号", "姓名", "性别") and table[0][-1] == "原因"
    assert [row[1] for row in table[1:]] == ["张三", "李 四"]
    assert table[1][-1] == "入党时间（I 列）：应为有效日期；月份只有 1 到 12"
    assert table[2][5] == "1970.1（1 月还是 10 月）"
    right = {"2010.13": "1995.6", "?": "女", "1970.1（1 月还是 10 月）": "1970-01"}
    for cell in (cell for row in sheet.iter_rows() for cell in row if str(cell.value) in right):
        cell.value = right[str(cell.value)]
    again = upload(client, members=ledgers.saved(book))
    assert "2 行可以导入，0 行有错" in text(client.get(again))
    found = RosterImport.objects.latest("pk").lines.get(label="李四")
    assert (found.values["since"], found.values["born_on"]) == ("2010-06-01", "1970-01-01")


def test_without_wrong_rows_there_is_no_file(client, tree):
    upload(client, members=rows({"所在支部": "办公厅第二党支部"}))
    url = reverse("import_wrong_rows", args=[RosterImport.objects.get().pk])
    assert "没有错误的行。" in text(client.get(url, {"ledger": "members"}, follow=True))


def test_a_wrong_header_is_put_right_in_the_file_itself(client, tree):
    book = openpyxl.load_workbook(io.BytesIO(rows({})))
    book["办公厅"]["C3"] = "别的"
    upload(client, members=ledgers.saved(book))
    url = reverse("import_wrong_rows", args=[RosterImport.objects.get().pk])
    assert "错在表头，请在原来的文件里改好表头再上传。" in text(client.get(url, {"ledger": "members"}, follow=True))


@pytest.mark.parametrize("ledger", [ORGANIZATIONS, MEMBERS])
def test_a_template_can_be_filled_in_and_uploaded(client, tree, ledger, at):
    file = client.get(reverse("import_template", args=[ledger]))
    data = b"".join(file.streaming_content)
    plan = imports.plan_import({ledger: ("模板.xlsx", data)}, answers={}, on=at.date())
    assert plan.wrong() == []
    assert len(plan.lines()) == 1


def test_there_are_two_templates(client):
    assert client.get(reverse("import_template", args=["others"])).status_code == 404


# Refusals -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.4", "名册.xlsx", "“名册.xlsx”不是 Excel 工作簿，而是PDF 文件。请在 Excel 里另存为 .xlsx 或 .xls 格式再上传。"),
        (b"", "名册.xlsx", "“名册.xlsx”不是 Excel 工作簿，而是空文件。"),
        (ledgers.container("EncryptedPackage"), "名册.xlsx", "“名册.xlsx”设了打开密码，系统读不了。"),
        (organization_ledger()[:900], "名册.xlsx", "“名册.xlsx”不完整或已损坏，可能没有传完。"),
        (ledgers.with_part(organization_ledger(), "xl/vbaProject.bin", "x"), "名册.xlsm", "“名册.xlsm”带有宏。"),
        (b"PK" + b"x" * 10 * 1024 * 1024, "名册.xlsx", "“名册.xlsx”有 10.0 MiB，最多 10 MiB。"),
    ],
)
def test_what_is_plainly_no_ledger_is_refused_at_the_field(client, data, name, words):
    answer = client.post(reverse("import_new"), {"members": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    assert words in text(answer)
    assert 'id="id_members_error"' in answer.content.decode()
    assert RosterImport.objects.count() == 0


def test_a_file_is_needed(client):
    assert "请选择要导入的文件，至少一个。" in text(client.post(reverse("import_new")))


def test_a_file_that_shows_its_fault_only_when_read_is_refused_with_a_sentence(client, tree):
    damaged = ledgers.with_part(rows({}), "xl/worksheets/sheet1.xml", "<worksheet><row")
    url = upload(client, members=damaged)
    assert "“党员花名册.xlsx”不完整或已损坏，可能没有传完。" in text(client.get(url))
    assert RosterImport.objects.get().stage == ImportStage.REFUSED


def test_a_preview_out_of_date_is_told_and_made_anew(client, tree):
    url = upload(client, members=rows({"所在支部": "办公厅第一党支部"}))
    roster_import = RosterImport.objects.get()
    Organization.objects.filter(pk=tree.society.pk).update(name="社会工作协会第一党支部")
    client.post(reverse("import_confirm", args=[roster_import.pk]))
    run_import(roster_import.pk)
    page = client.get(url)
    assert "没有写入任何数据。" in text(page) and "预览之后数据有变化，请重新预览。" in text(page)
    client.post(reverse("import_answer", args=[roster_import.pk]), {"check": "1"})
    run_import(roster_import.pk)
    client.post(reverse("import_confirm", args=[roster_import.pk]))
    run_import(roster_import.pk)
    assert Member.objects.filter(name="张三").exists()


def test_a_double_click_uploads_and_confirms_once(client, tree):
    data, nonce = rows({"所在支部": "办公厅第一党支部"}), "a" * 32
    first = upload(client, members=data, nonce=nonce)
    second = client.post(reverse("import_new"), {"members": SimpleUploadedFile("党员花名册.xlsx", data), "nonce": nonce})
    assert (second.url, RosterImport.objects.count()) == (first, 1)
    confirm = reverse("import_confirm", args=[RosterImport.objects.get().pk])
    assert [client.post(confirm, {"nonce": "b" * 32}).url for _click in range(2)] == [first, first]
    run_import(RosterImport.objects.get().pk)
    run_import(RosterImport.objects.get().pk)
    assert Member.objects.filter(name="张三").count() == 1


def test_after_a_day_the_page_says_that_it_stays(client, tree, stopped_clock, at):
    url = upload(client, members=rows({"所在支部": "办公厅第一党支部"}))
    pk = RosterImport.objects.get().pk
    client.post(reverse("import_confirm", args=[pk]))
    run_import(pk)
    assert "撤销导入" in text(client.get(url))
    stopped_clock(at + datetime.timedelta(hours=25))
    page = text(client.get(url))
    assert "结果 （已完成） 已过 24 小时，不能撤销" in page and "撤销导入" not in page


def test_an_undo_that_cannot_be_says_why(client, tree, office):
    url = upload(client, members=rows({"所在支部": "办公厅第一党支部"}))
    pk = RosterImport.objects.get().pk
    client.post(reverse("import_confirm", args=[pk]))
    run_import(pk)
    user_with(Role.MEMBER, tree.organ_branch, member=Member.objects.get(name="张三"))
    answer = client.post(reverse("import_undo", args=[pk]), follow=True)
    assert "“张三”已经有了别的记录（账号，共 1 条），不能撤销。" in text(answer)
    assert answer.redirect_chain[0][0] == url
    assert Member.objects.filter(name="张三").exists()


# Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["secretary", "committee", "leader", "member", "system", "auditor"])
def test_only_the_office_imports(request, client_for, client, tree, role):
    upload(client, members=rows({}))
    other = client_for(request.getfixturevalue(role))
    pk = RosterImport.objects.get().pk
    assert other.get(reverse("import_list")).status_code == 403
    assert other.get(reverse("import_new")).status_code == 403
    for name in ("import_detail", "import_undo", "import_wrong_rows"):
        assert other.get(reverse(name, args=[pk])).status_code == 404
    for name in ("import_confirm", "import_answer", "import_undo"):
        assert other.post(reverse(name, args=[pk])).status_code == 404


def test_an_office_of_one_unit_does_not_import(client_for, tree):
    unit_office = client_for(user_with(Role.OFFICE, tree.organ))
    assert unit_office.get(reverse("import_new")).status_code == 403


# Jobs -----------------------------------------------------------------------------------------
def test_the_sweep_frees_what_a_dead_worker_held(client, tree, at):
    client.post(reverse("import_new"), {"members": SimpleUploadedFile("党员花名册.xlsx", rows({}))})
    RosterImport.objects.update(
        job_state=jobs.JobState.RUNNING, heartbeat_at=at - datetime.timedelta(minutes=5), attempts=1)
    sweep_imports()
    assert RosterImport.objects.get().job_state == jobs.JobState.QUEUED


@pytest.mark.worker
def test_a_worker_does_both_halves(client, listed, worker):
    data = SimpleUploadedFile("党员花名册.xlsx", rows({"所在支部": "办公厅第二党支部"}))
    url = client.post(reverse("import_new"), {"members": data}).url
    worker.settle()
    assert "1 行可以导入，0 行有错" in text(client.get(url))
    client.post(reverse("import_confirm", args=[RosterImport.objects.get().pk]))
    worker.settle()
    assert RosterImport.objects.get().stage == ImportStage.APPLIED
    assert Member.objects.get(name="张三").organization.name == "办公厅第二党支部"


@pytest.mark.parametrize("size", [1, 3, 60])
def test_the_queries_of_the_preview_do_not_grow_with_the_rows(client, tree, size, django_assert_num_queries):
    wrong = [{"姓名": f"张{chr(0x4E00 + number)}", "性别": "?"} for number in range(size)]
    url = upload(client, members=rows(*wrong))
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
