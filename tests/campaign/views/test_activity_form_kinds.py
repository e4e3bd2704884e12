"""The form of an activity asks for what the chosen kind needs, and takes a roster of forty by exception."""
import pytest

from campaign.models import Activity, ActivityKind
from tests.campaign.views.activity_form import URL, at_field, client, criteria, fields, own_media  # noqa: F401
from tests.factories.units import MemberFactory


@pytest.fixture
def lecture(db):
    return ActivityKind.objects.get(code="party_lecture")


def test_without_javascript_the_fields_of_the_kind_come_with_the_refusal(client, fields, lecture):
    page = client.post(URL, fields | {"kind": lecture.pk})
    assert at_field(page, "extra_speaker") == ["请填“主讲人”。"] and 'name="extra_topic"' in page.content.decode()
    client.post(URL, fields | {"kind": lecture.pk, "extra_speaker": "李四", "extra_topic": "讲党史"})
    activity = Activity.objects.get()
    assert activity.extras == {"speaker": "李四", "topic": "讲党史"}
    shown = client.get(activity.get_absolute_url()).content.decode()
    assert "主讲人" in shown and "讲党史" in shown


def test_a_button_lists_the_fields_and_keeps_what_was_typed(client, fields, lecture):
    page = client.post(URL, fields | {"kind": lecture.pk, "kind_again": "1", "text": ""})
    assert page.status_code == 200 and not page.context["form"].errors
    html = page.content.decode()
    assert 'name="extra_speaker"' in html and page.context["form"]["present"].value() == "5"


def test_htmx_asks_for_the_fields_of_another_kind(client, lecture):
    page = client.get(f"{URL}?kind={lecture.pk}", headers={"HX-Request": "true", "HX-Target": "extras"})
    assert page.templates[0].name == "campaign/activity_extras.html" and 'name="extra_speaker"' in page.content.decode()


def test_a_retired_kind_is_not_offered(client, fields, lecture, at):
    lecture.retired_at = at
    lecture.save()
    assert at_field(client.post(URL, fields | {"kind": lecture.pk}), "kind") == ["没有这种类型，请重新选。"]


def test_numbers_bodies_and_reasons_are_kept(client, fields, branch_members):
    missing = branch_members[3].pk
    client.post(URL, fields | {
        "present": "4", "absent": [missing], f"absence_{missing}": "travel", "served": "12", "bodies": ["union", "women"],
    })
    activity = Activity.objects.get()
    assert (activity.served, activity.bodies) == (12, ["union", "women"])
    assert activity.participations.get(was_present=False).reason == "travel"
    shown = client.get(activity.get_absolute_url()).content.decode()
    assert f"{branch_members[3]}（出差）" in shown and "工会、妇女组织" in shown
    form = client.get(f"/activities/{activity.lineage}/correct/").context["form"]
    assert (form.reason_of(missing), form["bodies"].value()) == ("travel", ["union", "women"])


def test_a_nonsense_reason_is_no_reason(client, fields, branch_members):
    missing = branch_members[3].pk
    client.post(URL, fields | {"present": "4", "absent": [missing], f"absence_{missing}": "nonsense"})
    assert Activity.objects.get().participations.get(was_present=False).reason == ""


def test_forty_members_are_ticked_by_exception(client, fields, branch):
    MemberFactory.create_batch(35, organization=branch)
    page = client.get(URL)
    assert (len(page.context["people"]), page.context["form"]["present"].value()) == (40, 40)
    assert page.content.decode().count('name="absent"') == 40
    missing = [person["pk"] for person in page.context["people"][:3]]
    client.post(URL, fields | {"present": "37", "expected": "40", "absent": missing, f"absence_{missing[0]}": "leave"})
    activity = Activity.objects.get()
    assert (activity.expected, activity.present, activity.participations.filter(was_present=True).count()) == (40, 37, 37)
