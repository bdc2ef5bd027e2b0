"""Dialogs: the exception, not the rule, and always behind this protocol, which tests replace.

A confirmation names the consequence and its button names the deed; Cancel is where focus starts when the
deed cannot be undone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.ui.theme.dress import dress
from workbench.ui.theme.tokens import XL, L, S
from workbench.ui.widgets.shortbutton import ShortButton


class Dialogs(Protocol):
    """Questions to the person."""

    def ask_reason(
        self, title: str, text: str, *, deed: str, suggestions: tuple[str, ...] = ()
    ) -> str | None:
        """A reason in words, never empty; None when cancelled."""
        ...

    def confirm(self, title: str, consequence: str, *, deed: str, danger: bool = False) -> bool:
        """Whether to go on, knowing the consequence."""
        ...

    def choose_files(self, title: str, *, patterns: tuple[str, ...] = ()) -> list[Path]:
        """Existing files; empty when cancelled."""
        ...

    def choose_folder(self, title: str) -> Path | None:
        """A folder; None when cancelled."""
        ...

    def message(self, title: str, text: str) -> None:
        """Something the person must have read."""
        ...

    def print_page(self, title: str, html: str) -> bool:
        """Print a page; False when it was not printed."""
        ...

    def write_mail(self, to: str, subject: str, text: str) -> None:
        """Begin a message in the person's own mail program."""
        ...


class QtDialogs:
    """The protocol with Qt's windows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def ask_reason(
        self, title: str, text: str, *, deed: str, suggestions: tuple[str, ...] = ()
    ) -> str | None:
        dialog = ReasonDialog(self.parent, title, text, deed=deed, suggestions=suggestions)
        return dialog.reason() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def confirm(self, title: str, consequence: str, *, deed: str, danger: bool = False) -> bool:
        dialog = AskDialog(self.parent, title, consequence, deed=deed, danger=danger)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def choose_files(self, title: str, *, patterns: tuple[str, ...] = ()) -> list[Path]:
        kinds = " ".join(patterns) or _("Kaikki tiedostot (*)")
        names, _kind = QFileDialog.getOpenFileNames(self.parent, title, "", kinds)
        return [Path(name) for name in names]

    def choose_folder(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.parent, title)
        return Path(name) if name else None

    def message(self, title: str, text: str) -> None:
        AskDialog(self.parent, title, text, deed=_("Selvä"), cancel=False).exec()

    def print_page(self, title: str, html: str) -> bool:
        from workbench.ui.papers.printing import has_printer, print_page

        if not has_printer():
            self.message(
                _("Tulostinta ei ole"),
                _("Tälle koneelle ei ole asennettu tulostinta. Tallenna PDF-tiedostoon ja tulosta muualla."),
            )
            return False
        return print_page(html, title, self.parent)

    def write_mail(self, to: str, subject: str, text: str) -> None:
        link = QUrl(f"mailto:{quote(to)}?subject={quote(subject)}&body={quote(text)}")
        if not QDesktopServices.openUrl(link):
            self.message(
                _("Sähköpostiohjelmaa ei ole"),
                _("Tälle koneelle ei ole asetettu sähköpostiohjelmaa. Lähetä viesti itse osoitteeseen {to}:"
                  "\n\n{text}").format(to=to, text=text),
            )  # fmt: skip


class AskDialog(QDialog):
    """A title, a sentence or two, and at most two buttons."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        *,
        deed: str,
        danger: bool = False,
        cancel: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, XL, XL, L)
        layout.setSpacing(S)
        heading = QLabel(title)
        heading.setProperty("role", "section")
        heading.setWordWrap(True)
        words = QLabel(text)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(heading)
        layout.addWidget(words)
        self.body = QVBoxLayout()
        layout.addLayout(self.body)
        layout.addSpacing(L)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addStretch(1)
        self.go = QPushButton(deed)
        self.go.setProperty("danger" if danger else "primary", True)
        self.go.clicked.connect(self.accept)
        if cancel:
            back = QPushButton(_("Peruuta"))
            back.clicked.connect(self.reject)
            row.addWidget(back)
            back.setDefault(danger)
            if danger:
                back.setFocus()
        row.addWidget(self.go)
        self.go.setDefault(not danger)
        layout.addLayout(row)
        if parent is None:
            dress(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.width(), self._needed())  # Qt counts wrapped words too tall

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and self.height() < self._needed():
            self.resize(self.width(), self._needed())  # an error came
        return answer

    def _needed(self) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(self.width()) if layout is not None else self.height()


def _hint(text: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("role", "small")
    made.setWordWrap(True)
    return made


class ReasonDialog(AskDialog):
    """Asks a reason: suggestions as chips to start from; the deed waits until there is a reason."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, *, deed: str, suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(parent, title, text, deed=deed)
        self._field = QPlainTextEdit()
        self._field.setAccessibleName(_("Perustelu"))
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(88)
        self._field.textChanged.connect(self._look)
        for suggestion in suggestions:
            chip = ShortButton(suggestion)
            chip.clicked.connect(lambda _checked=False, words=suggestion: self._field.setPlainText(words))
            self.body.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._field)
        if suggestions:
            self.body.addWidget(_hint(_("Ctrl+Enter: {reason}").format(reason=suggestions[0])))
        self._suggestions = suggestions
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._at_once)
        self._field.setFocus()
        self._look()

    def _at_once(self) -> None:
        """One keystroke: what is typed, or the first suggestion."""
        if not self.reason() and self._suggestions:
            self._field.setPlainText(self._suggestions[0])
        if self.reason():
            self.accept()

    def reason(self) -> str:
        """The reason typed, trimmed."""
        return self._field.toPlainText().strip()

    def _look(self) -> None:
        self.go.setEnabled(bool(self.reason()))
        self.go.setToolTip("" if self.reason() else _("Kirjoita ensin perustelu."))
