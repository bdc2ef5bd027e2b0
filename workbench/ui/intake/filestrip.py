"""The files of an arrival as a strip: the message or the letter first, then its attachments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from workbench.cases.intake.queries import ArrivalFile
from workbench.documents.reading import kinds
from workbench.i18n import _
from workbench.ui.theme.icons import icon


class FileStrip(QTabBar):
    """``picked(n)``: the n-th file is to be looked at."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAccessibleName(_("Saapuneen tiedostot"))
        self.currentChanged.connect(self.picked)

    def set_files(self, files: Sequence[ArrivalFile]) -> None:
        """Show these; the first is in hand."""
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for n, file in enumerate(files):
            words = _("Viesti") if file.is_message else file.filename
            self.addTab(icon(_mark(file)), _short(words))
            self.setTabToolTip(n, f"{file.filename}\n{kinds.type_label(file.media_type)}")
            self.setAccessibleTabName(n, words)
        self.setCurrentIndex(0)
        self.blockSignals(False)
        self.setVisible(len(files) > 1)

    def step(self, by: int) -> None:
        """The next or the former file."""
        if self.count() > 1:
            self.setCurrentIndex((self.currentIndex() + by) % self.count())


def _mark(file: ArrivalFile) -> str:
    if file.is_message:
        return "letter"
    if file.text_state in ("encrypted", "unreadable"):
        return "warning"
    if file.media_type.startswith("image/"):
        return "image"
    return "spreadsheet" if file.media_type in (kinds.XLSX, kinds.XLS, kinds.CSV) else "document"


def _short(words: str, most: int = 28) -> str:
    """A long name with its ending in sight."""
    return words if len(words) <= most else f"{words[: most - 10]}…{words[-9:]}"
