"""Activities: logged with everything that hangs on them, corrected by versions, withdrawn; refusals in exact words."""
import dataclasses
import datetime

import pytest

from campaign.domain.activities import (
    ActivityFacts,
    ChangeWithoutReason,
    ForeignTask,
    InTheFuture,
    OutsideCampaign,
    TooManyPhotos,
    correct_activity,
    facts_of,
    log_activity,
    may_withdraw_silently,
    withdraw_activity,
)
from campaign.domain.rosters import TooManyPresent
from campaign.models import Activity, ActivityPhoto, Participation, TaskResult
from config.kit.facts import FactSuperseded
from tests.factories.campaign import ActivityKindFactory, PlanFactory, TaskFactory
from tests.factories.photos import PhotoFactory, picture
from units.models import HistoryEntry

DAY = datetime.date(2011, 6, 9)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def facts(db):
    """Five of five came to a 主题党日 yesterday."""
    return ActivityFacts(
        kind=ActivityKindFactory(), title="6月主题党日", text="为 12 户老人办了优待证。", happened_on=DAY, present=5,
        codes=("G2", "G5"), place="社区",
    )


@pytest.fixture
def logged(campaign, branch, facts, secretary, at):
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


def refused(error, call):
    with pytest.raises(error) as raised:
        call()
    return raised.value.message, raised.value.field


# Log ------------------------------------------------------------------------------------------
def test_an_activity_is_written_with_criteria_and_roster(logged, branch, branch_members, secretary, at):
    logged.refresh_from_db()
    assert (logged.title, logged.happened_on, logged.expected, logged.present) == ("6月主题党日", DAY, 5, 5)
    assert (logged.recorded_at, logged.recorded_by, logged.stands, logged.has_roster) == (at, secretary, True, True)
    assert sorted(logged.criteria.values_list("code", flat=True)) == ["G2", "G5"]
    assert set(logged.participations.values_list("member", "was_present")) == {(m.pk, True) for m in branch_members}
    entry = HistoryEntry.objects.of(logged).get()
    assert (entry.verb, entry.actor, entry.organization) == ("log", secretary, branch)


def test_tomorrow_is_refused(campaign, branch, facts, secretary, at):
    facts = dataclasses.replace(facts, happened_on=datetime.date(2011, 6, 11))
    said = refused(InTheFuture, lambda: log_activity(branch, facts, campaign=campaign, by=secretary, at=at))
    assert said == ("日期不能晚于今天（2011年6月10日）。", "happened_on")


def test_today_is_the_day_in_beijing(campaign, branch, facts, secretary, at):
    """At 7 in the morning in Beijing it is still yesterday in London."""
    facts = dataclasses.replace(facts, happened_on=datetime.date(2011, 6, 10))
    assert log_activity(branch, facts, campaign=campaign, by=secretary, at=at - 2 * HOUR).days_late == 0


@pytest.mark.parametrize("day", [datetime.date(2010, 5, 31), datetime.date(2011, 3, 1)])
def test_a_day_outside_the_campaign_is_refused(campaign, branch, facts, secretary, at, day):
    campaign.starts_on = datetime.date(2010, 6, 1)
    campaign.ends_on = datetime.date(2012, 11, 7) if day.year == 2010 else datetime.date(2011, 2, 28)
    facts = dataclasses.replace(facts, happened_on=day)
    end = "2012年11月7日" if day.year == 2010 else "2011年2月28日"
    said = refused(OutsideCampaign, lambda: log_activity(branch, facts, campaign=campaign, by=secretary, at=at))
    assert said == (f"活动在 2010年6月1日到{end}之间，日期要在这个范围内。", "happened_on")


def test_the_first_and_last_day_of_the_campaign_are_inside(campaign, branch, facts, secretary, at):
    campaign.ends_on = datetime.date(2011, 6, 9)
    for day in (campaign.starts_on, campaign.ends_on):
        log_activity(branch, dataclasses.replace(facts, happened_on=day), campaign=campaign, by=secretary, at=at)
    assert Activity.objects.count() == 2


