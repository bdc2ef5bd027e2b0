"""RTF as text, and the compressed RTF that Outlook keeps a message's body in ([MS-OXRTFCP])."""

from __future__ import annotations

import importlib
import re
import struct
from typing import Any

from workbench.documents.reading.model import Extract
from workbench.i18n import _

_MOST = 20_000_000  # bytes of RTF read; pictures written as digits make files large without any text
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{512,}")  # a picture written as digits
_FONT_TABLE = 50_000  # characters in which a font table is believed
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def extract(data: bytes) -> Extract:
    """An RTF file."""
    text = rtf_to_text(data[:_MOST])
    if not text.strip():
        return Extract(state="none", note=_("RTF-asiakirjassa ei ole luettavaa tekstiä."))
    cut = (_("RTF-asiakirja on niin suuri, että siitä luettiin vain alku."),) if len(data) > _MOST else ()
    return Extract(text=text, warnings=cut)


def rtf_to_text(data: bytes) -> str:
    """The words of an RTF document."""
    strip: Any = importlib.import_module("striprtf.striprtf").rtf_to_text
    # RTF is ASCII with escapes; stray bytes are in the Western code page. The line end lets the last escaped
    # letter of a cut document be read.
    source = _PICTURE.sub(b" ", data).decode("cp1252", "replace") + "\n"
    text: str = strip(_without_traps(source), errors="replace")
    # A \u escape writes characters outside the basic plane as two halves.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_traps(source: str) -> str:
    """The same document without what striprtf searches by patterns whose time explodes.

    A space takes fields out of its search for links. The font table, needed only for the fonts' alphabets, is
    renamed to the equally silent table of colours and a bare one is written in its place.
    """
    source = source.replace("{\\field{", "{\\field {")
    start = source.find("\\fonttbl")
    fonts = source[start : start + _FONT_TABLE].split(";") if start >= 0 else []
    table = ""
    for font in fonts:
        number, alphabet = (
            re.search(r"\\f(\d{1,5})(?!\d)", font),
            re.search(r"\\fcharset(\d{1,3})(?!\d)", font),
        )
        if number and alphabet:
            table += f"{{\\f{number.group(1)}\\fcharset{alphabet.group(1)} x;}}"
    source = source.replace("\\fonttbl", "\\colortbl")
    return source.replace("{\\rtf", f"{{{{\\fonttbl{table}}}\\rtf", 1) if table else source


def decompress(data: bytes, limit: int = _MOST) -> bytes:
    """The RTF inside Outlook's compressed form; raises ``ValueError`` for other bytes."""
    if len(data) < 16:
        raise ValueError("compressed RTF is shorter than its header")
    _size, raw_size, kind = struct.unpack_from("<II4s", data)
    if kind == b"MELA":
        return data[16 : 16 + min(raw_size, limit)]
    if kind != b"LZFu":
        raise ValueError("not compressed RTF")
    window = bytearray(4_096)
    window[: len(_DICTIONARY)] = _DICTIONARY
    write, position = len(_DICTIONARY), 16
    out = bytearray()
    while position < len(data) and len(out) < min(raw_size, limit):
        control = data[position]
        position += 1
        for bit in range(8):
            if control >> bit & 1:
                if position + 2 > len(data):
                    return bytes(out)
                token = data[position] << 8 | data[position + 1]
                position += 2
                offset, length = token >> 4, (token & 0xF) + 2
                if offset == write:
                    return bytes(out)  # the mark of the end points at the place of writing
                for step in range(length):
                    byte = window[(offset + step) & 0xFFF]
                    window[write] = byte
                    write = (write + 1) & 0xFFF
                    out.append(byte)
            else:
                if position >= len(data):
                    return bytes(out)
                byte = data[position]
                position += 1
                out.append(byte)
                window[write] = byte
                write = (write + 1) & 0xFFF
    return bytes(out[:raw_size])
