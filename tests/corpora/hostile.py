"""Arrivals as hostile and as awkward as they come, made from real byte structures, the same every time.

``build(folder)`` writes them and says what the program must make of each:

* ``text``: handled; every string of ``says`` is found in the text of the arrival or of a file in it.
* ``kept``: kept whole, and ``reason`` is a part of the Finnish sentence that tells why there is no text.
* ``refused``: there is nothing to keep; the ``UserError`` holds ``reason``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Expectation = Literal["text", "kept", "refused"]


@dataclass(frozen=True)
class Recipe:
    """One file to write. ``files`` are the safe names of the arrival's attachments when they matter."""

    name: str
    filename: str
    data: bytes
    expectation: Expectation
    says: tuple[str, ...] = ()
    reason: str = ""
    files: tuple[str, ...] | None = None
    media_type: str = ""


@dataclass(frozen=True)
class HostileCase:
    """A recipe written to disk."""

    name: str
    path: Path
    expectation: Expectation
    says: tuple[str, ...] = ()
    reason: str = ""
    files: tuple[str, ...] | None = None
    media_type: str = ""


LARGE = 500_000_000


def build(folder: Path) -> list[HostileCase]:
    """Write every case into ``folder``."""
    from tests.corpora import hostile_files, hostile_mail, hostile_messages

    cases = []
    for recipe in (*hostile_mail.recipes(), *hostile_messages.recipes(), *hostile_files.recipes()):
        path = folder / recipe.name / recipe.filename
        path.parent.mkdir(parents=True)
        path.write_bytes(recipe.data)
        cases.append(_case(recipe, path))
    large = folder / "large" / "ilmakuvat.tif"
    large.parent.mkdir()
    with large.open("wb") as stream:
        stream.write(b"II*\x00\x08\x00\x00\x00")
        stream.truncate(LARGE)
    cases.append(HostileCase("large", large, "kept", reason="niin suuri", media_type="image/tiff"))
    return cases


def _case(recipe: Recipe, path: Path) -> HostileCase:
    return HostileCase(
        recipe.name, path, recipe.expectation, recipe.says, recipe.reason, recipe.files, recipe.media_type
    )
