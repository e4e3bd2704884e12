"""What an earlier campaign left open goes on in the next one: once, tied to the old, and scored in one of them only."""
import datetime

import pytest

from campaign.commitment_permissions import can_judge_commitment
from campaign.domain.carry_over import (
    CannotCarryOver,
    LeftOut,
    NewDayOutside,
    carry_over,
    earlier_campaigns,
    preview,
)
from campaign.domain.commitments import CannotMove, judge_commitment
from campaign.domain.rectification_ladder import rises_of
from campaign.domain.rectification_list import ladder
from campaign.domain.rectifications import CannotMoveRectification, report_rectification
from campaign.domain.sketches import hand_on_bands, likest_promise, promise_words, sketch_what_is_missing
from campaign.due import due_things
from campaign.enums import CampaignState, CommitmentState, RectificationState
from campaign.models import Commitment, PromiseBand, Rectification
from campaign.permissions import can_report_rectification
from tests.factories.campaign import CampaignFactory, CommitmentFactory, RectificationFactory
from units.models import HistoryEntry, Member, Organization

NEW_DAY = datetime.date(2011, 7, 20)


@pytest.fixture
def study(root):
    """学习实践活动, over before the campaign began."""
    return CampaignFactory(
        organization=root, code="xxsj", title="学习实践活动", state=CampaignState.CLOSED,
        starts_on=datetime.date(2008, 9, 1), ends_on=datetime.date(2010, 2, 28),
    )


@pytest.fixture
def item(study, branch, branch_members, office):
    """Reported as done, due long ago, to be verified by the office."""
    return RectificationFactory(
        campaign=study, organization=branch, owner=branch_members[1], problem="办证要跑三趟", verifier=office,
        due_on=datetime.date(2010, 1, 31), state=RectificationState.REPORTED, measures="改成跑一趟",
    )


@pytest.fixture
def promise(study, branch, item):
    return CommitmentFactory(
        campaign=study, organization=branch, text="设便民窗口", due_on=datetime.date(2011, 6, 30), answers=item
    )


@pytest.fixture
def members_promise(study, branch_members):
    return CommitmentFactory(campaign=study, member=branch_members[2], due_on=datetime.date(2010, 2, 1))


def carry(campaign, study, office, at, **more):
    return carry_over(campaign, study, new_day=NEW_DAY, by=office, at=at, on=at.date(), **more)


def test_the_preview_lists_what_is_open(study, item, promise, members_promise, branch, django_assert_num_queries):
    CommitmentFactory(campaign=study, organization=branch, state=CommitmentState.JUDGED)
    CommitmentFactory(campaign=study, organization=branch, state=CommitmentState.DRAFT)
    RectificationFactory(campaign=study, organization=branch, state=RectificationState.VERIFIED)
    with django_assert_num_queries(6):
        found = preview(study)
    assert (found.rectifications, found.commitments, found.members) == ([item], [promise], [(branch, 1)])
    assert (found.total, found.resting) == (3, 0)


def test_what_belongs_to_nobody_any_more_stays(study, item, promise, members_promise, branch, campaign, office, at):
    Member.objects.filter(pk=members_promise.member_id).update(left_on=datetime.date(2011, 1, 1), left_as="outside")
    Organization.objects.filter(pk=branch.pk).update(dissolved_on=datetime.date(2011, 1, 1))
    assert (preview(study).total, preview(study).resting) == (0, 3)
    assert carry(campaign, study, office, at) == {"rectifications": 0, "commitments": 0}


def test_an_item_goes_on_as_far_as_it_had_come(campaign, study, item, branch_members, office, at, today):
    carry(campaign, study, office, at)
    new = Rectification.objects.get(campaign=campaign)
    assert (new.carried_from, new.carried_on, new.problem, new.owner) == (item, today, "办证要跑三趟", branch_members[1])
    assert (new.state, new.measures, new.verifier, new.due_on) == ("reported", "改成跑一趟", office, NEW_DAY)
    entry = HistoryEntry.objects.of(new).get()
    assert (entry.verb, entry.detail["note"]) == ("carry_over", "来自“学习实践活动”，原来的期限 2010-01-31")


def test_a_day_that_is_still_ahead_is_kept_and_the_answer_goes_along(campaign, study, item, promise, office, at):
    carry(campaign, study, office, at)
    new = Commitment.objects.get(campaign=campaign)
    assert (new.due_on, new.carried_from, new.answers.carried_from) == (datetime.date(2011, 6, 30), promise, item)
    assert (new.state, new.published_at, new.text) == ("published", at, "设便民窗口")


def test_the_old_rows_are_not_touched(campaign, study, item, promise, members_promise, office, at):
    before = [list(model.objects.filter(campaign=study).order_by("pk").values()) for model in (Rectification, Commitment)]
    assert carry(campaign, study, office, at) == {"rectifications": 1, "commitments": 2}
    after = [list(model.objects.filter(campaign=study).order_by("pk").values()) for model in (Rectification, Commitment)]
    assert after == before


def bands_of(promise):
    return set(PromiseBand.objects.filter(commitment=promise).values_list("band", flat=True))


