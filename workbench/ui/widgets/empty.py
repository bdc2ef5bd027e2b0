"""What stands where nothing is yet: what would fill it, and the command that does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.ui.theme.tokens import XXL, L, S
from workbench.ui.widgets.text import glyph, label

_NARROW = 400


class EmptyState(QWidget):
    """A picture, a title, a sentence and at most one button."""

    def __init__(
        self,
        title: str,
        text: str,
        action: QPushButton | None = None,
        *,
        picture: str = "empty",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = QVBoxLayout()
        middle.setSpacing(S)
        middle.addStretch(2)
        middle.addWidget(glyph(picture, "text_off", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = label(title, "section", wrap=True)
        self.text = label(text, "soft", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            middle.addWidget(words)
        if action is not None:
            middle.addSpacing(L - S)
            middle.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        # The column keeps a readable width; a label that is aligned by itself would lose its wrapped height.
        row = QHBoxLayout(self)
        self._row = row
        row.addStretch(1)
        row.addLayout(middle, 4)
        row.addStretch(1)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = XXL if self.width() > _NARROW else S
        self._row.setContentsMargins(side, XXL, side, XXL)

    def set(self, title: str, text: str) -> None:
        """Change the words (an empty list, or a filter that matches nothing)."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
