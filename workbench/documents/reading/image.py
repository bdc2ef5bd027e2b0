"""Images: kept as they are; only the pages of a TIFF are counted."""

from __future__ import annotations

import struct

from workbench.documents.reading.model import Extract
from workbench.i18n import _

_MOST_PAGES = 10_000


def extract(data: bytes) -> Extract:
    """An image file."""
    pages = _tiff_pages(data) if data[:4] in (b"II*\x00", b"MM\x00*") else 1
    if pages == 0:
        return Extract(
            state="unreadable",
            note=_("Kuva on vioittunut. Pyydä lähettäjältä ehjä kuva; tämä tiedosto on tallessa."),
        )
    return Extract(
        state="image", page_count=pages, note=_("Tiedosto on kuva, josta ei lueta tekstiä. Katso se itse.")
    )


def _tiff_pages(data: bytes) -> int:
    """Follow the chain of image directories; a chain that loops or leaves the file ends there."""
    order = "<" if data[:2] == b"II" else ">"
    seen: set[int] = set()
    offset = _number(data, 4, order + "I")
    while offset and offset not in seen and len(seen) < _MOST_PAGES:
        entries = _number(data, offset, order + "H")
        if not entries:
            break
        seen.add(offset)
        offset = _number(data, offset + 2 + 12 * entries, order + "I")
    return len(seen)


def _number(data: bytes, offset: int, layout: str) -> int:
    if offset + struct.calcsize(layout) > len(data):
        return 0
    value: int = struct.unpack_from(layout, data, offset)[0]
    return value
