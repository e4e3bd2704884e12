"""The pages of honours and sanctions: who opens them, what is refused where, and what the member's page then says."""
import pytest
from django.urls import reverse

from units.models import Honour, Sanction

WARNED = {"kind": "warning", "happened_on": "2011-03-01", "ends_on": "2012-02-29", "document": "纪〔2011〕1号"}
HONOURED = {"title": "先进工作者", "level": "unit", "happened_on": "2010-12-26", "document": ""}


@pytest.fixture
def person(branch_members):
    return branch_members[3]


@pytest.mark.parametrize("name", ["member_honour", "member_sanction"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 403), ("committee", 200), ("office", 200), ("leader", 403), ("inspector", 403), ("member", 404),
     ("outsider", 404), ("system", 404)],
)
def test_who_writes_them_down(request, name, who, status, person, client_for):
    assert client_for(request.getfixturevalue(who)).get(reverse(name, args=[person.pk])).status_code == status


def test_nobody_honours_oneself(committee, person, client_for):
    committee.member = person
    committee.save()
    page = client_for(committee).get(reverse("member_honour", args=[person.pk]))
    assert page.status_code == 403 and "自己的荣誉和处分由别人登记。" in page.content.decode()


def test_written_down_shown_and_taken_back(person, committee, secretary, leader, client_for):
    browser = client_for(committee)
    page = browser.post(reverse("member_honour", args=[person.pk]), HONOURED, follow=True).content.decode()
    assert "已登记荣誉。" in page and "先进工作者" in page and "单位级" in page
    page = browser.post(reverse("member_sanction", args=[person.pk]), WARNED, follow=True).content.decode()
    assert "已登记处分。" in page and "影响期到2012年2月29日，这以前不能参加评选" in page
    at_branch = client_for(secretary).get(person.get_absolute_url()).content.decode()
    assert "处分：警告" in at_branch and "撤销" not in at_branch
    assert "处分" not in client_for(leader).get(person.get_absolute_url()).content.decode()
    browser.post(reverse("sanction_take_back", args=[Sanction.objects.get().pk]), {"reason": "登记错了人"})
    browser.post(reverse("honour_take_back", args=[Honour.objects.get().pk]), {"reason": "登记错了人"})
    page = browser.get(person.get_absolute_url()).content.decode()
    assert "没有登记过荣誉。" in page and "纪〔2011〕1号" not in page


def test_a_refusal_stands_at_its_field(person, office, client_for):
    browser = client_for(office)
    page = browser.post(reverse("member_sanction", args=[person.pk]), WARNED | {"ends_on": "2011-02-01"})
    assert page.context["form"].errors == {"ends_on": ["影响期不能在决定以前结束。"]}
    page = browser.post(reverse("member_sanction", args=[person.pk]), WARNED | {"document": ""})
    assert page.context["form"].errors == {"document": ["处分要写决定的文号。"]}


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("committee", 200), ("leader", 404), ("outsider", 404)])
def test_who_takes_back(request, who, status, person, office, client_for):
    client_for(office).post(reverse("member_sanction", args=[person.pk]), WARNED)
    address = reverse("sanction_take_back", args=[Sanction.objects.get().pk])
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(address).status_code == status
    if status == 200:
        page = browser.post(address, {"reason": ""})
        assert page.context["form"].errors == {"reason": ["请写一句为什么撤销。"]}
