"""Breaking words into lines for painters: at most so many, the last one shortened with "…" between words."""

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
        lines.append(shortened(piece, font, width) if last else piece.rstrip())
    layout.endLayout()
    return lines


def shortened(text: str, font: QFont, width: int) -> str:
    """One line of ``text`` in ``width`` pixels; what does not fit goes by whole words, "…" at its place."""
    made = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    whole, space, _piece = made.rpartition(" ")
    return f"{whole.rstrip(' ,.;:')} …" if made != text and space else made
