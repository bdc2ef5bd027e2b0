"""The field above a list: type anywhere in the list and it filters. Escape empties it, then lets go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.i18n import _
from workbench.ui.theme.icons import icon

_PAUSE_MS = 120
_AROUND = 76
"""What the two pictures and the edges of the field take."""


class FilterField(QLineEdit):
    """Emits ``filtered(text)`` a moment after the last letter."""

    filtered = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setPlaceholderText(placeholder or _("Suodata kirjoittamalla"))
        self.setAccessibleName(_("Suodata luetteloa"))
        self.addAction(icon("filter"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._list: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(lambda: self.filtered.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._timer.start())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def setPlaceholderText(self, words: str) -> None:
        """What stands there while it is empty; a word of it where room is short."""
        self._words = words
        self._fit()

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._words) <= self.width() - _AROUND
        super().setPlaceholderText(self._words if fits else _("Suodata"))
        self.setToolTip("" if fits else self._words)

    def attach(self, view: QWidget) -> None:
        """Letters typed in ``view`` come here; Down and Enter go back to it."""
        self._list = view
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._list:
            if self._is_letter(event):
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.insert(event.text())
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Backspace and self.text():
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.backspace()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._list is not None:
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @staticmethod
    def _is_letter(event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        return not plain.value and len(text) == 1 and text.isprintable() and text != " "
