"""Words on a page: titles, sections, plain labels. They say their role; the style sheet does the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import ICON_LARGE, S


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label in a role: ``title``, ``section``, ``group``, ``soft``, ``small``, ``strong``, ``figure``."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


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
