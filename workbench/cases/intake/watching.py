"""The watched folder (valvottu kansio): what a scanner or a mail program leaves there is taken in by itself.

By looking again and again, because network drives tell nobody of changes. A file is taken when its size and
time have stayed the same from one look to the next; then it goes to ``käsitelty`` beside, or with the reason
to ``hylätty``. A file is moved only after it is in the store: nothing is lost by a crash in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.oswords import os_reason

TAKEN, REFUSED = "käsitelty", "hylätty"
STABLE_S = 4.0
EMPTY_S = 60.0
"""An empty file may be one whose writing has just begun: it is refused only after this."""
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".lock", ".filepart")
_NOT_POST = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True)
class Outcome:
    """What became of one file; ``why`` is empty when it was taken in."""

    name: str
    why: str = ""


@dataclass
class FolderWatch:
    """``look()`` now and then; ``take`` reads one file in, or raises."""

    folder: Path
    take: Callable[[Path], object]
    now: Callable[[], float] = time.monotonic
    stable_s: float = STABLE_S
    empty_s: float = EMPTY_S
    _seen: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)
    _stuck: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look(self) -> list[Outcome]:
        """Take in what has come to rest. Raises StorageProblem when the folder or the store cannot be used;
        the files stay where they are."""
        outcomes = []
        present = set()
        for path, signature in self._files():
            present.add(path.name)
            if self._stuck.get(path.name) == signature:
                self._move(path, TAKEN)
                continue
            known = self._seen.get(path.name)
            if known is None or known[0] != signature:
                self._seen[path.name] = (signature, self.now())
                continue
            rest = self.empty_s if signature[1] == 0 else self.stable_s
            if self.now() - known[1] >= rest:
                outcomes.append(self._handle(path, signature))
        for gone in set(self._seen) - present:
            self._seen.pop(gone)
            self._stuck.pop(gone, None)
        return outcomes

    def _files(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        try:
            entries = sorted(self.folder.iterdir())
        except OSError as error:
            raise StorageProblem(
                _("Valvottuun kansioon {folder} ei pääse: {why}. Tarkista verkkoyhteys ja oikeudet.").format(
                    folder=self.folder, why=os_reason(error)
                )
            ) from error
        for path in entries:
            lower = path.name.lower()
            if lower.startswith((".", "~")) or lower.endswith(_UNFINISHED) or lower in _NOT_POST:
                continue
            try:
                status = path.stat()
                if path.is_file() and not path.is_symlink():
                    yield path, (status.st_mtime_ns, status.st_size)
            except OSError:
                continue  # just moved or not yet ours: the next look tells

    def _handle(self, path: Path, signature: tuple[int, int]) -> Outcome:
        try:
            self.take(path)
        except UserError as error:
            if error.code in ("missing", "unreadable", "changed"):
                self._seen.pop(path.name, None)  # held by the program that writes it: later
                return Outcome(path.name, str(error))
            self._refuse(path, str(error))
            return Outcome(path.name, str(error))
        if not self._move(path, TAKEN):
            self._stuck[path.name] = signature  # taken already: only the moving is tried again
        return Outcome(path.name)

    def _refuse(self, path: Path, why: str) -> None:
        moved = self._move(path, REFUSED)
        if moved is not None:
            note = moved.with_name(moved.name + ".txt")
            try:
                note.write_text(why + "\n", encoding="utf-8")
            except OSError:
                return

    def _move(self, path: Path, where: str) -> Path | None:
        folder = self.folder / where
        try:
            folder.mkdir(exist_ok=True)
            target, count = folder / path.name, 1
            while target.exists():
                count += 1
                target = folder / f"{path.stem} ({count}){path.suffix}"
            path.rename(target)
        except OSError:
            return None
        self._seen.pop(path.name, None)
        self._stuck.pop(path.name, None)
        return target
