"""The ladder of late items: owner, secretary, committee, office, each on its day; and nobody before."""
from datetime import timedelta

import pytest

from campaign.domain import rectifications
from campaign.domain.rectification_ladder import rises_of
from campaign.due import due_things
from tests.factories.campaign import RectificationFactory
from units.models import HistoryEntry


@pytest.fixture
def item(campaign, branch, branch_members, today):
    """Owned by the ordinary member of the cast, due in ten days."""
    return RectificationFactory(
        campaign=campaign, organization=branch, owner=branch_members[1], due_on=today + timedelta(days=10), problem="记录不全"
    )


def hears(user, on):
    return [(thing.title, thing.detail) for thing in due_things(on=on, user=user) if thing.kind == "rectification"]


def test_each_hears_of_it_on_its_day(item, member, secretary, committee, office, outsider):
    due, mend = item.due_on, ("记录不全", "整改事项。改好了请报完成。")

    def who(days):
        on = due + timedelta(days=days)
        return [bool(hears(user, on)) for user in (member, secretary, committee, office, outsider)]

    assert who(-8) == [False, False, False, False, False]
    assert who(-7) == who(0) == [True, False, False, False, False]
    assert who(1) == who(7) == [True, True, False, False, False]
    assert who(8) == who(14) == [True, True, True, False, False]
    assert who(15) == [True, True, True, True, False]
    assert hears(member, due) == [mend]
    assert hears(committee, due + timedelta(days=8)) == [("1 项整改逾期 8 天以上", "办公厅第一党支部逾期 8 天。")]
    assert hears(office, due + timedelta(days=15)) == [("1 项整改逾期 15 天以上", "办公厅第一党支部逾期 15 天。")]


def test_the_secretary_hears_at_once_where_the_owner_has_no_account(campaign, branch, branch_members, secretary, today):
    RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[3], due_on=today)
    RectificationFactory(campaign=campaign, organization=branch, owner=None, due_on=today)
    assert len(hears(secretary, today)) == 2


def test_for_everybody_at_once_it_is_the_same(item, member, secretary, committee, office):
    on = item.due_on + timedelta(days=15)
    told = [(thing.recipient_id, thing.occurrence) for thing in due_things(on=on) if thing.kind == "rectification"]
    assert sorted(pk for pk, _name in told) == sorted(user.pk for user in (member, secretary, committee, office))
    assert len(set(told)) == 4


def test_once_reported_only_the_verifier_hears(item, member, secretary, committee, office, leader, at):
    item.verifier = leader
    item.save()
    rectifications.report_rectification(item, measures="补了", by=member, at=at)
    late = item.due_on + timedelta(days=20)
    assert [hears(user, late) for user in (member, secretary, committee, office)] == [[], [], [], []]
    assert ("办公厅第一党支部报了整改完成", "记录不全") in hears(leader, late)
    assert rises_of(item, on=late) == []


def test_the_page_says_when_it_rises(item):
    rises = rises_of(item, on=item.due_on + timedelta(days=8))
    assert [(str(rise["who"]), (rise["from_on"] - item.due_on).days, rise["is_reached"]) for rise in rises] == [
        ("责任人", -7, True), ("书记", 1, True), ("上级党委", 8, True), ("领导小组办公室", 15, False),
    ]
    assert not HistoryEntry.objects.of(item).exists()  # looking changes nothing
