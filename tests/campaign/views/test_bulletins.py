"""Pages of the bulletins: beginning, choosing, wording, publishing, and the page without an account."""
import datetime

import pytest
from django.urls import reverse

from campaign.models import Bulletin
from tests.factories.campaign import ActivityFactory
from tests.factories.releases import BulletinEntryFactory, BulletinFactory


@pytest.fixture
def activity(campaign, branch):
    return ActivityFactory(campaign=campaign, organization=branch, happened_on=datetime.date(2011, 6, 5), title="走进社区")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, campaign, office, client_for, django_assert_num_queries):
    BulletinFactory.create_batch(rows, campaign=campaign, created_by=office)
    browser = client_for(office)
    browser.get(reverse("bulletin_list"))
    with django_assert_num_queries(7):
        answer = browser.get(reverse("bulletin_list"))
    assert len(answer.context["page"]) == rows


@pytest.mark.parametrize(
    ("rows", "words"), [(0, "2011年5月1日至2011年6月10日。</p>"), (1, "2011年5月1日至2011年6月10日：开展活动")]
)
def test_an_issue_about_days_without_activities_has_no_figures(rows, words, campaign, branch, office, client_for):
    ActivityFactory.create_batch(rows, campaign=campaign, organization=branch, happened_on=datetime.date(2011, 6, 5))
    bulletin = BulletinFactory(campaign=campaign)
    assert words in client_for(office).get(bulletin.get_absolute_url()).content.decode()


def test_an_issue_from_begin_to_print(campaign, activity, office, client_for):
    browser = client_for(office)
    days = {"starts_on": "2011-06-01", "ends_on": "2011-06-10"}
    answer = browser.post(reverse("bulletin_new"), {"title": "六月动态", **days, "nonce": "b" * 32})
    bulletin = Bulletin.objects.get()
    choose = reverse("bulletin_choose", args=[bulletin.pk])
    assert answer.url == choose
    assert "走进社区" in browser.get(choose).content.decode()
    browser.post(choose, {"row": [activity.pk]})
    (entry,) = bulletin.entries.all()
    edit = reverse("bulletin_edit", args=[bulletin.pk])
    browser.post(edit, {"title": "六月上旬", **days, "is_open": "on", f"entry_{entry.pk}": "换一种说法。"})
    browser.post(reverse("bulletin_publish", args=[bulletin.pk]))
    page = browser.get(bulletin.get_absolute_url()).content.decode()
    assert "2011 年第 1 期" in page and "换一种说法。" in page and activity.get_absolute_url() in page
    public = client_for(None).get(reverse("showcase_bulletin", args=[bulletin.pk])).content.decode()
    assert "换一种说法。" in public and activity.get_absolute_url() not in public and "/activities/" not in public


def test_days_the_wrong_way_round_are_said_at_the_field(campaign, office, client_for):
    days = {"starts_on": "2011-06-10", "ends_on": "2011-06-01"}
    answer = client_for(office).post(reverse("bulletin_new"), {"title": "六月", **days})
    assert "结束日期不能早于开始日期。" in answer.content.decode()
    assert not Bulletin.objects.exists()


def test_nothing_ticked_changes_nothing(campaign, activity, office, client_for):
    bulletin = BulletinFactory(campaign=campaign, created_by=office)
    choose = reverse("bulletin_choose", args=[bulletin.pk])
    answer = client_for(office).post(choose, {}, follow=True)
    assert "没有选任何一条。" in answer.content.decode() and not bulletin.entries.exists()


def test_entries_change_places(campaign, office, client_for):
    bulletin = BulletinFactory(campaign=campaign, created_by=office)
    first, second = BulletinEntryFactory.create_batch(2, bulletin=bulletin)
    client_for(office).post(reverse("bulletin_move_entry", args=[bulletin.pk]), {"entry": second.pk, "to": "up"})
    assert list(bulletin.entries.order_by("position")) == [second, first]


def test_an_empty_draft_says_why_it_is_not_published(campaign, office, client_for):
    bulletin = BulletinFactory(campaign=campaign, created_by=office)
    answer = client_for(office).post(reverse("bulletin_publish", args=[bulletin.pk]), follow=True)
    assert "这一期还没有选任何一条，不能发布。" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("leader", 403), ("member", 403)])
def test_others_do_not_edit(request, campaign, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(reverse("bulletin_new")).status_code == status


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("leader", 404), ("member", 404), ("outsider", 404)])
def test_a_draft_is_its_writers(request, campaign, office, client_for, who, status):
    bulletin = BulletinFactory(campaign=campaign, created_by=office)
    assert client_for(request.getfixturevalue(who)).get(bulletin.get_absolute_url()).status_code == status


def test_a_draft_is_thrown_away_and_an_issue_keeps_its_number(campaign, office, at, client_for):
    draft = BulletinFactory(campaign=campaign, created_by=office)
    issue = BulletinFactory(campaign=campaign, state="published", published_at=at, year=2011, number=1)
    browser = client_for(office)
    for bulletin in (draft, issue):
        url = reverse("bulletin_take_down", args=[bulletin.pk])
        assert browser.get(url).status_code == 200
        browser.post(url)
        bulletin.refresh_from_db()
        assert bulletin.state == "withdrawn"
    assert issue.number == 1
