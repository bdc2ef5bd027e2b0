"""TNEF streams (winmail.dat, [MS-OXTNEF]) written by hand, for tests."""

from __future__ import annotations

import struct


def winmail(
    subject: str, body: str, attachments: list[tuple[str, bytes]], *, name_codepage: bool = True
) -> bytes:
    """A TNEF stream as Outlook sends it."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += _attribute(1, 0x9006, 8, struct.pack("<I", 0x00010000))
    if name_codepage:
        out += _attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0))
    out += _attribute(1, 0x8004, 1, subject.encode("cp1252") + b"\x00")
    if body:
        out += _attribute(1, 0x800C, 2, body.encode("cp1252") + b"\x00")
    for name, data in attachments:
        out += _attribute(2, 0x9002, 6, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))
        out += _attribute(2, 0x8010, 1, name.encode("cp1252", "replace") + b"\x00")
        out += _attribute(2, 0x800F, 6, data)
        out += _attribute(2, 0x9005, 6, _long_name(name))
    return out


def _attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    checksum = sum(data) & 0xFFFF
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", checksum)


def _long_name(name: str) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    padded = text + b"\x00" * (-len(text) % 4)
    return struct.pack("<I", 1) + struct.pack("<HHII", 0x001F, 0x3707, 1, len(text)) + padded
