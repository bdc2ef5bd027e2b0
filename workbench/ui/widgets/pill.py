"""A state in a pill: icon, word and colour together, because colour alone says nothing to many."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import SECONDARY, S

HEIGHT = 22
_ICON = 14
_GAP = 5
STATES = {"ok": "ok", "waiting": "waiting", "warning": "warning", "stop": "stop", "": "current"}
"""State → icon's meaning."""


def pill_font(base: QFont) -> QFont:
    """The letter inside a pill."""
    return sized(base, SECONDARY, QFont.Weight.Medium)


def pill_width(font: QFont, text: str) -> int:
    """How wide a pill of this text is; ``font`` from :func:`pill_font`."""
    return QFontMetrics(font).horizontalAdvance(text) + _ICON + _GAP + 2 * S


def paint_pill(painter: QPainter, rect: QRect, font: QFont, text: str, state: str) -> None:
    """Paint a pill at the left of ``rect``, centred in height. Words are never cut: where they do not fit the
    icon stands alone, and the cell's tooltip has the words."""
    status = colours().status(state)
    width = pill_width(font, text)
    if width > rect.width():
        text, width = "", _ICON + 2 * (S - 1)
    body = QRectF(rect.x() + 0.5, rect.y() + (rect.height() - HEIGHT) / 2 + 0.5, width - 1, HEIGHT - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(status.edge), 1))
    painter.setBrush(QColor(status.ground))
    painter.drawRoundedRect(body, HEIGHT / 2, HEIGHT / 2)
    ink = QColor(status.ink)
    box = QRect(rect.x() + S - 1, round(body.center().y() - _ICON / 2), _ICON, _ICON)
    draw_glyph(painter, box, STATES.get(state, "current"), ink)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(
        QRectF(box.right() + 1 + _GAP, body.y(), width, body.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        text,
    )
    painter.restore()


class Pill(QWidget):
    """``Pill("ok", "Valmis")``."""

    def __init__(self, state: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state, self._text = "", ""
        self.set(state, text)

    def set(self, state: str, text: str, whole: str = "") -> None:
        """Show another state; ``whole`` is the full term where ``text`` is its short form."""
        self._state, self._text = state, text
        self.setAccessibleName(whole or text)
        self.setToolTip(whole or text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(pill_font(self.font()), self._text), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self.rect(), pill_font(self.font()), self._text, self._state)
