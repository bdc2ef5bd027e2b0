"""The files of an arrival as a strip: the message or the letter first, then its attachments. Where they have no
room beside each other, they become one closed list instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QWidget

from workbench.cases.intake.queries import ArrivalFile
from workbench.documents.reading import kinds
from workbench.i18n import _
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import S
from workbench.ui.widgets.choicebox import ChoiceBox

MOST_TABS = 24


class FileStrip(QWidget):
    """``picked(n)``: the n-th file is to be looked at."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)  # names are short; what has no room scrolls
        self.tabs.setAccessibleName(_("Saapuneen tiedostot"))
        self.tabs.currentChanged.connect(self._on_picked)
        self.many = ChoiceBox(_("Saapuneen tiedostot"))
        self.many.currentIndexChanged.connect(self._on_picked)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.tabs)
        closed = QWidget()
        row = QHBoxLayout(closed)
        row.setContentsMargins(S, 2, S, 2)
        row.addWidget(self.many)
        self._closed = closed
        self._stack.addWidget(closed)
        self.setFixedHeight(36)
        self._filling = False

    def set_files(self, files: Sequence[ArrivalFile]) -> None:
        """Show these; the first is in hand."""
        self._filling = True
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.many.clear()
        count = len(files)
        for n, file in enumerate(files):
            words = _name(file)
            self.many.addItem(_("{n} / {count} · {name}").format(n=n + 1, count=count, name=words))
            if count <= MOST_TABS:
                self.tabs.addTab(icon(_mark(file)), _short(words))
                self.tabs.setTabToolTip(n, f"{file.filename}\n{kinds.type_label(file.media_type)}")
                self.tabs.setAccessibleTabName(n, words)
        self.tabs.setCurrentIndex(0)
        self._filling = False
        self._fit()
        self.setVisible(count > 1)

    def count(self) -> int:
        """How many files."""
        return self.many.count()

    def show_file(self, n: int) -> None:
        """Take a file in hand."""
        self.many.setCurrentIndex(n)

    def step(self, by: int) -> None:
        """The next or the former file."""
        if self.count() > 1:
            self.show_file((self.many.currentIndex() + by) % self.count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The closed list fits anywhere."""
        return QSize(120, super().minimumSizeHint().height())

    def _fit(self) -> None:
        wide = sum(self.tabs.tabRect(n).width() for n in range(self.tabs.count()))
        few = bool(self.tabs.count()) and wide <= self.width()
        self._stack.setCurrentWidget(self.tabs if few else self._closed)

    def _on_picked(self, n: int) -> None:
        if self._filling or n < 0:
            return
        self._filling = True  # both tell the same; one of them is seen
        self.many.setCurrentIndex(n)
        if self.tabs.count():
            self.tabs.setCurrentIndex(n)
        self._filling = False
        self.picked.emit(n)


def _name(file: ArrivalFile) -> str:
    return _("Viesti") if file.is_message else file.filename


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
