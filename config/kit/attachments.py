"""One uploaded file of an anonymous sender: a photo, a PDF or a Word document, with nothing left that says who made it."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.kit import papers, pictures
from config.kit.clean_docx import clean_docx
from config.kit.clean_pdf import clean_pdf
from config.kit.picture_headers import picture_format

ACCEPTED = f"{pictures.ACCEPTED},{papers.ACCEPTED}"
HEAD = 32
PAPERS = (b"%PDF-", b"PK")
TYPES = {"jpg": "image/jpeg", **papers.TYPES}


@dataclass(frozen=True)
class Attachment:
    """A cleaned file; `kind` is jpg, pdf or docx. Its name is not kept."""

    kind: str
    content: bytes


def read_attachment(upload):
    """The Attachment of an upload (a file with `name` and `size`). Raises papers.PaperRefused, pictures.PictureRefused."""
    upload.seek(0)
    if picture_format(upload.read(HEAD)):
        return Attachment("jpg", pictures.read_picture(upload).content)
    upload.seek(0)
    if not upload.read(HEAD).startswith(PAPERS):
        raise papers.PaperRefused(_("“%(name)s”不是照片、PDF 或 Word（.docx）文件。") % {"name": upload.name[-60:]})
    paper = papers.read_paper(upload)
    clean = {"pdf": clean_pdf, "docx": clean_docx}[paper.kind]
    return Attachment(paper.kind, clean(paper.content))
