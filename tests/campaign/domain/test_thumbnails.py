"""Small copies: made by the job once for each photo, served in lists, and never missed while they are not there."""
import io

import pytest
from PIL import Image

from campaign.domain import thumbnails
from campaign.domain.photos import forget_staged, photo_path, stage_photos
from campaign.models import Photo
from campaign.tasks import make_small_copies
from tests.factories.photos import picture


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def jpeg(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def photo(branch, secretary, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return stage_photos([picture(jpeg(1200, 800))], organization=branch, by=secretary, at=at)[0]


def test_the_job_makes_it_once(photo):
    assert (thumbnails.make_small_copies(), thumbnails.make_small_copies()) == (1, 0)
    photo.refresh_from_db()
    with thumbnails.open_small(photo) as file, Image.open(file) as image:
        assert (image.format, image.size) == ("JPEG", (480, 320))
    assert photo.file.name != photo.small and photo_path(photo.file.name).exists()


def test_a_worker_that_died_leaves_nothing_in_the_way(photo):
    make_small_copies()
    photo.refresh_from_db()
    part = photo_path(photo.small + ".part")
    part.write_bytes(b"half")
    Photo.objects.update(small="")
    make_small_copies()
    assert not part.exists()
    with thumbnails.open_small(photo) as file, Image.open(file) as image:
        assert image.size == (480, 320)


@pytest.mark.parametrize("harm", ["away", "broken"])
def test_what_cannot_be_read_is_tried_once(harm, photo):
    path = photo_path(photo.file.name)
    path.unlink() if harm == "away" else path.write_bytes(b"no picture")
    make_small_copies()
    photo.refresh_from_db()
    assert not photo.has_small and not Photo.objects.without_small().exists()


def test_lists_get_the_photo_itself_until_it_is_there(photo, secretary, client_for):
    browser = client_for(secretary)
    early = browser.get(photo.small_url)
    whole = b"".join(early.streaming_content)
    assert early["Cache-Control"] == "private, no-store"
    make_small_copies()
    later = browser.get(photo.small_url)
    content = b"".join(later.streaming_content)
    assert "immutable" in later["Cache-Control"] and later["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(whole)).size == (1200, 800) and Image.open(io.BytesIO(content)).size == (480, 320)


def test_it_is_served_within_the_scope_only(photo, outsider, client_for):
    make_small_copies()
    assert client_for(outsider).get(photo.small_url).status_code == 404


def test_it_goes_with_a_photo_that_was_never_submitted(photo, at):
    make_small_copies()
    photo.refresh_from_db()
    small = photo_path(photo.small)
    assert small.exists()
    forget_staged(before=at.replace(year=2012))
    assert not small.exists()
