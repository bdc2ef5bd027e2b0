"""A sheet for a matter that came without a file: what was said is written down as it is told (HL 20 §)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.theme.tokens import XL, L, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.text import label


class NotePad(QWidget):
    """``edited(text)``."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(_("Mitä asiassa esitettiin"))
        self.field.setPlaceholderText(_("Kuka otti yhteyttä, mitä hän pyysi ja mitä hänelle vastattiin."))
        self.field.setTabChangesFocus(True)
        self.field.setAcceptDrops(False)
        self.field.textChanged.connect(lambda: self.edited.emit(self.field.toPlainText()))
        self.error = ErrorLabel(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(S)
        layout.addWidget(label(_("Uusi asia ilman tiedostoa"), "section"))
        layout.addWidget(
            label(
                _("Kirjoita muistiin suullinen asia tai oma aloite. Teksti tallennetaan asiaan muistiona."),
                "soft",
                wrap=True,
            )
        )
        layout.addWidget(self.field, 1)
        layout.addWidget(self.error)

    def set_text(self, text: str) -> None:
        """Show a text without telling anyone."""
        self.field.blockSignals(True)
        if self.field.toPlainText() != text:
            self.field.setPlainText(text)
        self.field.blockSignals(False)
        self.error.show_error("")
