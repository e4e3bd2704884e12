"""Rectification: each step from its states only, never verified by whoever was at it, a closing that can be undone."""
import datetime

import pytest

from campaign.domain import rectifications
from campaign.domain.rectification_list import ladder, rectifications_seen
from campaign.enums import RECTIFICATION_MOVES, RectificationState
from campaign.models import Rectification, RectificationClosing
from tests.factories.campaign import RectificationFactory
from tests.factories.units import PostFactory, user_with
from units.enums import Role

JULY = datetime.date(2011, 7, 10)


@pytest.fixture
def item(campaign, branch, branch_members):
    return RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[0])


def test_an_item_is_raised_with_owner_and_day(campaign, branch, branch_members, office, at, today):
    item = rectifications.raise_rectification(
        campaign=campaign, organization=branch, owner=branch_members[0], source="inspection", problem="没有记录",
        due_on=JULY, by=office, at=at, on=today,
    )
    assert (item.state, item.opened_on, item.verifier) == ("open", today, None)


@pytest.mark.parametrize(
    ("change", "refusal", "message"),
    [
        ({"due_on": datetime.date(2011, 6, 9)}, rectifications.DueTooEarly, "整改期限不能早于提出的那天。"),
        ({"owner": "elsewhere"}, rectifications.OwnerElsewhere, "责任人要是本单位的党员。"),
        ({"verifier": "owner"}, rectifications.OwnWork, "责任人不能验收自己的整改。"),
    ],
)
def test_what_cannot_be_raised(change, refusal, message, campaign, branch, branch_members, tree, secretary, at, today):
    said = {"owner": branch_members[0], "due_on": JULY} | change
    if said["owner"] == "elsewhere":
        said["owner"] = tree.members[tree.society.pk][0]
    if said.get("verifier"):
        said["verifier"] = secretary
    with pytest.raises(refusal) as refused:
        rectifications.raise_rectification(
            campaign=campaign, organization=branch, source="other", problem="没有记录", **said, by=None, at=at, on=today
        )
    assert refused.value.message == message
    assert not Rectification.objects.exists()


@pytest.mark.parametrize("verb", RECTIFICATION_MOVES)
@pytest.mark.parametrize("state", RectificationState.values)
def test_every_step_starts_from_its_states_only(verb, state, campaign, branch, office, at):
    item = RectificationFactory(campaign=campaign, organization=branch, state=state)
    starts_from, leads_to = RECTIFICATION_MOVES[verb]
    if state in starts_from:
        assert rectifications.move_rectification(item, verb, by=office, at=at).state == leads_to
        return
    with pytest.raises(rectifications.CannotMoveRectification) as refused:
        rectifications.move_rectification(item, verb, by=office, at=at)
    assert refused.value.message == "整改的状态已经变了，请刷新页面再看。"


def test_reporting_says_what_was_done(item, secretary, at):
    with pytest.raises(rectifications.WordsMissing) as refused:
        rectifications.report_rectification(item, measures=" ", by=secretary, at=at)
    assert refused.value.message == "请写一句怎样改的，改到什么程度。"
    rectifications.report_rectification(item, measures="补了记录", by=secretary, at=at)
    assert (item.state, item.measures, item.reported_by) == ("reported", "补了记录", secretary)


def test_neither_owner_nor_reporter_verifies(item, secretary, committee, office, branch, branch_members, at, today):
    rectifications.report_rectification(item, measures="补了记录", by=committee, at=at)
    for who in (secretary, committee):  # the owner's account, and the one that reported
        for act in (rectifications.verify_rectification, rectifications.send_back_rectification):
            with pytest.raises(rectifications.OwnWork) as refused:
                act(item, note="看过", by=who, at=at, on=today)
            assert refused.value.message == "责任人和报完成的人不能验收。"
    item.refresh_from_db()
    assert item.state == "reported"
    rectifications.verify_rectification(item, by=office, at=at, on=today)
    assert item.state == "verified"


