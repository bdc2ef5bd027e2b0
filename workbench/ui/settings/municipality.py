"""Kunta: everything set of the municipality one acts for. The administrator changes it, others read.

Each field saves itself as one leaves it, as a patch of that field alone; an error stays at its field.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from workbench.cases.numbers import numbers_given
from workbench.clock import today
from workbench.desk import Desk
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.commands import ContinueSeries
from workbench.organisation.hours import hours_text, parse_hours
from workbench.organisation.queries import (
    MunicipalitySettings,
    StaffMember,
    load_me,
    load_municipality_settings,
)
from workbench.organisation.upkeep import ChangeMunicipality, CorrectSeries, NameOffice, check_field
from workbench.setup.another import may_set_up, taken_codes
from workbench.store.commands import Command
from workbench.store.store import Reader
from workbench.ui.models.form import FormState
from workbench.ui.settings.closings import ClosingsEditor
from workbench.ui.settings.fields import Card, Field, Section, button, line, soft
from workbench.ui.settings.numberfield import NumberEdit, TemplateField
from workbench.ui.settings.offices import OfficesEditor
from workbench.ui.shell import Ui
from workbench.ui.start.another import AnotherDialog, AnotherView
from workbench.ui.tasks import ForeignChange
from workbench.ui.widgets.savedmark import saved_mark
from workbench.ui.widgets.text import label

_CONCERNS = frozenset({"municipality", "office", "role"})


def _read(reader: Reader) -> tuple[MunicipalitySettings, bool]:
    """What is set, and whether this year's numbers have been given."""
    seen = load_municipality_settings(reader)
    return seen, numbers_given(reader, seen.row["code"], seen.year)


