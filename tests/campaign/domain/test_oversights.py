"""Oversight: a record with attendance on a day that has been, and rectification that followed from it."""
from datetime import date, timedelta

import pytest

from campaign.domain import oversights
from campaign.domain.origins import origin_of
from campaign.domain.rectifications import DueTooEarly
from campaign.models import Oversight
from units.models import HistoryEntry


@pytest.fixture
def write(campaign, tree, office, at):
    def make(organization=None, **changes):
        said = {
            "kind": "hearing", "title": " 听汇报 ", "held_on": at.date(), "people": "书记", "text": "讲了三件事", **changes,
        }
        return oversights.record_oversight(
            campaign=campaign, organization=organization or tree.organ, **said, by=office, at=at, on=at.date()
        )

    return make


def test_a_record_with_who_came_and_who_did_not(write, tree):
    made = write(tree.root, kind="exchange", asked=[tree.organ, tree.society, tree.organ], absent=[tree.society])
    came = {row.organization.name: row.came for row in made.presences.all()}
    assert came == {"办公厅党总支": True, "社会工作协会党支部": False}
    assert made.title == "听汇报" and [entry.verb for entry in HistoryEntry.objects.of(made)] == ["type_in"]


def test_refusals_of_a_record(write, tree, today):
    day = "日期要在活动期间，不晚于今天。"
    for changes, refusal, words in (
        ({"held_on": today + timedelta(days=1)}, oversights.WrongOversightDay, day),
        ({"held_on": date(2009, 1, 1)}, oversights.WrongOversightDay, day),
        ({"absent": [tree.organ]}, oversights.NobodyAsked, "没有到的，也要先在应到里勾上。"),
        ({"kind": "exchange"}, oversights.NobodyAsked, "交流研讨至少有两个党组织，请勾选应到的。"),
    ):
        with pytest.raises(refusal, match=words):
            write(**changes)
    assert not Oversight.objects.exists()


def test_what_follows_is_an_item_that_the_one_who_asks_verifies(write, tree, office, at, today):
    made = write(tree.organ_branch)

    def follow(organization, due_on=today):
        return oversights.follow_up(
            made, organization=organization, problem=" 缺记录 ", due_on=due_on, by=office, at=at, on=today
        )

    item = follow(tree.organ_branch)
    assert (item.problem, item.source, item.verifier) == ("缺记录", "oversight", office)
    assert item.owner == tree.members[tree.organ_branch.pk][0]
    assert origin_of(item, office).url == made.get_absolute_url()
    with pytest.raises(oversights.NotThere, match="只能给这次的党组织登记。"):
        follow(tree.society)
    with pytest.raises(DueTooEarly):
        follow(tree.organ_branch, today - timedelta(days=1))


def test_who_was_asked_sees_it_and_others_do_not(write, tree, secretary, outsider):
    made = write(tree.root, kind="exchange", asked=[tree.organ_branch])
    seen = Oversight.objects.visible_to
    assert list(seen(secretary)) == [made] and list(seen(outsider)) == []