def test_the_task_of_another_organisation_is_refused(campaign, tree, branch, facts, secretary, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch_2))
    facts = dataclasses.replace(facts, task=task)
    said = refused(ForeignTask, lambda: log_activity(branch, facts, campaign=campaign, by=secretary, at=at))
    assert said == ("这项任务是别的党组织的，请重新选。", "task")


def test_nothing_is_left_of_a_refused_activity(campaign, branch, facts, secretary, at):
    facts = dataclasses.replace(facts, present=6)
    refused(TooManyPresent, lambda: log_activity(
        branch, facts, campaign=campaign, pictures=[picture()], by=secretary, at=at
    ))
    assert (Activity.objects.count(), Participation.objects.count(), HistoryEntry.objects.count()) == (0, 0, 0)


def test_seven_photos_are_too_many(campaign, branch, facts, secretary, at):
    facts = dataclasses.replace(facts, photos=tuple(PhotoFactory.create_batch(4, organization=branch)))
    said = refused(TooManyPhotos, lambda: log_activity(
        branch, facts, campaign=campaign, pictures=[picture()] * 3, by=secretary, at=at
    ))
    assert said == ("照片最多 6 张。", "photos")


def test_an_activity_closes_its_task(campaign, branch, facts, secretary, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch))
    activity = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    result = TaskResult.objects.standing().get(task=task)
    assert (result.activity, result.happened_on, result.recorded_at) == (activity, DAY, at)


# Correct --------------------------------------------------------------------------------------
def test_a_correction_is_a_new_version_and_the_old_one_stays_known(logged, facts, secretary, committee, at):
    later = at + HOUR
    newer = correct_activity(
        logged, dataclasses.replace(facts_of(logged), text="为 13 户老人办了优待证。"), reason=" 户数写错了 ", by=committee,
        at=later,
    )
    versions = Activity.objects.filter(lineage=logged.lineage)
    assert [v.text for v in versions.known_at(at)] == ["为 12 户老人办了优待证。"]
    assert [v.text for v in versions.known_at(later)] == ["为 13 户老人办了优待证。"]
    assert versions.standing().get() == newer
    assert (newer.supersedes, newer.change_reason, newer.recorded_by) == (logged, "户数写错了", committee)
    assert HistoryEntry.objects.of(newer).order_by("-sequence").first().detail == {"reason": "户数写错了"}


def test_a_correction_takes_photos_criteria_and_names_along(campaign, branch, branch_members, facts, secretary, at):
    absent = frozenset({branch_members[3].pk})
    photos = tuple(PhotoFactory.create_batch(2, organization=branch))
    first = log_activity(
        branch, dataclasses.replace(facts, present=4, absent=absent, photos=photos), campaign=campaign, by=secretary, at=at
    )
    newer = correct_activity(
        first, dataclasses.replace(facts_of(first), place="西街"), reason="补地点", by=secretary, at=at + HOUR
    )
    kept = facts_of(newer)
    assert (kept.absent, kept.codes, kept.photos, kept.place) == (absent, ("G2", "G5"), photos, "西街")
    assert [(row.photo, row.position) for row in newer.activity_photos.order_by("position")] == [
        (photos[0], 0), (photos[1], 1)
    ]
    assert (first.participations.count(), first.criteria.count(), first.activity_photos.count()) == (5, 2, 2)


def test_a_photo_can_be_left_out_of_the_next_version(campaign, branch, facts, secretary, at):
    photos = tuple(PhotoFactory.create_batch(2, organization=branch))
    first = log_activity(branch, dataclasses.replace(facts, photos=photos), campaign=campaign, by=secretary, at=at)
    correct_activity(
        first, dataclasses.replace(facts_of(first), photos=photos[1:]), reason="一张不清楚", by=secretary, at=at + HOUR
    )
    assert ActivityPhoto.objects.filter(photo=photos[0]).get().activity == first


