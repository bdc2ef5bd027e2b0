"""The administrator's small forms: a person's details, a role, the end of a role.

A form closes only when the command went through; until then everything typed stays, with the error at its
field."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from workbench.clock import today
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import ROLE_NAMES, Role
from workbench.organisation.queries import MunicipalitySettings, RoleRow, StaffMember
from workbench.organisation.upkeep import EditPerson, EndRole, check_field
from workbench.setup.municipality import WHOLE_MUNICIPALITY
from workbench.ui.dialogs import AskDialog
from workbench.ui.settings.fields import Field, line
from workbench.ui.settings.me import role_sentence
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.datefield import DateField


class FormDialog(AskDialog):
    """Fields in a column; the deed sends a command instead of closing."""

    def __init__(self, parent: QWidget, ui: Ui, title: str, text: str, *, deed: str) -> None:
        super().__init__(parent, title, text, deed=deed)
        self.setMinimumWidth(480)
        self.body.setSpacing(M)
        self.ui = ui
        self.fields: dict[str, Field] = {}
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.send)

    def field(self, name: str, title: str, edit: QWidget, hint: str = "") -> None:
        """Add a field; its name is where the domain's errors land."""
        self.fields[name] = Field(title, edit, hint=hint)
        self.body.addWidget(self.fields[name])

    def send(self) -> None:
        """Check the fields and run the command."""
        for field in self.fields.values():
            field.error.show_error("")
        command = self.command()
        if command is None:
            return
        self.go.setEnabled(False)
        self.ui.tasks.run_command(command, initiator=self, done=self._done, failed=self._failed)

    @abstractmethod
    def command(self) -> Any:
        """The command, or None when a field says what is missing."""

    def wrong(self, name: str, text: str) -> None:
        """Say at a field what is wrong."""
        self.fields[name].error.show_error(text)
        self.fields[name].edit.setFocus()

    def _done(self, changes: Any) -> None:
        self.ui.notify.tell(changes)
        self.finish(changes)
        self.accept()

    def finish(self, changes: Any) -> None:
        """What follows when the command went through."""

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        name = error.field if isinstance(error, UserError) and error.field in self.fields else ""
        self.wrong(name or next(iter(self.fields)), str(error))


class PersonDialog(FormDialog):
    """The details of a person."""

    def __init__(
        self, parent: QWidget, ui: Ui, settings: MunicipalitySettings, title: str, text: str, *, deed: str
    ) -> None:
        super().__init__(parent, ui, title, text, deed=deed)
        self._code = settings.row["code"]
        self.name, self.title, self.email, self.phone = line(), line(), line(), line()
        self.office = office_combo(settings, whole="")
        self.employment = QComboBox()
        self.employment.addItem(_("virkasuhde"), "virka")
        self.employment.addItem(_("työsuhde"), "työsuhde")
        self.field("name", _("Nimi"), self.name)
        self.field("title", _("Nimike"), self.title)
        self.field("email", _("Sähköposti"), self.email)
        self.field("phone", _("Puhelin"), self.phone)
        self.field("office", _("Toimiala"), self.office)
        self.field("employment", _("Palvelussuhde"), self.employment)
        self.name.setFocus()

    def values(self) -> dict[str, Any] | None:
        """What is written, or None when a field says what is missing."""
        if not self.name.text().strip():
            self.wrong("name", _("Anna henkilön nimi."))
            return None
        try:
            email = check_field("email", self.email.text())
        except UserError as error:
            self.wrong("email", str(error))
            return None
        office = self.office.currentData()
        return {
            "name": self.name.text().strip(),
            "title": self.title.text().strip() or None,
            "email": email,
            "phone": self.phone.text().strip() or None,
            "office_id": f"{self._code}/{office}" if office else None,
            "employment": self.employment.currentData(),
        }


class AddPersonDialog(PersonDialog):
    """``added(person id)``."""

    added = Signal(str)

    def __init__(self, parent: QWidget, ui: Ui, settings: MunicipalitySettings) -> None:
        super().__init__(
            parent,
            ui,
            settings,
            _("Lisää henkilö"),
            _("Henkilö näkee asioita vasta, kun hänelle annetaan rooli."),
            deed=_("Lisää henkilö"),
        )

    def command(self) -> AddPerson | None:
        values = self.values()
        if values is None:
            return None
        return AddPerson(values=values | {"home_municipality": self._code, "active": True})

    def finish(self, changes: Any) -> None:
        self.added.emit(str(changes.result))