def test_the_bands_go_along_and_only_the_successor_is_told(campaign, study, promise, members_promise, secretary, office, at):
    Commitment.objects.filter(pk=promise.pk).update(text="把办证窗口延长到晚上七点，方便白天上班的群众")
    assert sketch_what_is_missing() == 2
    carry(campaign, study, office, at)
    for old in (promise, members_promise):
        new = Commitment.objects.get(carried_from=old)
        assert bands_of(new) == bands_of(old) != set()
    promise.refresh_from_db()
    share, found = likest_promise(promise_words(promise.text, promise.target))
    assert (share, found) == (1.0, Commitment.objects.get(carried_from=promise))
    assert sketch_what_is_missing() == 0


def test_without_bands_the_successor_waits_with_the_old(campaign, study, promise, office, at):
    carry(campaign, study, office, at)
    assert not PromiseBand.objects.exists()
    assert sketch_what_is_missing() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_handing_bands_on_costs_two_queries(rows, campaign, study, branch, today, at, django_assert_num_queries):
    old = CommitmentFactory.create_batch(rows, campaign=study, organization=branch)
    sketch_what_is_missing()
    new = [CommitmentFactory(campaign=campaign, organization=branch, carried_from=one, carried_on=today) for one in old]
    with django_assert_num_queries(2):
        hand_on_bands(new)


def test_twice_doubles_nothing(campaign, study, item, promise, members_promise, office, at):
    carry(campaign, study, office, at)
    assert carry(campaign, study, office, at) == {"rectifications": 0, "commitments": 0}
    assert (Rectification.objects.count(), Commitment.objects.count()) == (2, 4)


def test_what_is_ticked_stays_and_can_follow_later(campaign, study, item, promise, members_promise, branch, office, at):
    ticks = LeftOut(frozenset({item.pk}), frozenset({promise.pk}), frozenset({branch.pk}))
    assert carry(campaign, study, office, at, left_out=ticks) == {"rectifications": 0, "commitments": 0}
    assert carry(campaign, study, office, at, left_out=LeftOut(members_of=frozenset({branch.pk}))) == {
        "rectifications": 1, "commitments": 1
    }
    assert preview(study).members == [(branch, 1)]


def titles(user, on):
    return [thing.title for thing in due_things(on=on, user=user)]


def test_a_carried_row_is_worked_on_in_one_campaign_only(campaign, study, promise, branch, secretary, office, at, today):
    item = RectificationFactory(campaign=study, organization=branch, problem="窗口下班太早", due_on=today)
    Commitment.objects.update(due_on=today)
    for _before_and_after in range(2):
        assert [titles(secretary, today).count(words) for words in ("设便民窗口", "窗口下班太早")] == [1, 1]
        carry(campaign, study, office, at)
    (rungs, figures), (_new_rungs, new_figures) = (ladder(office, one, on=today) for one in (study, campaign))
    assert (figures["open"], sum(rung["count"] for rung in rungs), new_figures["open"]) == (0, 0, 2)
    for row in (item, promise):
        row.refresh_from_db()
    assert rises_of(item, on=today) == [] and rises_of(item.successor, on=today)
    assert can_report_rectification(secretary, item).reason == "已经结转到“创先争优活动”，请在那里办。"
    assert can_judge_commitment(office, promise).reason == "已经结转到“创先争优活动”，请在那里办。"
    with pytest.raises(CannotMoveRectification):
        report_rectification(item, measures="改好了", by=secretary, at=at)
    with pytest.raises(CannotMove):
        judge_commitment(promise, outcome="kept", evidence="登记簿", happened_on=today, by=office, at=at, on=today)
    assert set(Rectification.objects.unfinished()) == set(Rectification.objects.filter(campaign=campaign))
    assert list(Commitment.objects.in_progress()) == [promise.carried_to]


def test_only_an_open_campaign_takes_over(campaign, study, item, office, at):
    type(campaign).objects.filter(pk=campaign.pk).update(state=CampaignState.DRAFT)
    with pytest.raises(CannotCarryOver) as refused:
        carry(campaign, study, office, at)
    assert refused.value.message == "活动开始以后才能结转。"


def test_only_from_an_earlier_one_of_the_same_root(campaign, study, office, at):
    other = CampaignFactory(starts_on=datetime.date(2008, 1, 1))
    for wrong in (other, campaign):
        with pytest.raises(CannotCarryOver) as refused:
            carry(campaign, wrong, office, at)
        assert refused.value.message == "只能从同一个党组织的上一个活动结转。"
    assert list(earlier_campaigns(campaign)) == [study]


@pytest.mark.parametrize("day", [datetime.date(2011, 6, 9), datetime.date(2012, 11, 9)])
def test_the_new_day_lies_ahead_and_inside(campaign, study, item, office, at, today, day):
    with pytest.raises(NewDayOutside) as refused:
        carry_over(campaign, study, new_day=day, by=office, at=at, on=today)
    assert (refused.value.message, refused.value.field) == ("新的期限要在今天以后，不晚于 2012年11月8日。", "new_day")
    assert Rectification.objects.count() == 1


def test_what_is_carried_rises_and_waits_only_in_the_new_campaign(campaign, study, item, branch, office, at, today):
    RectificationFactory(campaign=study, organization=branch, due_on=datetime.date(2010, 1, 31))
    said = [f"{branch.name}报了整改完成", "1 项整改逾期 15 天以上"]
    assert [titles(office, today).count(words) for words in said] == [1, 1]
    carry(campaign, study, office, at)
    assert [titles(office, today).count(words) for words in said] == [1, 0]  # what was late has a new day
