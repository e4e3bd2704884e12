"""Check an uploaded paper: a PDF, or a Word document without macros; what it is decides its content, not its name."""
import hashlib
import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.kit.refusal import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
ACCEPTED = ".pdf,.docx"
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


class PaperRefused(Refusal):
    """A file that is neither, or too large, or carries macros; the message names the file."""


def cannot_be_read():
    """The refusal of a file that no program here can take apart."""
    return PaperRefused(_("这个文件打不开，不能清理里面的作者和时间。请转成 PDF 或拍成照片再传。"))


@dataclass(frozen=True)
class Paper:
    """A checked file; `name` ends as its content says."""

    name: str
    kind: str
    content: bytes
    sha256: str


def read_paper(upload):
    """The Paper of an upload (a file with `name` and `size`). Raises PaperRefused."""
    name = upload.name.replace("\\", "/").rsplit("/", 1)[-1][-80:]
    if upload.size > MAX_BYTES:
        raise PaperRefused(_("“%(name)s”太大，文件最多 10 MB。") % {"name": name})
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    kind = "pdf" if content.startswith(b"%PDF-") else "docx" if _is_docx(content, name) else ""
    if not kind:
        raise PaperRefused(_("“%(name)s”不是 PDF 或 Word（.docx）文件。") % {"name": name})
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return Paper(f"{stem}.{kind}", kind, content, hashlib.sha256(content).hexdigest())


def _is_docx(content, name):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    names = {part.filename for part in parts}
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise PaperRefused(_("“%(name)s”里有宏，请另存为不带宏的文件。") % {"name": name})
    return {"[Content_Types].xml", "word/document.xml"} <= names and sum(part.file_size for part in parts) <= MAX_UNPACKED
