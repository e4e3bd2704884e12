"""Photos: a row never without its file, a file never under its name without a row, also when the disk is full."""
import os
import resource
import time
from contextlib import contextmanager

import pytest
from django.db import transaction

from campaign.domain.photos import PART, NoRoomForPhotos, open_photo, photo_path, store_photos, sweep_parts
from campaign.models import Photo
from tests.factories.photos import PIXEL, PhotoFactory, picture


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def store(branch, secretary, at):
    return lambda pictures: store_photos(pictures, organization=branch, by=secretary, at=at)


@contextmanager
def small_disk():
    """Files of this process may not grow beyond 4 KiB: the kernel refuses the write as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files(tmp_path):
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_the_file_comes_to_its_place_with_the_commit(store, tmp_path, branch, secretary, at):
    with transaction.atomic():
        row, = store([picture()])
        assert files(tmp_path) == [os.path.basename(row.file.name) + PART]
    assert files(tmp_path) == [os.path.basename(row.file.name)]
    assert photo_path(row.file.name).read_bytes() == PIXEL
    assert (row.organization, row.uploaded_by, row.uploaded_at, row.byte_size) == (branch, secretary, at, len(PIXEL))
    assert row.file.name.startswith("photos/201106/")


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_file_under_its_name(store, tmp_path):
    with pytest.raises(RuntimeError), transaction.atomic():
        store([picture()])
        raise RuntimeError
    assert not Photo.objects.exists()
    assert [name for name in files(tmp_path) if not name.endswith(PART)] == []
    assert sweep_parts(older_than=time.time() + 1) == (0, 1)
    assert files(tmp_path) == []


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_neither_row_nor_file(store, tmp_path):
    with pytest.raises(NoRoomForPhotos) as refused, transaction.atomic(), small_disk():
        store([picture(), picture(PIXEL + b"\0" * 10_000)])
    assert refused.value.message == (
        "照片没有存下来：服务器的磁盘写不进去。活动还没有提交，请告诉系统管理员，或先不传照片。"
    )
    assert refused.value.field == "photos"
    assert (Photo.objects.count(), files(tmp_path)) == (0, [])


def test_a_move_that_was_left_is_finished_by_whoever_looks(branch, tmp_path):
    row = PhotoFactory(organization=branch)
    place = photo_path(row.file.name)
    place.rename(photo_path(row.file.name + PART))
    with open_photo(row) as file:
        assert file.read() == PIXEL
    assert files(tmp_path) == [place.name]


def test_the_sweep_finishes_moves_and_leaves_young_parts_alone(branch, tmp_path):
    row = PhotoFactory(organization=branch)
    photo_path(row.file.name).rename(photo_path(row.file.name + PART))
    photo_path("photos/201105/young.jpg" + PART).write_bytes(b"x")
    assert sweep_parts(older_than=time.time() - 3600) == (1, 0)
    assert files(tmp_path) == [os.path.basename(row.file.name), "young.jpg" + PART]


def test_a_lost_file_is_not_made_up(branch):
    row = PhotoFactory(organization=branch)
    photo_path(row.file.name).unlink()
    with pytest.raises(FileNotFoundError):
        open_photo(row)
