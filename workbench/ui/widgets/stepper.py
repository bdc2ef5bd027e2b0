"""The phases of a case as a row of steps: behind, present, ahead; a word under each mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import SECONDARY, S

_MARK = 18
_HEIGHT = 44


class Stepper(QWidget):
    """``set_phases(["Vireilletulo", …], current=1)``."""

    def __init__(self, phases: list[str], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_phases(phases, current)

    def set_phases(self, phases: list[str], current: int, *, ended: bool = False) -> None:
        """Show these phases; those before ``current`` are done; ``len(phases)`` means all are. ``ended``: it
        went no further than the present one."""
        self._phases, self._current = list(phases), current
        self._done = current + 1 if ended else current
        if ended and current < len(phases):
            text = _("Päättyi vaiheeseen {n}/{total}: {name}").format(
                n=current + 1, total=len(phases), name=phases[current]
            )
        elif current < len(phases):
            text = _("Vaihe {n}/{total}: {name}").format(
                n=current + 1, total=len(phases), name=phases[current]
            )
        else:
            text = _("Kaikki vaiheet on käyty läpi")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), SECONDARY, QFont.Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(p) for p in self._phases), default=0) + 2 * S
        return QSize(widest * len(self._phases), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(72 * len(self._phases), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = max(1, len(self._phases))
        step = self.width() / count
        middle = 3 + _MARK / 2
        for n in range(count - 1):
            left = step * n + step / 2 + _MARK / 2 + 4
            painter.setPen(QPen(QColor(c.accent if n < self._current else c.line), 2))
            painter.drawLine(round(left), round(middle), round(left + step - _MARK - 8), round(middle))
        for n, name in enumerate(self._phases):
            self._paint_step(painter, n, name, QRectF(step * n, 0, step, self.height()), middle)

    def _paint_step(self, painter: QPainter, n: int, name: str, room: QRectF, middle: float) -> None:
        c = colours()
        done, here = n < self._done, n == self._current and n >= self._done
        mark = QRectF(room.center().x() - _MARK / 2, middle - _MARK / 2, _MARK, _MARK)
        painter.setPen(QPen(QColor(c.accent if done or here else c.edge), 2 if here else 1.5))
        painter.setBrush(QColor(c.accent if done else c.surface))
        painter.drawEllipse(mark)
        if done:
            draw_glyph(painter, mark.toRect().adjusted(3, 3, -3, -3), "done", QColor(c.on_accent))
        elif here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(mark.adjusted(5, 5, -5, -5))
        weight = QFont.Weight.DemiBold if here else QFont.Weight.Normal
        font = sized(self.font(), SECONDARY, weight)
        painter.setFont(font)
        painter.setPen(QColor(c.text if here or done else c.text_soft))
        words = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()) - 6)
        box = QRect(round(room.x()), 3 + _MARK + 3, round(room.width()), 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)
