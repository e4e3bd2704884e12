"""Pages of rectification: the ledger, who reports, who verifies, raising by hand."""
import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.models import Rectification
from tests.campaign.views.activity_form import at_field
from tests.config.kit.test_pictures import picture as picture_bytes
from tests.factories.campaign import CommitmentFactory, RectificationClosingFactory, RectificationFactory
from tests.factories.units import user_with
from units.enums import Role

LIST = "/rectifications/"


def url(name, item):
    return reverse(name, args=[item.pk])


@pytest.fixture
def item(campaign, branch, branch_members, leader):
    """A problem that a leader found, owned by the secretary."""
    return RectificationFactory(
        campaign=campaign, organization=branch, owner=branch_members[0], verifier=leader, problem="记录不全"
    )


@pytest.fixture
def reported(campaign, branch, branch_members, leader, secretary):
    return RectificationFactory(
        campaign=campaign, organization=branch, owner=branch_members[0], verifier=leader, problem="记录不全",
        state="reported", measures="补了记录", reported_by=secretary,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_ledger_needs_the_same_queries_for_any_number(
    rows, campaign, branch, branch_members, leader, office, client_for, django_assert_num_queries
):
    RectificationFactory.create_batch(rows, campaign=campaign, organization=branch, owner=branch_members[0], verifier=leader)
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(8):
        response = browser.get(LIST)
    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_course(rows, item, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        CommitmentFactory(campaign=item.campaign, organization=item.organization, answers=item)
    browser = client_for(office)
    browser.get(item.get_absolute_url())
    with django_assert_num_queries(10):
        response = browser.get(item.get_absolute_url())
    assert len(response.context["answers"]) == rows


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("inspector", 200), ("member", 404),
     ("outsider", 404), ("auditor", 404)],
)
def test_an_item_is_read_by_those_who_read_the_subtree(who, status, item, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(item.get_absolute_url()).status_code == status
    assert ("记录不全" in browser.get(LIST).content.decode()) == (status == 200)


def test_a_sibling_branch_does_not_see_it(item, tree, client_for):
    sibling = user_with(Role.SECRETARY, tree.organ_branch_2)
    assert client_for(sibling).get(item.get_absolute_url()).status_code == 404


# Reporting and verifying ----------------------------------------------------------------------
def test_the_secretary_reports_and_the_leader_verifies(item, secretary, leader, client_for):
    own, above = client_for(secretary), client_for(leader)
    assert own.post(url("rectification_report", item), {"measures": ""}).context["form"].errors == {
        "measures": ["请写一句怎样改的，改到什么程度。"]
    }
    assert own.post(url("rectification_report", item), {"measures": "补了记录"}).url == item.get_absolute_url()
    assert own.get(url("rectification_verify", item)).status_code == 403
    assert "责任人和报完成的人不能验收。" in own.get(item.get_absolute_url()).content.decode()
    above.post(url("rectification_verify", item), {"note": "看了台账"})
    item.refresh_from_db()
    assert item.state == "verified"
    assert item.closings.get().note == "看了台账"
    assert "看了台账" in own.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["committee", "office", "leader", "inspector"])
def test_nobody_else_reports(who, item, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(url("rectification_report", item)).status_code == 403


def test_the_owner_reports(campaign, branch, branch_members, member, client_for):
    item = RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[1])
    assert client_for(member).post(url("rectification_report", item), {"measures": "改了"}).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("office", 200), ("committee", 403), ("inspector", 403), ("outsider", 404)]
)
def test_only_the_one_named_or_the_office_verifies(who, status, reported, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    for step in ("rectification_verify", "rectification_send_back"):
        response = browser.get(url(step, reported))
        assert response.status_code == status
        if status == 403:
            assert "由部领导或领导小组办公室验收。" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("committee", 200), ("inspector", 200), ("office", 200), ("leader", 403)])
def test_with_nobody_named_the_level_above_verifies(who, status, reported, client_for, request):
    Rectification.objects.update(verifier=None)
    assert client_for(request.getfixturevalue(who)).get(url("rectification_verify", reported)).status_code == status


