"""Photos on the activity form: kept in their order, each bad one named, nothing half-written."""
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.models import Activity, Photo
from tests.campaign.views.activity_form import URL, at_field, client, criteria, fields, own_media  # noqa: F401
from tests.config.kit.test_pictures import picture as picture_bytes
from tests.config.kit.test_pictures import png_of


def photo(name="照片.jpg", data=None):
    return SimpleUploadedFile(name, picture_bytes() if data is None else data)


def test_several_photos_are_kept_in_their_order(client, fields, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(URL, fields | {"photos": [photo("a.jpg"), photo("b.png", picture_bytes("PNG", (30, 20)))]})
    rows = [row.photo for row in Activity.objects.get().activity_photos.order_by("position")]
    assert [(row.width, row.height) for row in rows] == [(640, 480), (30, 20)]
    assert sorted(path.suffix for path in tmp_path.rglob("*") if path.is_file()) == [".jpg", ".jpg"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("照片.jpg", b"<html><script>alert(1)</script></html>", "“照片.jpg”不是照片，请选 JPG、PNG 或 HEIC 文件。"),
        ("大图.png", png_of(9000, 9000), "“大图.png”有 8100 万像素，最多 4000 万像素。"),
        ("x.jpg", b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024 - 3), "“x.jpg”有 30 MB，最多 10 MB。"),
    ],
    ids=["html", "81 megapixels", "30 MB"],
)
def test_a_bad_photo_is_named_and_nothing_is_written(client, fields, tmp_path, name, data, sentence):
    response = client.post(URL, fields | {"photos": [photo("好.jpg"), photo(name, data)]})
    assert at_field(response, "photos") == [sentence]
    assert sentence in response.content.decode() and "选好的照片没有留住，请重新选。" in response.content.decode()
    assert not Activity.objects.exists() and not Photo.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_every_bad_photo_has_its_own_sentence(client, fields):
    response = client.post(URL, fields | {"photos": [photo("一.jpg", b"x"), photo("二.jpg", b"y")]})
    assert at_field(response, "photos") == [
        "“一.jpg”不是照片，请选 JPG、PNG 或 HEIC 文件。", "“二.jpg”不是照片，请选 JPG、PNG 或 HEIC 文件。"
    ]


def test_seven_photos_are_too_many(client, fields):
    response = client.post(URL, fields | {"photos": [photo(f"{n}.jpg") for n in range(7)]})
    assert at_field(response, "photos") == ["照片最多 6 张，选了 7 张。"]
