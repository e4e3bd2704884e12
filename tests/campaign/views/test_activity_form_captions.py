"""The page of the captions: who may change them, what is refused, and that the activity shows them."""
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Activity
from tests.campaign.views.activity_form import URL, at_field, client, criteria, fields, own_media  # noqa: F401
from tests.config.kit.test_pictures import picture as picture_bytes


@pytest.fixture
def activity(client, fields):
    client.post(URL, fields | {"photos": SimpleUploadedFile("a.jpg", picture_bytes())})
    return Activity.objects.get()


@pytest.fixture
def url(activity):
    return f"/activities/{activity.lineage}/captions/"


def test_captions_are_prefilled_changed_and_shown(client, activity, url):
    shown = client.get(activity.get_absolute_url()).content.decode()
    assert "时间：2011年6月10日；人物：办公厅第一党支部党员 5 人" in shown and f'href="{url}"' in shown
    name = f"caption_{activity.photos.get().pk}"
    assert client.get(url).context["form"][name].value().startswith("时间：2011年6月10日")
    sent = {"version": activity.pk, name: "老人拿到优待证。", "nonce": "a"}
    assert "老人拿到优待证。" in client.post(url, sent, follow=True).content.decode()
    page_again = client.post(url, sent | {"nonce": "b"})
    assert page_again.context["form"].non_field_errors() == ["这条记录已经被别人更正，请看最新的一版。"]


def test_an_empty_caption_is_refused(client, activity, url):
    name = f"caption_{activity.photos.get().pk}"
    answer = client.post(url, {"version": activity.pk, name: " "})
    assert at_field(answer, name) == ["请写说明，至少写清时间、地点和人物。"]


@pytest.mark.parametrize(
    ("who", "status"), [("committee", 200), ("office", 200), ("leader", 403), ("member", 403), ("outsider", 404)]
)
def test_who_may_change_them(request, url, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(url).status_code == status


def test_without_photos_there_is_no_such_page(client, fields):
    client.post(URL, fields)
    assert client.get(f"/activities/{Activity.objects.get().lineage}/captions/").status_code == 404
