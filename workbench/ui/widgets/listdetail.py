"""A list and what is chosen in it: side by side when there is room, else one above the other.

The divider is remembered, apart for each way.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from workbench.ui.models.settings import Remembered
from workbench.ui.theme.tokens import RAIL, SIDE_BY_SIDE


class ListDetail(QSplitter):
    """``ListDetail("cases", list, detail, settings)``; ``share`` is the list's part at first. Side by side
    from ``side_from`` pixels of its own width. ``turned(bool)`` tells that it went side by side."""

    turned = Signal(bool)

    def __init__(
        self,
        name: str,
        first: QWidget,
        second: QWidget,
        settings: Remembered,
        *,
        share: float = 0.42,
        side_from: int = SIDE_BY_SIDE - RAIL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._name, self._settings, self._share, self._side_from = name, settings, share, side_from
        self.addWidget(first)
        # What is chosen scrolls when it is taller than its part; its own parts are never squeezed.
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(second)
        self.addWidget(self.area)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._placed = ""
        self.splitterMoved.connect(lambda *_a: self._remember())

    def is_side_by_side(self) -> bool:
        """Whether there is room for both beside each other."""
        return self.orientation() == Qt.Orientation.Horizontal

    def show_second(self, shown: bool) -> None:
        """Whether there is anything to choose from: an empty list has all the room."""
        self.area.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.width() >= self._side_from
        self.setOrientation(Qt.Orientation.Horizontal if side else Qt.Orientation.Vertical)
        super().resizeEvent(event)
        way = "side" if side else "stacked"
        if way != self._placed and self.isVisible():
            self._placed = way
            part = float(self._settings.get("dividers").get(f"{self._name}.{way}", self._share))
            room = self.width() if side else self.height()
            self.setSizes([round(room * part), round(room * (1 - part))])
            self.turned.emit(side)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def _remember(self) -> None:
        sizes = self.sizes()
        total = sum(sizes)
        if total and self._placed:
            dividers = dict(self._settings.get("dividers"))
            dividers[f"{self._name}.{self._placed}"] = round(sizes[0] / total, 3)
            self._settings.set("dividers", dividers)
