"""Retention: not typed at registering, but always said with its source ("peritty luokasta …")."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.intake.fieldrow import NAME_WIDTH
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.text import label


class RetentionLine(QWidget):
    """``set("10 v", "peritty luokasta 10.03.03 Asemakaavoitus")``."""

    def __init__(self) -> None:
        super().__init__()
        name = label(_("Säilytysaika"), "soft", wrap=True)
        name.setFixedWidth(NAME_WIDTH)
        self.value = label("", "strong")
        self.source = label("", "small", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.value)
        column.addWidget(self.source)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def set(self, value: str, source: str) -> None:
        """Show it."""
        self.value.setText(value)
        self.value.setVisible(bool(value))
        self.source.setText(source)
        self.setAccessibleName(_("Säilytysaika {value}, {source}").format(value=value, source=source))
