"""File names of strangers made safe to show and to save under, on Windows and on Linux alike.

Invariant: the result is never empty, has no path, no control or direction-changing characters, is not a
Windows device, fits 150 characters and 240 bytes, and is its own safe form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from workbench.i18n import _

MAX_CHARACTERS = 150
MAX_BYTES = 240  # file systems of Linux allow 255 bytes; some room is left for " (2)"
_LONGEST_EXTENSION = 20

_ILLEGAL = re.compile(r'[<>:"/\\|?*]')
_SPACES = re.compile(r"\s+")
_DIGITS_AROUND_SLASH = re.compile(r"(?<=\d)[/\\](?=\d)")
_EXTENSION_ALONE = re.compile(r"\.\w{1,10}")
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"]
    + [port + digit for port in ("COM", "LPT") for digit in "0123456789¹²³"]
)


def safe_filename(name: str) -> str:
    """A legal file name that keeps as much of ``name`` and its extension as is harmless."""
    while True:
        # Each rule may wake another (a cut may bare a trailing dot): run them until nothing changes.
        safe = _once(name)
        if safe == name:
            return safe
        name = safe


def unique_filenames(names: Iterable[str]) -> list[str]:
    """Safe names told apart from each other without regard to case: ``a.pdf``, ``a (2).pdf``."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    result = []
    for name in names:
        candidate, count = name, last.get(name.casefold(), 1)
        while candidate.casefold() in taken:
            count += 1
            stem, extension = _split(name)
            candidate = _fit(stem, f" ({count}){extension}")
        taken.add(candidate.casefold())
        last[name.casefold()] = count
        result.append(candidate)
    return result


def _once(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    # "Kokous 12/2026.pdf" is a title, "../../etc/passwd" a path.
    name = _DIGITS_AROUND_SLASH.sub("-", name)
    name = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    name = "".join(_harmless(character) for character in name)
    name = _ILLEGAL.sub("_", name)
    name = unicodedata.normalize("NFC", _SPACES.sub(" ", name)).strip(" ").rstrip(". ")
    if _EXTENSION_ALONE.fullmatch(name):
        name = _("nimetön") + name
    name = name.lstrip(". ")
    if not name:
        return _("nimetön")
    if name.split(".")[0].rstrip(" ").upper() in _DEVICES:
        name = "_" + name
    return _fit(*_split(name))


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\r\n" or category in ("Zl", "Zp"):
        return " "
    # Cc control, Cf format (direction overrides, zero width), Cs lone surrogate, Cn no character at all.
    return "" if category in ("Cc", "Cf", "Cs", "Cn") else character


def _split(name: str) -> tuple[str, str]:
    """Stem and extension, the dot with the extension; an overlong extension is no extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or not extension or len(extension) > _LONGEST_EXTENSION or " " in extension:
        return name, ""
    return stem, dot + extension


def _fit(stem: str, ending: str) -> str:
    """The longest ``stem`` + ``ending`` within the limits."""
    stem = stem[: MAX_CHARACTERS - len(ending)]
    while stem and len((stem + ending).encode("utf-8")) > MAX_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending if ending else stem.rstrip(" .")
