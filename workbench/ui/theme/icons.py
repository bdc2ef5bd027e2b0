"""``icon("case")``: the one way to an icon. Drawn from the font at paint time, so it follows the theme.

The glyphs are Phosphor's, out of the files that qtawesome ships. qtawesome itself is never imported: it
loads every family it has, 0.3 s before the first icon, where the one file we need loads in 5 ms.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
)

from workbench.ui.theme.current import colours
from workbench.ui.theme.glyphs import GLYPHS

_FONT, _NAMES = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("qtawesome is not installed; it carries the icon font")
    return Path(spec.origin).parent / "fonts"


@cache
def _codepoints() -> dict[str, str]:
    names: dict[str, str] = json.loads((_folder() / _NAMES).read_text(encoding="utf-8"))
    return names


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / _FONT))
    return QFontDatabase.applicationFontFamilies(number)[0]


def character(meaning: str) -> str:
    """The glyph's character; KeyError when the table or the font does not know the meaning."""
    return chr(int(_codepoints()[GLYPHS[meaning]], 16))


@cache
def _shape(meaning: str) -> QPainterPath:
    """Outline of the glyph in a box of 100 × 100: scaled as a path, it is crisp on every screen."""
    font = QFont(_family())
    font.setPixelSize(100)
    raw = QRawFont.fromFont(font)
    path = raw.pathForGlyph(raw.glyphIndexesForString(character(meaning))[0])
    # Phosphor draws on its em square, baseline at the descent; put the em square's corner at the origin.
    path.translate(0, raw.ascent() * 100 / (raw.ascent() + raw.descent()))
    return path


class _GlyphEngine(QIconEngine):
    """Paints one glyph in the theme's colour for the icon's state."""

    def __init__(self, meaning: str, colour: str, active: str) -> None:
        super().__init__()
        self._meaning, self._colour, self._active = meaning, colour, active

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name = self._colour
        if mode == QIcon.Mode.Disabled:
            name = "text_off"
        elif state == QIcon.State.On and self._active:
            name = self._active
        draw_glyph(painter, rect, self._meaning, colour_of(name))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        made.setDevicePixelRatio(scale)
        return made

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._meaning, self._colour, self._active)


def colour_of(name: str) -> QColor:
    """A colour of the theme in use by its name, a status ink as ``ok``, ``stop`` …, or ``#rrggbb`` itself."""
    if name.startswith("#"):
        return QColor(name)
    value = getattr(colours(), name)
    return QColor(value if isinstance(value, str) else value.ink)


def draw_glyph(painter: QPainter, rect: QRect, meaning: str, colour: QColor) -> None:
    """Paint a glyph in the largest square at the middle of ``rect``."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2))
    painter.scale(side / 100, side / 100)
    painter.fillPath(_shape(meaning), colour)
    painter.restore()


def icon(meaning: str, colour: str = "text_soft", active: str = "") -> QIcon:
    """The icon of a meaning. ``colour`` names the theme's colour, ``active`` the one when checked."""
    character(meaning)  # an unknown meaning fails where it is asked for, not at some later paint
    return QIcon(_GlyphEngine(meaning, colour, active))
