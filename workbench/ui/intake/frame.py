"""The page's three parts beside each other; on a narrow window the list goes above. Dividers remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from workbench.ui.models.settings import Remembered
from workbench.ui.theme.tokens import RAIL, SIDE_BY_SIDE

_LIST, _FORM = 268, 428


class ArrivalFrame(QSplitter):
    """List | document | form."""

    def __init__(self, first: QWidget, document: QWidget, form: QWidget, settings: Remembered) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self._inner = QSplitter(Qt.Orientation.Horizontal)
        self._inner.addWidget(document)
        self._inner.addWidget(form)
        self._form = form
        self.addWidget(first)
        self.addWidget(self._inner)
        for splitter in (self, self._inner):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            splitter.splitterMoved.connect(lambda *_a: self._remember())
        self._inner.setStretchFactor(0, 1)
        self._inner.setStretchFactor(1, 0)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._placed = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.width() >= SIDE_BY_SIDE - RAIL
        way = "side" if side else "stacked"
        if way != self._placed:
            self.setOrientation(Qt.Orientation.Horizontal if side else Qt.Orientation.Vertical)
        super().resizeEvent(event)
        if way != self._placed and self.isVisible():
            self._placed = way
            kept = self._settings.get("dividers")
            first = int(kept.get(f"arrivals.{way}", _LIST if side else 190))
            room = self.width() if side else self.height()
            self.setSizes([first, max(1, room - first)])
            self._place_form(self.width() - (first if side else 0))

    def show_form(self, shown: bool) -> None:
        """Whether there is anything to fill in; without it the document's part takes the room."""
        if shown == self._form.isHidden():
            self._form.setVisible(shown)
            if shown:
                self._place_form(self._inner.width())

    def _place_form(self, room: int) -> None:
        form = int(self._settings.get("dividers").get("arrivals.form", _FORM))
        self._inner.setSizes([max(1, room - form), form])

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def _remember(self) -> None:
        if self._placed:
            dividers = dict(self._settings.get("dividers"))
            dividers[f"arrivals.{self._placed}"] = self.sizes()[0]
            if not self._form.isHidden():
                dividers["arrivals.form"] = self._inner.sizes()[1]
            self._settings.set("dividers", dividers)
