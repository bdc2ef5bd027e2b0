"""A whole list: filter field, count, "3 uutta", columns, the table, and words for when it is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from workbench.i18n import _, ngettext
from workbench.ui.models.lazy_table import LazyTableModel
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.datatable import DataTable
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.filterfield import FilterField
from workbench.ui.widgets.text import label


class ListPane(QWidget):
    """Puts a :class:`DataTable` into its frame. ``filtered`` tells the filter's text."""

    filtered = Signal(str)

    def __init__(
        self, table: DataTable, model: LazyTableModel, empty: EmptyState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = table
        self._model = model
        self.filter = FilterField()
        self.filter.attach(table)
        self.filter.filtered.connect(self.filtered)
        self.count = label("", "small")
        self.fresh = QPushButton()
        self.fresh.setProperty("chip", True)
        self.fresh.setIcon(icon("up"))
        self.fresh.hide()
        self.fresh.clicked.connect(model.accept_proposal)
        self.columns = QToolButton()
        self.columns.setIcon(icon("columns"))
        self.columns.setToolTip(_("Valitse sarakkeet"))
        self.columns.setAccessibleName(_("Valitse sarakkeet"))
        self.columns.clicked.connect(self._choose_columns)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(M, S, M, S)
        self.bar.setSpacing(S)
        self.bar.addWidget(self.filter, 1)
        self.bar.addWidget(self.fresh)
        self.bar.addWidget(self.count)
        self.bar.addWidget(self.columns)
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._empty = empty
        self._stack.addWidget(empty)
        self._nothing = EmptyState(
            _("Ei osumia"), _("Muuta suodatinta tai tyhjennä se Esc-näppäimellä."), picture="filter"
        )
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.bar)
        layout.addWidget(self._stack, 1)
        model.ids_changed.connect(self._look)
        model.proposal_changed.connect(self._offer)
        self._look()
        self.count.clear()  # nothing has been read yet

    def _look(self) -> None:
        count = self._model.rowCount()
        if self._model.is_whole():
            words = f"{count:,}".replace(",", "\u00a0")
            self.count.setText(ngettext("{n} rivi", "{n} riviä", count).format(n=words))
        bare = self._nothing if self.filter.text() else self._empty
        had_focus = self.table.hasFocus()
        self._stack.setCurrentWidget(self.table if count else bare)
        if had_focus and not count:
            self.filter.setFocus()

    def _offer(self, new: int) -> None:
        self.fresh.setVisible(new > 0)
        self.fresh.setText(ngettext("{n} uusi", "{n} uutta", new).format(n=new))
        self.fresh.setAccessibleName(self.fresh.text())
        self.fresh.setToolTip(_("Näytä uudet rivit. Luettelo järjestyy silloin uudelleen."))

    def _choose_columns(self) -> None:
        self.table.column_menu().popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))
