"""What Ctrl+Z would undo, by name. Undo is a new command; what the law lets only be corrected is corrected.

The last thing done decides: when a number was taken, Ctrl+Z does not reach past it to something older.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.i18n import _
from workbench.ui.actions import Enabled
from workbench.ui.tasks import Tasks

_LONGEST = 50


class UndoHistory(QObject):
    """Follows the window's own commands."""

    changed = Signal()
    undone = Signal(object)
    """The Changes of the undoing command."""

    def __init__(
        self, tasks: Tasks, undo_of: Callable[[str], Any] | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._undo_of = tasks, undo_of
        self._done: list[Any] = []
        self._undone: list[Any] = []
        self._expected: dict[str, str] = {}
        tasks.store_changed.connect(self._on_changed)

    def title(self) -> str:
        """Name of what undo would undo; "" when nothing."""
        return self._done[-1].title if self._done and self._done[-1].undoable else ""

    def can_undo(self) -> Enabled:
        """True, or why not."""
        if not self._done:
            return _("Kumottavaa ei ole.")
        last = self._done[-1]
        if not last.undoable:
            return _("Tätä ei voi kumota: {title}. Käytä korjausta.").format(title=last.title)
        return True

    def can_redo(self) -> Enabled:
        """True, or why not."""
        return True if self._undone else _("Uudelleen tehtävää ei ole.")

    def undo(self) -> None:
        """Undo the last command."""
        if self.can_undo() is True and self._undo_of is not None:
            self._reverse(self._done[-1], "undo")

    def undo_one(self, changes: Any) -> None:
        """Undo one command that a message names, though others came after it."""
        if self._undo_of is not None:
            self._reverse(changes, "undo")

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._undone and self._undo_of is not None:
            self._reverse(self._undone[-1], "redo")

    def _reverse(self, changes: Any, way: str) -> None:
        assert self._undo_of is not None
        self._tasks.run_command(
            self._undo_of(changes.command_id),
            initiator=self,
            done=lambda made: self._expect(made, changes.command_id, way),
        )

    def _expect(self, made: Any, old: str, way: str) -> None:
        """``done`` comes before ``store_changed``: the coming change is known to be an undo."""
        self._done = [changes for changes in self._done if changes.command_id != old]
        self._undone = [changes for changes in self._undone if changes.command_id != old]
        self._expected[made.command_id] = way

    def _on_changed(self, changes: Any, _initiator: object) -> None:
        if not changes.command_id:
            return  # another process's commit is not ours to undo
        way = self._expected.pop(changes.command_id, "do")
        if way == "undo":
            if changes.undoable:
                self._undone.append(changes)
            self.undone.emit(changes)
        else:
            if changes.title:
                self._done.append(changes)
                del self._done[:-_LONGEST]
            if way == "do":
                self._undone.clear()
        self.changed.emit()