class EditPersonDialog(PersonDialog):
    """The same details of somebody who is here already, and whether she still is."""

    def __init__(self, parent: QWidget, ui: Ui, settings: MunicipalitySettings, person: StaffMember) -> None:
        super().__init__(
            parent,
            ui,
            settings,
            _("Muuta tietoja"),
            _("Henkilö, jonka palvelussuhde päättyy, jää näkyviin historiaan. Päätä ensin hänen roolinsa."),
            deed=_("Tallenna"),
        )
        self._person = person
        for edit, text in (
            (self.name, person.name),
            (self.title, person.title),
            (self.email, person.email),
            (self.phone, person.phone),
        ):
            edit.setText(text)
        self.office.setCurrentIndex(max(0, self.office.findData(person.office_id.partition("/")[2])))
        self.employment.setCurrentIndex(max(0, self.employment.findData(person.employment)))
        self.active = QCheckBox(_("On palveluksessa"))
        self.active.setChecked(person.active)
        self.field("active", _("Palveluksessa"), self.active)

    def command(self) -> EditPerson | None:
        values = self.values()
        if values is None:
            return None
        return EditPerson(person_id=self._person.id, values=values | {"active": self.active.isChecked()})


class GiveRoleDialog(FormDialog):
    """Role, office, secrets, validity."""

    def __init__(self, parent: QWidget, ui: Ui, settings: MunicipalitySettings, person: StaffMember) -> None:
        super().__init__(
            parent,
            ui,
            _("Anna rooli"),
            _("{name}, {municipality}").format(name=person.name, municipality=settings.row["name"]),
            deed=_("Anna rooli"),
        )
        self._code, self._person = settings.row["code"], person
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(_(ROLE_NAMES[role]), role)
        self.office = office_combo(settings, whole=_("koko kunta"))
        self.secret = QCheckBox(_("Näkee salassa pidettävät asiat"))
        self.first = DateField(_("Alkaa"), lambda: today(ui.clock))
        self.last = DateField(_("Päättyy"), lambda: today(ui.clock))
        self.field("role", _("Rooli"), self.role)
        self.field("office", _("Toimiala"), self.office)
        self.body.addWidget(self.secret)
        self.field("valid_from", _("Alkaa"), self.first, _("Tyhjä: heti."))
        self.field("valid_to", _("Päättyy"), self.last, _("Tyhjä: toistaiseksi."))
        self.role.currentIndexChanged.connect(lambda _row: self._look())
        self.role.setFocus()
        self._look()

    def _look(self) -> None:
        whole = self.role.currentData() in WHOLE_MUNICIPALITY
        if whole:
            self.office.setCurrentIndex(0)
        self.office.setEnabled(not whole)
        self.fields["office"].set_hint(_("Tämä rooli koskee aina koko kuntaa.") if whole else "")
        reads = self.role.currentData() is not Role.ADMINISTRATOR
        self.secret.setEnabled(reads)
        self.secret.setChecked(self.secret.isChecked() and reads)

    def command(self) -> GiveRole | None:
        first, last = self.first.day(), self.last.day()
        if first and last and last < first:
            self.wrong("valid_to", _("Rooli päättyy, ennen kuin alkaa."))
            return None
        return GiveRole(
            person_id=self._person.id,
            municipality=self._code,
            role=self.role.currentData(),
            office=self.office.currentData(),
            secret=self.secret.isChecked(),
            valid_from=first,
            valid_to=last,
        )


class EndRoleDialog(FormDialog):
    """The last day of a role."""

    def __init__(self, parent: QWidget, ui: Ui, person: StaffMember, role: RoleRow) -> None:
        on = today(ui.clock)
        super().__init__(
            parent,
            ui,
            _("Päätä rooli"),
            _(
                "{name}: {role}. Oikeudet lakkaavat viimeisen päivän jälkeen. Rooli jää näkyviin historiaan."
            ).format(name=person.name, role=role_sentence(role, on)),
            deed=_("Päätä rooli"),
        )
        self._role = role
        self.last = DateField(_("Viimeinen päivä"), lambda: today(ui.clock))
        self.last.set_day(on)
        yesterday = on - timedelta(days=1)
        self.field(
            "valid_to",
            _("Viimeinen päivä"),
            self.last,
            _("Jos oikeus lakkaa heti, anna eilinen päivä {day}.{month}.").format(
                day=yesterday.day, month=yesterday.month
            ),
        )
        self.last.setFocus()

    def command(self) -> EndRole | None:
        day = self.last.day()
        if day is None:
            self.wrong("valid_to", _("Anna roolin viimeinen päivä."))
            return None
        return EndRole(role_id=self._role.id, valid_to=day)


def office_combo(settings: MunicipalitySettings, *, whole: str) -> QComboBox:
    """Offices to choose from; the first choice is none or the whole municipality."""
    made = QComboBox()
    made.addItem(whole or "–", "")
    for office in settings.offices:
        made.addItem(office.name, office.code)
    return made
