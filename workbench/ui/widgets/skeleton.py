"""The shape of what comes, shown only when the wait passes 150 ms; still, because motion tires."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.tokens import ROW, SKELETON_AFTER_MS, L


class Skeleton(QWidget):
    """Grey bars for lines of text; ``lines`` are their lengths as parts of the width."""

    def __init__(
        self, lines: tuple[float, ...] = (0.4, 0.9, 0.75, 0.85, 0.6), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(_("Haetaan tietoja"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().line))
        room = self.width() - 2 * L
        for n, part in enumerate(self._lines):
            tall = 16 if n == 0 else 10
            painter.drawRoundedRect(QRectF(L, L + n * ROW, room * part, tall), tall / 2, tall / 2)


class Loading(QWidget):
    """Holds a widget and its skeleton: ``start()`` when a query leaves, ``stop()`` when it is back."""

    def __init__(
        self, content: QWidget, skeleton: Skeleton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.content = content
        self._skeleton = skeleton or Skeleton()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(content)
        self._stack.addWidget(self._skeleton)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SKELETON_AFTER_MS)
        self._timer.timeout.connect(lambda: self._stack.setCurrentIndex(1))

    def start(self) -> None:
        """A wait begins."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """It is here."""
        self._timer.stop()
        self._stack.setCurrentIndex(0)

    def is_shown(self) -> bool:
        """Whether the skeleton is in view."""
        return self._stack.currentIndex() == 1
