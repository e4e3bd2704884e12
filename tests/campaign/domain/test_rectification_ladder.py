"""The ladder of late items: owner, secretary, committee, office, each on its day; and nobody before."""
from datetime import timedelta

import pytest

from campaign.domain import rectifications
from campaign.domain.rectification_ladder import rises_of
from campaign.due import due_things
from campaign.permissions import can_verify_rectification
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


def test_with_nobody_named_the_level_above_and_the_office_hear(item, member, secretary, committee, office, inspector, at, today):
    rectifications.report_rectification(item, measures="补了", by=secretary, at=at)
    for user, is_told in ((member, False), (secretary, False), (inspector, False), (committee, True), (office, True)):
        assert (("办公厅第一党支部报了整改完成", "记录不全") in hears(user, today)) is is_told
    rectifications.verify_rectification(item, by=committee, at=at, on=today)
    assert hears(committee, today) == hears(office, today) == []


def test_several_are_one_thing_and_told_anew_when_the_next_comes(item, campaign, branch, secretary, committee, at, today):
    def told():
        return [(thing.title, thing.detail, thing.url, thing.recipient_id, thing.occurrence) for thing in due_things(on=today)
                if thing.kind == "rectification" and thing.recipient_id == committee.pk]

    RectificationFactory(campaign=campaign, organization=branch, state="reported", moved_at=at)
    [alone] = told()
    rectifications.report_rectification(item, measures="补了", by=secretary, at=at + timedelta(hours=1))
    [(title, detail, url, _account, occurrence)] = told()
    assert (title, detail) == ("2 项整改报了完成，等验收", "办公厅第一党支部")
    assert url == "/rectifications/?state=reported" and occurrence != alone[-1]


def test_where_the_named_one_has_left_the_office_hears(item, member, secretary, committee, office, leader, at, today):
    item.verifier = leader
    item.save()
    rectifications.report_rectification(item, measures="补了", by=member, at=at)
    leader.is_active = False
    leader.save()
    assert hears(office, today) == [("办公厅第一党支部报了整改完成", "记录不全")]
    assert hears(committee, today) == [] and can_verify_rectification(office, item)
    assert not can_verify_rectification(committee, item)
    assert [thing.recipient_id for thing in due_things(on=today) if thing.kind == "rectification"] == [office.pk]


def test_the_page_says_when_it_rises(item):
    rises = rises_of(item, on=item.due_on + timedelta(days=8))
    assert [(str(rise["who"]), (rise["from_on"] - item.due_on).days, rise["is_reached"]) for rise in rises] == [
        ("责任人", -7, True), ("书记", 1, True), ("上级党委", 8, True), ("领导小组办公室", 15, False),
    ]
    assert not HistoryEntry.objects.of(item).exists()  # looking changes nothing
