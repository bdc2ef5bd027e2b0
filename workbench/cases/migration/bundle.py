"""Reading a bundle: manifest, one case a line, files beside. Nothing outside the bundle is ever opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import UserError
from workbench.i18n import _
from workbench.resources import resource_text

FORMAT, VERSION = "seutupoyta-bundle", 1
MANIFEST, CASES = "manifest.json", "cases.jsonl"


@dataclass(frozen=True)
class Bundle:
    """An opened bundle folder."""

    folder: Path
    municipality: str
    source: str

    def key(self) -> str:
        """The same bundle has the same key; what was staged for it is found again."""
        digest = hashlib.sha256()
        for name in (MANIFEST, CASES):
            with (self.folder / name).open("rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        return digest.hexdigest()

    def lines(self) -> Iterator[tuple[int, dict[str, Any] | None, str]]:
        """Line number, the case's JSON (or None) and why it cannot be read."""
        with (self.folder / CASES).open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    data = json.loads(line)
                except ValueError as error:
                    yield number, None, _("rivi ei ole ehjää JSONia: {why}").format(why=error)
                    continue
                faults = shape_faults(data)
                yield number, (None if faults else data), faults

    def file(self, path: str) -> Path:
        """A file of the bundle; raises UserError for a path that leads out of it."""
        found = (self.folder / path).resolve()
        if not found.is_relative_to(self.folder.resolve()):
            raise UserError(_("Polku {path} johtaa paketin ulkopuolelle.").format(path=path))
        return found


def open_bundle(folder: Path) -> Bundle:
    """Check the manifest of a bundle folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(
            _("Kansiossa {folder} ei ole tuontipakettia: {name} puuttuu.").format(
                folder=folder, name=MANIFEST
            ),
            field="bundle",
        ) from error
    except (OSError, ValueError) as error:
        raise UserError(_("Tuontipaketin {name} ei ole luettavissa.").format(name=MANIFEST)) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UserError(_("Tämä ei ole Seutupöydän tuontipaketti."), field="bundle")
    if manifest.get("format_version") != VERSION:
        raise UserError(
            _("Tuontipaketin versio on {found}; tämä ohjelma lukee version {known}.").format(
                found=manifest.get("format_version"), known=VERSION
            ),
            field="bundle",
        )
    if not (folder / CASES).is_file():
        raise UserError(_("Tuontipaketista puuttuu {name}.").format(name=CASES), field="bundle")
    return Bundle(folder, str(manifest.get("municipality", "")), str(manifest.get("source", "")))


@cache
def _validator() -> Any:
    import jsonschema

    schema = json.loads(resource_text("schemas", "bundle-1.json"))
    return jsonschema.Draft202012Validator(schema)


def shape_faults(data: Any) -> str:
    """What breaks the schema, as one sentence; "" when nothing does."""
    faults = sorted(_validator().iter_errors(data), key=lambda e: list(map(str, e.absolute_path)))
    return "; ".join(
        _("{place}: {what}").format(place=".".join(map(str, e.absolute_path)) or _("rivi"), what=e.message)
        for e in faults[:5]
    )
