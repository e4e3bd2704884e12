"""Pages of a campaign that follows another: choose the earlier one, look at what goes along, carry it over."""
import datetime

import pytest
from django.urls import reverse

from campaign.enums import CampaignState
from campaign.models import Campaign, Commitment, Rectification
from tests.factories.campaign import CampaignFactory, CommitmentFactory, RectificationFactory


@pytest.fixture
def study(root):
    return CampaignFactory(
        organization=root, code="xxsj", title="学习实践活动", state=CampaignState.CLOSED,
        starts_on=datetime.date(2008, 9, 1), ends_on=datetime.date(2010, 2, 28),
    )


@pytest.fixture
def address(campaign):
    return reverse("campaign_carry_over", args=[campaign.pk])


@pytest.mark.parametrize(
    ("who", "status"), [("office", 200), ("committee", 403), ("leader", 403), ("secretary", 403), ("system", 404)]
)
def test_the_page_is_the_offices(request, who, status, study, address, client_for):
    assert client_for(request.getfixturevalue(who)).get(address).status_code == status


def test_a_walk_from_the_list_to_the_carried_item(study, campaign, branch, branch_members, address, office, client_for):
    staying = RectificationFactory(campaign=study, organization=branch, problem="不用再改")
    going = RectificationFactory(campaign=study, organization=branch, problem="办证要跑三趟", due_on=datetime.date(2010, 1, 31))
    CommitmentFactory(campaign=study, member=branch_members[1], text="当天回复")
    browser = client_for(office)
    assert address in browser.get(reverse("campaign_list")).content.decode()
    page = browser.get(address).content.decode()
    assert "整改 2 项，党组织的承诺 0 条，1 个支部党员的承诺。" in page and "2010年1月31日" in page
    names = browser.get(reverse("carry_over_members", args=[campaign.pk, branch.pk])).content.decode()
    assert "当天回复" in names and branch_members[1].name in names
    sent = {"new_day": "2011-07-20", "keep": [f"rectification-{staying.pk}", "nonsense", "commitment-x"]}
    page = browser.post(address, sent, follow=True).content.decode()
    assert "已结转整改 1 项，承诺 1 条。" in page and "不用再改" in page and "办证要跑三趟" not in page
    new = Rectification.objects.get(campaign=campaign)
    page = browser.get(new.get_absolute_url()).content.decode()
    assert "学习实践活动" in page and "原来的期限 2010年1月31日" in page and "2011年7月20日" in page
    old = browser.get(going.get_absolute_url()).content.decode()
    assert "已结转到" in old and new.get_absolute_url() in old and "报完成</a>" not in old


def test_a_wrong_day_is_refused_at_its_field_and_ticks_stay(study, branch, address, office, client_for):
    item = RectificationFactory(campaign=study, organization=branch)
    page = client_for(office).post(address, {"new_day": "2011-06-01", "keep": f"rectification-{item.pk}"})
    assert page.context["form"].errors["new_day"] == ["新的期限要在今天以后，不晚于 2012年11月8日。"]
    assert f'value="rectification-{item.pk}" checked' in page.content.decode()


def test_before_the_campaign_opens_it_only_shows(study, campaign, branch, address, office, client_for):
    RectificationFactory(campaign=study, organization=branch)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.DRAFT)
    browser = client_for(office)
    assert "活动开始以后才能结转。" in browser.get(address).content.decode()
    assert browser.post(address, {"new_day": "2011-07-20"}).status_code == 403
    assert Rectification.objects.count() == 1


def test_a_new_campaign_follows_the_one_that_is_chosen(campaign, office, client_for):
    sent = {"title": "群众路线教育实践活动", "code": "qzlx", "starts_on": "2013-06-18", "follows": campaign.pk}
    client_for(office).post(reverse("campaign_new"), sent)
    assert Campaign.objects.get(code="qzlx").follows == campaign
    page = client_for(office).post(reverse("campaign_new"), sent | {"code": "qz", "starts_on": "2010-01-01"})
    assert page.context["form"].errors["follows"] == ["请选比新活动早开始的活动。"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, study, branch, branch_members, address, office, client_for, django_assert_num_queries
):
    for number in range(rows):
        RectificationFactory(campaign=study, organization=branch)
        CommitmentFactory(campaign=study, organization=branch)
        CommitmentFactory(campaign=study, member=branch_members[number])
    browser = client_for(office)
    browser.get(address)
    with django_assert_num_queries(12):
        browser.get(address)


def test_pages_speak_of_the_open_campaign_and_of_no_other(study, campaign, branch, secretary, client_for):
    """With several campaigns, what is closed or in preparation does not stand in lists of the running one."""
    CampaignFactory(
        organization=study.organization, code="next", state=CampaignState.DRAFT, starts_on=datetime.date(2012, 12, 1),
        ends_on=datetime.date(2013, 12, 1),
    )
    CommitmentFactory(campaign=study, organization=branch, text="从前的承诺")
    RectificationFactory(campaign=study, organization=branch, problem="从前的问题")
    CommitmentFactory(campaign=campaign, organization=branch, text="现在的承诺")
    browser = client_for(secretary)
    promises = browser.get(reverse("commitment_list")).content.decode()
    assert "现在的承诺" in promises and "从前的承诺" not in promises
    assert "从前的问题" not in browser.get(reverse("rectification_list")).content.decode()
    assert browser.get(reverse("timeline")).context["campaign"] == campaign
    assert Commitment.objects.count() == 2
