"""Asetukset: the sections at the left, the chosen one at the right. The last one is remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.settings.about import AboutSection
from workbench.ui.settings.fields import Section
from workbench.ui.settings.looks import LooksSection
from workbench.ui.settings.me import MeSection
from workbench.ui.settings.municipality import MunicipalitySection
from workbench.ui.settings.plan import PlanSection
from workbench.ui.settings.post import PostSection
from workbench.ui.settings.safety import SafetySection
from workbench.ui.settings.sections import SECTIONS, sections
from workbench.ui.settings.server import ServerSection
from workbench.ui.settings.staff import StaffSection
from workbench.ui.shell import Ui
from workbench.ui.sync.services import SyncServices
from workbench.ui.theme.icons import icon
from workbench.ui.theme.manager import Theme

_LIST_WIDTH = 216


class SettingsPage(QWidget):
    """``show_target(section id)`` opens a section."""

    def __init__(self, ui: Ui, desk: Desk, theme: Theme, sync: SyncServices) -> None:
        super().__init__()
        self._ui = ui
        self.parts = sections()
        self._makers: dict[str, Callable[[], Section]] = {
            "looks": lambda: LooksSection(ui, theme),
            "me": lambda: MeSection(ui),
            "municipality": lambda: MunicipalitySection(ui, desk),
            "staff": lambda: StaffSection(ui, desk),
            "plan": lambda: PlanSection(ui, desk),
            "post": lambda: PostSection(ui, desk),
            "server": lambda: ServerSection(ui, sync),
            "safety": lambda: SafetySection(ui, desk),
            "about": lambda: AboutSection(ui, desk),
        }
        self._made: dict[str, Section] = {}
        self.list = QListWidget()
        self.list.setObjectName("facets")
        self.list.setAccessibleName(_("Asetusten osat"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in self.parts:
            item = QListWidgetItem(icon(part.icon), part.title)
            item.setData(Qt.ItemDataRole.UserRole, part.id)
            item.setToolTip(part.title)
            self.list.addItem(item)
        self.stack = QStackedWidget()
        self.list.setFixedWidth(_LIST_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._open_row)
        self.list.itemActivated.connect(lambda _item: self.enter())
        kept = ui.settings.get("settings_section")
        self.list.setCurrentRow(SECTIONS.index(kept) if kept in SECTIONS else 0)

    def section(self, id_: str) -> Section:
        """A section's widget, made now if it was not yet."""
        if id_ not in self._made:
            made = self._makers[id_]()
            made.setAccessibleName(next(part.title for part in self.parts if part.id == id_))
            self._made[id_] = made
            self.stack.addWidget(made)
        return self._made[id_]

    def current(self) -> str:
        """Id of the section in view."""
        return SECTIONS[max(0, self.list.currentRow())]

    def enter(self) -> None:
        """Put the keyboard into the section: Enter in the list."""
        at = self.section(self.current()).nextInFocusChain()
        while at is not None and self.stack.isAncestorOf(at):
            takes = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            if takes and at.isEnabled() and at.isVisible():
                at.setFocus()
                return
            at = at.nextInFocusChain()

    def show_target(self, target: Any) -> None:
        """Open a section by its id."""
        if target in SECTIONS:
            self.list.setCurrentRow(SECTIONS.index(target))

    def do(self, id_: str, deed: str) -> None:
        """Do something in a section: its ``deeds`` by name."""
        self.section(id_).deeds[deed]()

    def on_shown(self) -> None:
        """Look again at what the section shows."""
        self.section(self.current()).on_shown()

    def go_back(self) -> bool:
        """Escape: within the section, else to the list of sections."""
        if self.section(self.current()).go_back():
            return True
        if self.stack.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
            return True
        return False

    def _open_row(self, row: int) -> None:
        id_ = SECTIONS[row]
        self.stack.setCurrentWidget(self.section(id_))
        self._ui.settings.set("settings_section", id_)
        if self.isVisible():
            self.section(id_).on_shown()
