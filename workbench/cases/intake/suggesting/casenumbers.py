"""Case numbers (asiatunnus) in running text: every way people write one, and how far off a slip can be.

A number is taken apart to running number, class and year: those two alone are unique in a municipality, so
a slip in one part still leads to a case, never with certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SLASH = r"[/\u2215\u2044\u29f8\\]"
_FULL = re.compile(
    rf"(?<![\d/.])(?P<n>\d{{1,6}})\s{{0,2}}{_SLASH}\s{{0,2}}"
    rf"(?P<c>\d{{2}}(?:\s?[.,]\s?\d{{2}}|\s\d{{2}}|\d{{2}}){{0,3}})\.?\s{{0,2}}{_SLASH}\s{{0,2}}"
    rf"(?P<y>(?:19|20)\d{{2}}|\d{{2}})(?![\d/]|\.\d)"
)
_JOINED = re.compile(
    r"(?<![\d.])(?P<n>\d{1,6})[-_](?P<c>\d{2}(?:\.\d{2}){1,3})[-_](?P<y>(?:19|20)\d{2})(?!\d)"
)
_CLASS_LAST = re.compile(
    rf"(?<![\d/.])(?P<n>\d{{1,6}})\s?{_SLASH}\s?(?P<y>(?:19|20)\d{{2}})\s?{_SLASH}\s?(?P<c>\d{{2}}(?:\.\d{{2}}){{1,3}})(?!\d)"
)
_SHORT = re.compile(
    r"(?:\bd(?:iaari)?(?:nr|n?ro|no|n:o|numero)?|\basiatunnu\w{0,8}|\basianumero\w{0,6}|\basia(?:nne)?\s+n:?o)"
    rf"[\s.:]{{0,3}}(?P<n>\d{{1,6}})\s?{_SLASH}\s?(?P<y>(?:19|20)\d{{2}})(?![\d/.])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SeenNumber:
    """A number as it stood in a text. ``class_code`` is "" in a short form; ``start`` is its place."""

    running: int
    class_code: str
    year: int
    start: int
    text: str


def seen_numbers(text: str) -> list[SeenNumber]:
    """Numbers in the order they stand, each once."""
    found = {(s.running, s.class_code, s.year): s for s in sorted(_matches(text), key=lambda s: -s.start)}
    whole = {(s.running, s.year) for s in found.values() if s.class_code}
    kept = [s for s in found.values() if s.class_code or (s.running, s.year) not in whole]
    return sorted(kept, key=lambda s: s.start)


def _matches(text: str) -> Iterator[SeenNumber]:
    for pattern in (_FULL, _JOINED, _CLASS_LAST, _SHORT):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            digits = re.sub(r"\D", "", parts.get("c") or "")
            if len(digits) % 2:
                continue
            pairs = ".".join(digits[i : i + 2] for i in range(0, len(digits), 2))
            year = int(parts["y"])
            yield SeenNumber(
                int(parts["n"]), pairs, year if year > 99 else 2000 + year, match.start(), match[0].strip()
            )


def one_slip(wanted: str, written: str) -> bool:
    """Whether two digit strings differ by one digit changed, left out, added, or by two swapped."""
    if wanted == written:
        return False
    if len(wanted) == len(written):
        off = [i for i, (a, b) in enumerate(zip(wanted, written, strict=True)) if a != b]
        swapped = len(off) == 2 and off[1] == off[0] + 1 and wanted[off[0]] == written[off[1]]
        return len(off) == 1 or (swapped and wanted[off[1]] == written[off[0]])
    short, long = sorted((wanted, written), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def neighbours(running: int) -> list[int]:
    """Running numbers one slip away from the written one."""
    written = str(running)
    found: set[str] = set()
    for i in range(len(written)):
        found.update(written[:i] + d + written[i + 1 :] for d in "0123456789")
        found.add(written[:i] + written[i + 1 :])
        if i + 1 < len(written):
            found.add(written[:i] + written[i + 1] + written[i] + written[i + 2 :])
    for i in range(len(written) + 1):
        found.update(written[:i] + d + written[i:] for d in "0123456789")
    return sorted({int(f) for f in found if f and not f.startswith("0")} - {running})
