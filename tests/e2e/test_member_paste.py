"""A block from Excel on a phone and without JavaScript, and a role acted in for somebody else: looked at, fitting, accessible."""
from playwright.sync_api import expect

from tests.factories.units import MemberFactory
from units.domain.delegations import delegate
from units.models import Member

BLOCK = "姓名\t联系电话\t行政职务\n张 小明\t6121\t副处长"
ARRIVALS = "姓名\t性别\t出生年月\t入党时间\t转正时间\t转入日期\t从哪里转来\t身份证号\n" + "\n".join((
    "赵新\t男\t1980.5\t2001.7\t2002.7\t2011.6.1\t某省民政厅直属机关第一党支部\t11010519491231002X",
    "买买提·艾力\t男\t1985.3\t2011.3.1\t\t2011.6.1\t某市儿童福利院党总支\t",
))


def test_without_script_a_block_is_looked_at_and_written(without_script, branch, secretary, sign_in):
    MemberFactory(organization=branch, name="张小明", phone="6120", administrative_post="科员")
    page = sign_in(without_script, secretary)
    page.goto(f"/organizations/{branch.pk}/members/paste/")
    page.fill("#id_block", BLOCK)
    page.locator("button[name=look]").click()
    expect(page.locator("#h-changed")).to_have_text("有变化的（1 人）")
    page.locator("button[name=confirm]").click()
    expect(page.locator("h1")).to_have_text("党员名册")
    assert Member.objects.get(name="张小明").phone == "6121"


def test_the_preview_and_the_place_of_another_fit_a_phone(
    phone, branch, committee, secretary, sign_in, axe, fits, shoot, at, today
):
    made = delegate(
        committee.grants.get(), user=secretary, starts_on=today, ends_on=today, reason="出差", by=committee, at=at, on=today
    )
    page = sign_in(phone, secretary)
    page.goto(f"/organizations/{branch.pk}/members/paste/")
    page.fill("#id_block", "没有的人\t12\t")
    page.locator("button[name=look]").click()
    expect(page.locator("#h-wrong")).to_be_visible()
    axe(page)
    fits(page)
    page.fill("#id_block", ARRIVALS)
    page.locator("button[name=look]").click()
    expect(page.locator("#h-received")).to_have_text("系统外转入的（2 人）")
    axe(page)
    fits(page)
    shoot(page, "paste-arrivals")
    page.goto("/delegations/")
    axe(page)
    fits(page)
    page.locator(f"form[action='/role-switch/'] input[value='{made.pk}'] + button:visible").first.click()
    expect(page.locator(".cx-demo").last).to_contain_text("您正在代")
    axe(page)
    fits(page)
