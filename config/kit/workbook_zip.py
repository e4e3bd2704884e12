"""Look into an .xlsx before it is read: count what it unpacks to, refuse macros and nested files, scan every sheet."""
import io
import posixpath
import zipfile
import zlib
from contextlib import contextmanager
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from config.kit.sheet_facts import NotReadable, SheetFacts
from config.kit.workbook_refusals import (
    DamagedWorkbook,
    LockedWorkbook,
    NestedFile,
    WorkbookTooBig,
    WorkbookWithMacros,
    WrongFileType,
)
from config.kit.xlsx_scan import XmlSheetScan

MAGIC = b"PK"
MAX_UNPACKED = 50 * 1024 * 1024
MAX_PARTS = 5_000
_CHUNK = 64 * 1024
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_MAIN = "xl/workbook.xml"


def glance(data, name):
    """Refuse what the list of parts alone shows. Raises a WorkbookRefusal."""
    with _opened(data, name) as archive:
        _check_names({part.filename for part in archive.infolist()}, archive, name)


def inspect(data, name, *, max_rows):
    """Facts of the sheets in the workbook's order. Raises a WorkbookRefusal."""
    with _opened(data, name) as archive:
        parts = archive.infolist()
        _check_names({part.filename for part in parts}, archive, name)
        order = _sheet_parts(archive)
        found = _unpack(archive, parts, set(order), name, max_rows)
    return [found.get(part, SheetFacts()) for part in order]


@contextmanager
def _opened(data, name):
    """The archive; whatever goes wrong with its bytes inside is told as a refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotReadable, ElementTree.ParseError, KeyError) as reason:
        raise DamagedWorkbook(name) from reason
    except NotImplementedError as reason:  # packed in a way that Excel does not use
        raise DamagedWorkbook(name) from reason
    except RuntimeError as reason:  # how zipfile says that a part has a password
        raise LockedWorkbook(name) from reason


def _check_names(names, archive, name):
    if len(names) > MAX_PARTS:
        raise WorkbookTooBig(name, _("里的部件太多。请另存一份再上传。"))
    if _MAIN not in names:
        raise WrongFileType(name, _other_zip(names))
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in names):
        raise WorkbookWithMacros(name)
    if b"macroEnabled" in _read_small(archive, "[Content_Types].xml"):
        raise WorkbookWithMacros(name)
    inner = next((part for part in sorted(names) if part.startswith("xl/embeddings/") and part[-1] != "/"), None)
    if inner:
        raise NestedFile(name, inner)


def _other_zip(names):
    if any(part.startswith("word/") for part in names):
        return _("Word 文档")
    if "xl/workbook.bin" in names:
        return _("二进制工作簿（.xlsb）")
    if "content.xml" in names:
        return _("OpenDocument 文件")
    return _("压缩包")


def _read_small(archive, part):
    """The bytes of a part of the workbook's frame, at most 2 MiB."""
    with archive.open(part) as stream:
        return stream.read(2 * 1024 * 1024)


def _sheet_parts(archive):
    """Part names of the sheets in the order of the workbook."""
    relations = ElementTree.fromstring(_read_small(archive, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    parts = []
    for element in ElementTree.fromstring(_read_small(archive, _MAIN)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            parts.append(posixpath.normpath(target[1:] if target.startswith("/") else f"xl/{target}"))
    return parts


class _Budget:
    """What one workbook may still unpack to; raises WorkbookTooBig when it is used up."""

    def __init__(self, name, max_rows):
        self.name, self.max_rows = name, max_rows
        self.unpacked = self.rows = 0

    def take(self, chunk):
        self.unpacked += len(chunk)
        if self.unpacked > MAX_UNPACKED:
            limit = {"limit": MAX_UNPACKED // 1024**2}
            raise WorkbookTooBig(
                self.name, _("展开后超过 %(limit)d MiB。请删去图片和不用的表，或分成几个文件上传。") % limit
            )

    def check_rows(self, rows):
        if self.rows + rows > self.max_rows:
            raise WorkbookTooBig(self.name, _("超过 %(limit)d 行。请分成几个文件上传。") % {"limit": self.max_rows})


def _unpack(archive, parts, sheets, name, max_rows):
    """Unpack everything once, counting real bytes and not the archive's own claims; facts by part name."""
    budget, found = _Budget(name, max_rows), {}
    for part in parts:
        scan = XmlSheetScan() if part.filename in sheets else None
        with archive.open(part) as stream:
            chunk = stream.read(_CHUNK)
            if scan is None and chunk.startswith(_ARCHIVES):
                raise NestedFile(name, part.filename)
            while chunk:
                budget.take(chunk)
                if scan:
                    scan.feed(chunk)
                    budget.check_rows(scan.facts.row_count)
                chunk = stream.read(_CHUNK)
        if scan:
            scan.feed(b"", last=True)
            budget.rows += scan.facts.row_count
            found[part.filename] = scan.facts
    return found
