"""Look into an OLE container before it is read: an old .xls, or something else that must be refused."""
from django.utils.translation import gettext as _

from config.kit import ole
from config.kit.sheet_facts import NotReadable
from config.kit.workbook_refusals import DamagedWorkbook, LockedWorkbook, WorkbookWithMacros, WrongFileType
from config.kit.xls_scan import scan_biff

MAGIC = ole.MAGIC
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT")


def glance(data, name):
    """The container of a workbook that is not locked as a whole. Raises a WorkbookRefusal."""
    try:
        container = ole.Container(data)
        if container.has("EncryptedPackage"):
            raise LockedWorkbook(name)
        has_workbook = container.stream("Workbook", "Book") is not None
    except ole.DamagedContainer as reason:
        raise DamagedWorkbook(name) from reason
    if not has_workbook:
        raise WrongFileType(name, _("Word 文档") if container.has("WordDocument") else _("别的 Office 文件"))
    if any(container.has(macros) for macros in _MACROS):
        raise WorkbookWithMacros(name)
    return container


def inspect(data, name):
    """Facts of the sheets in the workbook's order. Raises a WorkbookRefusal."""
    container = glance(data, name)
    try:
        facts, locked = scan_biff(container.stream("Workbook", "Book"))
    except NotReadable as reason:
        raise DamagedWorkbook(name) from reason
    if locked:
        raise LockedWorkbook(name)
    return facts
