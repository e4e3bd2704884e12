from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.factories.units import user_with
from units.enums import Role
from units.models import Export, HistoryEntry
from units.tasks import run_export


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def ask(client, **fields):
    return client.post(reverse("export_new"), fields)


def test_ask_watch_fetch(client_for, secretary, branch):
    client = client_for(secretary)
    answer = ask(client, organization=branch.pk)
    export = Export.objects.get()
    assert answer.url == reverse("export_detail", args=[export.pk])
    waiting = client.get(answer.url).content.decode()
    assert "排队中" in waiting and "可以离开，做好后在“导出”里下载。" in waiting and 'data-hx-trigger="every 2s"' in waiting
    run_export(export.pk)
    ready = client.get(answer.url).content.decode()
    assert reverse("export_download", args=[export.pk]) in ready
    file = client.get(reverse("export_download", args=[export.pk]))
    assert file["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('办公厅第一党支部党员花名册.xlsx')}"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert HistoryEntry.objects.filter(verb="download", actor=secretary).count() == 1


def test_double_click_asks_once(client_for, secretary, branch):
    client, nonce = client_for(secretary), "a" * 32
    assert ask(client, nonce=nonce).url == ask(client, nonce=nonce).url
    assert Export.objects.count() == 1


def test_an_export_belongs_to_the_one_who_asked(client_for, secretary, office, branch):
    ask(client_for(secretary))
    export = Export.objects.get()
    run_export(export.pk)
    for name in ("export_detail", "export_download"):
        assert client_for(office).get(reverse(name, args=[export.pk])).status_code == 404
    assert export.title not in client_for(office).get(reverse("export_list")).content.decode().split("我的导出")[1]


def test_file_that_is_not_ready_or_gone_leads_back_with_the_reason(client_for, secretary, branch, at):
    client = client_for(secretary)
    ask(client)
    export = Export.objects.get()
    url = reverse("export_download", args=[export.pk])
    assert "文件还没有做好。" in client.get(url, follow=True).content.decode()
    run_export(export.pk)
    Export.objects.update(expires_at=at)
    assert "文件已经过期，请重新导出。" in client.get(url, follow=True).content.decode()


def test_scope_of_the_choice(client_for, secretary, tree):
    client = client_for(secretary)
    page = client.get(reverse("export_list")).content.decode()
    assert "办公厅第一党支部" in page and "信息中心第一党支部" not in page
    answer = client.post(reverse("export_new"), {"organization": tree.society.pk}, follow=True)
    assert "请选择自己范围内的党组织。" in answer.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY, Role.AUDIT])
def test_administrators_have_no_roster_to_take(client_for, db, role):
    client = client_for(user_with(role))
    assert ask(client).status_code == 403
    assert "导出党员花名册" not in client.get(reverse("export_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_questions_for_any_number_of_rows(client_for, secretary, rows, django_assert_num_queries):
    client = client_for(secretary)
    for _row in range(rows):
        ask(client)
    client.get(reverse("export_list"))
    with django_assert_num_queries(8):
        client.get(reverse("export_list"))
