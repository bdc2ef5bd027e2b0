"""Every line of a staff file with its verdict; the faulty ones are told in full."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from workbench.i18n import _
from workbench.setup.staff_preview import StaffPreview
from workbench.ui.theme.icons import icon


class StaffTable(QTreeWidget):
    """Read only; a line's faults stand below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderLabels([_("Rivi"), _("Nimi"), _("Kunta"), _("Toimiala"), _("Roolit"), _("Tulos")])
        self.setAccessibleName(_("Tiedoston rivit"))
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setIndentation(20)
        self.setRootIsDecorated(False)
        head = self.header()
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        for column, width in ((0, 64), (1, 180), (2, 100), (3, 110), (5, 170)):
            self.setColumnWidth(column, width)

    def show_preview(self, found: StaffPreview) -> None:
        """Show these lines."""
        self.clear()
        first: QTreeWidgetItem | None = None
        for row in found.lines:
            verdict = (
                _("Korjattavaa") if row.faults else _("Saa lisää rooleja") if row.known else _("Uusi henkilö")
            )
            item = QTreeWidgetItem(
                [str(row.number), row.name, row.municipality, row.office, row.roles, verdict]
            )
            item.setIcon(5, icon("error", "stop") if row.faults else icon("done", "ok"))
            self.addTopLevelItem(item)
            for fault in row.faults:
                told = QTreeWidgetItem([_("Rivi {n}: {what}").format(n=row.number, what=fault)])
                told.setToolTip(0, fault)
                item.addChild(told)
                told.setFirstColumnSpanned(True)
            item.setExpanded(True)
            if row.faults and first is None:
                first = item
        shown = first or self.topLevelItem(0)
        if shown is not None:
            self.setCurrentItem(shown)
            self.scrollToItem(shown)
