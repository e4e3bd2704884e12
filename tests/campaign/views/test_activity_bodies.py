"""An activity names the registered bodies that took part: form, correction, list, and plain kinds otherwise."""
import datetime

import pytest

from campaign.models import Activity
from tests.campaign.views.activity_form import URL, client, criteria, fields, own_media  # noqa: F401
from tests.factories.campaign import ActivityFactory
from units.models import LinkedBody


@pytest.fixture
def union(unit):
    return LinkedBody.objects.create(organization=unit, kind="union", name="办公厅工会", founded_on=datetime.date(2006, 5, 1))


@pytest.fixture
def foreign(tree):
    return LinkedBody.objects.create(organization=tree.institution, kind="youth", name="信息中心团委", founded_on="2006-05-04")


def test_the_form_offers_bodies_of_the_line_and_plain_kinds(client, union, foreign):  # noqa: F811
    form = client.get(URL + "?blank=1").context["form"]
    assert form.fields["bodies"].choices == [(str(union.pk), "办公厅工会"), ("youth", "共青团"), ("women", "妇女组织")]


def test_a_body_is_named_and_stays_through_a_correction(client, fields, union, secretary):  # noqa: F811
    answer = client.post(URL, fields | {"bodies": [str(union.pk), "youth"]})
    first = Activity.objects.get()
    assert (answer.status_code, list(first.linked_bodies.all()), first.bodies) == (302, [union], ["youth"])
    assert "办公厅工会、共青团" in client.get(first.get_absolute_url()).content.decode()
    LinkedBody.objects.filter(pk=union.pk).update(ended_on=datetime.date(2011, 6, 1))
    page = client.get(f"/activities/{first.lineage}/correct/")
    assert page.context["form"]["bodies"].value() == [str(union.pk), "youth"]
    assert page.context["body_words"] == ["办公厅工会", "共青团"]
    sent = fields | {"bodies": ["youth"], "nonce": "", "version": first.pk, "reason": "工会没有来", "title": first.title}
    answer = client.post(f"/activities/{first.lineage}/correct/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    newer = Activity.objects.standing().get()
    assert (list(newer.linked_bodies.all()), list(first.linked_bodies.all())) == ([], [union])
    text = client.get(newer.get_absolute_url()).content.decode()
    assert "办公厅工会、共青团" in text and "工会没有来" in text


def test_a_body_of_another_unit_is_no_choice(client, fields, foreign):  # noqa: F811
    form = client.post(URL, fields | {"bodies": [str(foreign.pk)]}).context["form"]
    assert form.errors["bodies"] == ["没有这一项，请重新选。"]
    assert not Activity.objects.exists()


def test_the_list_opens_with_one_body(campaign, branch, union, secretary, client_for):
    together = ActivityFactory(campaign=campaign, organization=branch, title="一起的")
    together.linked_bodies.add(union)
    ActivityFactory(campaign=campaign, organization=branch, title="自己的")
    answer = client_for(secretary).get(f"/activities/?body={union.pk}")
    assert [row.title for row in answer.context["page"]] == ["自己的", "一起的"]  # not the secretary's body to read
    answer = client_for(secretary).get("/activities/")
    assert len(answer.context["page"].object_list) == 2


def test_the_committee_narrows_to_its_union_and_the_unit_s_page_counts(campaign, branch, union, committee, client_for):
    together = ActivityFactory(campaign=campaign, organization=branch, title="一起的")
    together.linked_bodies.add(union)
    ActivityFactory(campaign=campaign, organization=branch, title="自己的")
    browser = client_for(committee)
    answer = browser.get(f"/activities/?body={union.pk}")
    assert [row.title for row in answer.context["page"]] == ["一起的"]
    assert "和办公厅工会一起开展的" in answer.content.decode()
    sections = browser.get(union.organization.get_absolute_url()).context["sections"]
    section = next(section for section in sections if section.key == "body")
    assert (section.key, section.figures[0].value, section.figures[0].url) == ("body", "1", f"/activities/?body={union.pk}")
