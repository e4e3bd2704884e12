"""The page on which a block from Excel is pasted: look, mend, confirm; without JavaScript."""
import pytest

from tests.factories.units import MemberFactory
from units.models import Member


@pytest.fixture
def zhang(branch):
    return MemberFactory(organization=branch, name="张小明", phone="6120", administrative_post="科员")


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("member", 403), ("outsider", 404)],
)
def test_who_pastes(who, status, request, branch, client_for):
    assert client_for(request.getfixturevalue(who)).get(f"/organizations/{branch.pk}/members/paste/").status_code == status


def test_look_mend_confirm(branch, zhang, secretary, client_for):
    browser, address = client_for(secretary), f"/organizations/{branch.pk}/members/paste/"
    assert address in browser.get(f"/organizations/{branch.pk}/members/").content.decode()
    page = browser.post(address, {"block": "张小明\t12\t副处长", "look": "1"})
    text = page.content.decode()
    assert "要改的格（1）" in text and "电话号码，例如 13800138000" in text and "确认，写入名册" not in text
    page = browser.post(address, {"block": "张小明\t6121\t副处长", "look": "1"})
    text = page.content.decode()
    assert "有变化的（1 人）" in text and "确认，写入名册" in text
    assert Member.objects.get(pk=zhang.pk).phone == "6120"
    sent = {"block": "张小明\t6121\t副处长", "digest": page.context["preview"].digest, "confirm": "1"}
    stale = browser.post(address, sent | {"digest": "x"})
    assert stale.context["form"].errors["block"] == ["名册刚有变化，或还有要改的格，请看下面再确认。"]
    assert browser.post(address, sent).url == f"/organizations/{branch.pk}/members/"
    zhang.refresh_from_db()
    assert (zhang.phone, zhang.administrative_post) == ("6121", "副处长")
    page = browser.get(address.replace("paste/", "receive/"))
    assert address in page.content.decode()
    empty = browser.post(address, {"block": "", "look": "1"})
    assert empty.context["form"].errors["block"] == ["请从 Excel 里复制几行，贴在这里。"]


def test_several_come_from_outside_at_once(branch, secretary, client_for):
    browser, address = client_for(secretary), f"/organizations/{branch.pk}/members/paste/"
    block = "姓名\t性别\t出生年月\t入党时间\t转正时间\t转入日期\t从哪里转来\n" + "\n".join(
        f"{name}\t男\t1980.5\t2001.7\t2002.7\t2011.6.1\t某部机关党委" for name in ("赵新", "钱新", "孙新")
    )
    page = browser.post(address, {"block": block, "look": "1"})
    text = page.content.decode()
    assert "系统外转入的（3 人）" in text and "新登记的预备党员" not in text and "从哪里转来 某部机关党委" in text
    sent = {"block": block, "digest": page.context["preview"].digest, "confirm": "1", "nonce": "a" * 32}
    answers = [browser.post(address, sent, follow=True) for _click in range(2)]
    assert "已更正 0 人，吸收 0 人，转入 3 人。" in answers[0].content.decode()
    assert list(Member.objects.filter(name__endswith="新").values_list("status", flat=True)) == ["full"] * 3
