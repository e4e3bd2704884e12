"""Walk the records of an .xls workbook stream ([MS-XLS]): extent and peculiarities of its sheets, and whether it is locked."""
import struct

from config.kit.sheet_facts import NotReadable, SheetFacts

_CELLS = {0x06, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E}
_RUNS = {0xBD}  # one record for several cells of a row
_BOF, _BOUNDSHEET, _FILEPASS, _ROW, _COLUMNS = 0x809, 0x85, 0x2F, 0x208, 0x7D
_BIFF_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def scan_biff(stream):
    """Walk the records of an .xls workbook stream: (facts of its sheets in their order, whether it is locked).

    Raises NotReadable when a record ends behind the stream's end.
    """
    places, found, facts, locked, at = [], {}, None, False, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if len(body) < size:
            raise NotReadable("record")
        if kind == _BOF:
            facts = found.setdefault(at, SheetFacts())
        elif kind == _BOUNDSHEET and size >= 4:
            places.append(struct.unpack_from("<I", body)[0])
        elif kind == _FILEPASS:
            return [], True
        elif facts is not None and size >= 4:
            _note_record(facts, kind, body)
        at += 4 + size
    return [found.get(place, SheetFacts()) for place in places], locked


def _note_record(facts, kind, body):
    row, column = struct.unpack_from("<HH", body)
    if kind in _CELLS:
        facts.reach(row + 1, column + 1)
        error = _biff_error(kind, body)
        if error is not None:
            facts.errors[row + 1, column + 1] = _BIFF_ERRORS.get(error, "#错误")
    elif kind in _RUNS:
        facts.reach(row + 1, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)
    elif kind == _ROW and len(body) >= 14:
        facts.row_count += 1
        if body[12] & 0x20:
            facts.hidden_rows.add(row + 1)
    elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
        facts.hide_columns(row + 1, column + 1)


def _biff_error(kind, body):
    """The error code in a cell record, or None."""
    if kind == 0x205 and len(body) >= 8 and body[7]:
        return body[6]
    if kind == 0x06 and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None
