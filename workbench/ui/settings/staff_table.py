"""Every line of a staff file with its verdict, and below them what is wrong, each in a sentence of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.setup.staff_preview import StaffPreview
from workbench.ui.settings.plan_diff import ReadList
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import S


class StaffTable(QWidget):
    """Read only. Choosing a sentence shows its line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = QTreeWidget()
        self.lines.setHeaderLabels([_("Rivi"), _("Nimi"), _("Kunta"), _("Toimiala"), _("Roolit"), _("Tulos")])
        self.lines.setAccessibleName(_("Tiedoston rivit"))
        self.lines.setUniformRowHeights(True)
        self.lines.setRootIsDecorated(False)
        head = self.lines.header()
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        for column, width in ((0, 52), (1, 160), (2, 100), (3, 100), (5, 160)):
            self.lines.setColumnWidth(column, width)
        self.faults = ReadList(_("Korjattavaa tiedostossa"))
        self.faults.currentRowChanged.connect(self._go_to)
        self._rows: list[int] = []
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(S)
        column_.addWidget(self.lines, 3)
        column_.addWidget(self.faults, 2)
        self.setFocusProxy(self.lines)

    def show_preview(self, found: StaffPreview) -> None:
        """Show these lines."""
        self.lines.clear()
        self.faults.clear()
        self._rows = []
        for n, row in enumerate(found.lines):
            verdict = (
                _("Korjattavaa") if row.faults else _("Saa lisää rooleja") if row.known else _("Uusi henkilö")
            )
            item = QTreeWidgetItem(
                [str(row.number), row.name, row.municipality, row.office, row.roles, verdict]
            )
            item.setIcon(5, icon("error", "stop") if row.faults else icon("done", "ok"))
            item.setToolTip(4, row.roles)
            self.lines.addTopLevelItem(item)
            for fault in row.faults:
                self.faults.add(_("Rivi {n}: {what}").format(n=row.number, what=fault), "error", "stop")
                self._rows.append(n)
        self.faults.setVisible(bool(self._rows))
        self._go_to(0 if self._rows else -1)

    def _go_to(self, fault: int) -> None:
        row = self._rows[fault] if 0 <= fault < len(self._rows) else 0
        item = self.lines.topLevelItem(row)
        if item is not None:
            self.lines.setCurrentItem(item)
            self.lines.scrollToItem(item)
