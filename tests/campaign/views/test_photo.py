"""Photos are served to those who may see the organisation, as what they are and nothing else."""
import pytest

from campaign.domain.photos import photo_path
from tests.factories.photos import PIXEL, PhotoFactory


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(branch):
    return PhotoFactory(organization=branch)


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("member", 200), ("leader", 200), ("committee", 200), ("outsider", 404), ("system", 404)],
)
def test_a_photo_exists_for_those_who_see_its_organisation(request, photo, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(photo.get_absolute_url()).status_code == status


def test_a_stranger_is_sent_to_the_login_page(photo, client_for):
    assert client_for(None).get(photo.get_absolute_url()).status_code == 302


def test_a_photo_is_served_as_a_photo(photo, secretary, client_for):
    response = client_for(secretary).get(photo.get_absolute_url())
    assert b"".join(response.streaming_content) == PIXEL
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=86400, immutable"
    assert response["Content-Disposition"] == f'inline; filename="photo-{photo.pk}.jpg"'


def test_a_photo_whose_file_was_lost_does_not_exist(photo, secretary, client_for):
    photo_path(photo.file.name).unlink()
    assert client_for(secretary).get(photo.get_absolute_url()).status_code == 404
