"""One member of staff: who she is, and her roles with their days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.organisation.model import ROLE_NAMES
from workbench.organisation.queries import RoleRow, StaffMember
from workbench.ui.settings.fields import button
from workbench.ui.settings.me import role_sentence
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import PageHeader, SectionHeader, label


class PersonDetail(QWidget):
    """``edit_wanted()``, ``give_wanted()``, ``end_wanted(role id)``."""

    edit_wanted = Signal()
    give_wanted = Signal()
    end_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader("")
        self.edit = button(_("Muuta tietoja…"), "edit")
        self.edit.clicked.connect(self.edit_wanted)
        self.header.add(self.edit)
        self.facts = KeyValue()
        self.roles = SectionHeader(_("Roolit"))
        self.give = button(_("Anna rooli"), "add")
        self.give.clicked.connect(self.give_wanted)
        self.roles.add(self.give)
        self._list: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(XL, L, XL, L)
        self._column.setSpacing(M)
        self._column.addWidget(self.header)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.roles)
        self._column.addStretch(1)
        self.show_person(None, date.min, may_change=False)

    def show_person(
        self, person: StaffMember | None, on: date, *, may_change: bool, may_edit: bool = False
    ) -> None:
        """Show a person; None leaves the place empty."""
        self.edit.setVisible(may_edit and person is not None)
        for part in (self.facts, self.roles):
            part.setVisible(person is not None)
        self.give.setVisible(may_change)
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None
        if person is None:
            self.header.set("", _("Valitse henkilö luettelosta."))
            return
        gone = "" if person.active else _("ei enää palveluksessa")
        self.header.set(person.name, " · ".join(filter(None, (person.title, gone))))
        employment = {"virka": _("virkasuhde"), "työsuhde": _("työsuhde")}
        self.facts.set_rows(
            [
                (_("Sähköposti"), person.email),
                (_("Puhelin"), person.phone),
                (_("Toimiala"), person.office_name),
                (_("Palvelussuhde"), employment.get(person.employment, person.employment)),
            ]
        )
        self._list = self._role_list(person, on, may_change=may_change)
        self._column.insertWidget(3, self._list)

    def _role_list(self, person: StaffMember, on: date, *, may_change: bool) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        live = [r for r in person.roles if r.valid_to is None or r.valid_to >= on]
        past = [r for r in person.roles if r not in live]
        for n, role in enumerate((*live, *past)):
            words = label(role_sentence(role, on), "" if role in live else "soft", wrap=True)
            grid.addWidget(words, n, 0, Qt.AlignmentFlag.AlignVCenter)
            if role.secret and role in live:
                grid.addWidget(Pill("warning", _("salassa pidettävät")), n, 1)
            if may_change and role in live and not (role.valid_to is not None and role.valid_to <= on):
                grid.addWidget(self._end_button(person, role), n, 2)
        if not person.roles:
            grid.addWidget(label(_("Ei rooleja tässä kunnassa."), "soft"), 0, 0)
        return body

    def _end_button(self, person: StaffMember, role: RoleRow) -> QWidget:
        made = button(_("Päätä…"), quiet=True)
        made.setAccessibleName(
            _("Päätä henkilön {name} rooli {role}").format(name=person.name, role=_(ROLE_NAMES[role.role]))
        )
        made.clicked.connect(lambda _on=False: self.end_wanted.emit(role.id))
        return made
