"""Why an uploaded workbook is not read; every sentence names the file and says what would be right."""
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal


class WorkbookRefusal(Refusal):
    """A file that cannot be read as a ledger."""


class WrongFileType(WorkbookRefusal):
    """Not an Excel workbook at all, whatever its name says."""

    def __init__(self, name, kind):
        super().__init__(
            _("“%(name)s”不是 Excel 工作簿，而是%(kind)s。请在 Excel 里另存为 .xlsx 或 .xls 格式再上传。")
            % {"name": name, "kind": kind}
        )


class LockedWorkbook(WorkbookRefusal):
    """Protected by a password."""

    def __init__(self, name):
        super().__init__(
            _("“%(name)s”设了打开密码，系统读不了。请在 Excel 里取消密码，保存后再上传。") % {"name": name}
        )


class DamagedWorkbook(WorkbookRefusal):
    """Cut off or spoilt."""

    def __init__(self, name):
        super().__init__(
            _("“%(name)s”不完整或已损坏，可能没有传完。请在 Excel 里打开看看，另存一份再上传。") % {"name": name}
        )


class WorkbookWithMacros(WorkbookRefusal):
    """Holds VBA or Excel 4 macros."""

    def __init__(self, name):
        super().__init__(
            _("“%(name)s”带有宏。请另存为不带宏的“Excel 工作簿（.xlsx）”再上传。") % {"name": name}
        )


class NestedFile(WorkbookRefusal):
    """Holds another file: an archive, a workbook, an embedded object."""

    def __init__(self, name, inner):
        super().__init__(
            _("“%(name)s”里嵌着另一个文件（%(inner)s）。请删去嵌入的文件，只留表格，再上传。")
            % {"name": name, "inner": inner[-60:]}
        )


class WorkbookTooBig(WorkbookRefusal):
    """Above a limit; `reason` is the second half of the sentence."""

    def __init__(self, name, reason):
        super().__init__(_("“%(name)s”%(reason)s") % {"name": name, "reason": reason})
