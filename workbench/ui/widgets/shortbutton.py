"""A button whose words are made to shorten: it never widens what it stands in, and its tooltip has the whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from workbench.ui.theme.tokens import M, S

_LEAST = 60


class ShortButton(QPushButton):
    """``look``: the property that gives the look, ``chip`` or ``offer``."""

    def __init__(self, words: str = "", look: str = "chip") -> None:
        super().__init__()
        self.setProperty("shortens", True)
        self.setProperty(look, True)
        self._padding = 2 * (M if look == "chip" else S) + 4
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._words = ""
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Say these."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self._fit()

    def words(self) -> str:
        """The whole."""
        return self._words

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._words) + self._padding + 2
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._padding
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))
