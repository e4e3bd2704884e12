"""Putting somebody on the roster from a page."""
import pytest
from django.urls import reverse

from units.models import Member


@pytest.fixture
def sent():
    return {
        "name": "赵新", "gender": "female", "ethnicity": "汉", "born_on": "1985-03-02", "joined_on": "2011-06-01",
        "nonce": "a" * 32,
    }


@pytest.mark.parametrize("name", ["member_admit", "member_receive"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("member", 403), ("outsider", 404)],
)
def test_who_puts_people_on_the_roster(request, name, who, status, branch, client_for):
    assert client_for(request.getfixturevalue(who)).get(reverse(name, args=[branch.pk])).status_code == status


def test_a_double_click_admits_one(sent, branch, secretary, client_for):
    browser = client_for(secretary)
    urls = {browser.post(reverse("member_admit", args=[branch.pk]), sent).url for _click in range(2)}
    member = Member.objects.get(name="赵新")
    assert (urls, member.ethnicity) == ({member.get_absolute_url()}, "汉族")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ethnicity": "火星"}, "ethnicity", "请写民族，例如“汉族”“回族”。"),
        ({"id_number": "110105194912310021"}, "id_number", "请写 18 位身份证号，末位校验要对得上；请照证件核对。"),
        ({"joined_on": "2011-06-11"}, "joined_on", "入党时间不能晚于今天。"),
        ({"phone": "没有"}, "phone", "电话只写数字，区号和分机可以用短横隔开。"),
        ({"name": ""}, "name", "请写姓名。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(changes, field, message, sent, branch, secretary, client_for):
    page = client_for(secretary).post(reverse("member_admit", args=[branch.pk]), sent | changes)
    assert page.context["form"].errors[field] == [message]


def test_somebody_comes_from_outside(sent, branch, secretary, client_for):
    more = {"came_from": "某部机关党委", "arrived_on": "2011-06-01", "joined_on": "2005-07-01", "full_on": "2006-07-01"}
    page = client_for(secretary).post(reverse("member_receive", args=[branch.pk]), sent | more, follow=True)
    assert "赵新的组织关系已转入。" in page.content.decode()


def test_the_list_of_a_branch_leads_there(branch, unit, committee, client_for):
    address = reverse("member_admit", args=[branch.pk])
    browser = client_for(committee)
    assert address in browser.get(reverse("organization_members", args=[branch.pk])).content.decode()
    assert "吸收预备党员" not in browser.get(reverse("organization_members", args=[unit.pk])).content.decode()
