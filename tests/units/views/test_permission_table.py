"""The permission table as the security administrator reads it: folded by subject, filtered, and one role by itself."""
import re

import pytest
from django.urls import reverse

from units.enums import Role
from units.permission_table import subjects

ROLES = ("支部书记", "单位党委", "领导小组办公室", "领导", "督查员", "党员", "系统管理员", "安全管理员", "审计员")


@pytest.fixture
def page(security, client_for):
    """`page(role=…, q=…, open=…)` is the text of the page."""
    browser = client_for(security)
    return lambda **query: browser.get(reverse("permission_table"), query).content.decode()


def row_of(words, action):
    """{role: cell} of the first row of this action."""
    found = re.search(rf'<th scope="row">{re.escape(action)}(?: <|</th>).*?</tr>', words, re.S).group()
    return dict(re.findall(r'<td data-l="([^"]+)"[^>]*>([^<]+)</td>', found))


def test_every_subject_and_role_is_there_and_folded(page):
    words = page()
    for role in ROLES:
        assert f'<th scope="col">{role}</th>' in words
    assert len(re.findall("<details [^>]*data-cx-print>", words)) == len(subjects())
    for subject in subjects():
        assert f"<h3>{subject.title}</h3>" in words
        assert all(str(right.action) in words for right in subject.rights if right.reach)


def test_the_cells_say_where(page):
    words = page()
    assert row_of(words, "延长展示") == {
        "支部书记": "本级", "单位党委": "本级", "领导小组办公室": "本级和下级", "领导": "—", "督查员": "—", "党员": "—",
        "系统管理员": "—", "安全管理员": "—", "审计员": "—",
    }
    assert "最上级" in words and "不用登录" in words


def test_a_page_of_no_organisation_reads_that_it_may_be_opened(page):
    words = page()
    assert set(row_of(words, "看、导出列表").values()) == {"可以", "—"}
    assert row_of(words, "授予、撤销，看权限表")["安全管理员"] == "可以"
    assert row_of(words, "看公开的典型、照片和简报")["党员"] == "可以"
    assert row_of(words, "看一条和它的照片、文件")["党员"] == "本级和下级"


def test_records_seen_everywhere_still_read_so(page):
    assert row_of(page(q="典型"), "看")["党员"] == "全部"


def test_it_unfolds_as_a_whole_by_a_link(page):
    assert "?open=1" in page()
    words = page(open=1)
    assert len(re.findall("<details [^>]* open>", words)) == len(subjects()) and "全部收起" in words


@pytest.mark.parametrize(
    ("words", "there", "gone"),
    [
        ("延长", "延长展示", "授予、撤销，看权限表"), ("角色", "授予、撤销，看权限表", "延长展示"),
        ("没有这样的事", "没有符合条件的。", "data-cx-print"),
    ],
)
def test_words_find_an_action_or_what_it_is_about_and_unfold_it(words, there, gone, page):
    text = page(q=words)
    assert there in text and gone not in text
    assert text.count("data-cx-print open>") == text.count("data-cx-print")


@pytest.mark.parametrize("role", list(Role))
def test_one_role_alone_shows_all_that_it_may_do_and_nothing_else(role, page):
    words = page(role=role)
    may = [(one, right) for one in subjects() for right in one.rights if right.of(role)]
    assert f">{role.label}</h1>" in words
    assert words.count("<dt>") == len({id(one) for one, _right in may})
    told = re.search('<dl class="cx-mayrows">.*?</dl>', words, re.S).group()
    assert sum(len(line.split("；")) for line in re.findall("<p>.*?</p>", told)) == len(may)


def test_an_auditor_reads_the_log_and_grants_nothing(page):
    words = page(role="audit")
    assert "查、核对" in words and "授予、撤销，看权限表" not in words


def test_a_role_and_words_together(page):
    words = page(role="secretary", q="典型草稿")
    assert words.count("<dt>") == 1 and "<dt>典型草稿</dt>" in words
    assert "没有符合条件的。" in page(role="audit", q="典型草稿")


@pytest.mark.parametrize("who", ["office", "system", "auditor", "secretary", "leader"])
def test_nobody_else_reads_it(request, who, branch, client_for):
    answer = client_for(request.getfixturevalue(who)).get(reverse("permission_table"))
    assert answer.status_code == 403 and "角色由安全管理员管理。" in answer.content.decode()
