"""Read the OLE container that old .xls files and password-protected .xlsx files are kept in ([MS-CFB])."""
import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_SLOTS = 109  # entries of the sector table that stand in the header itself
_LAST_SECTOR = 0xFFFFFFFA  # higher numbers are marks, not sectors


class DamagedContainer(Exception):
    """The container contradicts itself or ends too early."""


@dataclass(frozen=True)
class Entry:
    """One stream or storage: where it starts and how many bytes it has."""

    name: str
    kind: int
    start: int
    size: int


class Container:
    """The directory of one file and the bytes of its streams."""

    def __init__(self, data):
        """Take the file's bytes. Raises DamagedContainer."""
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, UnicodeDecodeError) as reason:
            raise DamagedContainer(str(reason)) from reason

    def _open(self):
        shift, mini_shift = struct.unpack_from("<HH", self._data, 30)
        if not self._data.startswith(MAGIC) or shift not in (9, 12) or mini_shift != 6:
            raise DamagedContainer("header")
        self._sector_size = 1 << shift
        _sectors, directory, _signature, self._mini_below, mini_table, _count, table, table_sectors = struct.unpack_from(
            "<IIIIIIII", self._data, 44
        )
        self._next = self._read_sector_table(table, table_sectors)
        self.entries = self._read_directory(directory)
        self._mini_next = self._numbers(self._chain(mini_table))
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        self._mini_stream = self._chain(root.start)[: root.size] if root else b""

    def _sector(self, number):
        start = (number + 1) * self._sector_size
        sector = self._data[start : start + self._sector_size]
        if len(sector) < self._sector_size and start + len(sector) < len(self._data) or not sector:
            raise DamagedContainer(f"sector {number}")
        return sector

    @staticmethod
    def _numbers(data):
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _read_sector_table(self, table, table_sectors):
        places = list(struct.unpack_from(f"<{_HEADER_SLOTS}I", self._data, 76))
        for _round in range(min(table_sectors, len(self._data) // self._sector_size)):
            *more, table = self._numbers(self._sector(table))
            places += more
        return self._numbers(b"".join(self._sector(place) for place in places if place < _LAST_SECTOR))

    def _chain(self, number):
        """The bytes of the sectors from `number` on; a chain that runs in a circle is refused."""
        parts = []
        while number < _LAST_SECTOR:
            if len(parts) > len(self._next):
                raise DamagedContainer("circle")
            parts.append(self._sector(number))
            number = self._next[number]
        return b"".join(parts)

    def _read_directory(self, first):
        table = self._chain(first)
        entries = []
        for place in range(0, len(table) - 127, 128):
            length, kind = struct.unpack_from("<HB", table, place + 64)
            start, size = struct.unpack_from("<II", table, place + 116)
            if kind and 2 <= length <= 64:
                entries.append(Entry(table[place : place + length - 2].decode("utf-16-le"), kind, start, size))
        return entries

    def has(self, name):
        """Whether a stream or storage of that name is anywhere in the file."""
        return any(entry.name == name for entry in self.entries)

    def stream(self, *names):
        """The bytes of the first stream that has one of the names, or None. Raises DamagedContainer when it is cut off."""
        entry = next((e for name in names for e in self.entries if e.name == name and e.kind == 2), None)
        if entry is None:
            return None
        try:
            data = self._mini_chain(entry.start) if entry.size < self._mini_below else self._chain(entry.start)
        except IndexError as reason:
            raise DamagedContainer(entry.name) from reason
        if len(data) < entry.size:
            raise DamagedContainer(entry.name)
        return data[: entry.size]

    def _mini_chain(self, number):
        parts = []
        while number < _LAST_SECTOR:
            if len(parts) > len(self._mini_next):
                raise DamagedContainer("circle")
            parts.append(self._mini_stream[number * 64 : number * 64 + 64])
            number = self._mini_next[number]
        return b"".join(parts)
