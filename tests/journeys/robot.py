"""A real window in a process of its own, and the hands of a person at it: ``python -m tests.journeys.robot HOME``.

Each line on standard input is one thing to do, as JSON; each line out is its answer. The hands find things as a person
does: by the words in sight. Keys and clicks go through the window system's own events.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)


class Lost(Exception):
    """What was looked for is not in sight."""


class Hands(QObject):
    """Lives on the window's thread; ``asked`` may be emitted from any."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def _do(self, line: str) -> None:
        order = json.loads(line)
        try:
            value = getattr(self, order.pop("do"))(**order)
            answer: dict[str, Any] = {"ok": True, "value": value}
        except Lost as lost:
            answer = {"ok": False, "why": f"{lost}; in sight: {' | '.join(self.sight())[:3000]}"}
        except Exception:  # the test waits for an answer, whatever happened
            answer = {"ok": False, "why": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    # -- seeing ------------------------------------------------------------------------------------------

    def sight(self) -> list[str]:
        """Every text in sight."""
        return [text for widget in _in_sight() for text in _texts(widget) if text.strip()]

    def sees(self, text: str) -> bool:
        """Whether a text is in sight."""
        return any(text in seen for seen in self.sight())

    def has(self, field: str) -> bool:
        """Whether a field of this name is in sight."""
        return any(w.accessibleName() == field for w in _in_sight(QLineEdit, QPlainTextEdit, QTextEdit))

    def can(self, text: str) -> bool:
        """Whether a button is in sight and can be used."""
        return any(_is_called(b, text) and b.isEnabled() for b in _in_sight(QAbstractButton))

    # -- doing -------------------------------------------------------------------------------------------

    def press(self, text: str) -> None:
        """Click a button by its word."""
        found = [b for b in _in_sight(QAbstractButton) if _is_called(b, text) and b.isEnabled()]
        if not found:
            raise Lost(f"no button {text!r} that can be used")
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def write(self, field: str, text: str) -> None:
        """Write into a field by its name, in place of what is there."""
        found = [
            w
            for w in _in_sight(QLineEdit, QPlainTextEdit, QTextEdit)
            if w.accessibleName() == field and w.isEnabled()
        ]
        if not found:
            raise Lost(f"no field {field!r}")
        at = found[0]
        at.window().activateWindow()
        at.setFocus(Qt.FocusReason.TabFocusReason)
        at.selectAll()
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(at, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))
        # Leaving it by the keyboard is what saves a field.
        QTest.keyClick(at, Qt.Key.Key_Tab)

    def key(self, keys: str) -> None:
        """Press keys wherever the keyboard is."""
        sequence = QKeySequence(keys)[0]
        if QApplication.activeWindow() is None:  # offscreen no window manager gives the keyboard on
            _window().activateWindow()
            QApplication.processEvents()
        at = QApplication.focusWidget() or _window()
        QTest.keyClick(at, sequence.key(), sequence.keyboardModifiers())

    def choose(self, text: str, twice: bool = False) -> None:
        """Click a row of a list by its words; twice opens it."""
        for view in _in_sight(QAbstractItemView):
            for row in range(view.model().rowCount(QModelIndex())):
                for column in range(_columns(view)):
                    index = view.model().index(row, column)
                    if text in str(index.data() or ""):
                        view.scrollTo(index)
                        place = view.visualRect(index).center()
                        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                        if twice:
                            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                        return
        raise Lost(f"no row {text!r}")

    def pick(self, text: str) -> None:
        """Click a choice of the menu that is open."""
        for menu in _in_sight(QMenu):
            for action in menu.actions():
                if text in action.text():
                    QTest.mouseClick(
                        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center()
                    )
                    return
        raise Lost(f"no choice {text!r}")

    def picture(self, path: str) -> None:
        """What is in sight, as a picture."""
        _window().grab().save(path)

    def close(self) -> None:
        """Close the window."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.close()


def _in_sight(*kinds: type[QWidget]) -> Iterator[Any]:
    """Widgets in sight, those of the window on top first."""
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and not w.property("ghost")]
    windows.sort(
        key=lambda w: w is not (QApplication.activePopupWidget() or QApplication.activeModalWidget())
    )
    for window in windows:
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isVisible() and (not kinds or isinstance(widget, kinds)) and _shows(widget):
                yield widget


def _window() -> QWidget:
    """The window on top."""
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
    return QApplication.activeWindow() or max(shown, key=lambda w: w.width() * w.height())


def _is_called(button: QAbstractButton, text: str) -> bool:
    return text in (button.text().strip(" &"), button.accessibleName())


def _shows(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty() or widget.mapTo(widget.window(), QPoint(0, 0)).y() >= 0


def _texts(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel):
        return [widget.text().replace("\u200b", "")]
    if isinstance(widget, QTabBar):
        return [widget.tabText(n) for n in range(widget.count())]
    if isinstance(widget, QAbstractButton):
        return [widget.text()]
    if isinstance(widget, QLineEdit):
        return [widget.text()]
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return [widget.toPlainText()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        rows = min(model.rowCount(QModelIndex()), 200)
        return [str(model.index(r, c).data() or "") for r in range(rows) for c in range(_columns(widget))]
    return []


def _columns(view: QAbstractItemView) -> int:
    """A list has one, and its model does not tell."""
    return 1 if isinstance(view, QListView) else max(1, view.model().columnCount(QModelIndex()))


def _listen(hands_made: Callable[[], Hands]) -> None:
    hands: Hands | None = None
    for line in sys.stdin:
        while hands is None:
            app = QApplication.instance()
            if app is None:
                threading.Event().wait(0.05)
                continue
            hands = hands_made()
            hands.moveToThread(app.thread())
        hands.asked.emit(line)


def main() -> int:
    """Open the window on a home; ends with it."""
    from workbench.app import run_window

    threading.Thread(target=_listen, args=(Hands,), daemon=True).start()
    return run_window(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
