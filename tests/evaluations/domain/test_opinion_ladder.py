"""Who hears of an opinion on which day, and that nothing a sender did today becomes a reminder with a moment."""
from datetime import timedelta

import pytest

from campaign.domain.rectifications import report_rectification, verify_rectification
from campaign.due import DueThing, due_things
from evaluations.domain import opinion_follow_ups, opinions
from evaluations.domain.opinion_ladder import opinions_due, rises_of
from evaluations.models import Opinion
from tests.factories.opinions import again, assigned, send


def things(user, on):
    return [thing for thing in due_things(on=on, user=user) if thing.kind == "opinion"]


def hears(user, on):
    return [thing.title for thing in things(user, on)]


def test_a_new_one_waits_for_the_office_and_is_reminded_the_day_after(root, office, committee, today):
    opinion, _code = send(root, on=today)
    [thing] = things(office, today)
    assert (thing.title, thing.is_reminded) == (f"{opinion} 等着转办", False)
    assert [thing.is_reminded for thing in things(office, today + timedelta(days=1))] == [True]
    assert hears(committee, today) == []


def test_it_rises_to_the_office_and_to_leaders(root, unit, office, committee, leader, secretary):
    opinion, _code = assigned(root, handler=unit)
    due = opinion.due_on
    answer = f"{opinion} 等您答复"

    def told(days):
        return [hears(user, due + timedelta(days=days)) for user in (committee, office, leader, secretary)]

    assert told(0) == [[answer], [], [], []]
    assert told(1) == [[answer], [f"{opinion} 逾期 1 天没有答复"], [], []]
    assert told(8) == [[answer], [f"{opinion} 逾期 8 天没有答复"], [f"{opinion} 逾期 8 天没有答复"], []]
    everybody = [(thing.recipient_id, thing.title) for thing in due_things(on=due + timedelta(days=8)) if thing.kind == "opinion"]
    assert sorted(everybody) == sorted([
        (committee.pk, answer), (office.pk, f"{opinion} 逾期 8 天没有答复"), (leader.pk, f"{opinion} 逾期 8 天没有答复"),
    ])
    rises = rises_of(opinion, on=due + timedelta(days=1))
    assert [(str(rise["who"]), (rise["from_on"] - due).days, rise["is_reached"]) for rise in rises] == [
        ("承办的人", -3, True), ("领导小组办公室", 1, True), ("领导", 8, False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_everybody_is_looked_up_once(rows, root, tree, unit, office, committee, leader, today, django_assert_num_queries):
    for _number in range(rows):
        assigned(root, about=tree.society, handler=unit)
    with django_assert_num_queries(12):
        told = list(opinions_due(DueThing, on=today + timedelta(days=30)))
    assert {thing.recipient_id for thing in told} == {committee.pk, office.pk, leader.pk} and len(told) == 3 * rows


def test_an_answer_ends_it_and_a_new_text_begins_it_again(root, office, today, at):
    opinion, _code = assigned(root, account=office)
    opinions.answer_opinion(opinion, text="在办", by=office, at=at, on=today)
    opinion.refresh_from_db()
    assert hears(office, today) == [] and rises_of(opinion, on=today) == []
    again(opinion, on=today)
    assert [(thing.title, thing.is_reminded) for thing in things(office, today)] == [(f"{opinion} 等您答复", False)]


@pytest.mark.parametrize("handled", [True, False])
def test_once_mended_the_sender_has_to_be_told(campaign, root, unit, office, secretary, leader, handled, at, today):
    opinion, _code = assigned(root, about=unit, account=office) if handled else send(root, about=unit)
    item = opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=unit, problem="排队久", due_on=today, by=office, at=at, on=today
    )
    report_rectification(item, measures="加了窗口", by=secretary, at=at)
    title = f"{opinion} 的整改已经销号"
    assert title not in hears(office, today)
    verify_rectification(item, by=office, at=at, on=today)
    assert title in hears(office, today)
    assert [t.recipient_id for t in due_things(on=today) if t.title == title] == [office.pk]
    opinions.answer_opinion(Opinion.objects.get(), text="改好了", by=office, at=at, on=today)
    assert title not in hears(office, today)
