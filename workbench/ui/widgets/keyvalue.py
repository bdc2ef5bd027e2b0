"""Facts of a thing: a soft name at the left, the value at the right; a value can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.theme.tokens import L, S
from workbench.ui.widgets.text import label

Fact = tuple[str, str | QWidget | None]


class KeyValue(QWidget):
    """``set_rows([("Käsittelijä", "Aino Aho"), …])``; a value may be a widget, or None for a heading."""

    def __init__(self, rows: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        self._names = 0
        self.set_rows(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        # Wrapped labels would let themselves be squeezed to nothing; facts are never cut.
        self.setMinimumHeight(max(0, self._grid.heightForWidth(self.width())))

    def set_rows(self, rows: Sequence[Fact]) -> None:
        """Show these facts instead."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._names = max(
            (self.fontMetrics().horizontalAdvance(name) for name, value in rows if value is not None),
            default=0,
        )
        top = Qt.AlignmentFlag.AlignTop
        for n, (name, value) in enumerate(rows):
            if value is None:
                self._grid.addWidget(label(name, "strong"), n, 0, 1, 2, top)
                continue
            key = label(name, "soft", wrap=True)
            self._grid.addWidget(key, n, 0, top)
            if isinstance(value, str):
                shown = label(value or "–", wrap=True, selectable=True)
                shown.setAccessibleName(f"{name}: {value}")
                self._grid.addWidget(shown, n, 1, top)
            else:
                value.setAccessibleDescription(name)
                self._grid.addWidget(value, n, 1, top | Qt.AlignmentFlag.AlignLeft)
        self._fit()

    def _fit(self) -> None:
        """Names stand on one line while that leaves the values more than half of the room."""
        self._grid.setColumnMinimumWidth(0, min(self._names + 2, round(self.width() * 0.45)))
