"""A quiet line over the document: what reading noticed, a duplicate, a letter for another municipality."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import ngettext
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.text import glyph, label

Deed = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """``set(state, sentences, deeds)``; takes no room while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._glyph = glyph("info", "text_soft", 16)
        self.words = label("", "", wrap=True, selectable=True)
        self.more = QPushButton()
        self.more.setProperty("offer", True)
        self.more.clicked.connect(self._unfold)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(S)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, M, S)
        layout.setSpacing(S)
        layout.addLayout(row)
        layout.addLayout(self._deeds)
        self._all: list[str] = []
        self.hide()

    def set(self, state: str, sentences: Sequence[str], deeds: Sequence[Deed] = ()) -> None:
        """Say these; the first sentence stands for many until asked."""
        self._all = list(sentences)
        self.setVisible(bool(self._all))
        self.setProperty("state", state)
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.show_glyph(
            {"warning": "warning", "stop": "stop"}.get(state, "info"), state or "text_soft"
        )
        self.words.setText(self._all[0] if self._all else "")
        self.setAccessibleName(" ".join(self._all))
        rest = len(self._all) - 1
        self.more.setVisible(rest > 0)
        self.more.setText(ngettext("ja {n} muu", "ja {n} muuta", rest).format(n=rest))
        while (item := self._deeds.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for words, run in deeds:
            button = QPushButton(words)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _checked=False, run=run: run())
            self._deeds.addWidget(button)
        if deeds:
            self._deeds.addStretch(1)

    def _unfold(self) -> None:
        self.words.setText("\n".join(self._all))
        self.more.hide()
