"""Retention: not typed at registering, but always said with its source ("peritty luokasta …")."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.intake.fieldrow import FieldRow
from workbench.ui.widgets.text import label


class RetentionLine(FieldRow):
    """``set("10 v", "peritty luokasta 10.03.03 Asemakaavoitus")``."""

    def __init__(self) -> None:
        self.value = label("", "strong", wrap=True)
        self.source = label("", "small", wrap=True)
        words = QWidget()
        super().__init__(_("Säilytysaika"), words)
        self.mark.hide()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.value)
        column.addWidget(self.source)

    def set(self, value: str, source: str) -> None:
        """Show it."""
        self.value.setText(value)
        self.value.setVisible(bool(value))
        self.source.setText(source)
        self.setAccessibleName(_("Säilytysaika {value}, {source}").format(value=value, source=source))