def test_giving_back(reported, leader, client_for):
    browser = client_for(leader)
    response = browser.post(url("rectification_send_back", reported), {"note": ""})
    assert response.context["form"].errors == {"note": ["请写一句还差什么。"]}
    browser.post(url("rectification_send_back", reported), {"note": "没有签字", "due_on": "2011-07-10"})
    reported.refresh_from_db()
    assert (reported.state, reported.due_on) == ("open", datetime.date(2011, 7, 10))
    assert "没有签字（期限改到 2011-07-10）" in browser.get(reported.get_absolute_url()).content.decode()


def test_opening_again_needs_a_new_day(reported, leader, secretary, client_for):
    browser = client_for(leader)
    browser.post(url("rectification_verify", reported), {"note": ""})
    assert client_for(secretary).get(url("rectification_reopen", reported)).status_code == 403
    assert "due_on" in browser.post(url("rectification_reopen", reported), {"note": "又没有记"}).context["form"].errors
    browser.post(url("rectification_reopen", reported), {"note": "又没有记", "due_on": "2011-07-10"})
    reported.refresh_from_db()
    assert (reported.state, reported.times_reopened) == ("open", 1)
    page = browser.get(reported.get_absolute_url()).content.decode()
    assert "重开 1 次" in page and "重新打开，不再算数" in page


def test_a_double_click_closes_once(reported, leader, client_for):
    browser, said = client_for(leader), {"note": "看了", "nonce": "c" * 32}
    first = browser.post(url("rectification_verify", reported), said)
    assert first.url == reported.get_absolute_url()
    assert reported.closings.count() == 1
    assert browser.post(url("rectification_verify", reported), said).status_code == 403  # closed already


# Raising by hand ------------------------------------------------------------------------------
SAID = {"problem": "一季度没有开党员大会", "source": "inspection", "due_on": "2011-07-10", "nonce": "d" * 32}


def test_the_office_raises_one_by_hand(campaign, branch, branch_members, office, client_for):
    browser, address = client_for(office), f"/rectifications/new/?organization={branch.pk}"
    assert branch.name in browser.get("/rectifications/new/").content.decode()
    assert browser.get(address).context["form"].initial["owner"] == branch_members[0]
    said = SAID | {"owner": branch_members[0].pk}
    assert browser.post(address, said).url == browser.post(address, said).url
    item = Rectification.objects.get()
    assert (item.organization, item.source, item.verifier) == (branch, "inspection", None)
    assert item.due_on == datetime.date(2011, 7, 10)


