"""Compound files (CFB, [MS-CFB]) and Outlook messages ([MS-OXMSG]) written by hand, for tests."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096

Tree = dict[str, "bytes | Tree"]


def compound_file(tree: Tree) -> bytes:
    """A compound file holding ``tree``: bytes are streams, dictionaries are storages."""
    return _Writer(tree).data()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.entries: list[dict[str, object]] = []
        self.mini = bytearray()
        self.minifat: list[int] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self._entry("Root Entry", 5)
        self._fill(0, tree)

    def _entry(self, name: str, kind: int) -> int:
        self.entries.append(
            {"name": name, "kind": kind, "right": _FREE, "child": _FREE, "start": _END, "size": 0}
        )
        return len(self.entries) - 1

    def _fill(self, parent: int, tree: Tree) -> None:
        previous = None
        # A chain of right siblings in the order the format asks for is a legal, if lopsided, tree.
        for name in sorted(tree, key=lambda n: (len(n), n.upper())):
            value = tree[name]
            here = self._entry(name, 1 if isinstance(value, dict) else 2)
            if previous is None:
                self.entries[parent]["child"] = here
            else:
                self.entries[previous]["right"] = here
            previous = here
            if isinstance(value, dict):
                self._fill(here, value)
            elif value:
                self.entries[here]["size"] = len(value)
                self.entries[here]["start"] = (
                    self._mini_chain(value) if len(value) < _CUTOFF else self._chain(value)
                )

    def _mini_chain(self, data: bytes) -> int:
        start = len(self.minifat)
        count = -(-len(data) // _MINI)
        self.minifat += [*range(start + 1, start + count), _END]
        self.mini += data.ljust(count * _MINI, b"\x00")
        return start

    def _chain(self, data: bytes) -> int:
        start = len(self.sectors)
        count = -(-len(data) // _SECTOR)
        padded = data.ljust(count * _SECTOR, b"\x00")
        self.sectors += [padded[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count)]
        self.fat += [*range(start + 1, start + count), _END]
        return start

    def data(self) -> bytes:
        if self.mini:
            self.entries[0]["size"] = len(self.mini)
            self.entries[0]["start"] = self._chain(bytes(self.mini))
        minifat = b"".join(struct.pack("<I", n) for n in self.minifat)
        minifat_sectors = -(-len(minifat) // _SECTOR)
        minifat = minifat.ljust(minifat_sectors * _SECTOR, b"\xff")
        minifat_start = self._chain(minifat) if minifat else _END
        directory = b"".join(self._directory_entry(entry) for entry in self.entries)
        directory_start = self._chain(directory)
        fat_count = 1
        while (len(self.fat) + fat_count) * 4 > fat_count * _SECTOR:
            fat_count += 1
        first_fat = len(self.sectors)
        fat = self.fat + [_FAT] * fat_count
        table = b"".join(struct.pack("<I", n) for n in fat).ljust(fat_count * _SECTOR, b"\xff")
        difat = [*range(first_fat, first_fat + fat_count)] + [_FREE] * (109 - fat_count)
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack("<IIIII", 0, fat_count, directory_start, 0, _CUTOFF)
        header += struct.pack("<IIII", minifat_start, minifat_sectors, _END, 0)
        header += struct.pack("<109I", *difat)
        return header + b"".join(self.sectors) + table

    @staticmethod
    def _directory_entry(entry: dict[str, object]) -> bytes:
        name = str(entry["name"]).encode("utf-16-le") + b"\x00\x00"
        return (
            name.ljust(64, b"\x00")
            + struct.pack("<HBB", len(name), entry["kind"], 1)
            + struct.pack("<III", _FREE, entry["right"], entry["child"])
            + bytes(36)
            + struct.pack("<IQ", entry["start"], entry["size"])
        )


@dataclass
class Outlook:
    """An Outlook message to write."""

    subject: str = ""
    sender: tuple[str, str] = ("", "")
    to: list[tuple[str, str]] = field(default_factory=list)
    cc: list[tuple[str, str]] = field(default_factory=list)
    sent_at: datetime | None = None
    received_at: datetime | None = None
    body: str = ""
    html: bytes = b""
    compressed_rtf: bytes = b""
    message_id: str = ""
    in_reply_to: str = ""
    attachments: list[tuple[str, bytes] | Outlook] = field(default_factory=list)


def outlook_message(message: Outlook) -> bytes:
    """The bytes of a ``.msg`` file."""
    tree = _message_tree(message, embedded=False)
    tree["__nameid_version1.0"] = {
        "__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""
    }  # fmt: skip
    return compound_file(tree)


def _message_tree(message: Outlook, *, embedded: bool) -> Tree:
    values: list[tuple[int, object]] = [
        (0x001A, "IPM.Note"),
        (0x0037, message.subject),
        (0x0C1A, message.sender[0]),
        (0x0C1F, message.sender[1]),
        (0x1000, message.body),
        (0x1013, message.html),
        (0x1009, message.compressed_rtf),
        (0x1035, message.message_id),
        (0x1042, message.in_reply_to),
        (0x0039, message.sent_at),
        (0x0E06, message.received_at),
        (0x340D, 0x40000),  # the strings are Unicode
    ]
    people = [(1, person) for person in message.to] + [(2, person) for person in message.cc]
    header = struct.pack(
        "<8xIIII", len(people), len(message.attachments), len(people), len(message.attachments)
    )
    tree = _properties(values, header if embedded else header + bytes(8))
    for number, (kind, (name, email)) in enumerate(people):
        tree[f"__recip_version1.0_#{number:08X}"] = _properties(
            [(0x0C15, kind), (0x3001, name), (0x3003, email), (0x39FE, email)], bytes(8)
        )
    for number, attachment in enumerate(message.attachments):
        if isinstance(attachment, Outlook):
            inner = _properties([(0x3705, 5), (0x3001, attachment.subject)], bytes(8))
            inner["__substg1.0_3701000D"] = _message_tree(attachment, embedded=True)
        else:
            name, data = attachment
            inner = _properties([(0x3705, 1), (0x3707, name), (0x3701, data)], bytes(8))
        tree[f"__attach_version1.0_#{number:08X}"] = inner
    return tree


def _properties(values: list[tuple[int, object]], header: bytes) -> Tree:
    tree: Tree = {}
    table = header
    for pid, value in values:
        if value is None or value in ("", b""):
            continue
        if isinstance(value, int):
            table += struct.pack("<HHIII", 0x0003, pid, 6, value, 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
            table += struct.pack("<HHIQ", 0x0040, pid, 6, ticks)
        else:
            kind = 0x001F if isinstance(value, str) else 0x0102
            data = value.encode("utf-16-le") if isinstance(value, str) else bytes(value)  # type: ignore[call-overload]
            table += struct.pack("<HHIII", kind, pid, 6, len(data) + (2 if kind == 0x001F else 0), 0)
            tree[f"__substg1.0_{pid:04X}{kind:04X}"] = data
    tree["__properties_version1.0"] = table
    return tree
