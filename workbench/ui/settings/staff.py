"""Henkilöstö: people and their roles in the municipality one acts for. The administrator adds people, gives
and ends roles and brings a whole file in; others read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from workbench.clock import today
from workbench.desk import Desk
from workbench.i18n import _, ngettext
from workbench.organisation.model import role_list
from workbench.organisation.queries import (
    MunicipalitySettings,
    StaffMember,
    load_municipality_settings,
    load_staff,
)
from workbench.setup.staff_preview import StaffPreview, preview
from workbench.store.store import Reader
from workbench.ui.models.lazy_table import Column, LazyTableModel
from workbench.ui.settings.fields import Section, button
from workbench.ui.settings.staff_detail import PersonDetail
from workbench.ui.settings.staff_forms import AddPersonDialog, EditPersonDialog, EndRoleDialog, GiveRoleDialog
from workbench.ui.settings.staff_import import ImportView
from workbench.ui.shell import Ui
from workbench.ui.widgets.datatable import DataTable
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.listpane import ListPane
from workbench.ui.widgets.text import label

_CONCERNS = frozenset({"person", "role", "office", "municipality"})
Loaded = tuple[MunicipalitySettings, list[StaffMember]]


def load(reader: Reader) -> Loaded:
    """The municipality and its people, in one view."""
    return load_municipality_settings(reader), load_staff(reader, reader.session.municipality)


class StaffSection(Section):
    """The list with the person beside it, and the import in its place while it lasts."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Henkilöstö"), fills=True)
        self._ui, self._desk = ui, desk
        self._people: dict[str, StaffMember] = {}
        self._wanted = ""
        self.settings: MunicipalitySettings | None = None
        self.model = LazyTableModel(self._columns(), self._rows, ui.tasks, self)
        self.table = DataTable(self.model, "staff", ui.settings)
        self.table.set_copy_text(lambda person: f"{person.name} {person.email}".strip())
        empty = EmptyState(_("Ei henkilöitä"), _("Lisää henkilöt yksitellen tai tuo ne CSV-tiedostosta."))
        self.pane = ListPane(self.table, self.model, empty)
        self.pane.filtered.connect(lambda _text: self._fill())
        self.detail = PersonDetail()
        self.detail.edit_wanted.connect(self.edit_person)
        self.detail.give_wanted.connect(self.give_role)
        self.detail.end_wanted.connect(self.end_role)
        self.table.current_changed.connect(self._on_current)
        self.add_button = button(_("Lisää henkilö"), "assign", primary=True)
        self.add_button.clicked.connect(self.add_person)
        self.import_button = button(_("Tuo CSV-tiedosto"), "import")
        self.import_button.clicked.connect(self.choose_file)
        self.header.add(self.import_button)
        self.header.add(self.add_button)
        self.notice = label("", "soft", wrap=True)
        self.importing = ImportView(ui, desk)
        self.importing.left.connect(self._leave_import)
        self.stack = QStackedWidget()
        self.stack.addWidget(ListDetail("staff", self.pane, self.detail, ui.settings, share=0.58))
        self.stack.addWidget(self.importing)
        self.add(self.notice, self.stack)
        self._allow(False)
        ui.tasks.store_changed.connect(self._on_changed)

    def _columns(self) -> Sequence[Column]:
        return [
            Column("name", _("Nimi"), lambda p: p.name, 170, strong=True),
            Column("title", _("Nimike"), lambda p: p.title, 150, fold=2),
            Column("office", _("Toimiala"), lambda p: p.office_name, 120, fold=3),
            Column("roles", _("Roolit nyt"), self._roles, 220, stretch=True),
            Column("email", _("Sähköposti"), lambda p: p.email, 200, hidden=True),
        ]

    def _rows(self, _reader: Reader, ids: Sequence[str]) -> Mapping[str, StaffMember]:
        people = self._people
        return {id_: people[id_] for id_ in ids if id_ in people}

    def _roles(self, person: StaffMember) -> str:
        on = today(self._ui.clock)
        return role_list(frozenset(r.role for r in person.roles if r.in_force(on)))

    # -- loading ---------------------------------------------------------------------------------------

    def on_shown(self) -> None:
        self._ui.tasks.run_query(self, "staff", load, done=self._show)

    def go_back(self) -> bool:
        if self.stack.currentWidget() is self.importing:
            self._leave_import()
            return True
        return False

    def _on_changed(self, changes: object, _initiator: object) -> None:
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if self.isVisible() and (not touched or any(kind in _CONCERNS for kind, _id in touched)):
            self.on_shown()

    def _show(self, loaded: Loaded) -> None:
        self.settings, people = loaded
        self._people = {person.id: person for person in people}
        name = self.settings.row["name"]
        count = len(people)
        self.header.set(
            _("Henkilöstö: {name}").format(name=name),
            ngettext("{n} henkilö", "{n} henkilöä", count).format(n=count),
        )
        self._allow(self.settings.may_change)
        self._fill()

    def _allow(self, may: bool) -> None:
        importing = self.stack.currentWidget() is self.importing
        for made in (self.add_button, self.import_button):
            made.setVisible(may and not importing)
        self.notice.setVisible(self.settings is not None and not may)
        names = ", ".join(self.settings.administrators) if self.settings else ""
        self.notice.setText(_("Rooleja antaa pääkäyttäjä: {names}.").format(names=names or "–"))

    def _fill(self) -> None:
        typed = self.pane.filter.text().casefold()
        ids = [
            p.id
            for p in self._people.values()
            if typed in f"{p.name} {p.title} {p.office_name} {self._roles(p)}".casefold()
        ]
        kept = self._wanted if self._wanted in ids else self.table.current_id()
        self._wanted = "" if self._wanted in ids else self._wanted
        if list(self.model.ids()) != ids:
            self.model.set_ids(ids)
        else:
            self.model.mark_stale()
        if kept is None or kept not in self._people:
            kept = ids[0] if ids else None
        if kept is not None:
            self.table.select_id(kept)
        self._on_current(kept)

    def _on_current(self, id_: Any) -> None:
        person = self._people.get(id_) if id_ else None
        may = self.settings is not None and self.settings.may_change
        # Whose home is elsewhere is edited there.
        here = self.settings.row["code"] if self.settings is not None else ""
        at_home = person is not None and person.home_municipality == here
        self.detail.show_person(person, today(self._ui.clock), may_change=may, may_edit=may and at_home)

    # -- deeds -----------------------------------------------------------------------------------------

    def add_person(self) -> None:
        """Ask who, and add her."""
        if self.settings is not None:
            dialog = AddPersonDialog(self, self._ui, self.settings)
            dialog.added.connect(self._select_later)
            dialog.open()

    def edit_person(self) -> None:
        """Change the details of the person in hand."""
        person = self._people.get(self.table.current_id() or "")
        if person is not None and self.settings is not None:
            EditPersonDialog(self, self._ui, self.settings, person).open()

    def give_role(self) -> None:
        """Ask which role the person in hand gets."""
        person = self._people.get(self.table.current_id() or "")
        if person is not None and self.settings is not None:
            GiveRoleDialog(self, self._ui, self.settings, person).open()

    def end_role(self, role_id: str) -> None:
        """Ask the last day of a role of the person in hand."""
        person = self._people.get(self.table.current_id() or "")
        role = next((r for r in person.roles if r.id == role_id), None) if person else None
        if person is not None and role is not None:
            EndRoleDialog(self, self._ui, person, role).open()

    def choose_file(self) -> None:
        """Choose a staff file and show what it would bring."""
        files = self._ui.dialogs.choose_files(_("Tuo henkilöstö"), patterns=("*.csv", "*.txt"))
        if files:
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Judge a file and show it."""

        def shown(found: StaffPreview) -> None:
            self.importing.show_preview(path, found)
            self.add_button.hide()
            self.import_button.hide()
            self.stack.setCurrentWidget(self.importing)
            self.importing.setFocus()

        self._ui.tasks.run_query(self, "preview", preview, path, done=shown)

    def _leave_import(self) -> None:
        self.stack.setCurrentIndex(0)
        self.table.setFocus()
        self.on_shown()

    def _select_later(self, person_id: str) -> None:
        self._wanted = person_id  # the list is read again by itself when the store has changed
        self.table.setFocus()
        self.on_shown()
