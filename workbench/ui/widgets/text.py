"""Words on a page: titles, sections, plain labels. They say their role; the style sheet does the rest."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import ICON_LARGE, S


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label in a role: ``title``, ``section``, ``group``, ``soft``, ``small``, ``strong``, ``figure``."""
    made = Breakable() if wrap else QLabel()
    made.setText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


_MAY_BREAK, _HARD = "\u200b", "\u00a0"
_LONG_WORD, _PIECE = 24, 16
_AFTER = re.compile(r"(?<=[/\\\\_.@,;:=+-])(?=\w)")


class Breakable(QLabel):
    """A word too long for its line (a file's name, an address, a path) goes on to the next one instead of
    being cut. What is copied is the text as it was given."""

    def setText(self, text: str) -> None:
        super().setText(" ".join(_breakable(word) for word in text.split(" ")))

    def text(self) -> str:
        return super().text().replace(_MAY_BREAK, "")

    def selectedText(self) -> str:
        return super().selectedText().replace(_MAY_BREAK, "").replace("\u2029", "\n")

    def copy(self) -> None:
        """Put what is chosen on the clipboard."""
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(icon("copy"), _("Kopioi"))
        copy.setEnabled(self.hasSelectedText())
        copy.triggered.connect(self.copy)
        whole = menu.addAction(_("Valitse kaikki"))
        whole.triggered.connect(lambda: self.setSelection(0, len(super(Breakable, self).text())))
        menu.popup(event.globalPos())


class Shortened(QLabel):
    """One line that takes the room it is given; what has none is told by "…", the whole by the tooltip."""

    def __init__(self, role: str = "small") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setProperty("shortens", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def setText(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        """All of it."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        elide = Qt.TextElideMode.ElideRight
        super().setText(self.fontMetrics().elidedText(self._whole, elide, self.width()))


def _breakable(word: str) -> str:
    """Marks where a long word may go on to the next line: at its joints, or anywhere if it has none."""
    if _HARD in word:  # what is kept together is not one long word
        return _HARD.join(_breakable(part) for part in word.split(_HARD))
    if len(word) <= _LONG_WORD:
        return word
    pieces = []
    for part in _AFTER.split(word):
        long = len(part) > 2 * _PIECE
        pieces += [part[n : n + _PIECE] for n in range(0, len(part), _PIECE)] if long else [part]
    return _MAY_BREAK.join(pieces)


def glyph(meaning: str, colour: str = "text_soft", size: int = ICON_LARGE) -> Glyph:
    """A small picture beside words; it has no name of its own, the words are the name."""
    return Glyph(meaning, colour, size)


class Glyph(QLabel):
    """A picture without a name of its own."""

    def __init__(self, meaning: str, colour: str, size: int) -> None:
        super().__init__()
        self._icon = icon(meaning, colour)
        self.setFixedSize(size, size)

    def show_glyph(self, meaning: str, colour: str = "text_soft") -> None:
        """Show another picture."""
        self._icon = icon(meaning, colour)
        self.update()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between things."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


class PageHeader(QWidget):
    """A page's title, a line under it, and room at the right for the page's buttons."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "soft")
        if not subtitle:  # shown before it has a parent it would be a window of its own for a moment
            self.subtitle.hide()
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        row.addLayout(words, 1)
        self._row = row

    def set(self, title: str, subtitle: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add(self, widget: QWidget) -> None:
        """Add a button or a pill at the right."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


class SectionHeader(QWidget):
    """A section's title with an optional count and an action at the right."""

    def __init__(self, title: str, count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, S, 0, 0)
        row.setSpacing(S)
        row.addWidget(label(title, "section"))
        self.count = label(count, "soft")
        row.addWidget(self.count)
        row.addStretch(1)
        self._row = row

    def add(self, widget: QWidget) -> None:
        """Add something at the right."""
        self._row.addWidget(widget)
