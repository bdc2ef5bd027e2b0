"""A panel laid over the window, the rest dimmed. Escape or a press outside closes it and gives focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.theme.current import colours
from workbench.ui.theme.tokens import XXL


class Overlay(QWidget):
    """``open()`` and ``close_panel()``; the panel is ``self.panel``."""

    def __init__(self, window: QWidget, width: int, height: int) -> None:
        super().__init__(window)
        self._size = (width, height)
        self._before: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("role", "popup")
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Lay over the window."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._fit()
        self.show()
        self.raise_()

    def close_panel(self) -> None:
        """Take away; the keyboard returns where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dim = QColor(colours().shadow)
        dim.setAlpha(150 if colours().dark else 70)
        painter.fillRect(self.rect(), dim)

    def _fit(self) -> None:
        room = self.window().rect()
        self.setGeometry(room)
        width = min(self._size[0], room.width() - 2 * XXL)
        height = min(self._size[1], room.height() - 3 * XXL)
        self.panel.setGeometry((room.width() - width) // 2, min(72, XXL * 2), width, height)