def test_numbers_that_are_left_alone_stay_when_the_roster_was_put_right(logged, branch_members, secretary, at):
    membership = branch_members[4].memberships.get()
    membership.ends_on = datetime.date(2011, 5, 31)
    membership.save()
    newer = correct_activity(
        logged, dataclasses.replace(facts_of(logged), place="西街"), reason="补地点", by=secretary, at=at + HOUR
    )
    assert (newer.expected, newer.present, newer.participations.count()) == (5, 5, 5)


def test_a_correction_needs_a_reason(logged, secretary, at):
    said = refused(ChangeWithoutReason, lambda: correct_activity(logged, facts_of(logged), reason=" ", by=secretary, at=at))
    assert said == ("请写一句为什么更正。", "reason")


def test_whoever_comes_second_is_told(logged, secretary, committee, at):
    seen_by_both = Activity.objects.get(pk=logged.pk)
    correct_activity(logged, facts_of(logged), reason="先到", by=secretary, at=at + HOUR)
    said = refused(FactSuperseded, lambda: correct_activity(
        seen_by_both, facts_of(seen_by_both), reason="后到", by=committee, at=at + 2 * HOUR
    ))
    assert said == ("这条记录已经被别人更正，请看最新的一版。", None)
    assert Activity.objects.count() == 2


def test_a_correction_to_another_day_moves_the_result_of_the_task(campaign, branch, facts, secretary, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch))
    first = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    correct_activity(
        first, dataclasses.replace(facts_of(first), happened_on=datetime.date(2011, 6, 1)), reason="日子记错", by=secretary,
        at=at + HOUR,
    )
    results = TaskResult.objects.filter(task=task)
    assert [r.happened_on for r in results.known_at(at)] == [DAY]
    assert [r.happened_on for r in results.standing()] == [datetime.date(2011, 6, 1)]


def test_a_correction_that_drops_the_task_opens_it_again(campaign, branch, facts, secretary, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch))
    first = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    correct_activity(first, dataclasses.replace(facts_of(first), task=None), reason="选错了", by=secretary, at=at + HOUR)
    assert not TaskResult.objects.standing().exists()
    assert HistoryEntry.objects.of(task).order_by("-sequence").first().verb == "reopen"


# Withdraw -------------------------------------------------------------------------------------
def test_a_withdrawn_activity_stands_no_more_but_was_known(logged, secretary, at):
    withdraw_activity(logged, reason="记重了", by=secretary, at=at + HOUR)
    assert not Activity.objects.standing().exists()
    assert Activity.objects.known_at(at).get() == logged
    entry = HistoryEntry.objects.of(logged).order_by("-sequence").first()
    assert (entry.verb, entry.detail) == ("withdraw", {"reason": "记重了"})


@pytest.mark.parametrize(("minutes", "silent"), [(0, True), (10, True), (11, False)])
def test_for_ten_minutes_the_author_needs_no_reason(logged, secretary, at, minutes, silent):
    moment = at + datetime.timedelta(minutes=minutes)
    assert may_withdraw_silently(logged, by=secretary, at=moment) is silent
    if silent:
        withdraw_activity(logged, by=secretary, at=moment)
    else:
        said = refused(ChangeWithoutReason, lambda: withdraw_activity(logged, by=secretary, at=moment))
        assert said == ("请写一句为什么撤回。", "reason")
    assert Activity.objects.standing().exists() is not silent


def test_others_and_later_versions_need_a_reason_at_once(logged, secretary, committee, at):
    assert not may_withdraw_silently(logged, by=committee, at=at)
    newer = correct_activity(logged, facts_of(logged), reason="更正", by=secretary, at=at)
    assert not may_withdraw_silently(newer, by=secretary, at=at)


def test_a_withdrawal_opens_the_task_again(campaign, branch, facts, secretary, at):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch))
    first = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    withdraw_activity(first, by=secretary, at=at)
    assert not TaskResult.objects.standing().exists()


def test_withdrawing_twice_is_refused(logged, secretary, at):
    again = Activity.objects.get(pk=logged.pk)
    withdraw_activity(logged, by=secretary, at=at)
    refused(FactSuperseded, lambda: withdraw_activity(again, by=secretary, at=at))
