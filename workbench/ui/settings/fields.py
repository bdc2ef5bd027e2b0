"""The building blocks of settings and of the guide: a section that scrolls, a card of fields, a field with
its name above and its error below. They hold no rule of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.lineedit import LineEdit
from workbench.ui.widgets.text import PageHeader, label

READING_WIDTH = 720
"""Fields and sentences do not grow wider than one reads with ease."""


class Field(QWidget):
    """A control with its name above, a hint and its error below."""

    def __init__(self, name: str, edit: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.edit = edit
        self.name = label(name, "strong")
        self.name.setBuddy(edit)
        self.hint = label(hint, "small", wrap=True)
        if not hint:
            self.hint.hide()
        self.error = ErrorLabel(edit)
        edit.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.name)
        if isinstance(edit, QPushButton):
            column.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(edit)
        if isinstance(edit, QLineEdit):  # what is being mended is not called wrong any more
            edit.textChanged.connect(lambda _text: self.error.show_error(""))
        column.addWidget(self.hint)
        column.addWidget(self.error)
        self.setFocusProxy(edit)

    def set_hint(self, text: str) -> None:
        """Change the quiet words below."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))


def line(text: str = "", *, placeholder: str = "", width: int = 0) -> QLineEdit:
    """A text field."""
    made = LineEdit(text)
    made.setPlaceholderText(placeholder)
    if width:
        made.setMaximumWidth(width)
    return made


class EnterLine(QLineEdit):
    """A field that adds to a list: Enter means adding, and goes no further to the form around it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def button(text: str, picture: str = "", *, primary: bool = False, quiet: bool = False) -> QPushButton:
    """A button with a word, where no registered action stands behind it."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setProperty("quiet", quiet)
    made.setAutoDefault(False)
    if picture:
        made.setIcon(icon(picture, "on_accent" if primary else "text_soft"))
    return made


class Card(QFrame):
    """A titled group of fields."""

    def __init__(self, title: str = "", words: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(L, M, L, L)
        self.column.setSpacing(M)
        if title:
            self.head = QHBoxLayout()
            self.head.setSpacing(S)
            self.head.addWidget(label(title, "section"), 1)
            self.column.addLayout(self.head)
        self.words = label(words, "soft", wrap=True)
        if not words:
            self.words.hide()
        self.column.addWidget(self.words)

    def add(self, *widgets: QWidget) -> None:
        """One widget a line; several share the line evenly."""
        if len(widgets) == 1:
            self.column.addWidget(widgets[0])
            return
        row = QHBoxLayout()
        row.setSpacing(L)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def add_row(self, *widgets: QWidget) -> None:
        """Buttons at the left of one line."""
        row = QHBoxLayout()
        row.setSpacing(S)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addLayout(row)


class Section(QWidget):
    """A title, and cards below it that scroll. ``fills``: the content takes all the room and scrolls itself."""

    def __init__(self, title: str, subtitle: str = "", *, fills: bool = False) -> None:
        super().__init__()
        self.deeds: dict[str, Callable[[], None]] = {}
        """What can be done here by name, from anywhere."""
        self.header = PageHeader(title, subtitle)
        self.header.subtitle.setWordWrap(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(XL, L, 0 if not fills else L, L if fills else 0)
        outer.setSpacing(M)
        outer.addWidget(self.header)
        self.column = QVBoxLayout()
        self.column.setSpacing(M)
        if fills:
            outer.addLayout(self.column, 1)
            return
        body = QWidget()
        body.setMaximumWidth(READING_WIDTH)
        self.column.setContentsMargins(0, 0, L, XL)
        body.setLayout(self.column)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        outer.addWidget(self.area, 1)

    def add(self, *widgets: QWidget) -> None:
        """Add below what there is."""
        for widget in widgets:
            self.column.addWidget(widget)

    def end(self) -> None:
        """Cards stay at the top."""
        self.column.addStretch(1)

    def on_shown(self) -> None:
        """Look again; sections that read from the store override this."""

    def go_back(self) -> bool:
        """Escape: whether the section took a step back within itself."""
        return False


def soft(text: str) -> QWidget:
    """A quiet sentence."""
    return label(text, "soft", wrap=True)
