"""Photos on disk and in the database: never a row without its file, never a file under its name without a row.

A file is first written beside its place with the ending .part; the row's commit moves it there. A rollback leaves at
most a .part, which the sweep removes. A process killed between commit and move leaves row and .part; whoever opens the
photo next, or the sweep, finishes the move.
"""
import os
import secrets
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.models import Document, Photo, StagedPhoto
from config.kit.refusal import Refusal

PART = ".part"
MOST_PHOTOS = 6


class NoRoomForPhotos(Refusal):
    """The disk did not take the files, so nothing was written at all."""

    field = "photos"


def store_photos(pictures, *, organization, by, at):
    """Write `pictures` (config.kit.pictures.Picture) and their rows; the caller is inside a transaction.

    Returns the Photo rows in order. Raises NoRoomForPhotos.
    """
    written = []
    try:
        for picture in pictures:
            written.append(_new_place(at))
            write_part(written[-1], picture.content)
    except OSError as reason:
        drop_parts(written)
        raise NoRoomForPhotos(
            _("照片没有存下来：服务器的磁盘写不进去。活动还没有提交，请告诉系统管理员，或先不传照片。")
        ) from reason
    transaction.on_commit(partial(put_in_place, written), robust=True)
    return [_row(name, picture, organization, by, at) for name, picture in zip(written, pictures, strict=True)]


def _row(name, picture, organization, by, at):
    return Photo.objects.create(
        organization=organization, file=name, width=picture.width, height=picture.height, sha256=picture.sha256,
        byte_size=len(picture.content), taken_on=picture.taken_on, uploaded_by=by, uploaded_at=at,
    )


def photo_path(name):
    """Where the file of that name lies in the media folder."""
    return Path(Photo._meta.get_field("file").storage.path(name))


def _new_place(at):
    """A name that tells nothing about the photo; folders by month stay small."""
    return f"photos/{timezone.localtime(at):%Y%m}/{secrets.token_hex(16)}.jpg"


def write_part(name, content):
    """Write a file beside its place, safely on the disk."""
    part = photo_path(name + PART)
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(names):
    """Move written files to their places."""
    for name in names:
        photo_path(name + PART).rename(photo_path(name))


def drop_parts(names):
    """Take away what a refused or failed submission has written."""
    for name in names:
        photo_path(name + PART).unlink(missing_ok=True)


def open_photo(photo):
    """The opened file of `photo`, finishing a move that a killed process has left. Raises FileNotFoundError."""
    path = photo_path(photo.file.name)
    if not path.exists():
        photo_path(photo.file.name + PART).rename(path)
    return path.open("rb")


def stage_photos(pictures, *, organization, by, at):
    """Keep the photos of a form that is shown again, so that nobody has to choose them twice. Returns the Photo rows.

    Raises NoRoomForPhotos.
    """
    with transaction.atomic():
        photos = store_photos(pictures, organization=organization, by=by, at=at)
        StagedPhoto.objects.bulk_create([StagedPhoto(photo=photo, staged_at=at) for photo in photos])
    return photos


def staged_photos(keys, *, by):
    """The photos among `keys` that wait for `by`, in the order of `keys`."""
    waiting = Photo.objects.filter(pk__in=StagedPhoto.objects.visible_to(by).values("pk")).in_bulk(keys)
    return [waiting[key] for key in dict.fromkeys(keys) if key in waiting]


def forget_staged(*, before):
    """Take away photos that were staged before the moment `before` and never submitted. Returns how many."""
    photos = list(Photo.objects.filter(staged__staged_at__lt=before))
    for photo in photos:
        photo.delete()
        photo_path(photo.file.name).unlink(missing_ok=True)
        photo_path(photo.file.name + PART).unlink(missing_ok=True)
        if photo.has_small:
            photo_path(photo.small).unlink(missing_ok=True)
    return len(photos)


def sweep_parts(*, older_than):
    """Finish moves that were left, and remove parts that no row names and that are older than `older_than` (seconds
    since 1970 by the machine's clock, which is also what the files carry). Returns (finished, removed).
    """
    finished = removed = 0
    for folder, rows in (("photos", Photo.objects), ("documents", Document.objects)):
        for part in photo_path(folder).glob(f"*/*{PART}"):
            name = f"{folder}/{part.parent.name}/{part.name.removesuffix(PART)}"
            if rows.filter(file=name).exists():
                part.rename(photo_path(name))
                finished += 1
            elif part.stat().st_mtime < older_than:
                part.unlink()
                removed += 1
    return finished, removed
