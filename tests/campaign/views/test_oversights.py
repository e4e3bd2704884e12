"""Pages of oversight: who writes and reads, the same queries for any number, refusals at their fields."""
import pytest
from django.urls import reverse

from campaign.domain import oversights
from campaign.models import Oversight, Rectification
from tests.campaign.views.activity_form import at_field

URL = "/oversight/"


@pytest.fixture
def write(campaign, tree, office, at):
    def make(**changes):
        said = {"kind": "hearing", "title": "听汇报", "held_on": at.date(), "people": "书记", "text": "讲了三件事", **changes}
        return oversights.record_oversight(
            campaign=campaign, organization=tree.organ, **said, by=office, at=at, on=at.date()
        )

    return make


def sent(**changes):
    return {
        "kind": "hearing", "title": "听汇报", "held_on": "2011-06-10", "people": "书记", "text": "讲了三件事", "nonce": "n",
        **changes,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, write, tree, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        write(kind="exchange", asked=[tree.organ_branch])
    browser = client_for(office)
    browser.get(URL)
    with django_assert_num_queries(6):
        page = browser.get(URL)
    assert len(page.context["page"].object_list) == rows


def test_the_office_writes_filters_and_asks_for_rectification(campaign, tree, office, client_for):
    browser = client_for(office)
    new = f"{URL}new/?organization={tree.organ.pk}"
    assert "先选党组织。" in browser.get(f"{URL}new/").content.decode()
    assert "第一党支部" in browser.get(new).content.decode()
    browser.post(new, sent(kind="exchange", asked=[tree.organ_branch.pk, tree.organ_branch_2.pk], absent=[tree.organ_branch.pk]))
    made = Oversight.objects.get()
    assert "1/2" in browser.get(f"{URL}?kind=exchange").content.decode()
    assert "没有符合条件的。" in browser.get(f"{URL}?q=没有这个").content.decode()
    assert "没有到" in browser.get(made.get_absolute_url()).content.decode()
    follow = reverse("oversight_follow", args=[made.pk])
    said = {"organization": tree.organ_branch.pk, "problem": "缺记录", "due_on": "2011-06-09"}
    assert at_field(browser.post(follow, said), "due_on") == ["整改期限不能早于提出的那天。"]
    browser.post(follow, said | {"due_on": "2011-07-09"})
    assert Rectification.objects.get().get_absolute_url() in browser.get(made.get_absolute_url()).content.decode()


def test_refusals_stand_at_their_fields(campaign, tree, office, client_for):
    browser, new = client_for(office), f"{URL}new/?organization={tree.organ.pk}"
    for changes, field, words in (
        ({"held_on": "2011-06-11"}, "held_on", "日期要在活动期间，不晚于今天。"),
        ({"kind": "exchange"}, "asked", "交流研讨至少有两个党组织，请勾选应到的。"),
        ({"absent": [tree.organ_branch.pk]}, "absent", "没有到的，也要先在应到里勾上。"),
        ({"people": ""}, "people", "请写参加的人。"),
    ):
        assert at_field(browser.post(new, sent(**changes)), field) == [words]


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("office", 200, 200), ("leader", 200, 200), ("inspector", 200, 200), ("committee", 200, 200), ("secretary", 404, 403),
     ("member", 404, 403), ("outsider", 404, 403), ("system", 404, 403)],
)
def test_who_reads_and_who_writes(request, write, tree, client_for, who, reads, writes):
    made, browser = write(), client_for(request.getfixturevalue(who))
    assert browser.get(made.get_absolute_url()).status_code == reads
    assert browser.get(reverse("oversight_follow", args=[made.pk])).status_code == reads
    assert browser.get(f"{URL}new/?organization={tree.organ.pk}").status_code == writes


def test_who_was_asked_reads_but_asks_for_nothing(write, branch, secretary, client_for):
    made, browser = write(kind="exchange", asked=[branch]), client_for(secretary)
    assert browser.get(made.get_absolute_url()).status_code == 200
    assert browser.get(reverse("oversight_follow", args=[made.pk])).status_code == 403
