"""The page of an assessment sheet: the office revises it, nobody else, and what is refused is said."""
import pytest

from evaluations.models import SheetItem
from tests.factories.evaluations import POINT, SheetItemFactory

EDIT = "/criteria/sheets/organization/"
EMPTY = {"new-title": "", "new-maximum": "", "new-bonus_cap": "0", "new-text": "", "new-verification": ""}


@pytest.fixture
def item(campaign):
    return SheetItemFactory(campaign=campaign, code="O1", title="班子学习", maximum=30 * POINT)


@pytest.fixture
def said(item):
    """The form as the browser sends it when nothing was changed."""
    return EMPTY | {
        "O1-title": "班子学习", "O1-maximum": "30", "O1-bonus_cap": "0", "O1-text": "", "O1-verification": "",
        "reason": "按通知调整", "seen": str(item.pk), "nonce": "4" * 32,
    }


@pytest.mark.parametrize("who", ["secretary", "committee", "leader", "inspector", "member"])
def test_only_the_office_changes_it(who, item, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    response = browser.get(EDIT)
    assert response.status_code == 403
    assert "条件与指标由领导小组办公室修订。" in response.content.decode()
    assert EDIT not in browser.get("/criteria/").content.decode()


def test_the_office_finds_it_from_the_criteria(item, office, client_for):
    browser = client_for(office)
    page = browser.get("/criteria/").content.decode()
    assert EDIT in page and "/criteria/sheets/member/" in page and "还没有考评项目。" in page
    assert 'value="30"' in browser.get(EDIT).content.decode()


def test_an_unknown_sheet_or_a_stranger_finds_nothing(item, office, auditor, client_for):
    assert client_for(office).get("/criteria/sheets/nonsense/").status_code == 404
    assert client_for(auditor).get(EDIT).status_code == 404


def test_a_revision_is_a_new_version_once(said, office, client_for):
    browser = client_for(office)
    changed = said | {"O1-maximum": "40.5", "O1-text": "少学一次扣 2 分。"}
    first = browser.post(EDIT, changed)
    assert first.url == "/criteria/#sheet-organization" == browser.post(EDIT, changed).url
    newer = SheetItem.objects.standing().get()
    assert (newer.code, newer.maximum, newer.text) == ("O1", 405_000, "少学一次扣 2 分。")
    assert SheetItem.objects.count() == 2
    assert "已修订 1 个考评项目，以后的考评按新表打分。" in browser.get("/criteria/").content.decode()
    assert "按通知调整" in browser.get(EDIT).content.decode()


def test_a_new_row_and_a_removed_one(said, office, client_for):
    new = {"new-title": "联系群众", "new-maximum": "20", "new-bonus_cap": "2", "new-verification": "走访"}
    client_for(office).post(EDIT, said | new | {"O1-remove": "on", "O1-title": ""})
    added = SheetItem.objects.standing().get()
    assert (added.code, added.title, added.maximum, added.bonus_cap) == ("O2", "联系群众", 20 * POINT, 2 * POINT)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"O1-title": ""}, "请写考评项目的名称。"),
        ({"O1-maximum": ""}, "请填满分。"),
        ({"O1-maximum": "三十"}, "请填数字，最多四位小数，例如 2.5。"),
        ({"O1-bonus_cap": "31"}, "“班子学习”的加分上限不能超过满分。"),
        ({"new-title": "联系群众"}, "请填满分。"),
        ({"reason": "", "O1-title": "学习"}, "请写一句为什么改。"),
        ({}, "没有改动。"),
        ({"seen": "0", "O1-title": "学习"}, "这条记录已经被别人更正，请看最新的一版。"),
    ],
)
def test_what_is_refused_is_said(changes, sentence, said, office, client_for):
    response = client_for(office).post(EDIT, said | changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert SheetItem.objects.count() == 1
