"""Working copies (työkopiot): plain files that other programs edit, and that come back as new versions.

Invariants: a copy is removed only when its newest content is in the register and nobody has it open; content
that could not be brought in stays where it is; what was left by an unclean end is found at the next start.
The index beside the copies names documents by id alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from workbench.documents.reading import kinds
from workbench.documents.reading.names import safe_filename

FOLDER = "työkopiot"
_INDEX = "kopiot.json"
QUIET_S = 20.0
"""How long a copy saved by a program that leaves no lock file is kept for its next save."""


# What a computer would run when told to open it, whatever the content looked like to the reader; and pages
# that a browser would run scripts of.
_RUN_BY_NAME = frozenset({
    "exe", "com", "scr", "pif", "cpl", "msi", "msp", "msc", "dll", "sys", "bat", "cmd", "ps1", "psm1",
    "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "lnk", "url", "scf", "reg", "jar", "sh", "bash",
    "py", "pyw", "pl", "rb", "desktop", "app", "command", "workflow", "appref-ms", "application",
    "gadget", "inf", "ins", "isp", "sct", "chm", "hlp", "html", "htm", "xhtml", "mht", "mhtml", "svg",
    "svgz", "xml", "xsl",
})  # fmt: skip


def may_open(media_type: str, filename: str) -> bool:
    """Whether a file may be given to another program: never a program, by its content or by its name."""
    ending = safe_filename(filename).rpartition(".")[2].lower() if "." in filename else ""
    return media_type not in kinds.PROGRAMS and ending not in _RUN_BY_NAME


@dataclass(frozen=True)
class WorkingCopy:
    """One copy that is out. ``sha256`` is the content the register has; ``version`` the version it is."""

    document_id: str
    municipality: str
    version: int
    sha256: str
    place: str
    refused: str = ""


@dataclass(frozen=True)
class Saved:
    """A copy whose content has changed and come to rest."""

    copy: WorkingCopy
    path: Path


@dataclass
class _Seen:
    """What was noticed of a copy at the last look; lives as long as the program."""

    signature: tuple[int, int] | None = None
    hashed: tuple[tuple[int, int], str] | None = None
    was_locked: bool = False
    quiet_since: float | None = None
    brought: bool = False


@dataclass
class WorkingCopies:
    """The copies of one home. Called from one thread at a time."""

    home: Path
    now: Callable[[], float] = time.monotonic
    quiet_s: float = QUIET_S
    _copies: dict[str, WorkingCopy] = field(default_factory=dict)
    _seen: dict[str, _Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = self.home / FOLDER
        for item in self._read_index():
            self._copies[item.place] = item

    def out(self) -> list[WorkingCopy]:
        """Copies that are followed."""
        return list(self._copies.values())

    def path(self, copy: WorkingCopy) -> Path:
        """Where a copy is."""
        return self.folder / copy.place

    def take_out(
        self,
        *,
        document_id: str,
        municipality: str,
        case_number: str,
        filename: str,
        version: int,
        sha256: str,
        write: Callable[[Path], object],
    ) -> Path:
        """Make a copy of a version, or give the one already out while it is in use."""
        known = next((c for c in self._copies.values() if c.document_id == document_id), None)
        if known is not None and self.path(known).exists():
            if known.version == version or self._hash(known) != known.sha256 or is_open(self.path(known)):
                return self.path(known)
            self._remove(known)
        place = self._place(case_number, filename)
        write(self.folder / place)
        self._copies[place] = WorkingCopy(document_id, municipality, version, sha256, place)
        self._seen[place] = _Seen()
        self._write_index()
        return self.folder / place

    def look(self, *, at_once: bool = False) -> list[Saved]:
        """Copies that were saved since the last look. ``at_once`` does not wait for them to come to rest:
        for the start, when no program of ours has them in hand."""
        found = []
        for copy in self.out():
            seen = self._seen.setdefault(copy.place, _Seen())
            signature = _signature(self.path(copy))
            rested = at_once or signature == seen.signature
            if signature != seen.signature:
                seen.quiet_since = None
            seen.signature = signature
            if signature is None or not rested or signature[1] == 0:
                continue
            if seen.hashed is None or seen.hashed[0] != signature:
                digest = self._hash(copy)
                if _signature(self.path(copy)) != signature:
                    continue  # written while it was read: the next look tells
                seen.hashed = (signature, digest)
            if seen.hashed[1] not in ("", copy.sha256, copy.refused):
                found.append(Saved(copy, self.path(copy)))
        return found

    def brought_in(self, copy: WorkingCopy, sha256: str, version: int) -> None:
        """The content is in the register now, as this version."""
        self._copies[copy.place] = replace(copy, sha256=sha256, version=version, refused="")
        self._seen.setdefault(copy.place, _Seen()).brought = True
        self._write_index()

    def refuse(self, copy: WorkingCopy, sha256: str) -> None:
        """The content could not be brought in: the copy stays, and is tried again once it changes."""
        self._copies[copy.place] = replace(copy, refused=sha256)
        self._write_index()

    def tidy(self, *, at_once: bool = False) -> list[Path]:
        """Remove the copies that are done with; returns what was removed. ``at_once``: at start and end."""
        gone = []
        for copy in self.out():
            path, seen = self.path(copy), self._seen.setdefault(copy.place, _Seen())
            if not path.exists():
                if at_once:
                    self._forget(copy)
                continue
            if is_open(path):
                seen.was_locked, seen.quiet_since = True, None
                continue
            if self._hash(copy) != copy.sha256:
                continue
            if (at_once or self._done_with(seen)) and self._remove(copy):
                gone.append(path)
        return gone

    def _done_with(self, seen: _Seen) -> bool:
        if seen.was_locked:
            return True
        if not seen.brought:
            return False  # a program that leaves no mark may still be starting
        if seen.quiet_since is None:
            seen.quiet_since = self.now()
        return self.now() - seen.quiet_since >= self.quiet_s

    def _remove(self, copy: WorkingCopy) -> bool:
        path = self.path(copy)
        try:
            path.unlink(missing_ok=True)
        except OSError:  # a program holds it: so it is open
            return False
        # Followed on after its file is gone: a program that left no lock file may still save once more.
        seen = self._seen.setdefault(copy.place, _Seen())
        seen.signature, seen.hashed, seen.was_locked = None, None, False
        with suppress(OSError):
            path.parent.rmdir()
        return True

    def _forget(self, copy: WorkingCopy) -> None:
        self._copies.pop(copy.place, None)
        self._seen.pop(copy.place, None)
        self._write_index()

    def _hash(self, copy: WorkingCopy) -> str:
        digest = hashlib.sha256()
        try:
            with self.path(copy).open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
        except OSError:  # held by a program just now: the next look tells
            return ""
        return digest.hexdigest()

    def _place(self, case_number: str, filename: str) -> str:
        folder = safe_filename(case_number) if case_number else "-"
        name = safe_filename(filename)
        stem, dot, ending = name.rpartition(".")
        place, count = f"{folder}/{name}", 1
        while place in self._copies or (self.folder / place).exists():
            count += 1
            place = f"{folder}/{stem} ({count}).{ending}" if dot else f"{folder}/{name} ({count})"
        return place

    def _read_index(self) -> list[WorkingCopy]:
        try:
            found = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
            return [WorkingCopy(**item) for item in found]
        except (OSError, ValueError, TypeError):
            return []

    def _write_index(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / (_INDEX + ".new")
        text = json.dumps([asdict(copy) for copy in self._copies.values()], ensure_ascii=False)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / _INDEX)


def is_open(path: Path) -> bool:
    """Whether an office program's lock file says that somebody has the file open."""
    name = path.name
    marks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    return any((path.parent / mark).exists() for mark in marks)


def _signature(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
