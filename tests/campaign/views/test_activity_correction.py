"""Correcting an activity: the form comes filled, a reason is asked for, and the second of two editors sees both texts."""
import datetime
import re
import uuid

import pytest
from django.urls import reverse

from campaign.models import Activity, TaskResult
from tests.factories.campaign import ActivityFactory, CriterionFactory, PlanFactory, TaskFactory
from tests.factories.photos import PhotoFactory


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def activity(campaign, branch, branch_members):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好")
    roster = {member: number != 1 for number, member in enumerate(branch_members)}
    return ActivityFactory(campaign=campaign, organization=branch, title="走访", roster=roster, codes=["G2"])


@pytest.fixture
def url(activity):
    return reverse("activity_correct", args=[activity.lineage])


@pytest.fixture
def client(secretary, client_for):
    return client_for(secretary)


@pytest.fixture
def fields(client, activity, url):
    """What the shown form sends back when only the reason is filled in."""
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None and name != "photos"}
    return sent | {
        "reason": "户数写错了", "nonce": uuid.uuid4().hex, "organization": activity.organization_id,
        "happened_on": "2011-05-10", "roster_on": "2011-05-10",
    }


def test_the_form_comes_with_what_is_stored(client, url, activity, branch_members):
    form = client.get(url).context["form"]
    assert (form["title"].value(), form["text"].value(), form["present"].value()) == ("走访", activity.text, 4)
    assert form["absent"].value() == [str(branch_members[1].pk)]
    assert (form["codes"].value(), form["version"].value()) == (["G2"], activity.pk)


def test_a_correction_leads_back_to_the_activity(client, url, fields, activity, secretary):
    response = client.post(url, fields | {"text": "走访 8 户。"}, follow=True)
    newer = Activity.objects.standing().get()
    assert response.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert (newer.text, newer.change_reason, newer.recorded_by) == ("走访 8 户。", "户数写错了", secretary)
    page = response.content.decode()
    assert "已更正，原来的一版留在经过里。" in page
    assert activity.text in page and "户数写错了" in page  # in the history, struck through


def test_two_clicks_make_one_version(client, url, fields):
    first, second = client.post(url, fields), client.post(url, fields)
    assert first.url == second.url
    assert Activity.objects.count() == 2


def test_without_a_reason_nothing_changes(client, url, fields):
    response = client.post(url, fields | {"reason": ""})
    assert response.context["form"].errors["reason"] == ["请写一句为什么更正。"]
    assert Activity.objects.count() == 1


def test_the_refusals_are_those_of_a_new_activity(client, url, fields):
    response = client.post(url, fields | {"happened_on": "2011-06-11", "roster_on": ""})
    assert response.context["form"].errors["happened_on"] == ["日期不能晚于今天（2011年6月10日）。"]


def test_a_photo_that_is_ticked_is_left_out(client, url, fields, activity):
    stays, goes = PhotoFactory.create_batch(2, organization=activity.organization)
    for place, photo in enumerate((stays, goes)):
        activity.activity_photos.create(photo=photo, position=place)
    assert goes.get_absolute_url() in client.get(url).content.decode()
    client.post(url, fields | {"remove_photos": [goes.pk]})
    assert list(Activity.objects.standing().get().photos.all()) == [stays]


def test_another_task_is_chosen_from_a_list(client, url, fields, campaign, activity):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=activity.organization), title="窗口服务")
    assert f'<option value="{task.lineage}">窗口服务</option>' in client.get(url).content.decode()
    client.post(url, fields | {"task": task.lineage})
    assert TaskResult.objects.standing().get().task == task


# Two editors ----------------------------------------------------------------------------------
@pytest.fixture
def clash(client, url, fields, committee, client_for):
    """The answer to the secretary, who sends a form that was opened before the committee corrected the place."""
    client_for(committee).post(url, fields | {"place": "西街", "nonce": uuid.uuid4().hex, "reason": "补地点"})
    return client.post(url, fields | {"text": "走访 8 户。", "place": ""})


def test_the_second_editor_sees_both_texts(clash, activity):
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "您填的时候，单位党委在 6月10日 09:00 更正了这条活动。" in page
    assert "走访 8 户。" in page and activity.text in page and "西街" in page
    assert Activity.objects.standing().get().place == "西街"


def hidden(page):
    """The hidden fields of the page's last form as a browser sends them."""
    fields = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page[page.rindex("<form") :]):
        fields.setdefault(name, []).append(value)
    return fields


def test_the_second_editor_can_send_the_own_text_after_all(clash, client, url):
    response = client.post(url, hidden(clash.content.decode()[: clash.content.decode().index("</main>")]))
    newest = Activity.objects.standing().get()
    assert response.status_code == 302
    assert (newest.text, newest.place, newest.change_reason) == ("走访 8 户。", "", "户数写错了")
    assert Activity.objects.count() == 3


def test_the_second_editor_can_go_on_in_the_form(clash, client, url):
    form = hidden(clash.content.decode()[: clash.content.decode().index("</main>")])
    page = client.post(url, form | {"again": "1"})
    assert page.context["form"]["text"].value() == "走访 8 户。"
    assert int(page.context["form"]["version"].value()) == Activity.objects.standing().get().pk
    assert Activity.objects.count() == 2


def test_a_correction_of_what_was_withdrawn_meanwhile_keeps_the_text(client, url, fields, activity, at):
    Activity.objects.update(superseded_at=at)
    response = client.post(url, fields | {"text": "走访 8 户。"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "别人先撤回了" in page and "走访 8 户。" in page and "用我填的再更正一次" not in page
    assert not Activity.objects.standing().exists()


# Scope ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("member", 403), ("outsider", 404)])
def test_others_do_not_correct(request, url, client_for, method, who, status):
    response = getattr(client_for(request.getfixturevalue(who)), method)(url, {"reason": "x"})
    assert response.status_code == status


def test_what_was_withdrawn_is_not_opened_for_correction(client, url, at):
    Activity.objects.update(superseded_at=at)
    response = client.get(url)
    assert response.status_code == 403
    assert "这条活动已经撤回，不能再更正。" in response.content.decode()


def test_another_day_chosen_by_htmx_brings_its_roster(client, url):
    part = client.get(url, {"happened_on": "2011-05-11"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="roster_on" value="2011-05-11"' in part and "<html" not in part


def test_the_day_of_the_form_is_that_of_the_activity(client, url):
    assert client.get(url).context["day"] == datetime.date(2011, 5, 10)
