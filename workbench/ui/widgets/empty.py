"""What stands where nothing is yet: what would fill it, and the command that does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.ui.theme.tokens import L, S, XXL
from workbench.ui.widgets.text import glyph, label


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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XXL, XXL, XXL, XXL)
        layout.setSpacing(S)
        layout.addStretch(2)
        layout.addWidget(glyph(picture, "text_off", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = label(title, "section", wrap=True)
        self.text = label(text, "soft", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setMaximumWidth(420)
            words.setMinimumWidth(280)
            layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            layout.addSpacing(L - S)
            layout.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set(self, title: str, text: str) -> None:
        """Change the words (an empty list, or a filter that matches nothing)."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
