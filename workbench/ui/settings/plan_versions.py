"""The versions of a plan: which holds from when, and what differs from the one that holds now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from workbench.cases.plan.diff import Change, diff
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan_queries import PlanRow, Plans, load_plan_version
from workbench.i18n import N_, _, day_text
from workbench.store.store import Reader
from workbench.ui.settings.fields import button
from workbench.ui.settings.plan_diff import ChangeList
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.text import label

_WHEN = {
    "now": (N_("voimassa"), "ok", "ok"),
    "coming": (N_("tulossa"), "waiting", "waiting"),
    "past": (N_("aiempi"), "history", "text_soft"),
}


def compare(reader: Reader, plan_id: str, current: PlanVersion) -> list[Change]:
    """What differs between the version in force and another, the older one first."""
    other = load_plan_version(reader, plan_id)
    old, new = sorted((current, other), key=lambda p: p.valid_from)
    return diff(old, new)


class VersionsView(QWidget):
    """``export_wanted(plan id)``."""

    export_wanted = Signal(str)

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._plans: Plans | None = None
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Versio"), _("Voimassa alkaen"), _("Luokkia"), _("Tila")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(168)
        self.list.setAccessibleName(_("Suunnitelman versiot"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        for column, width in ((1, 140), (2, 90), (3, 130)):
            self.list.setColumnWidth(column, width)
        self.list.currentItemChanged.connect(lambda *_a: self._on_current())
        self.export = button(_("Vie JSON-tiedostoksi"), "export")
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.current()))
        self.title = label("", "section", wrap=True)
        self.changes = ChangeList()
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.title, 1)
        row.addWidget(self.export)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(M)
        column_.addWidget(self.list)
        column_.addLayout(row)
        column_.addWidget(self.changes, 1)
        self.setFocusProxy(self.list)

    def current(self) -> str:
        """Id of the chosen version; "" is the common plan."""
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_plans(self, plans: Plans) -> None:
        """Show these versions; the place is kept."""
        kept = self.current()
        self._plans = plans
        self.list.blockSignals(True)
        self.list.clear()
        for row in plans.rows:
            item = _item(row)
            self.list.addTopLevelItem(item)
            if row.id == kept:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.list.blockSignals(False)
        self._on_current()

    def _on_current(self) -> None:
        if self._plans is None:
            return
        row = next((r for r in self._plans.rows if r.id == self.current()), None)
        if row is None:
            return
        if row.when == "now":
            self.title.setText(_("Versio {version} on voimassa").format(version=row.version))
            self.changes.show_words(_("Valitse toinen versio, niin näet, mitä eroa niillä on."))
            return
        title = (
            _("Mitä muuttuu {day}, kun versio {version} tulee voimaan")
            if row.when == "coming"
            else _("Mitä on muuttunut version {version} ({day}) jälkeen")
        ).format(day=day_text(row.valid_from), version=row.version)
        self.title.setText(title)
        self._ui.tasks.run_query(
            self, "diff", compare, row.id, self._plans.current, done=self.changes.show_changes
        )


def _item(row: PlanRow) -> QTreeWidgetItem:
    words, picture, colour = _WHEN[row.when]
    version = row.version if row.id else _("{version} (seutukunnan yhteinen)").format(version=row.version)
    item = QTreeWidgetItem([version, day_text(row.valid_from), str(row.classes), _(words)])
    item.setData(0, Qt.ItemDataRole.UserRole, row.id)
    item.setIcon(3, icon(picture, colour))
    return item
