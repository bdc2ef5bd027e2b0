"""A list of a case's parts: how many there are and what can be done to them above it, and words in its place
while there are none; and the tab that such a list stands in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.rowtree import RowTree
from workbench.ui.widgets.text import label


class TreePane(QWidget):
    """``buttons`` stand above the list at right, in their order; ``foot`` below it."""

    def __init__(
        self, tree: RowTree, buttons: Iterable[QWidget], empty: EmptyState, foot: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(M, S, M, S)
        bar.setSpacing(S)
        self.count = label("", "small")
        bar.addWidget(self.count, 1)
        for button in buttons:
            bar.addWidget(button)
        column.addLayout(bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(tree)
        self._stack.addWidget(empty)
        column.addWidget(self._stack, 1)
        if foot is not None:
            column.addWidget(foot)

    def tell(self, count: str, *, empty: bool) -> None:
        """Say how many there are; ``empty`` shows the words instead of the list."""
        self.count.setText(count)
        self._stack.setCurrentIndex(1 if empty else 0)


class TreeTab(QWidget):
    """A tab of a case that is led by one list of parts."""

    def __init__(self, tree: RowTree) -> None:
        super().__init__()
        self.tree = tree
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_thing(self, _kind: str, id_: str) -> bool:
        """Take a part in hand; False when it is not here."""
        return self.tree.select_id(id_)

    def focus(self) -> None:
        """Put the keyboard on the list."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
