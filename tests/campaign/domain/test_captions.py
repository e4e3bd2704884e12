"""Captions: the six elements from the activity itself; what nobody has changed follows it, what somebody wrote stays."""
from dataclasses import replace

import pytest

from campaign.domain.activities import ActivityFacts, change_captions, correct_activity, facts_of, log_activity
from campaign.domain.captions import LONGEST, caption_of
from tests.factories.campaign import ActivityFactory, ActivityKindFactory, PlanFactory, TaskFactory
from tests.factories.photos import PhotoFactory


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def facts(branch, today):
    return ActivityFacts(
        kind=ActivityKindFactory(), title="走访", text="走访老人。", happened_on=today, present=5, masses=12, place="社区",
        photos=(PhotoFactory(organization=branch), PhotoFactory(organization=branch)),
    )


@pytest.fixture
def activity(facts, campaign, branch, secretary, at):
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


WHOLE = (
    "时间：2011年6月10日；地点：社区；人物：办公厅第一党支部党员 5 人、群众 12 人；"
    "主题：走访；背景：迎接建党90周年；事由：主题党日"
)


def test_the_six_elements_come_from_the_activity(activity):
    assert set(facts_of(activity).captions.values()) == {WHOLE} and len(facts_of(activity).captions) == 2


def test_what_is_not_known_is_left_out_and_the_task_is_the_reason(campaign, branch):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), title="窗口服务")
    made = ActivityFactory(campaign=campaign, organization=branch, task=task, title="值班", place="")
    assert caption_of(made, []) == "时间：2011年5月10日；人物：办公厅第一党支部党员 3 人；主题：值班；事由：窗口服务"
    made.place = "长" * 400
    assert len(caption_of(made, [])) == LONGEST


def test_a_changed_caption_is_a_new_version_and_stays(activity, facts, secretary, at):
    first, second = facts.photos
    newer = change_captions(activity, {first.pk: "老人拿到优待证。", second.pk: WHOLE}, by=secretary, at=at)
    assert (newer.supersedes, newer.change_reason) == (activity, "改照片说明")
    assert facts_of(activity).captions[first.pk] == WHOLE
    moved = replace(facts_of(newer), place="敬老院")
    latest = correct_activity(newer, moved, reason="地点写错", by=secretary, at=at)
    assert facts_of(latest).captions == {
        first.pk: "老人拿到优待证。", second.pk: WHOLE.replace("社区", "敬老院"),
    }
    assert latest.participations.count() == 5
