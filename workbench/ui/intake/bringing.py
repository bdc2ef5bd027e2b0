"""Bringing files in: dropped on the window or chosen, several at once, folders too. One Job, each file with
its own result; a file that cannot be taken in says why and never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workbench.cases.intake.watching import Outcome
from workbench.desk import Desk
from workbench.documents.reading.names import safe_filename
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _, ngettext
from workbench.oswords import os_reason
from workbench.ui.intake.summary import summary
from workbench.ui.jobs import Progress
from workbench.ui.shell import Ui
from workbench.ui.tasks import ForeignChange

_MOST_FILES = 5_000


@dataclass
class Brought:
    """The result of one bringing."""

    outcomes: list[Outcome] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    already: int = 0
    bug: Exception | None = None


class Bringing(QObject):
    """``bring(paths)``; ``finished(Brought)``."""

    finished = Signal(object)

    def __init__(self, ui: Ui, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk

    def choose(self) -> None:
        """Ask for files."""
        paths = self._ui.dialogs.choose_files(_("Tuo tiedostoja"))
        if paths:
            self.bring(paths)

    def bring(self, paths: Sequence[Path]) -> None:
        """Take these in, folders with what they hold."""
        count = len(paths)
        title = ngettext("Tuodaan tiedosto", "Tuodaan {n} kohdetta", count).format(n=count)
        self._ui.jobs.start(title, lambda progress: self._work(list(paths), progress), done=self._done)

    def _work(self, paths: list[Path], progress: Progress) -> Brought:
        result = Brought()
        files = list(_files(paths, result))
        for n, path in enumerate(files):
            progress.step(n, len(files), path.name)
            self._take(path, result)
        return result

    def _take(self, path: Path, result: Brought) -> None:
        name = safe_filename(path.name)
        try:
            changes = self._desk.take_in(path)
        except (UserError, StorageProblem) as problem:
            result.outcomes.append(Outcome(name, str(problem)))
        except Exception as error:  # one file's bug must not stop the others; it is reported after
            result.bug = error
            result.outcomes.append(
                Outcome(name, _("Tiedostoa {name} ei voitu lukea ohjelman virheen takia.").format(name=name))
            )
        else:
            result.outcomes.append(Outcome(name))
            result.ids.append(str(changes.result))
            result.already += not changes.command_id

    def _done(self, result: Brought) -> None:
        if result.ids:
            self._ui.tasks.store_changed.emit(ForeignChange(), None)
        words, state = summary(result.outcomes, result.already)
        refused = [o for o in result.outcomes if o.why]
        if len(refused) > 1:
            self._ui.notify.offer(words, _("Näytä kaikki"), lambda: self._list(refused), state=state)
        elif result.outcomes:
            self._ui.notify.say(words, state=state)
        else:
            self._ui.notify.say(_("Kansiossa ei ole tuotavia tiedostoja."), state="warning")
        self.finished.emit(result)
        if result.bug is not None:
            raise result.bug

    def _list(self, refused: list[Outcome]) -> None:
        lines = [_("{name}: {why}").format(name=o.name, why=o.why) for o in refused[:40]]
        self._ui.dialogs.message(_("Hylätyt tiedostot"), "\n\n".join(lines))


def _files(paths: Iterable[Path], result: Brought) -> Iterable[Path]:
    """The files themselves; a folder gives what it holds, hidden files aside."""
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
                yield from inside[:_MOST_FILES]
                if len(inside) > _MOST_FILES:
                    why = _("Kansiosta tuotiin {n} ensimmäistä tiedostoa. Tuo loput erikseen.").format(
                        n=_MOST_FILES
                    )
                    result.outcomes.append(Outcome(path.name, why))
                continue
        except OSError as error:
            why = _("Kansiota {name} ei voi lukea: {why}.").format(name=path.name, why=os_reason(error))
            result.outcomes.append(Outcome(path.name, why))
            continue
        yield path
