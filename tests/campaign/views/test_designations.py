"""Pages of posts and windows: who sees them, who takes which step, and the same queries for any number of rows."""
import pytest
from django.urls import reverse

from campaign.domain import designations
from campaign.models import Designation
from tests.campaign.views.activity_form import at_field

URL = "/designations/"


@pytest.fixture
def apply_for(branch, branch_members, member, at):
    def make(title="接待岗"):
        return designations.apply_for_designation(
            branch, kind="post", title=title, text="当天答复。", holder=branch_members[1], by=member, at=at
        )

    return make


def step(designation, verb):
    return reverse(f"designation_{verb}", args=[designation.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(apply_for, secretary, client_for, rows, django_assert_num_queries):
    for number in range(rows):
        apply_for(f"岗{number}")
    browser = client_for(secretary)
    browser.get(URL)
    with django_assert_num_queries(7):
        page = browser.get(URL)
    assert len(page.context["rows"]) == rows


def test_filters(apply_for, secretary, client_for):
    apply_for()
    browser = client_for(secretary)
    assert "接待岗" in browser.get(f"{URL}?kind=post&state=applied").content.decode()
    assert "没有符合条件的。" in browser.get(f"{URL}?kind=window").content.decode()


def test_a_member_applies_and_branch_and_office_decide(client_for, member, secretary, office, branch_members):
    sent = {"kind": "post", "title": "接待岗", "holder": branch_members[1].pk, "text": "当天答复。", "nonce": "a"}
    client_for(member).post(f"{URL}new/", sent)
    made = Designation.objects.get()
    url = made.get_absolute_url()
    assert "支部同意，上报" not in client_for(member).get(url).content.decode()
    assert "支部同意，上报" in client_for(secretary).get(url).content.decode()
    client_for(secretary).post(step(made, "endorse"))
    client_for(office).post(step(made, "award"), {"plaque": "XF-1"})
    made.refresh_from_db()
    assert (made.state, made.plaque) == ("awarded", "XF-1")
    assert "看过了，保持得好" in client_for(office).get(url).content.decode()
    client_for(office).post(step(made, "look"))
    client_for(office).post(step(made, "withdraw"), {"reason": "岗位合并"})
    made.refresh_from_db()
    assert (made.state, made.looked_on is not None) == ("withdrawn", True)
    assert "撤牌的原因：</strong> 岗位合并" in client_for(member).get(url).content.decode()


def test_what_was_given_back_says_why_and_leads_to_another_try(apply_for, member, secretary, office, client_for):
    made = apply_for()
    client_for(secretary).post(step(made, "endorse"))
    client_for(office).post(step(made, "return"), {"reason": "写清和以前比有什么变化。"})
    page, again = "退回的原因：</strong> 写清和以前比有什么变化。", f'<a href="{URL}new/">改好再申报</a>'
    own, above = (client_for(who).get(made.get_absolute_url()).content.decode() for who in (member, office))
    assert (page in own, again in own, page in above, again in above) == (True, True, True, False)


def test_refusals_are_said(client_for, secretary, apply_for, office):
    page = client_for(secretary).post(f"{URL}new/", {"kind": "post", "title": "岗", "text": "好"})
    assert at_field(page, "holder") == ["先锋岗要写明是本支部的哪位党员。"]
    made = apply_for()
    page = client_for(secretary).post(step(made, "return"), {"reason": ""}, follow=True)
    assert "请写一句原因。" in page.content.decode()
    designations.endorse_designation(made, by=secretary, at=made.moved_at)
    page = client_for(office).post(step(made, "award"), {"plaque": ""}, follow=True)
    assert "授牌时要写牌号。" in page.content.decode()


def test_a_member_applies_for_nobody_else(client_for, member, branch_members):
    page = client_for(member).post(f"{URL}new/", {"kind": "post", "title": "岗", "text": "好", "holder": branch_members[3].pk})
    assert at_field(page, "holder") == ["名单上没有这位党员，请重新选。"]


@pytest.mark.parametrize(
    ("who", "endorse", "award", "look"),
    [
        ("secretary", 302, 403, 403), ("committee", 302, 403, 403), ("office", 403, 403, 403), ("leader", 403, 403, 403),
        ("inspector", 403, 403, 403), ("member", 403, 403, 403), ("outsider", 404, 404, 404),
    ],
)
def test_who_may_take_which_step_of_an_application(request, apply_for, client_for, who, endorse, award, look):
    made, browser = apply_for(), client_for(request.getfixturevalue(who))
    assert browser.post(step(made, "award"), {"plaque": "1"}).status_code == award
    assert browser.post(step(made, "look")).status_code == browser.post(step(made, "withdraw")).status_code == look
    assert browser.post(step(made, "endorse")).status_code == endorse
    assert browser.get(made.get_absolute_url()).status_code == (404 if who == "outsider" else 200)


@pytest.mark.parametrize("who", ["leader", "inspector", "office"])
def test_those_who_lead_no_branch_apply_for_nothing(request, campaign, client_for, who):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(f"{URL}new/").status_code == 403 and f"{URL}new/" not in browser.get(URL).content.decode()


def test_nobody_judges_the_own_application(client_for, secretary, branch, at):
    made = designations.apply_for_designation(branch, kind="window", title="窗", text="好", by=secretary, at=at)
    assert client_for(secretary).post(step(made, "endorse")).status_code == 403
