"""Breaking words into lines for painters: at most so many, the last one shortened with "…"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The lines of ``text`` within ``width`` pixels."""
    text = text.replace("\n", "\u2028")  # the one mark a text layout breaks a line at
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start, length = line.textStart(), line.textLength()
        last = len(lines) == most - 1 and start + length < len(text)
        piece = text[start:].replace("\u2028", " ") if last else text[start : start + length]
        elide = Qt.TextElideMode.ElideRight
        lines.append(QFontMetrics(font).elidedText(piece, elide, width) if last else piece.rstrip())
    layout.endLayout()
    return lines
