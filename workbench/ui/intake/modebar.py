"""The first question of a registration: a new case, or one that is already pending."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.intake.proposal import EXISTING, NEW, Hint
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XS, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.whyline import WhyLine


class ModeBar(QWidget):
    """``chosen("new" | "existing")``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.mark = WhyLine()
        self.error = ErrorLabel()
        self.buttons = {
            NEW: self._button(_("Uusi asia"), "add"),
            EXISTING: self._button(_("Vireillä oleva asia"), "case"),
        }
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(S)
        for mode, button in self.buttons.items():
            group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, mode=mode: self.chosen.emit(mode))
        group.setExclusive(False)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addLayout(row)
        layout.addWidget(self.mark)
        layout.addWidget(self.error)

    def set_value(self, mode: str, hint: Hint | None) -> None:
        """Show the answer, without telling anyone."""
        for name, button in self.buttons.items():
            button.setChecked(name == mode)
        self.mark.setVisible(hint is not None)
        if hint is not None:
            self.mark.set(hint.level, hint.why)

    def set_walked(self, walked: bool) -> None:
        """Whether Tab stops here."""
        for button in self.buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if walked else Qt.FocusPolicy.ClickFocus)

    @staticmethod
    def _button(words: str, mark: str) -> QPushButton:
        made = QPushButton(words)
        made.setProperty("chip", True)
        made.setCheckable(True)
        made.setIcon(icon(mark))
        return made
