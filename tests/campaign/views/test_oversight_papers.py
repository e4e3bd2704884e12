"""Papers of an exchange meeting: chosen from what is published, shown with the meeting, never counted."""
import pytest
from django.urls import reverse

from campaign.domain import oversights
from campaign.models import Oversight
from tests.factories.releases import PaperFactory


def held(campaign, unit, office, at, kind="exchange"):
    return Oversight.objects.create(
        campaign=campaign, organization=unit, kind=kind, title="实践成果交流会", held_on=at.date(), people="各支部书记",
        text="交流了做法", recorded_at=at, recorded_by=office,
    )


@pytest.fixture
def meeting(campaign, unit, office, at):
    return held(campaign, unit, office, at)


@pytest.fixture
def papers(campaign, branch):
    return PaperFactory.create_batch(3, campaign=campaign, organization=branch)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, meeting, papers, office, at, client_for, django_assert_num_queries
):
    oversights.link_papers(meeting, papers[:rows], by=office, at=at)
    browser = client_for(office)
    browser.get(meeting.get_absolute_url())
    with django_assert_num_queries(9):
        answer = browser.get(meeting.get_absolute_url())
    assert answer.context["papers"] == papers[:rows]


def test_they_are_chosen_and_changed_on_one_page(meeting, papers, campaign, branch, office, client_for):
    draft = PaperFactory(campaign=campaign, organization=branch, state="draft", published_at=None)
    browser, address = client_for(office), reverse("oversight_papers", args=[meeting.pk])
    page = browser.get(address).content.decode()
    assert papers[0].title in page and draft.title not in page
    answer = browser.post(address, {"papers": [papers[0].pk, papers[1].pk]}, follow=True)
    assert "已登记交流的成果。" in answer.content.decode() and papers[0].title in answer.content.decode()
    browser.post(address, {"papers": [papers[1].pk], "nonce": "x"})
    assert [row.paper for row in meeting.oversight_papers.all()] == [papers[1]]
    assert "登记成果" in browser.get(meeting.get_absolute_url()).content.decode()
    assert "papers" in browser.post(address, {"papers": [draft.pk]}).context["form"].errors


@pytest.mark.parametrize(("who", "status"), [("committee", 200), ("secretary", 404), ("member", 404), ("outsider", 404)])
def test_who_may(who, status, meeting, papers, client_for, request):
    answer = client_for(request.getfixturevalue(who)).get(reverse("oversight_papers", args=[meeting.pk]))
    assert answer.status_code == status


def test_only_an_exchange_meeting_has_papers_and_only_published_ones(campaign, unit, branch, office, at, papers, client_for):
    hearing = held(campaign, unit, office, at, kind="hearing")
    with pytest.raises(oversights.NoPapersHere) as refused:
        oversights.link_papers(hearing, papers, by=office, at=at)
    assert refused.value.message == "只有交流研讨才附交流的成果。"
    assert client_for(office).get(reverse("oversight_papers", args=[hearing.pk])).status_code == 403
    draft = PaperFactory(campaign=campaign, organization=branch, state="draft", published_at=None)
    with pytest.raises(oversights.PaperNotPublished) as refused:
        oversights.link_papers(held(campaign, unit, office, at), [draft], by=office, at=at)
    assert refused.value.message == "只能选已经发布的成果。"