def test_the_check_reads_what_was_reported_meanwhile(item, office, at, today):
    stale = Rectification.objects.get(pk=item.pk)
    rectifications.report_rectification(item, measures="补了记录", by=office, at=at)
    with pytest.raises(rectifications.OwnWork):
        rectifications.verify_rectification(stale, by=office, at=at, on=today)


def test_giving_back_needs_a_sentence_and_may_move_the_day(item, secretary, office, at, today):
    rectifications.report_rectification(item, measures="补了记录", by=secretary, at=at)
    for said, message in [
        ({"note": " "}, "请写一句还差什么。"),
        ({"note": "没有签字", "due_on": datetime.date(2011, 6, 9)}, "新的期限不能早于今天。"),
    ]:
        with pytest.raises((rectifications.WordsMissing, rectifications.DueTooEarly)) as refused:
            rectifications.send_back_rectification(item, **said, by=office, at=at, on=today)
        assert refused.value.message == message
    rectifications.send_back_rectification(item, note="没有签字", due_on=JULY, by=office, at=at, on=today)
    assert (item.state, item.due_on, item.times_reopened) == ("open", JULY, 0)


def test_a_closing_is_a_fact_that_opening_again_supersedes(item, secretary, office, at, today):
    rectifications.report_rectification(item, measures="补了记录", by=secretary, at=at)
    closing = rectifications.verify_rectification(item, note="看了台账", by=office, at=at, on=today)
    assert (closing.happened_on, closing.note, closing.stands) == (today, "看了台账", True)
    later = at + datetime.timedelta(days=3)
    rectifications.reopen_rectification(item, note="又没有记", due_on=JULY, by=office, at=later, on=later.date())
    closing.refresh_from_db()
    assert (item.state, item.times_reopened, item.due_on, closing.superseded_at) == ("open", 1, JULY, later)
    assert not RectificationClosing.objects.standing().exists()
    assert RectificationClosing.objects.known_at(at).get() == closing


def test_of_two_verifiers_one_wins(item, secretary, office, inspector, at, today):
    rectifications.report_rectification(item, measures="补了记录", by=secretary, at=at)
    again = Rectification.objects.get(pk=item.pk)
    rectifications.verify_rectification(item, by=office, at=at, on=today)
    with pytest.raises(rectifications.CannotMoveRectification):
        rectifications.verify_rectification(again, by=inspector, at=at, on=today)
    assert RectificationClosing.objects.count() == 1


def test_the_secretary_of_a_day(branch, branch_members, tree):
    day = datetime.date(2011, 6, 10)
    assert rectifications.secretary_of(branch, on=day) == branch_members[0]
    assert rectifications.secretary_of(branch, on=datetime.date(2008, 1, 1)) is None
    first = branch_members[0].posts.get()
    first.ends_on = datetime.date(2011, 3, 31)
    first.save()
    PostFactory(member=branch_members[2], starts_on=datetime.date(2011, 4, 1))
    assert rectifications.secretary_of(branch, on=day) == branch_members[2]
    assert rectifications.secretary_of(branch, on=datetime.date(2011, 3, 1)) == branch_members[0]


@pytest.mark.parametrize(
    ("days", "rung"),
    [(30, "1"), (8, "1"), (7, "2"), (0, "2"), (-1, "3"), (-7, "3"), (-8, "4"), (-14, "4"), (-15, "5"), (-90, "5")],
)
def test_every_day_stands_on_one_rung(days, rung, campaign, branch, office, today):
    RectificationFactory(campaign=campaign, organization=branch, due_on=today + datetime.timedelta(days=days))
    rungs, figures = ladder(office, campaign, on=today)
    assert {step["key"] for step in rungs if step["count"]} == {rung}
    assert figures["open"] == 1
    assert rectifications_seen(office, campaign, on=today, due=rung).count() == 1
    assert rectifications_seen(office, campaign, on=today, due="late").exists() == (days < 0)


def test_a_member_sees_the_own_item_only(item, campaign, branch, branch_members, today):
    other = RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[3])
    own = user_with(Role.MEMBER, branch, member=branch_members[3])
    assert list(rectifications_seen(own, campaign, on=today)) == [other]