class MunicipalitySection(Section):
    """Names, addresses, hours, closings, numbers, offices."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Kunta"))
        self._ui, self._desk = ui, desk
        self.form = FormState(parent=self)
        self._saving = False
        self._seen: MunicipalitySettings | None = None
        self.fields: dict[str, Field] = {}
        self.header.add(saved_mark(self.form, self))
        self.notice = label("", "soft", wrap=True)
        self.notice.hide()
        self.add(self.notice, self._names(), self._contact(), self._hours(), self._numbers(), self._offices())
        self.add(self._another())
        self.end()
        self.deeds["another"] = self.add_municipality
        self.form.errors_changed.connect(self._show_errors)
        ui.tasks.store_changed.connect(self._on_changed)

    # -- the cards -------------------------------------------------------------------------------------

    def _line(self, name: str, title: str, hint: str = "") -> Field:
        edit = line()
        edit.editingFinished.connect(lambda: self._leave(name))
        self.fields[name] = Field(title, edit, hint=hint)
        return self.fields[name]

    def _names(self) -> QWidget:
        card = Card(_("Nimi ja tunnus"))
        card.add(
            self._line("name", _("Kunnan nimi")),
            self._line("genitive", _("Nimen omanto"), _("Esim. ”Vetelin kunnan puolesta”.")),
        )
        card.add(
            self._line("business_id", _("Y-tunnus")),
            self._line("colour", _("Tunnusväri"), _("Näkyy ikkunan yläreunassa kunnan nimen vieressä.")),
        )
        edit = self._edit("colour")
        self._swatch: QAction = edit.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        edit.textChanged.connect(self._show_colour)
        return card

    def _contact(self) -> QWidget:
        card = Card(_("Yhteystiedot"))
        card.add(self._line("email", _("Kirjaamon sähköposti")), self._line("phone", _("Puhelin")))
        card.add(
            self._line("street", _("Katuosoite")), self._line("postal", _("Postinumero ja postitoimipaikka"))
        )
        return card

    def _hours(self) -> QWidget:
        card = Card(_("Aukiolo"))
        card.add(
            self._line(
                "office_hours",
                _("Viraston aukiolo"),
                _("Kirjoita päivät ja ajat, esim. ma–to 9.00–15.00, pe 9.00–14.00"),
            )
        )
        self.closings = ClosingsEditor(lambda: today(self._ui.clock))
        self.closings.changed.connect(lambda periods: self._set("closed_periods", periods))
        card.add(label(_("Sulkuajat"), "strong"))
        card.add(self.closings)
        return card

    def _numbers(self) -> QWidget:
        card = Card(_("Asiatunnukset ja säilytys"))
        edit = line()
        edit.editingFinished.connect(lambda: self._leave("number_template"))
        self.template = TemplateField(edit, self._next)
        self.fields["number_template"] = self.template
        self.number = NumberEdit()
        self.number_field = Field(_("Seuraava vapaa numero"), self.number)
        self.go_on = button(_("Jatka sarjaa tästä numerosta"), "forward")
        self.go_on.clicked.connect(self._continue)
        card.add(self.template, self.number_field)
        card.add_row(self.go_on)
        self.series_words = soft("")
        card.add(self.series_words)
        self.round = QCheckBox(_("Säilytysajat päättyvät vuoden lopussa"))
        self.round.toggled.connect(lambda on: self._set("round_to_year_end", on))
        card.add(self.round)
        return card

    def _offices(self) -> QWidget:
        card = Card(
            _("Toimialat"),
            _("Nimen voi muuttaa. Toimialaa ei voi poistaa, koska asiat ja roolit viittaavat siihen."),
        )
        self.offices = OfficesEditor(removable=False)
        self.offices.named.connect(self._name_office)
        card.add(self.offices)
        return card

    # -- loading ---------------------------------------------------------------------------------------

    def on_shown(self) -> None:
        self._ui.tasks.run_query(self, "municipality", _read, done=lambda read: self._show(*read))

    def _on_changed(self, changes: object, initiator: object) -> None:
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if self.isVisible() and (not touched or any(kind in _CONCERNS for kind, _id in touched)):
            self.on_shown()

    def _show(self, seen: MunicipalitySettings, given: bool) -> None:
        other = self._seen is not None and self._seen.row["code"] != seen.row["code"]
        self._seen = seen
        row = dict(seen.row)
        row["closed_periods"] = row["closed_periods"] or []
        if other:
            for field in list(self.form.patch()):
                self.form.edit(field, row.get(field))
        self.form.news(row)
        self.header.set(
            _("Kunta: {name}").format(name=row["name"]),
            _("Kuntanumero {code}").format(code=row["code"]),
        )
        for name in self.fields:
            edit = self._edit(name)
            if not (edit.hasFocus() and edit.isModified()) and not self.form.error(name):
                edit.setText(self._text(name, self.form.value(name)))
            edit.setReadOnly(not seen.may_change)
        self.closings.set_periods(self.form.value("closed_periods") or [])
        self.closings.set_changeable(seen.may_change)
        self.round.blockSignals(True)
        self.round.setChecked(bool(self.form.value("round_to_year_end")))
        self.round.blockSignals(False)
        self.round.setEnabled(seen.may_change)
        self.offices.set_offices({o.code: o.name for o in seen.offices})
        self.offices.set_changeable(seen.may_change)
        self.another.setEnabled(seen.may_change)
        self.notice.setVisible(not seen.may_change)
        self.notice.setText(
            _("Tietoja muuttaa pääkäyttäjä: {names}.").format(names=", ".join(seen.administrators) or "–")
        )
        self._show_series(seen, given)

    def _show_series(self, seen: MunicipalitySettings, given: bool) -> None:
        self.number.set_value(seen.next_number)
        self.number.setEnabled(seen.may_change and not given)
        self.go_on.setVisible(seen.may_change and not given)
        continued = seen.next_number > 1
        self.go_on.setText(_("Korjaa numero…") if continued else _("Jatka sarjaa tästä numerosta"))
        self.series_words.setText(  # type: ignore[attr-defined]  # a label
            _(
                "Vuoden {year} sarja on käytössä, joten numeroa ei voi muuttaa: väliin ei saa jäädä aukkoa. "
                "Sarja alkaa ykkösestä vuoden vaihtuessa."
            ).format(year=seen.year)
            if given
            else _(
                "Sarjasta {year} ei ole vielä annettu numeroita. Jos aiempi järjestelmä on jo antanut, "
                "kirjoita seuraava vapaa numero. Sen voi korjata, kunnes ensimmäinen asia on rekisteröity."
            ).format(year=seen.year)
        )
        self.template.look()

    # -- saving ----------------------------------------------------------------------------------------

    def _leave(self, name: str) -> None:
        edit = self._edit(name)
        if edit.isReadOnly():
            return
        try:
            value = self._read(name, edit.text())
        except UserError as error:
            self.form.set_error(name, str(error))
            return
        edit.setModified(False)
        self._set(name, value)

    def _read(self, name: str, text: str) -> Any:
        if name == "office_hours":
            return parse_hours(text)
        if name == "number_template":
            wrong = self.template.check()
            if wrong:
                raise UserError(wrong, field=name)
        return check_field(name, text)

    def _set(self, name: str, value: Any) -> None:
        self.form.set_error(name, "")
        self.form.edit(name, value)
        self._save()

    def _save(self) -> None:
        if self._seen is None or self._saving or not self.form.is_dirty():
            return
        self._saving = True
        values = self.form.saving()
        command = ChangeMunicipality(municipality=self._seen.row["code"], values=values)
        self._ui.tasks.run_command(command, initiator=self, done=self._saved, failed=self._failed)

    def _saved(self, changes: Any) -> None:
        self._saving = False
        self.form.saved(self._ui.clock.now())
        self._save()  # what was edited meanwhile

    def _failed(self, error: Exception) -> None:
        self._saving = False
        field = error.field if isinstance(error, UserError) else ""
        self.form.failed(str(error), field if field in self.fields else "name")

    def _name_office(self, code: str, name: str) -> None:
        assert self._seen is not None
        self._ui.tasks.run_command(
            NameOffice(municipality=self._seen.row["code"], office=code, name=name),
            initiator=self,
            done=self._ui.notify.tell,
        )

    def _continue(self) -> None:
        assert self._seen is not None
        number, year = self.number.value(), self._seen.year
        if number < 1:
            self.number_field.error.show_error(_("Seuraava vapaa numero on vähintään 1."))
            return
        command = self._asked(self._seen.row["code"], year, number)
        if command is not None:
            self._ui.tasks.run_command(
                command,
                initiator=self,
                done=self._continued,
                failed=lambda error: self.number_field.error.show_error(str(error)),
            )

    def _asked(self, code: str, year: int, number: int) -> Command | None:
        """Continue the series, or correct where it was let to continue; None when the person thinks again."""
        words = _(
            "Seuraava asia saa numeron {n}. Kun se on rekisteröity, vuoden {year} sarjaa ei voi enää siirtää."
        ).format(n=number, year=year)
        if self._next()[0] > 1:
            reason = self._ui.dialogs.ask_reason(_("Korjaa numerosarja"), words, deed=_("Korjaa"))
            return (
                CorrectSeries(municipality=code, year=year, next_number=number, reason=reason)
                if reason
                else None
            )
        deed = _("Jatka numerosta {n}").format(n=number)
        if not self._ui.dialogs.confirm(_("Jatka numerosarjaa"), words, deed=deed):
            return None
        return ContinueSeries(municipality=code, year=year, next_number=number)

    def _continued(self, changes: Any) -> None:
        self._ui.notify.tell(changes)
        self.on_shown()

    # -- another municipality --------------------------------------------------------------------------

    def _another(self) -> QWidget:
        card = Card(
            _("Toinen kunta"),
            _("Samassa tietovarastossa voi olla monta kuntaa, kullakin oma rekisteri, numerosarja ja henkilöstö. "
              "Sinusta tulee uuden kunnan pääkäyttäjä."),
        )  # fmt: skip
        self.another = button(_("Ota kunta käyttöön…"), "municipality")
        self.another.clicked.connect(self.add_municipality)
        card.add_row(self.another)
        return card

    def add_municipality(self) -> None:
        """The guide's steps for another municipality."""

        def look(reader: Reader) -> tuple[StaffMember, dict[str, str], bool]:
            return load_me(reader).person, taken_codes(reader), may_set_up(reader)

        def opened(found: tuple[StaffMember, dict[str, str], bool]) -> None:
            me, taken, may = found
            if not may:
                self._ui.notify.say(_("Kunnan ottaa käyttöön pääkäyttäjä."), state="warning")
                return
            view = AnotherView(
                self._desk.store, self._desk.session, me, taken,
                jobs=self._ui.jobs, dialogs=self._ui.dialogs, clock=self._ui.clock,
            )  # fmt: skip
            view.finished.connect(self._taken_into_use)
            AnotherDialog(self, view).open()

        self._ui.tasks.run_query(self, "another", look, done=opened)

    def _taken_into_use(self, name: str) -> None:
        self._ui.tasks.store_changed.emit(ForeignChange(), None)
        self._ui.notify.offer(
            _("{name} on otettu käyttöön.").format(name=name),
            _("Vaihda kuntaa"),
            self._choose_acting,
        )

    def _choose_acting(self) -> None:
        self._ui.actions.trigger("acting.choose")

    # -- small ----------------------------------------------------------------------------------------

    def _edit(self, name: str) -> QLineEdit:
        edit = self.fields[name].edit
        assert isinstance(edit, QLineEdit)
        return edit

    def _text(self, name: str, value: Any) -> str:
        return hours_text(value) if name == "office_hours" and value else str(value or "")

    def _next(self) -> tuple[int, int]:
        seen = self._seen
        return (seen.next_number, seen.year) if seen else (1, today(self._ui.clock).year)

    def _show_errors(self) -> None:
        for name, field in self.fields.items():
            field.error.show_error(self.form.error(name))

    def _show_colour(self, text: str) -> None:
        colour = QColor(text)
        swatch = QPixmap(16, 16)
        swatch.fill(colour if colour.isValid() else QColor(0, 0, 0, 0))
        self._swatch.setIcon(QIcon(swatch))
