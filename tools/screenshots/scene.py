"""A scene, and the stage it is played on: the window with a person's hands."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from workbench.store.store import Store
from workbench.ui.dialogs import AskDialog, ReasonDialog
from workbench.ui.shots import SIZE, compose

SMALL = QSize(1100, 700)
LEAST = QSize(1024, 700)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier

_QUIET_ROUNDS, _ROUND_S, _LONGEST_S = 3, 0.07, 12.0


class Shown:
    """Answers the window's questions by leaving them in view: a dialog is a part of the picture."""

    def __init__(self) -> None:
        self.parent: QWidget | None = None
        self.open: QDialog | None = None
        self.files: list[Path] = []
        self.folder: Path | None = None

    def ask_reason(self, title: str, text: str, *, deed: str, suggestions: tuple[str, ...] = ()) -> None:
        self._show(ReasonDialog(self.parent, title, text, deed=deed, suggestions=suggestions))

    def confirm(self, title: str, consequence: str, *, deed: str, danger: bool = False) -> bool:
        self._show(AskDialog(self.parent, title, consequence, deed=deed, danger=danger))
        return False

    def choose_files(self, title: str, *, patterns: tuple[str, ...] = ()) -> list[Path]:
        return self.files

    def choose_folder(self, title: str) -> Path | None:
        return self.folder

    def message(self, title: str, text: str) -> None:
        self._show(AskDialog(self.parent, title, text, deed="Selvä", cancel=False))

    def print_page(self, title: str, html: str) -> bool:
        return True

    def write_mail(self, to: str, subject: str, text: str) -> None:
        pass

    def _show(self, dialog: QDialog) -> None:
        self.close()
        self.open = dialog
        dialog.open()

    def close(self) -> None:
        """The question is over."""
        if self.open is not None:
            self.open.close()
            self.open.deleteLater()
            self.open = None


@dataclass
class Stage:
    """A window (the main one, or a dialog of the start) and the ways scenes move it."""

    window: Any
    store: Store | None = None
    dialogs: Shown = field(default_factory=Shown)
    things: dict[str, Any] = field(default_factory=dict)
    """What the home was furnished with, by name: ids of cases, paths of files."""

    def settle(self, least_s: float = 0.0) -> None:
        """Until nothing moves in the picture and no command waits."""
        began = time.monotonic()
        before, quiet = QImage(), 0
        while time.monotonic() - began < _LONGEST_S:
            until = time.monotonic() + _ROUND_S
            while time.monotonic() < until:
                QApplication.processEvents()
                time.sleep(0.005)
            now = compose(self.window, 1.0)
            quiet = quiet + 1 if now == before else 0
            before = now
            if quiet >= _QUIET_ROUNDS and time.monotonic() - began >= least_s:
                return

    def until(self, true: Callable[[], Any]) -> None:
        """Until something has come to be; a scene that never comes is a fault of the scene."""
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > 3 * _LONGEST_S:
                raise TimeoutError("the scene did not come to be")
            QApplication.processEvents()
            time.sleep(0.01)
        self.settle()

    def open(self, page: str, target: Any = None) -> None:
        """Go to a page."""
        self.window.open_page(page, target)
        self.settle()

    def do(self, action: str) -> None:
        """Do an action; one that cannot be done is a fault of the scene."""
        why = self.window.actions_.get(action).enabled()
        if why is not True:
            raise RuntimeError(f"{action}: {why}")
        self.window.actions_.trigger(action)
        self.settle()

    def case(self, name: str) -> None:
        """Open a case of the furnished home."""
        self.window.open_object("case_file", self.things[name])
        self.until(lambda: self.page("cases").view.case_id == self.things[name])

    def page(self, name: str) -> Any:
        """A page's widget."""
        return self.window.host.page(name)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        for letter in text:  # QTest types ASCII only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                target = QApplication.focusWidget() or self.window
                QApplication.sendEvent(target, QKeyEvent(kind, 0, PLAIN, letter))
        self.settle(0.3)

    def clean(self) -> None:
        """Back to rest: no dialog, menu, panel or message in view."""
        self.dialogs.close()
        for menu in QApplication.topLevelWidgets():
            if menu is not self.window and menu.isVisible():
                if isinstance(menu, QDialog):
                    menu.done(0)
                elif isinstance(menu, QMenu):
                    menu.close()
        if hasattr(self.window, "toasts"):
            for _toast in range(3):
                toast = self.window.toasts.newest()
                if toast is not None:
                    toast.dismiss()
            for over in (self.window.palette_, self.window.sheet):
                if over.isVisible():
                    over.close_panel()
            for _step in range(3):
                self.key(Qt.Key.Key_Escape)


@dataclass(frozen=True)
class Scene:
    """One picture: what to do before it is taken, at what size, and whose window it is: ``demo``, ``admin``,
    ``empty`` or ``start``. ``contrast``: also in high contrast."""

    name: str
    play: Callable[[Stage], None]
    size: QSize = SIZE
    stand: str = "demo"
    contrast: bool = False
    clean: Callable[[Stage], None] = Stage.clean
