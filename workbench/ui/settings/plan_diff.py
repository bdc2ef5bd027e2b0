"""Changes between two plan versions as a list to read: added, removed, renamed, changed, in code order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from workbench.cases.plan.diff import Change
from workbench.i18n import _
from workbench.ui.theme.icons import icon

if TYPE_CHECKING:
    from workbench.cases.plan.workbook import Finding

_PICTURES = {
    "added": ("add", "ok"),
    "removed": ("delete", "stop"),
    "renamed": ("edit", "waiting"),
    "changed": ("correct", "waiting"),
}


class ReadList(QListWidget):
    """Sentences one below another, wrapped, never cut."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def add(self, words: str, picture: str, colour: str) -> None:
        """One sentence with a mark."""
        item = QListWidgetItem(icon(picture, colour), words)
        item.setToolTip(words)
        self.addItem(item)

    def show_words(self, words: str) -> None:
        """One sentence in place of a list."""
        self.clear()
        self.addItem(QListWidgetItem(words))


class ChangeList(ReadList):
    """``show_changes(changes)``."""

    def __init__(self) -> None:
        super().__init__(_("Muutokset"))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these."""
        self.clear()
        for change in changes:
            self.add(change.text, *_PICTURES[change.kind])
        if not changes:
            self.show_words(_("Luokat ovat samat."))


class FindingList(ReadList):
    """``show_findings(findings)``: what an import stumbled on, each with its place."""

    def __init__(self) -> None:
        super().__init__(_("Huomiot tiedostosta"))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Errors first."""
        self.clear()
        for finding in sorted(findings, key=lambda f: f.severity != "error"):
            place = " ".join(filter(None, (finding.sheet, finding.cell)))
            words = (
                _("{place}: {what}").format(place=place, what=finding.message) if place else finding.message
            )
            error = finding.severity == "error"
            self.add(words, "error" if error else "info", "stop" if error else "waiting")
