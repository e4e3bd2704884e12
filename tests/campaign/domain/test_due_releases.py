"""The end of a showing is told once, to those who can show it longer, and no more once that was done."""
import datetime

import pytest

from campaign.domain.due_releases import showings_ending
from campaign.domain.releases import renew_release
from campaign.domain.reminders import write_reminders
from campaign.due import DueThing, due_things
from campaign.models import Reminder
from tests.factories.releases import ExhibitFactory, PaperFactory, RoleModelFactory
from units.models import RoleGrant

ENDS = datetime.date(2011, 6, 20)
MAKERS = [RoleModelFactory, ExhibitFactory, PaperFactory]


def showings(user, on):
    return [thing for thing in due_things(on=on, user=user) if thing.kind == "showing"]


@pytest.fixture
def shown(campaign, branch):
    return RoleModelFactory(campaign=campaign, organization=branch, title="家门口的窗口", expires_on=ENDS)


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (datetime.date(2011, 6, 5), []),
        (datetime.date(2011, 6, 6), ["“家门口的窗口”展示到2011年6月20日"]),
        (ENDS, ["“家门口的窗口”展示到2011年6月20日"]),
        (datetime.date(2011, 6, 21), ["“家门口的窗口”展示到2011年6月20日，已经到期"]),
        (datetime.date(2011, 7, 4), ["“家门口的窗口”展示到2011年6月20日，已经到期"]),
        (datetime.date(2011, 7, 5), []),
    ],
)
def test_it_is_named_two_weeks_before_and_as_long_after(day, titles, shown, secretary):
    assert [thing.title for thing in showings(secretary, day)] == titles


@pytest.mark.parametrize("maker", MAKERS)
def test_every_kind_that_is_shown_until_a_day_leads_to_its_own_page(maker, campaign, branch, secretary, today):
    made = maker(campaign=campaign, organization=branch, expires_on=ENDS)
    [thing] = showings(secretary, today)
    assert (thing.url, thing.action, thing.due_on) == (f"{made.get_absolute_url()}renew/", "延长展示", ENDS)


@pytest.mark.parametrize(
    "fields", [{"expires_on": None}, {"state": "withdrawn"}, {"state": "submitted"}, {"state": "returned"}]
)
def test_what_has_no_end_or_is_not_shown_waits_for_nobody(fields, campaign, branch, secretary, today):
    RoleModelFactory(campaign=campaign, organization=branch, **{"expires_on": ENDS, **fields})
    assert showings(secretary, today) == []


@pytest.mark.parametrize(
    ("who", "number"), [("secretary", 1), ("committee", 0), ("office", 0), ("leader", 0), ("member", 0), ("outsider", 0)]
)
def test_those_who_speak_for_the_unit_hear_of_it(request, who, number, shown, today):
    assert len(showings(request.getfixturevalue(who), today)) == number


def test_so_does_the_one_of_the_office_who_wrote_it(campaign, branch, root, office, secretary, today):
    RoleModelFactory(campaign=campaign, organization=branch, expires_on=ENDS, created_by=office)
    PaperFactory(campaign=campaign, organization=root, expires_on=ENDS)
    assert (len(showings(office, today)), len(showings(secretary, today))) == (2, 1)


def test_a_grant_that_is_over_hears_of_nothing_any_more(shown, secretary, today):
    RoleGrant.objects.filter(user=secretary).update(ends_on=datetime.date(2011, 6, 1))
    assert [thing for thing in due_things(on=today) if thing.kind == "showing"] == []


def test_it_is_reminded_once_however_often_the_clock_comes(shown, secretary, at):
    for day in range(0, 30, 3):
        moment = at + datetime.timedelta(days=day)
        things = [thing for thing in due_things(on=moment.date()) if thing.kind == "showing"]
        write_reminders(things, at=moment)
    assert list(Reminder.objects.filter(channel="app").values_list("recipient", "item", "occurrence")) == [
        (secretary.pk, f"role_model:{shown.pk}", f"role_model:{shown.pk}:2011-06-20")
    ]


def test_shown_longer_it_waits_for_the_new_end(shown, secretary, at, today):
    renew_release(
        shown, expires_on=datetime.date(2011, 8, 20), consent_on=today, by=secretary, at=at, on=today
    )
    assert showings(secretary, today) == []
    assert len(showings(secretary, datetime.date(2011, 8, 10))) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_any_number_costs_one_query(rows, campaign, branch, secretary, today, django_assert_num_queries):
    assert secretary.current_grants
    for maker in MAKERS:
        maker.create_batch(rows, campaign=campaign, organization=branch, expires_on=ENDS)
    with django_assert_num_queries(1):
        found = list(showings_ending(DueThing, on=today, user=secretary))
    assert len(found) == 3 * rows
