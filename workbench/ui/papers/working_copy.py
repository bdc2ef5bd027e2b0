"""Opening a document in its own program, and bringing back by itself what was saved there.

A document of a case becomes a followed working copy; anything else (an arrival's file, an old version) a
read-only copy to look at. Files are looked after off the window's thread. A program is never opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from workbench.cases.intake.taking_in import keep
from workbench.cases.items import FileItem
from workbench.cases.papers import AddVersion
from workbench.cases.working_copies import FOLDER, Saved, WorkingCopies, WorkingCopy, may_open
from workbench.desk import Desk
from workbench.documents.reading.names import safe_filename
from workbench.documents.reading.read import read_arrival
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.ui.papers.paper import Paper
from workbench.ui.shell import Ui

LOOKS = "katselu"
POLL_MS = 1_500


@dataclass(frozen=True)
class CaseDocument:
    """The newest version of a case's document."""

    document_id: str
    municipality: str
    case_number: str
    version: int
    sha256: str
    media_type: str
    filename: str


def _open_in_system(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class WorkingDesk(QObject):
    """``open_document(document)``, ``open_paper(paper)``; ``restore()`` at start, ``close()`` at the end."""

    def __init__(
        self,
        ui: Ui,
        desk: Desk,
        *,
        open_file: Callable[[Path], bool] = _open_in_system,
        copies: WorkingCopies | None = None,
        poll_ms: int = POLL_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._open_file = ui, desk, open_file
        self.copies = copies or WorkingCopies(desk.store.home)
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(poll_ms)
        self._timer.timeout.connect(self._look)

    def open_document(self, document: CaseDocument) -> None:
        """Open the newest version to be edited; what is saved becomes the next version."""
        if self._refuses(document.media_type, document.filename):
            return

        def work(_reader: Any) -> Path:
            self._desk.demand(document.municipality, document.sha256)  # a copy already out needs it too
            return self.copies.take_out(
                document_id=document.document_id,
                municipality=document.municipality,
                case_number=document.case_number,
                filename=document.filename,
                version=document.version,
                sha256=document.sha256,
                write=partial(self._desk.copy_out, document.municipality, document.sha256),
            )

        self._ui.tasks.run_query(self, f"out-{document.document_id}", work, done=self._opened)

    def open_paper(self, paper: Paper) -> None:
        """Open a read-only copy to look at."""
        if self._refuses(paper.media_type, paper.filename):
            return
        folder = _looked_at(self._desk.store.home, paper.sha256)
        target = folder / safe_filename(paper.filename)

        def work(_reader: Any) -> Path:
            self._desk.demand(paper.municipality, paper.sha256)
            if not target.exists():
                self._desk.copy_out(paper.municipality, paper.sha256, target)
                target.chmod(0o444)
            return target

        self._ui.tasks.run_query(self, f"look-{paper.sha256}", work, done=self._shown)

    def restore(self) -> None:
        """At start: bring in what an earlier run left behind, then remove the copies."""
        shutil.rmtree(self._desk.store.home / FOLDER / LOOKS, onerror=_unlock)
        if self.copies.out():
            self._look(at_once=True)

    def close(self) -> None:
        """At the end: remove what is done with; what is open or unsaved waits for the next start."""
        self._timer.stop()
        self.copies.tidy(at_once=True)
        shutil.rmtree(self._desk.store.home / FOLDER / LOOKS, onerror=_unlock)

    # Inside

    def _refuses(self, media_type: str, filename: str) -> bool:
        if not may_open(media_type, filename):
            self._ui.notify.say(
                _("Tiedostoa {name} ei avata, koska tietokone voisi suorittaa sen ohjelmana.").format(
                    name=filename
                ),
                state="stop",
            )
            return True
        return False

    def _opened(self, path: Path) -> None:
        self._shown(path)
        self._timer.start()

    def _shown(self, path: Path) -> None:
        if not self._open_file(path):
            self._ui.notify.say(
                _("Koneessa ei ole ohjelmaa, joka avaisi tiedoston {name}.").format(name=path.name),
                state="warning",
            )

    def _look(self, *, at_once: bool = False) -> None:
        if self._busy:
            return
        self._busy = True

        def work(_reader: Any) -> list[Saved]:
            saved = self.copies.look(at_once=at_once)
            if not saved:
                self.copies.tidy(at_once=at_once)
            return saved

        self._ui.tasks.run_query(
            self, "look", work, done=partial(self._bring, at_once=at_once), failed=self._rest
        )

    def _rest(self, _error: Exception) -> None:
        self._busy = False

    def _bring(self, saved: list[Saved], *, at_once: bool) -> None:
        if not saved:
            self._busy = False
            if not self.copies.out():
                self._timer.stop()
            else:
                self._timer.start()
            return
        first, rest = saved[0], saved[1:]
        onwards = partial(self._bring, rest, at_once=at_once) if rest else partial(self._again, at_once)
        self._ui.tasks.run_query(
            self,
            "keep",
            lambda _reader: self._kept(first),
            done=lambda item: self._add(first.copy, item, onwards),
            failed=lambda error: self._refused(first.copy, "", error, onwards),
        )

    def _again(self, at_once: bool) -> None:
        self._busy = False
        self._look(at_once=at_once)

    def _kept(self, saved: Saved) -> FileItem:
        return keep(self._desk.store, saved.copy.municipality, read_arrival(saved.path).original)

    def _add(self, copy: WorkingCopy, item: FileItem, onwards: Callable[[], None]) -> None:
        def done(changes: Any) -> None:
            made = int(changes.result)
            self.copies.brought_in(copy, item.sha256, made)
            if copy.version and made != copy.version + 1:
                self._ui.notify.say(changes.title, state="warning")
            else:
                self._ui.notify.tell(changes)
            onwards()

        self._ui.tasks.run_command(
            AddVersion(document_id=copy.document_id, file=item, seen=copy.version),
            initiator=self,
            done=done,
            failed=lambda error: self._refused(copy, item.sha256, error, onwards),
        )

    def _refused(self, copy: WorkingCopy, sha256: str, error: Exception, onwards: Callable[[], None]) -> None:
        if isinstance(error, UserError) and error.code == "unchanged":
            self.copies.brought_in(copy, sha256, copy.version)
            onwards()
            return
        if isinstance(error, UserError | StorageProblem):
            self._ui.notify.say(
                _(
                    "Tiedostoa {name} ei voitu tuoda uudeksi versioksi. {why} Kopio on tallessa: {path}"
                ).format(name=self.copies.path(copy).name, why=error, path=self.copies.path(copy)),
                state="stop",
            )
        if sha256:
            self.copies.refuse(copy, sha256)
        self._busy = False
        self._timer.start()


def _looked_at(home: Path, sha256: str) -> Path:
    """Where the copy to look at of a content lies."""
    return home / FOLDER / LOOKS / sha256[:12]


def remove_looked_at(home: Path, sha256s: Iterable[str]) -> None:
    """Remove the copies to look at of contents that have been destroyed."""
    for sha256 in sha256s:
        shutil.rmtree(_looked_at(home, sha256), onerror=_unlock)


def _unlock(remove: Callable[[str], object], name: str, _error: object) -> None:
    """A read-only file is removed all the same; one that a program holds stays for the next start."""
    try:
        Path(name).chmod(0o600)
        remove(name)
    except OSError:
        return


class Programs:
    """The one working desk of a window; every page that opens documents asks it here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: WorkingDesk | None = None

    def of(self, ui: Ui) -> WorkingDesk:
        """Made at the first asking."""
        if self._made is None:
            self._made = WorkingDesk(ui, self._desk)
        return self._made
