"""Joint activities: one record, a part for each partner, which its own secretary confirms and which then counts for it."""
from dataclasses import replace

import pytest

from campaign.domain import parts
from campaign.domain.activities import ActivityFacts, confirm_part, correct_activity, facts_of, log_activity
from campaign.domain.activity_versions import versions_of
from campaign.domain.rosters import TooManyPresent
from campaign.due import due_things
from campaign.models import Activity, ActivityPart
from config.kit.facts import FactSuperseded
from tests.factories.campaign import ActivityKindFactory, PlanFactory, TaskFactory
from tests.factories.units import user_with
from units.enums import Role
from units.models import HistoryEntry


@pytest.fixture
def facts(tree, today):
    return ActivityFacts(
        kind=ActivityKindFactory(), title="联合走访", text="两个支部一起走访了 12 户老人。", happened_on=today, present=5,
        partners=(tree.institution_branch,),
    )


@pytest.fixture
def joint(campaign, branch, facts, secretary, at):
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


def part_of(activity):
    return ActivityPart.objects.select_related("activity", "organization").get(activity=activity)


# Names ----------------------------------------------------------------------------------------
def test_partners_are_found_by_name_or_a_part_of_it(branch, tree):
    found = parts.partners_named(["社会工作协会党支部", "信息中心第一", "信息中心第一"], branch)
    assert found == (tree.institution_branch, tree.society)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("火星支部", "没有叫“火星支部”的党组织，请写全称。"),
        ("信息中心", "叫“信息中心”的不止一个（信息中心党委、信息中心第一党支部 等），请写全称。"),
        ("办公厅第一党支部", "“办公厅第一党支部”是本单位或上下级，不用写在这里。"),
        ("办公厅党总支", "“办公厅党总支”是本单位或上下级，不用写在这里。"),
    ],
)
def test_names_that_fit_nobody_or_several_or_the_own_line_are_refused(branch, name, words):
    with pytest.raises(parts.PartnerRefused) as refused:
        parts.partners_named([name], branch)
    assert refused.value.message == words


# Parts ----------------------------------------------------------------------------------------
def test_a_part_waits_until_it_is_confirmed(joint, tree):
    part = part_of(joint)
    assert (part.organization, part.expected, part.confirmed_at) == (tree.institution_branch, 0, None)
    assert list(ActivityPart.objects.waiting()) == [part] and facts_of(joint).partners == (tree.institution_branch,)


def test_a_confirmation_is_a_new_version_with_the_partners_people(joint, tree, outsider, at):
    people = tree.members[tree.institution_branch.pk]
    newer = confirm_part(
        part_of(joint), present=2, expected=3, absent=frozenset({people[2].pk}), reasons={people[2].pk: "travel"}, by=outsider,
        at=at,
    )
    part = part_of(newer)
    assert (newer.lineage, newer.supersedes, newer.change_reason) == (joint.lineage, joint, "信息中心第一党支部确认人数")
    assert (part.present, part.expected, part.confirmed_by, part.confirmed_at) == (2, 3, outsider, at)
    assert newer.participations.filter(partner=tree.institution_branch).count() == 3
    assert newer.participations.filter(partner=None, was_present=True).count() == 5 == newer.present
    assert newer.participations.get(was_present=False).reason == "travel"
    assert part_of(joint).confirmed_at is None
    change, = versions_of(newer)[0].changes
    assert (change.label, change.old, change.new) == ("联合开展的", "信息中心第一党支部", "信息中心第一党支部 2/3 人")
    assert HistoryEntry.objects.filter(verb="confirm").get().organization == tree.institution_branch


def test_more_than_the_roster_cannot_come(joint, outsider, at):
    with pytest.raises(TooManyPresent, match="本支部这一天应到 3 人，参加的不能多于 3 人。"):
        confirm_part(part_of(joint), present=4, expected=3, by=outsider, at=at)


def test_a_version_that_stands_no_more_is_not_confirmed(joint, facts, secretary, outsider, at):
    stale = part_of(joint)
    correct_activity(joint, replace(facts, place="社区"), reason="补地点", by=secretary, at=at)
    with pytest.raises(FactSuperseded):
        confirm_part(stale, present=3, expected=3, by=outsider, at=at)
    stale.activity.refresh_from_db()
    with pytest.raises(parts.NoPart, match="这条活动刚刚改过，请重新打开再确认。"):
        confirm_part(stale, present=3, expected=3, by=outsider, at=at)


def test_a_correction_keeps_what_was_confirmed_unless_the_day_moves(joint, facts, secretary, outsider, at, today):
    confirmed = confirm_part(part_of(joint), present=3, expected=3, by=outsider, at=at)
    again = correct_activity(confirmed, replace(facts, place="社区"), reason="补地点", by=secretary, at=at)
    assert (part_of(again).present, part_of(again).confirmed_by) == (3, outsider)
    assert again.participations.filter(partner__isnull=False).count() == 3
    moved = replace(facts, happened_on=today.replace(day=9))
    later = correct_activity(again, moved, reason="日期记错了", by=secretary, at=at)
    assert part_of(later).confirmed_at is None and not later.participations.filter(partner__isnull=False).exists()


def test_a_partner_that_is_taken_out_has_no_part(joint, facts, secretary, outsider, at):
    confirmed = confirm_part(part_of(joint), present=3, expected=3, by=outsider, at=at)
    alone = correct_activity(confirmed, replace(facts, partners=()), reason="没有一起", by=secretary, at=at)
    assert not alone.parts.exists() and alone.participations.count() == 5


def test_a_confirmation_leaves_the_task_done(campaign, branch, facts, secretary, outsider, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch))
    activity = log_activity(branch, replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    newer = confirm_part(part_of(activity), present=3, expected=3, by=outsider, at=at)
    assert task.results.standing().get().activity.lineage == newer.lineage


def test_the_partners_secretary_is_reminded_and_nobody_else(joint, outsider, secretary, today, at):
    waiting = [thing for thing in due_things(on=today, user=outsider) if thing.kind == "part"]
    assert [(thing.title, thing.url) for thing in waiting] == [
        ("联合活动“联合走访”等您确认人数", f"/activities/{joint.lineage}/parts/{part_of(joint).organization_id}/")
    ]
    assert not [thing for thing in due_things(on=today, user=secretary) if thing.kind == "part"]
    confirm_part(part_of(joint), present=3, expected=3, by=outsider, at=at)
    assert not [thing for thing in due_things(on=today, user=outsider) if thing.kind == "part"]


def test_of_a_partner_without_an_account_the_level_above_is_reminded(joint, outsider, office, tree, today):
    outsider.grants.all().delete()
    boss = user_with(Role.COMMITTEE, tree.institution, name="中心党委")
    for user, expected in ((boss, ["办公厅第一党支部记的。信息中心第一党支部没有书记账号，请代为确认。"]), (office, [])):
        for asked in ({}, {"user": user}):
            things = [thing for thing in due_things(on=today, **asked) if thing.kind == "part"]
            assert [thing.detail for thing in things if thing.recipient_id == user.pk] == expected


def test_the_partner_reaches_the_record_and_an_uninvolved_one_does_not(joint, outsider, office, tree):
    other = user_with(Role.SECRETARY, tree.society)
    reached = [Activity.objects.visible_to(user, joint=True).filter(pk=joint.pk).exists() for user in (outsider, office, other)]
    assert reached == [True, True, False]
