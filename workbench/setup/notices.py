"""Third-party notices (muiden tekemät osat): what is installed and runs with the program, by whose licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PROGRAM = "seutupoyta"


@dataclass(frozen=True)
class Notice:
    """One part made by others."""

    name: str
    version: str
    licence: str


def load_notices() -> list[Notice]:
    """Every installed part the program needs, by name; takes a moment, so ask off the window's thread."""
    found: dict[str, Notice] = {}
    waiting = list(_needs(_PROGRAM))
    while waiting:
        name = waiting.pop()
        if name.lower() in found:
            continue
        try:
            info = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found[name.lower()] = Notice(info["Name"], info["Version"], _licence(info))
        waiting += _needs(name)
    return sorted(found.values(), key=lambda n: n.name.lower())


def _needs(name: str) -> Iterator[str]:
    try:
        wanted = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        # Run from its source folder, the program itself is not a package; tell of everything installed.
        wanted = [d.metadata["Name"] for d in metadata.distributions()] if name == _PROGRAM else []
    for line in wanted:
        match = _NAME.match(line or "")
        if match and "extra ==" not in line:
            yield match[0]


def _licence(info: metadata.PackageMetadata) -> str:
    for field in ("License-Expression", "License"):
        text = str(info[field] or "").strip() if field in info else ""
        if text and "\n" not in text and len(text) < 60:
            return text
    classifiers = info.get_all("Classifier") or []
    names = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    return ", ".join(names)
