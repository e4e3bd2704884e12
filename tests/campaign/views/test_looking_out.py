"""Forms of promises and rectification name full weeks and busy periods beside the day, warn when it is saved, block nothing."""
import pytest
from django.urls import reverse

from campaign.domain import oversights
from campaign.models import Commitment, Rectification
from tests.campaign.looking_out import BUSY, FULL, IN_IT, MONDAY, OUT_OF_IT, fill_week, warned_of
from tests.campaign.spot import drawn, inspectors_of
from tests.factories.campaign import CommitmentFactory, RectificationFactory

PROMISE = {"kind": "deed", "text": "上门办证", "baseline": "要跑三趟", "target": "最多跑一趟", "due_on": IN_IT, "anyway": "1"}
PANEL = "定期限时看一眼"


@pytest.fixture
def week(campaign, branch, secretary, at):
    fill_week(campaign, branch, by=secretary, at=at)


def read(browser, address):
    return browser.get(address).content.decode()


def sent(browser, address, said):
    return browser.post(address, said, follow=True).content.decode()


@pytest.fixture
def raise_new(branch):
    return f"{reverse('rectification_new')}?organization={branch.pk}"


# Promises -------------------------------------------------------------------------------------
def test_a_promise_names_the_days_and_is_warned_of(week, campaign, secretary, client_for):
    browser = client_for(secretary)
    page = read(browser, "/commitments/new/")
    assert PANEL in page and "6月20日—6月26日" in page and "已经有 3 件事到期" in page and "忙期：审计" in page
    page = sent(browser, "/commitments/new/", PROMISE | {"member": "organization"})
    assert Commitment.objects.get().state == "submitted" and warned_of(page, "上门办证")


def test_on_another_day_nothing_is_said(week, secretary, client_for):
    page = sent(client_for(secretary), "/commitments/new/", PROMISE | {"member": "organization", "due_on": OUT_OF_IT})
    assert Commitment.objects.exists() and "可以错开几天" not in page and "落在忙期" not in page


def test_a_form_that_comes_back_says_it_before_it_is_saved(week, secretary, client_for):
    page = sent(client_for(secretary), "/commitments/new/", PROMISE | {"member": "organization", "text": ""})
    assert warned_of(page, "这一件") and not Commitment.objects.exists()


def test_a_draft_that_is_changed_is_warned_of(week, campaign, branch, secretary, client_for):
    draft = CommitmentFactory(campaign=campaign, organization=branch, state="draft", published_at=None)
    page = sent(client_for(secretary), reverse("commitment_edit", args=[draft.pk]), PROMISE)
    assert warned_of(page, "上门办证")


def test_a_members_promise_meets_busy_periods_only(week, member, client_for):
    browser = client_for(member)
    page = read(browser, "/commitments/new/")
    assert "忙期：审计" in page and "件事到期" not in page
    page = sent(browser, "/commitments/new/", PROMISE)
    assert f"“上门办证”{BUSY}" in page and FULL not in page


def test_without_anything_to_look_out_for_there_is_no_panel(campaign, secretary, office, raise_new, client_for):
    assert PANEL not in read(client_for(secretary), "/commitments/new/")
    assert PANEL not in read(client_for(office), raise_new)


# Rectification --------------------------------------------------------------------------------
def test_an_item_names_the_days_and_is_warned_of(week, raise_new, branch_members, office, client_for):
    browser = client_for(office)
    page = read(browser, raise_new)
    assert PANEL in page and "已经有 3 件事到期" in page and "忙期：审计" in page
    said = {"problem": "记录不全", "source": "inspection", "owner": branch_members[0].pk, "due_on": IN_IT}
    assert warned_of(sent(browser, raise_new, said), "记录不全")


def test_the_day_that_the_form_proposes_is_looked_at_too(campaign, branch, raise_new, office, client_for):
    """Thirty days from 10 June is a Sunday; three duties in its week make the proposal the fourth."""
    for number in range(3):
        RectificationFactory(campaign=campaign, organization=branch, problem=f"事项{number}", due_on="2011-07-08")
    assert "7月4日—7月10日这一周有 4 件事到期：事项0、事项1、事项2、这一件。可以错开几天。" in read(client_for(office), raise_new)


@pytest.mark.parametrize(("step", "state"), [("send_back", "reported"), ("reopen", "verified")])
def test_another_day_is_warned_of(week, campaign, branch, office, client_for, step, state):
    item = RectificationFactory(campaign=campaign, organization=branch, problem="记录不全", state=state)
    address, browser = reverse(f"rectification_{step}", args=[item.pk]), client_for(office)
    assert PANEL in read(browser, address)
    assert warned_of(sent(browser, address, {"note": "还差两次", "due_on": IN_IT}), "记录不全")


def test_what_a_broken_promise_asks_for_is_warned_of(week, campaign, branch, committee, client_for):
    broken = CommitmentFactory(campaign=campaign, organization=branch, text="上门办证", due_on="2011-06-09")
    said = {"outcome": "broken", "evidence": "看了登记簿", "happened_on": "2011-06-10", "mend_by": IN_IT}
    page = sent(client_for(committee), reverse("commitment_judge", args=[broken.pk]), said)
    assert warned_of(page, broken.demanded.get().problem)


def test_a_step_without_a_day_says_nothing(week, campaign, branch, office, secretary, client_for):
    item = RectificationFactory(campaign=campaign, organization=branch, state="reported", due_on=MONDAY)
    address = reverse("rectification_send_back", args=[item.pk])
    assert "可以错开几天" not in sent(client_for(office), address, {"note": "还差两次", "due_on": ""})
    assert PANEL not in read(client_for(secretary), reverse("rectification_report", args=[item.pk]))


def test_what_oversight_asks_for_is_warned_of(week, campaign, tree, branch, office, at, client_for):
    made = oversights.record_oversight(
        campaign=campaign, organization=tree.organ, kind="exchange", title="交流", held_on=at.date(), people="书记", text="x",
        asked=[branch, tree.organ_branch_2], by=office, at=at, on=at.date(),
    )
    said = {"organization": branch.pk, "problem": "缺记录", "due_on": IN_IT}
    assert warned_of(sent(client_for(office), reverse("oversight_follow", args=[made.pk]), said), "缺记录")


def test_a_problem_of_a_visit_is_warned_of(campaign, tree, office, at, client_for):
    inspectors = inspectors_of(tree)
    visit = drawn(campaign, office, inspectors, at.replace(day=7)).visits.get(organization__category="organ")
    fill_week(campaign, visit.organization, by=office, at=at)
    said = {
        "visited_on": "2011-06-10", "present": [user.pk for user in inspectors], "verdict_0": "problem", "note_0": "缺记录",
        "due_0": IN_IT, "verdict_1": "fine", "summary": "",
    }
    page = sent(client_for(inspectors[0]), reverse("spot_visit_record", args=[visit.pk]), said)
    assert Rectification.objects.filter(problem="缺记录").exists() and warned_of(page, "缺记录")
