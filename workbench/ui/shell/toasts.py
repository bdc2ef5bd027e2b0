"""Messages that pass by, at the lower right: what was done, and Kumoa, Korjaa… or Näytä.

They never take the keyboard; F8 goes to the newest. They wait while the mouse or the keyboard is on them,
and screen readers are told of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from workbench.i18n import _
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import STATUS, L, M, S
from workbench.ui.widgets.text import glyph, label

_MOST = 3
Deed = tuple[str, Callable[[], None]]


class Toast(QFrame):
    """One message."""

    def __init__(self, text: str, deeds: Sequence[Deed], state: str, seconds: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.setAccessibleName(text)
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, S, S)
        row.setSpacing(M)
        row.addWidget(glyph({"waiting": "info"}.get(state, state), state))
        words = label(text, wrap=True)
        words.setMinimumWidth(min(300, words.fontMetrics().horizontalAdvance(text) + 4))
        words.setMaximumWidth(420)
        row.addWidget(words, 1)
        self.buttons: list[QPushButton] = []
        for name, run in deeds:
            button = QPushButton(name)
            button.setProperty("quiet", True)
            button.clicked.connect(lambda _checked=False, run=run: self._do(run))
            row.addWidget(button)
            self.buttons.append(button)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAccessibleName(_("Sulje ilmoitus"))
        close.setToolTip(_("Sulje ilmoitus"))
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self._lapse)
        self._timer.start()

    def dismiss(self) -> None:
        """Take it away."""
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self._timer.start()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _lapse(self) -> None:
        inside = self.window().focusWidget()
        if self.underMouse() or (inside is not None and self.isAncestorOf(inside)):
            self._timer.start()
        else:
            self.dismiss()

    def _do(self, run: Callable[[], None]) -> None:
        self.dismiss()
        run()


class Toasts(QObject):
    """The stack of messages over the window."""

    def __init__(
        self, window: QWidget, seconds: Callable[[], int], inset: Callable[[], int] = lambda: 0
    ) -> None:
        """``inset``: room to leave at the right, where the page in view has its buttons."""
        super().__init__(window)
        self._window, self._seconds, self._inset = window, seconds, inset
        self._shown: list[Toast] = []
        self._before: QWidget | None = None
        window.installEventFilter(self)

    def show(self, text: str, deeds: Sequence[Deed] = (), state: str = "ok") -> Toast:
        """Show a message; the same words twice show once."""
        for toast in list(self._shown):
            if toast.text == text:
                toast.dismiss()
                self._shown.remove(toast)
        toast = Toast(text, deeds, state, self._seconds(), self._window)
        toast.destroyed.connect(self._tidy)
        self._shown.append(toast)
        for old in self._shown[:-_MOST]:
            old.dismiss()
        self._shown = self._shown[-_MOST:]
        toast.adjustSize()
        toast.show()
        self._place()
        announce(toast, text)
        return toast

    def newest(self) -> Toast | None:
        """The message shown last, if any is in sight."""
        seen = [toast for toast in self._shown if toast.isVisible()]
        return seen[-1] if seen else None

    def focus_newest(self) -> None:
        """F8: the keyboard goes to the newest message's first button, and back again."""
        toast = self.newest()
        if toast is None:
            return
        (toast.buttons[0] if toast.buttons else toast.findChildren(QToolButton)[0]).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _tidy(self) -> None:
        kept = []
        for toast in self._shown:
            try:
                toast.isVisible()
            except RuntimeError:  # deleted by Qt
                continue
            kept.append(toast)
        self._shown = kept
        self._place()

    def _place(self) -> None:
        bottom = self._window.height() - STATUS - L
        for toast in reversed(self._shown):
            try:
                if toast.isHidden():
                    continue
                bottom -= toast.height()
                toast.move(max(L, self._window.width() - toast.width() - L - self._inset()), bottom)
                toast.raise_()
                bottom -= S
            except RuntimeError:  # deleted by Qt between two messages
                continue


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it without moving the focus."""
    widget.setAccessibleDescription(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
