"""Makers of ledgers in Excel: whole ones like those an office keeps, and the many ways in which one can be wrong."""
import io
import re
import struct
import zipfile

import openpyxl
from openpyxl.utils import get_column_letter

ORGANIZATION_HEADER = ["序号", "组织代码", "党组织名称", "组织类型", "单位类别", "上级党组织", "成立时间", "备注"]
MEMBER_HEADER = [
    ["序号", "姓名", "性别", "民族", "籍贯", "出生年月", "学历", "参加工作时间", "党员信息", "", "", "所在支部", "职务", "",
     "联系电话", "备注"],
    ["", "", "", "", "", "", "", "", "入党时间", "转正时间", "党员类别", "", "党内职务", "行政职务", "", ""],
]
ORGANIZATIONS = [
    [1, "00", "直属机关党委", "机关党委", "—", "无", "1980.3", ""],
    [2, "101", "办公厅党总支", "党总支", "机关司局", "直属机关党委", "1989年12月", ""],
    [3, "101-1", "办公厅第一党支部", "党支部", "机关司局", "办公厅党总支", "2007-12", ""],
    [4, "101-2", "办公厅第二党支部", "党支部", "机关司局", "办公厅党总支", "1991.11", ""],
]
MEMBER = {
    "序号": 1, "姓名": "张三", "性别": "男", "民族": "汉族", "籍贯": "河北保定", "出生年月": "1970.3", "学历": "大学本科",
    "参加工作时间": "1992.7", "入党时间": "1995.6", "转正时间": "1996.6", "党员类别": "正式党员", "所在支部": "办公厅第一党支部",
    "党内职务": "无", "行政职务": "处长", "联系电话": "13800138000", "备注": "",
}


def member_row(**changes):
    """A row of the roster in the order of MEMBER_HEADER, with some cells of its own."""
    return list({**MEMBER, **changes}.values())


def saved(workbook):
    """The bytes of an openpyxl workbook."""
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def organization_ledger(rows=ORGANIZATIONS, *, header=ORGANIZATION_HEADER, total=None):
    """The bytes of an organisation list with title rows and a 合计 row."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "党组织名册"
    sheet.append(["直属机关党组织名册"])
    sheet.append(["填报单位：直属机关党委    填报时间：2010年6月10日"])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    sheet.append(["合计", "", f"{len(rows) if total is None else total}个"])
    sheet.merge_cells(f"A1:{get_column_letter(len(header))}1")
    return saved(workbook)


def member_ledger(sheets, *, header=MEMBER_HEADER, extra=()):
    """The bytes of a roster: {sheet name: rows in the order of MEMBER_HEADER}, header over two rows with merged cells.

    `extra` are (title, {sheet row: value}) of columns added at the right.
    """
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.append([f"{name}党员花名册"])
        sheet.append([f"填报单位：{name}（盖章）   填报时间：2010年6月"])
        for line in header:
            sheet.append(line)
        for row in rows:
            sheet.append(row)
        sheet.append(["合计", f"{len(rows)}人"])
        sheet.append(["说明：1.此表一式两份。2.没有的项目填“无”。"])
        for column in "ABCDEFGHLOP":
            sheet.merge_cells(f"{column}3:{column}4")
        sheet.merge_cells("I3:K3")
        sheet.merge_cells("M3:N3")
        for number, (title, values) in enumerate(extra, 17):
            sheet.cell(3, number, title)
            for row, value in values.items():
                sheet.cell(row, number, value)
    return saved(workbook)


def with_part(data, name, content):
    """The workbook with one more part, or with another content of one it has."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.infolist():
            if part.filename != name:
                copy.writestr(part.filename, source.read(part))
        copy.writestr(name, content)
    return target.getvalue()


def part_of(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name)


def with_dimension(data, reference):
    """The workbook with a first sheet that claims another extent."""
    sheet = part_of(data, "xl/worksheets/sheet1.xml")
    lying = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{reference}"'.encode(), sheet)
    assert lying != sheet
    return with_part(data, "xl/worksheets/sheet1.xml", lying)


def container(*names):
    """An OLE container with streams of these names, as password-protected workbooks and Word documents are."""
    names = ["Root Entry", *names]
    assert len(names) <= 4
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for number, name in enumerate(names):
        text = name.encode("utf-16-le") + b"\0\0"
        entries += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), 2 if number else 5, 1)
        entries += b"\xff" * 12 + b"\0" * 36 + struct.pack("<III", 0xFFFFFFFE, 0, 0)
    return header + table + entries.ljust(512, b"\0")


def locked_xls(data):
    """An .xls as Excel locks it: the record behind the workbook's first one says that the rest is encrypted."""
    code_page = b"\x42\x00\x02\x00"  # CODEPAGE, of the same size as the short form of FILEPASS
    assert code_page in data
    return data.replace(code_page, b"\x2f\x00\x02\x00", 1)
