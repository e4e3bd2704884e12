"""The friendly look on the form: said once, one press goes on, photos wait meanwhile, and nobody else is told."""
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.domain import photos
from campaign.models import Activity, FriendlyHint, Photo, StagedPhoto
from tests.campaign.views.activity_form import URL, client, criteria, fields, own_media  # noqa: F401
from tests.config.kit.test_pictures import exif, picture

TEXT = "到幸福社区走访12户困难老人，送去米面油，帮4户修好了漏水的水管。"


@pytest.fixture
def again(client, fields):
    """The fields of a second form with the words of an entry that stands."""
    client.post(URL, fields | {"text": TEXT})
    return fields | {"text": TEXT.replace("12", "13"), "nonce": "again", "happened_on": "2011-06-09", "roster_on": "2011-06-09"}


def upload():
    return SimpleUploadedFile("a.jpg", picture(exif=exif(taken="2011:03:01 10:00:00")))


def test_the_look_is_said_and_nothing_is_written(client, again):
    page = client.post(URL, again)
    html = page.content.decode()
    assert page.status_code == 200 and Activity.objects.count() == 1
    assert "提交前请看一眼" in html and "有约 100% 相同" in html and 'name="anyway"' in html
    assert page.context["form"]["text"].value() == again["text"] and not page.context["form"].errors


def test_one_press_submits_all_the_same_and_the_kinds_stay(client, again, branch):
    client.post(URL, again)
    client.post(URL, again | {"anyway": "1"})
    activity = Activity.objects.get(text=again["text"])
    assert [(hint.activity, hint.organization, hint.kind) for hint in FriendlyHint.objects.all()] == [(activity, branch, "text")]
    assert "相同" not in client.get(activity.get_absolute_url()).content.decode()


def test_a_double_click_is_no_copy_of_itself(client, again):
    client.post(URL, again)
    first, second = (client.post(URL, again | {"anyway": "1"}) for _press in range(2))
    assert first.url == second.url and Activity.objects.count() == 2


def test_what_was_changed_after_the_look_goes_through(client, again):
    client.post(URL, again)
    client.post(URL, again | {"text": "开了一次会，研究窗口怎么少让群众跑路，定了三条办法。"})
    assert Activity.objects.count() == 2 and not FriendlyHint.objects.exists()


def test_photos_wait_for_the_second_press(client, fields, secretary):
    page = client.post(URL, fields | {"photos": upload()})
    assert "是2011年3月1日拍的，和活动日期差 101 天" in page.content.decode()
    photo = Photo.objects.get()
    assert page.context["staged"] == [photo.pk] and f'name="staged" value="{photo.pk}"' in page.content.decode()
    client.post(URL, fields | {"anyway": "1", "staged": [photo.pk]})
    assert list(Activity.objects.get().photos.all()) == [photo] and not StagedPhoto.objects.exists()
    assert [hint.kind for hint in FriendlyHint.objects.all()] == ["day"]


def test_a_waiting_photo_can_be_taken_away(client, fields):
    client.post(URL, fields | {"photos": upload()})
    photo = Photo.objects.get()
    client.post(URL, fields | {"staged": [photo.pk], "remove_photos": [photo.pk]})
    assert not Activity.objects.get().photos.exists() and StagedPhoto.objects.get().photo == photo


def test_somebody_elses_waiting_photo_is_none(client, fields, committee, at, branch):
    class Sent:
        content, width, height, sha256, taken_on = picture(), 1, 1, "0" * 64, None

    photo, = photos.stage_photos([Sent], organization=branch, by=committee, at=at)
    client.post(URL, fields | {"staged": [photo.pk]})
    assert not Activity.objects.get().photos.exists()


def test_the_same_photo_of_an_older_entry_is_named(client, fields):
    client.post(URL, fields | {"photos": SimpleUploadedFile("a.jpg", picture())})
    smaller = io.BytesIO(picture(size=(320, 240)))
    sent = SimpleUploadedFile("b.jpg", smaller.getvalue())
    page = client.post(URL, fields | {"text": "开了一次会，定了三条办法。", "nonce": "again", "photos": sent})
    assert "第 1 张照片在办公厅第一党支部 2011年6月10日的“6月主题党日”里用过" in page.content.decode()


def test_photos_that_nobody_submitted_are_forgotten_after_a_day(client, fields, at):
    client.post(URL, fields | {"photos": upload()})
    assert photos.forget_staged(before=at) == 0
    path = photos.photo_path(Photo.objects.get().file.name)
    assert photos.forget_staged(before=at.replace(day=11)) == 1
    assert not Photo.objects.exists() and not path.exists()


def test_a_correction_is_looked_at_only_where_it_is_new(client, again):
    client.post(URL, again | {"anyway": "1"})
    activity = Activity.objects.get(text=again["text"])
    url = f"/activities/{activity.lineage}/correct/"
    sent = again | {"version": activity.pk, "reason": "地点补上", "place": "社区", "nonce": "third"}
    client.post(url, sent)
    assert Activity.objects.standing().get(lineage=activity.lineage).place == "社区"
    newest = Activity.objects.standing().get(lineage=activity.lineage)
    page = client.post(url, sent | {"version": newest.pk, "text": TEXT.replace("12", "14"), "nonce": "fourth"})
    assert "提交前请看一眼" in page.content.decode()
    client.post(url, sent | {"version": newest.pk, "text": TEXT.replace("12", "14"), "nonce": "fourth", "anyway": "1"})
    assert Activity.objects.standing().get(lineage=activity.lineage).text == TEXT.replace("12", "14")
