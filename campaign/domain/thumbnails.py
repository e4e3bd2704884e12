"""Small copies of photos for lists, made by a job: the rows without one are its queue, and twice makes the same file."""
import os

from campaign.domain.photos import PART, open_photo, photo_path, write_part
from campaign.models import Photo
from campaign.models.photo import NO_SMALL
from config.kit.pictures import small_copy


def make_small_copies(*, limit=100):
    """Make up to `limit` small copies that are missing. Returns how many photos were tried."""
    photos = list(Photo.objects.without_small().order_by("pk")[:limit])
    for photo in photos:
        Photo.objects.filter(pk=photo.pk).update(small=_made(photo))
    return len(photos)


def _made(photo):
    """The name of the copy, beside the photos' own folders; NO_SMALL of a file that is away or cannot be read."""
    try:
        with open_photo(photo) as file:
            content = small_copy(file.read())
    except FileNotFoundError:
        content = None
    if content is None:
        return NO_SMALL
    name = photo.file.name.replace("photos/", "small/", 1)
    photo_path(name + PART).unlink(missing_ok=True)  # of a worker that died here
    write_part(name, content)
    os.replace(photo_path(name + PART), photo_path(name))
    return name


def open_small(photo):
    """The opened small copy, or the photo itself while there is none. Raises FileNotFoundError."""
    path = photo_path(photo.small) if photo.has_small else None
    return path.open("rb") if path is not None and path.exists() else open_photo(photo)