@pytest.mark.parametrize(
    ("who", "status"), [("committee", 200), ("secretary", 403), ("leader", 403), ("member", 403), ("inspector", 403)]
)
def test_who_raises_by_hand(who, status, campaign, branch, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    response = browser.get(f"/rectifications/new/?organization={branch.pk}")
    assert response.status_code == status
    if status == 403:
        assert "整改由领导小组办公室或单位党委登记，点评里的问题会自动立项。" in response.content.decode()


def test_a_committee_raises_none_elsewhere(campaign, tree, committee, client_for):
    assert client_for(committee).get(f"/rectifications/new/?organization={tree.society.pk}").status_code == 404


def test_a_day_before_today_is_refused_at_its_field(campaign, branch, branch_members, office, client_for):
    said = SAID | {"owner": branch_members[0].pk, "due_on": "2011-06-09"}
    response = client_for(office).post(f"/rectifications/new/?organization={branch.pk}", said)
    assert response.context["form"].errors == {"due_on": ["整改期限不能早于提出的那天。"]}


# The ledger -----------------------------------------------------------------------------------
def test_the_ledger_puts_the_overdue_first_and_filters(campaign, branch, tree, office, client_for):
    def made(problem, due, **more):
        return RectificationFactory(campaign=campaign, problem=problem, due_on=due, **{"organization": branch} | more)

    made("晚到的", datetime.date(2011, 7, 20), source="inspection")
    made("逾期的", datetime.date(2011, 6, 4))
    made("待验收的", datetime.date(2011, 6, 12), state="reported", organization=tree.society, times_reopened=1)
    closed = made("销号的", datetime.date(2011, 5, 20), state="verified")
    RectificationClosingFactory(rectification=closed, happened_on=datetime.date(2011, 5, 19))
    browser = client_for(office)

    def seen(query=""):
        return [item.problem for item, _days in browser.get(LIST + query).context["rows"]]

    assert seen() == ["逾期的", "待验收的", "晚到的"]
    assert seen("?state=all") == ["逾期的", "待验收的", "晚到的", "销号的"]
    assert seen("?state=verified") == ["销号的"]
    assert seen("?state=reported") == ["待验收的"]
    assert seen("?source=inspection") == ["晚到的"]
    assert seen("?category=society") == ["待验收的"]
    assert seen("?due=late") == ["逾期的"]
    assert seen("?due=2") == ["待验收的"]
    assert seen("?reopened=1") == ["待验收的"]
    assert seen(f"?q={tree.society.name}") == ["待验收的"]
    assert seen(f"?organization={branch.pk}") == ["逾期的", "晚到的"]
    page = browser.get(LIST).content.decode()
    assert "没销号的 3 项" in page and "逾期 6 天" in page and "1/2" in page
    assert "没有符合条件的。" in browser.get(LIST + "?q=没有这个").content.decode()


def test_twenty_on_a_page(campaign, branch, office, client_for):
    RectificationFactory.create_batch(21, campaign=campaign, organization=branch)
    response = client_for(office).get(LIST + "?source=review&page=2")
    assert len(response.context["rows"]) == 1
    assert "?source=review&amp;page=1" in response.content.decode()


def test_the_owner_tells_progress_with_a_photo_and_the_page_shows_it(
    item, secretary, leader, client_for, settings, tmp_path, django_assert_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    browser, address = client_for(secretary), url("rectification_progress", item)
    assert address in browser.get(item.get_absolute_url()).content.decode()
    assert at_field(browser.post(address, {"happened_on": "2011-06-10"}), "text") == ["请写一句做了什么。"]
    photo = SimpleUploadedFile("a.jpg", picture_bytes(), "image/jpeg")
    browser.post(address, {"text": "补了三次记录", "happened_on": "2011-06-10", "photos": photo})
    browser.post(address, {"text": "又补一次", "happened_on": "2011-06-10"})
    with django_assert_num_queries(13):
        page = browser.get(item.get_absolute_url()).content.decode()
    assert "补了三次记录" in page and "整改照片，第 1 张" in page and "没改好，哪天告诉谁" in page
    assert client_for(leader).get(address).status_code == 403


def test_a_low_item_fills_in_the_form(campaign, branch, office, client_for):
    page = client_for(office).get(f"{LIST}new/?organization={branch.pk}&source=appraisal&problem=满意度 70%25")
    assert "满意度 70%" in page.content.decode() and page.context["form"]["source"].value() == "appraisal"


def test_whoever_verifies_calls_an_item_off_with_a_reason(reported, leader, secretary, office, client_for):
    address = url("rectification_call_off", reported)
    assert client_for(secretary).get(address).status_code == 403  # reported it
    browser = client_for(leader)
    assert "撤销这一项" in browser.get(reported.get_absolute_url()).content.decode()
    assert browser.post(address, {"note": " "}).context["form"].errors == {"note": ["请写一句为什么撤销。"]}
    browser.post(address, {"note": "评议票数更正后不低于 80%"})
    reported.refresh_from_db()
    assert reported.state == "called_off"
    page = browser.get(reported.get_absolute_url()).content.decode()
    assert "已撤销" in page and "评议票数更正后不低于 80%" in page and "撤销这一项" not in page
    assert browser.get(address).status_code == 403
    desk = client_for(office)
    assert reported.problem not in desk.get("/rectifications/").content.decode()  # neither open nor late
    assert reported.problem in desk.get("/rectifications/?state=called_off").content.decode()
