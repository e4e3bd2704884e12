"""Makers of photos: rows with their files, and pictures as they leave the check."""
import hashlib

import factory
from django.utils import timezone

from campaign.domain.photos import photo_path
from campaign.models import Photo
from config.kit.pictures import Picture
from tests.factories.campaign import DAY, noon
from tests.factories.units import OrganizationFactory

# A white JPEG of one pixel.
PIXEL = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffc0000b080001000101011100ffc40014000100000000000000000000000000000003"
    "ffc40014100100000000000000000000000000000000ffda0008010100003f0037ffd9"
)


def picture(content=PIXEL):
    """A checked picture that waits to be stored."""
    return Picture(content, 1, 1, hashlib.sha256(content).hexdigest(), None)


class PhotoFactory(factory.django.DjangoModelFactory):
    """A stored photo with its file in the media folder."""

    class Meta:
        model = Photo

    organization = factory.SubFactory(OrganizationFactory)
    file = factory.Sequence(lambda n: f"photos/201105/{n:032x}.jpg")
    width = 1
    height = 1
    byte_size = len(PIXEL)
    sha256 = hashlib.sha256(PIXEL).hexdigest()
    uploaded_at = factory.LazyFunction(lambda: timezone.localtime(noon(DAY)))

    @classmethod
    def _create(cls, model_class, *args, **fields):
        photo = super()._create(model_class, *args, **fields)
        path = photo_path(photo.file.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PIXEL)
        return photo
