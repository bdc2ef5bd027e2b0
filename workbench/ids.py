"""Identifiers: UUID version 7 (RFC 9562 § 5.7), made anywhere, typed by what they name."""

from __future__ import annotations

import secrets
import threading
import time
from typing import NewType

MunicipalityCode = NewType("MunicipalityCode", str)  # three digits, leading zero kept: "074"
OfficeId = NewType("OfficeId", str)
PersonId = NewType("PersonId", str)
CaseId = NewType("CaseId", str)
DocumentId = NewType("DocumentId", str)
CommandId = NewType("CommandId", str)

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A UUIDv7 as text. Two ids made by one process sort in the order they were made."""
    global _last  # noqa: PLW0603 - monotonic order within a process is the point
    with _lock:
        # 48 bits of milliseconds and 12 bits of fraction, so that a burst within a millisecond keeps order.
        stamp = time.time_ns() * 4096 // 1_000_000
        stamp = max(stamp, _last + 1)
        _last = stamp
    millis, fraction = divmod(stamp, 4096)
    value = (millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | secrets.randbits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
