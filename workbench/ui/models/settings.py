"""What the program remembers of the person's own habits: dividers, columns, theme, scale, shortcuts.

Typed and registered: an unknown key is a bug, a wrong type in the file falls back to the default. One JSON
file in the home folder, written to a neighbour and renamed, so a crash leaves the old or the new, never
half. A damaged file is set aside and said so, never a reason not to start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from workbench.i18n import N_


@dataclass(frozen=True)
class Setting:
    """One registered setting; ``choices`` limit it, ``label`` is shown translated, "" when never shown."""

    key: str
    default: Any
    label: str = ""
    choices: tuple[Any, ...] = ()

    def accepts(self, value: Any) -> bool:
        """Whether a value read from the file may be used."""
        if isinstance(self.default, bool) != isinstance(value, bool):
            return False
        return isinstance(value, type(self.default)) and (not self.choices or value in self.choices)


REGISTRY: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("theme", "system", N_("Ulkoasu"), ("system", "light", "dark", "contrast")),
        Setting("scale", 100, N_("Koko prosentteina"), (100, 125, 150, 175, 200)),
        Setting("compact", False, N_("Tiiviit rivit")),
        Setting("language", "fi", N_("Kieli"), ("fi", "sv", "en")),
        Setting("single_letters", True, N_("Yhden kirjaimen pikanäppäimet kokoustilassa")),
        Setting("toast_s", 8, N_("Ilmoituksen kesto sekunteina"), (5, 8, 15, 60)),
        Setting("watch_folder", "", N_("Valvottu kansio")),
        Setting("dividers", {}),
        Setting("columns", {}),
        Setting("shortcuts", {}, N_("Omat pikanäppäimet")),
        Setting("window", {}),
        Setting("last_page", ""),
        Setting("settings_section", ""),
        Setting("backup_folder", "", N_("Varmuuskopioiden kansio")),
    )
}


class Remembered(Protocol):
    """What widgets need of the settings."""

    def get(self, key: str) -> Any:
        """Value of a registered key, or its default."""
        ...

    def set(self, key: str, value: Any) -> None:
        """Remember a value."""
        ...


class Settings:
    """The settings of one home folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        self._listeners: list[Callable[[str], None]] = []
        self.damaged: Path | None = None
        """Where a damaged file was set aside, or None."""
        self._read()

    def get(self, key: str) -> Any:
        """Value of a registered key, or its default."""
        setting = REGISTRY[key]
        value = self._values.get(key, setting.default)
        return dict(value) if isinstance(value, dict) else value

    def set(self, key: str, value: Any) -> None:
        """Remember a value; written at once when it changed."""
        if not REGISTRY[key].accepts(value):
            raise ValueError(f"setting {key} cannot be {value!r}")
        if self.get(key) == value:
            return
        self._values[key] = value
        self._write()
        for listener in self._listeners:
            listener(key)

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Call ``listener(key)`` after each change."""
        self._listeners.append(listener)

    def _read(self) -> None:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(found, dict):
                raise ValueError("settings are not an object")
        except FileNotFoundError:
            return
        except ValueError:
            self.damaged = self._path.with_suffix(".damaged.json")
            self._path.replace(self.damaged)
            return
        # Keys of a newer version stay in the file untouched.
        self._values = {k: v for k, v in found.items() if k not in REGISTRY or REGISTRY[k].accepts(v)}

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


class Forgetful:
    """Settings that live for one run: for tests, pictures and a read-only home."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """Value of a registered key, or its default."""
        return self._values.get(key, REGISTRY[key].default)

    def set(self, key: str, value: Any) -> None:
        """Remember for this run."""
        if not REGISTRY[key].accepts(value):
            raise ValueError(f"setting {key} cannot be {value!r}")
        self._values[key] = value
