"""The one door to shipped data files: the packaged copy, else the repository's ``resources`` folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGED = Path(__file__).with_name("_resources")
_REPOSITORY = Path(__file__).parent.parent / "resources"


@cache
def resource_root() -> Path:
    """Folder that holds the shipped data files."""
    return _PACKAGED if _PACKAGED.is_dir() else _REPOSITORY


def resource_dir(*parts: str) -> Path:
    """A folder below the resources."""
    return resource_root().joinpath(*parts)


def resource_text(*parts: str) -> str:
    """A shipped text file, UTF-8."""
    return resource_root().joinpath(*parts).read_text(encoding="utf-8")


def resource_bytes(*parts: str) -> bytes:
    """A shipped file's bytes."""
    return resource_root().joinpath(*parts).read_bytes()
