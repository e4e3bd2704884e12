"""Documents on disk and in the database, by the same rule as photos: the row's commit puts the file in its place."""
import secrets
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.domain.photos import PART, NoRoomForPhotos, drop_parts, photo_path, put_in_place, write_part
from campaign.models import Document

MOST_DOCUMENTS = 3


def store_documents(papers, *, organization, by, at):
    """Write `papers` (config.kit.papers.Paper) and their rows inside the caller's transaction. Returns the Documents.

    Raises NoRoomForPhotos.
    """
    written = []
    try:
        for paper in papers:
            written.append(f"documents/{timezone.localtime(at):%Y%m}/{secrets.token_hex(16)}.{paper.kind}")
            write_part(written[-1], paper.content)
    except OSError as reason:
        drop_parts(written)
        raise NoRoomForPhotos(
            _("文件没有存下来：服务器的磁盘写不进去。活动还没有提交，请告诉系统管理员，或先不传文件。"), field="documents"
        ) from reason
    transaction.on_commit(partial(put_in_place, written), robust=True)
    return [
        Document.objects.create(
            organization=organization, file=name, name=paper.name, byte_size=len(paper.content), sha256=paper.sha256,
            uploaded_by=by, uploaded_at=at,
        )
        for name, paper in zip(written, papers, strict=True)
    ]


def open_document(document):
    """The opened file, finishing a move that a killed process has left. Raises FileNotFoundError."""
    path = photo_path(document.file.name)
    if not path.exists():
        photo_path(document.file.name + PART).rename(path)
    return path.open("rb")
