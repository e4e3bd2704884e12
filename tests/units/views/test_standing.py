"""The pages of a member's standing: who opens them, what is refused where, and the way there."""
import pytest
from django.urls import reverse

from tests.factories.units import MemberFactory
from units.enums import MemberStatus
from units.models import Exemption, Member

STEPS = ["member_probation", "member_exemption", "member_exemption_end", "member_leave", "member_take_back", "member_transfer"]


@pytest.fixture
def person(branch_members):
    return branch_members[3]


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("inspector", 403), ("member", 404),
     ("outsider", 404), ("system", 404)],
)
def test_who_takes_the_steps(request, name, who, status, person, client_for):
    answer = client_for(request.getfixturevalue(who)).get(reverse(name, args=[person.pk]))
    assert answer.status_code == status


def test_nobody_decides_about_oneself(secretary, client_for):
    page = client_for(secretary).get(reverse("member_leave", args=[secretary.member_id]))
    assert page.status_code == 403 and "自己的转正、转接和离开由别人登记。" in page.content.decode()


def test_a_decision_is_written_down_from_the_page(branch, secretary, client_for):
    novice = MemberFactory(
        organization=branch, status=MemberStatus.PROBATIONARY, joined_on="2010-05-20", full_on=None, member_since="2010-05-20"
    )
    sent = {"happened_on": "2011-06-08", "outcome": "full", "months": "", "reason": ""}
    page = client_for(secretary).post(reverse("member_probation", args=[novice.pk]), sent, follow=True)
    assert "已登记会议的决定。" in page.content.decode() and "支部党员大会决定" in page.content.decode()
    assert Member.objects.get(pk=novice.pk).is_full


def test_a_refusal_stands_at_its_field(branch, secretary, client_for):
    novice = MemberFactory(organization=branch, status=MemberStatus.PROBATIONARY, joined_on="2010-05-20", full_on=None)
    page = client_for(secretary).post(reverse("member_probation", args=[novice.pk]), {
        "happened_on": "2011-06-08", "outcome": "extended", "months": "", "reason": "少",
    })
    assert page.context["form"].errors["months"] == ["请选延长半年还是一年。"]


def test_a_member_is_excused_and_leaves(person, branch, secretary, client_for):
    browser = client_for(secretary)
    browser.post(reverse("member_exemption", args=[person.pk]), {"kind": "infirm", "note": "", "starts_on": "2011-06-01"})
    assert Exemption.objects.get(member=person).words == "年老体弱"
    browser.post(reverse("member_leave", args=[person.pk]), {"how": "died", "happened_on": "2011-06-05", "note": ""})
    page = browser.get(reverse("organization_members", args=[branch.pk]) + "?status=left").content.decode()
    assert person.name in page and "2011年6月5日 去世" in page
    assert person.name not in browser.get(reverse("organization_members", args=[branch.pk])).content.decode()
    assert "登记错了，恢复" in browser.get(person.get_absolute_url()).content.decode()
    browser.post(reverse("member_take_back", args=[person.pk]), {"reason": "登记错了"})
    assert Member.objects.get(pk=person.pk).is_present


def test_a_member_page_offers_what_can_be_done(person, secretary, leader, client_for):
    assert "转到另一个支部" in client_for(secretary).get(person.get_absolute_url()).content.decode()
    assert "转到另一个支部" not in client_for(leader).get(person.get_absolute_url()).content.decode()
