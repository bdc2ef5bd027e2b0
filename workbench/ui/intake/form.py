"""The registration form: every field filled as suggested, Tab stopping only where there is doubt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workbench.cases.model import CASE_TYPES, CHANNELS, DOCUMENT_TYPES
from workbench.cases.naming import shown_number
from workbench.i18n import N_, _
from workbench.ui.cases.providers import CASE_WORDS
from workbench.ui.intake.classfield import ClassField
from workbench.ui.intake.fieldrow import NAME_WIDTH, FieldRow
from workbench.ui.intake.modebar import ModeBar
from workbench.ui.intake.partiesfield import PartiesField
from workbench.ui.intake.proposal import EXISTING, CaseHint
from workbench.ui.intake.publicityfield import PublicityField
from workbench.ui.intake.registration import FIELDS, WHOLE_CASE, Registration
from workbench.ui.intake.retentionline import RetentionLine
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.growingline import GrowingLine
from workbench.ui.widgets.momentfield import MomentField
from workbench.ui.widgets.searchselect import Choice, Provider, SearchSelect

_NARROW = 390
"""Below this width of the form the names stand above their fields."""
_CHANNELS = {code: N_(name) for code, name in CHANNELS.items()}


class RegistrationForm(QScrollArea):
    """``show_registration(registration)``; what the person does goes into it at once."""

    edited = Signal()
    """The person changed something: a draft is worth keeping."""
    case_picked = Signal(str)
    """Another pending case was chosen: its id."""

    def __init__(self, *, people: Provider, cases: Provider, today: Callable[[], date]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.registration: Registration | None = None
        self.walk_all = False
        self._narrow = (False, NAME_WIDTH)
        self._case_hints: dict[str, CaseHint] = {}
        self.mode = ModeBar()
        self.case = SearchSelect(self._cases(cases), _("Asia"))
        self.case.setPlaceholderText(_(CASE_WORDS))
        self.klass = ClassField()
        self.case_type = ChoiceBox(_("Asian laji"), [(t, _(t)) for t in CASE_TYPES])
        self.title = GrowingLine()
        self.title.setAccessibleName(_("Otsikko"))
        self.document_type = ChoiceBox(_("Asiakirjatyyppi"), [(t, _(t)) for t in DOCUMENT_TYPES])
        self.parties = PartiesField()
        self.handler = SearchSelect(people, _("Käsittelijä"))
        self.handler.setPlaceholderText(_("Kirjoita nimi tai tehtävä"))
        self.office = ChoiceBox(_("Toimiala"))
        self.publicity = PublicityField()
        self.retention = RetentionLine()
        self.channel = ChoiceBox(_("Saapumistapa"), [(c, _(n)) for c, n in _CHANNELS.items()])
        self.arrived_at = MomentField(_("Saapunut"), today)
        for field in (self.case, self.title, self.handler):
            field.setAcceptDrops(False)
        self.rows = {
            "case": FieldRow(_("Asia"), self.case),
            "class_code": FieldRow(_("Tehtäväluokka"), self.klass, marked=self.klass.select),
            "case_type": FieldRow(_("Asian laji"), self.case_type),
            "title": FieldRow(_("Otsikko"), self.title),
            "document_type": FieldRow(_("Asiakirja\u00adtyyppi"), self.document_type),
            "parties": FieldRow(_("Osapuolet"), self.parties),
            "handler": FieldRow(_("Käsittelijä"), self.handler),
            "office": FieldRow(_("Toimiala"), self.office),
            "publicity": FieldRow(_("Julkisuus"), self.publicity, marked=self.publicity.kind),
            "channel": FieldRow(_("Saapumistapa"), self.channel),
            "arrived_at": FieldRow(_("Saapunut"), self.arrived_at, marked=self.arrived_at.time),
        }
        body = QWidget()
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(L, M, L, L)
        layout.setSpacing(S + 2)
        layout.addWidget(self.mode)
        for name, row in self.rows.items():
            layout.addWidget(row)
            if name == "publicity":
                layout.addWidget(self.retention)
        layout.addStretch(1)
        self.setWidget(body)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        rows = (*self.rows.values(), self.retention)
        names = max(NAME_WIDTH, *(row.name_width() for row in rows))
        narrow = event.size().width() < _NARROW + names - NAME_WIDTH
        if (narrow, names) != self._narrow:
            self._narrow = (narrow, names)
            for row in rows:
                row.set_narrow(narrow, names)
        super().resizeEvent(event)

    def show_registration(self, registration: Registration | None) -> None:
        """Show another registration, or the same one anew."""
        other = registration is not self.registration
        self.registration = registration
        self.setEnabled(registration is not None)
        if registration is None:
            return
        self._case_hints = {c.id: c for c in registration.bundle.proposal.cases}
        self.klass.set_plan(registration.bundle.plan)
        offices = [(o.code, o.name) for o in registration.bundle.offices]
        self.office.set_choices([("", _("Käsittelijän toimiala")), *offices])
        self.refresh()
        if other:
            self.show_errors({})
            self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Bring every widget to what the registration holds."""
        r = self.registration
        if r is None:
            return
        fields = r.fields()
        self.mode.set_value(r.value("mode"), r.hint("mode"))
        case = r.value("case")
        if not (self.case.hasFocus() and case is None):
            self.case.set_choice(_case_choice(case) if isinstance(case, CaseHint) else None)
        self.klass.set_value(r.value("class_code"), r.bundle.proposal.classes)
        self.case_type.show_choice(r.value("case_type"))
        self.document_type.show_choice(r.value("document_type"))
        if self.title.text() != r.value("title"):
            self.title.setText(r.value("title"))
            self.title.setCursorPosition(0)
        self.parties.set_parties(r.value("parties"))
        person = r.bundle.people.get(r.value("handler"))
        if not (self.handler.hasFocus() and person is None):
            self.handler.set_choice(Choice(person.id, person.name, person.title) if person else None)
        self.office.show_choice(r.value("office"))
        self.publicity.set_values(r.document_values(), whole_case=bool(r.value(WHOLE_CASE)))
        self.retention.set(*r.retention())
        self.channel.show_choice(r.value("channel"))
        if self.arrived_at.moment() != r.value("arrived_at"):
            self.arrived_at.set_moment(r.value("arrived_at"))
        for name, row in self.rows.items():
            row.setVisible(name in fields)
            row.show_hint(r.hint(name))
        self.set_walk(self.walk_all)

    def set_walk(self, everything: bool) -> None:
        """Whether Tab stops in every field, or only in the doubtful ones."""
        self.walk_all = everything
        r = self.registration
        if r is None:
            return
        self.mode.set_walked(everything or r.is_doubtful("mode"))
        for name, row in self.rows.items():
            walked = everything or r.is_doubtful(name)
            row.set_walked(walked)
            if name == "parties":
                self.parties.set_walked(walked)
        self.publicity.whole.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus
            if everything or r.is_doubtful("publicity")
            else Qt.FocusPolicy.ClickFocus
        )

    def show_errors(self, wrong: dict[str, str]) -> None:
        """Each sentence at its field; the first wrong field is brought into view."""
        self.mode.error.show_error(wrong.get("mode", ""))
        for name, row in self.rows.items():
            row.error.show_error(wrong.get(name, ""))
        first = next((name for name in FIELDS if name in wrong), "")
        if first:
            self.go_to(first)

    def go_to(self, name: str) -> None:
        """Put the keyboard into a field and bring it into view."""
        if name == "mode":
            self.mode.buttons[EXISTING].setFocus()
            self.ensureWidgetVisible(self.mode)
            return
        control = self.rows[name].first_control()
        if control is not None:
            control.setFocus()
            self.ensureWidgetVisible(self.rows[name], 0, 12)

    def first_doubtful(self) -> str:
        """The first field worth a look, or ""."""
        r = self.registration
        return next((name for name in FIELDS if r is not None and r.is_doubtful(name)), "")

    # Inside

    def _connect(self) -> None:
        self.mode.chosen.connect(lambda mode: self._edit("mode", mode))
        self.case.chosen.connect(self._on_case)
        self.klass.chosen.connect(self._on_class)
        self.case_type.picked.connect(lambda v: self._edit("case_type", v))
        self.title.textEdited.connect(lambda v: self._edit("title", v))
        self.document_type.picked.connect(lambda v: self._edit("document_type", v))
        self.parties.changed.connect(lambda v: self._edit("parties", v))
        self.handler.chosen.connect(lambda c: self._edit("handler", c.id if c else ""))
        self.office.picked.connect(lambda v: self._edit("office", v))
        self.publicity.changed.connect(lambda v: self._edit("publicity", v))
        self.publicity.whole_case_changed.connect(lambda v: self._edit(WHOLE_CASE, v))
        self.channel.picked.connect(lambda v: self._edit("channel", v))
        self.arrived_at.changed.connect(lambda v: self._edit("arrived_at", v))
        for name, select in (
            ("case", self.case),
            ("class_code", self.klass.select),
            ("handler", self.handler),
        ):
            select.problem.connect(self.rows[name].error.show_error)

    def _edit(self, name: str, value: Any) -> None:
        r = self.registration
        if r is None or r.value(name) == value:
            return
        r.edit(name, value)
        row = self.rows.get(name)
        (row.error if row else self.mode.error).show_error("")
        self.refresh()
        self.edited.emit()

    def _on_class(self, code: str) -> None:
        r = self.registration
        if r is None:
            return
        self._edit("class_code", code)
        node = r.bundle.plan.find(code) if code else None
        if node is not None and node.case_types and "case_type" not in r.edited and not r.value("case_type"):
            self._edit("case_type", node.case_types[0])

    def _on_case(self, choice: Choice | None) -> None:
        case = self._case_hints.get(choice.id) if choice else None
        self._edit("case", case)
        if case is not None:
            self.case_picked.emit(case.id)

    def _cases(self, search: Provider) -> Provider:
        """Suggested cases first; what is typed is searched."""

        def provide(typed: str, give: Any) -> None:
            if not typed and self._case_hints:
                give([_case_choice(c) for c in self._case_hints.values()])
            else:
                search(typed, give)

        return provide

    def know_cases(self, cases: list[CaseHint]) -> None:
        """Cases that a search has found, to be chosen from."""
        self._case_hints.update({case.id: case for case in cases})


def _case_choice(case: CaseHint) -> Choice:
    return Choice(case.id, f"{shown_number(case.number)} {case.title}")
