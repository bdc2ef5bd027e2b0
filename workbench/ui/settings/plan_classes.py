"""The class tree of a plan, searched by code or words, and what holds in the class chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from workbench.cases.plan.lookup import children, main_classes, search
from workbench.cases.plan.model import PlanVersion
from workbench.i18n import _
from workbench.ui.settings.fields import line
from workbench.ui.settings.plan_class_detail import ClassDetail
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.listdetail import ListDetail

_MOST = 60


class ClassesView(QWidget):
    """Typing in the field shows the matches in place of the tree; Escape brings the tree back."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._plan: PlanVersion | None = None
        self.field = line(placeholder=_("Etsi koodilla tai sanalla, esim. 10.03 tai kaava"))
        self.field.setAccessibleName(_("Etsi tehtäväluokkaa"))
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(16)
        self.tree.setAccessibleName(_("Tehtäväluokat"))
        self.detail = ClassDetail()
        left = QWidget()
        left.setProperty("role", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        search_row = QWidget()
        room = QVBoxLayout(search_row)
        room.setContentsMargins(M, S, M, S)
        room.addWidget(self.field)
        column.addWidget(search_row)
        column.addWidget(self.tree, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(ListDetail("plan", left, self.detail, ui.settings, share=0.45))
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.returnPressed.connect(self.tree.setFocus)
        self.tree.currentItemChanged.connect(lambda *_a: self._on_current())
        self.setFocusProxy(self.field)

    def show_plan(self, plan: PlanVersion) -> None:
        """Show a plan version."""
        self._plan = plan
        self._fill()

    def clear_search(self) -> bool:
        """Empty the search; True when there was one."""
        had = bool(self.field.text())
        self.field.clear()
        return had

    def current(self) -> str:
        """Code of the chosen class, or ""."""
        item = self.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _fill(self) -> None:
        plan, typed, kept = self._plan, self.field.text().strip(), self.current()
        self.tree.clear()
        if plan is None:
            return
        if typed:
            for node in search(plan, typed, _MOST):
                self.tree.addTopLevelItem(_item(node.label, node.code))
        else:
            for main in main_classes(plan):
                top = _item(main.label, main.code)
                self.tree.addTopLevelItem(top)
                self._add_below(top, main.code)
        found = self._find(kept) or self.tree.topLevelItem(0)
        if found is not None:
            self.tree.setCurrentItem(found)
            self.tree.scrollToItem(found)
        elif typed:
            self.detail.show_nothing(_("Mikään luokka ei vastaa hakua. Kokeile lyhyempää sanaa tai koodia."))

    def _add_below(self, item: QTreeWidgetItem, code: str) -> None:
        assert self._plan is not None
        for node in children(self._plan, code):
            below = _item(node.label, node.code)
            item.addChild(below)
            self._add_below(below, node.code)

    def _find(self, code: str) -> QTreeWidgetItem | None:
        found = self.tree.findItems(code + " ", Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
        return found[0] if code and found else None

    def _on_current(self) -> None:
        if self._plan is not None and self.current():
            self.detail.show_class(self._plan, self.current())


def _item(words: str, code: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem([words])
    made.setData(0, Qt.ItemDataRole.UserRole, code)
    made.setToolTip(0, words)
    return made
