"""The seeded campaign: what 1-domain.md says, weights that add up, dates that move with the first day."""
from datetime import date

import pytest

from campaign.domain.campaign_template import set_up_campaign
from campaign.domain.campaigns import CannotMoveCampaign, current_campaign, move_campaign
from campaign.models import Campaign, Criterion
from evaluations.domain.rules_template import set_up_rules
from evaluations.models import Band, Indicator


@pytest.fixture
def campaign(root, office, at):
    return set_up_campaign(organization=root, code="cxzy", title="创先争优", by=office, at=at)


def test_frame_holds_what_the_speech_asks_for(campaign):
    assert [aim.title for aim in campaign.aims.order_by("position")] == [
        "推动科学发展", "促进社会和谐", "服务人民群众", "加强基层组织",
    ]
    assert campaign.theme == "以民为本、为民解困、为民服务"
    assert campaign.vehicle == "做为民先锋，促科学发展"
    assert [step.title for step in campaign.steps.order_by("position")] == ["动员部署", "全面争创", "点评评议", "评选表彰"]
    assert list(campaign.phases.order_by("position").values_list("title", "starts_on", "ends_on")) == [
        ("积极投身创先争优活动", date(2010, 6, 1), date(2010, 12, 31)),
        ("迎接建党90周年", date(2011, 1, 1), date(2011, 7, 1)),
        ("向党的十八大献礼", date(2011, 7, 2), date(2012, 11, 7)),
    ]
    assert set(campaign.milestones.values_list("on", flat=True)) == {date(2011, 7, 1), date(2012, 11, 8)}
    assert campaign.category_themes.count() == 3


def test_weights_and_points_add_up_to_100(campaign, office, at):
    set_up_rules(campaign, by=office, at=at)
    for track in ("organization", "member"):
        criteria = Criterion.objects.of(campaign, track).standing()
        assert sum(criterion.weight for criterion in criteria) == 100
        for criterion in criteria:
            points = Indicator.objects.standing().filter(campaign=campaign, criterion_code=criterion.code)
            assert sum(indicator.points for indicator in points) == 100, criterion.code
    assert Band.objects.filter(campaign=campaign).count() == 4


def test_dates_move_with_the_first_day(root, office, at):
    moved = set_up_campaign(
        organization=root, code="next", title="下一次", starts_on=date(2013, 4, 6), by=office, at=at, opens=False
    )
    shift = date(2013, 4, 6) - date(2010, 4, 6)
    assert moved.ends_on == date(2012, 11, 7) + shift
    assert moved.phases.order_by("position").first().starts_on == date(2010, 6, 1) + shift


def test_second_open_campaign_is_refused(campaign, root, office, at):
    with pytest.raises(CannotMoveCampaign, match="同时只能有一个进行中的活动，请先结束另一个。"):
        set_up_campaign(organization=root, code="other", title="另一个", by=office, at=at)
    assert Campaign.objects.count() == 1


def test_closed_campaign_is_no_longer_current(campaign, office, secretary, at):
    assert current_campaign(secretary) == campaign
    move_campaign(campaign, "close", by=office, at=at)
    assert current_campaign(secretary) is None
    with pytest.raises(CannotMoveCampaign, match="活动现在的状态不能做这一步，请刷新页面再看。"):
        move_campaign(campaign, "close", by=office, at=at)
