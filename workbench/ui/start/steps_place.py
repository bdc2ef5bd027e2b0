"""The steps of the place: municipality, offices, hours, numbers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from workbench.cases.numbers import DEFAULT_TEMPLATE
from workbench.clock import Clock, today
from workbench.i18n import _
from workbench.setup.guide import Answers, this_year
from workbench.setup.municipality import DEFAULT_HOURS, DEFAULT_OFFICES, KNOWN
from workbench.ui.settings.closings import ClosingsEditor
from workbench.ui.settings.fields import Card, Field, line
from workbench.ui.settings.numberfield import NumberEdit, TemplateField
from workbench.ui.settings.offices import OfficesEditor
from workbench.ui.start.step import Step


class MunicipalityStep(Step):
    """A known code fills the name, its genitive and the colour; what the person typed stays."""

    def __init__(self) -> None:
        super().__init__(
            "municipality", _("Kunta"), _("Nämä tiedot näkyvät ikkunassa, asiakirjoissa ja lähetteissä.")
        )
        self.code, self.name, self.genitive = line(), line(), line()
        self.colour = line(placeholder="#0F6B66")
        self.business, self.email, self.phone = line(), line(), line()
        self.street, self.postal = line(), line()
        known = ", ".join(f"{name} {code}" for code, (name, _genitive, _colour) in sorted(KNOWN.items()))
        card = Card(_("Nimi ja tunnukset"))
        card.add(self.field("code", _("Kuntanumero"), self.code, known))
        card.add(self.field("name", _("Kunnan nimi"), self.name),
                 self.field("genitive", _("Nimen omanto"), self.genitive))  # fmt: skip
        card.add(self.field("business_id", _("Y-tunnus"), self.business),
                 self.field("colour", _("Tunnusväri"), self.colour))  # fmt: skip
        contact = Card(_("Yhteystiedot"))
        contact.add(self.field("email", _("Kirjaamon sähköposti"), self.email),
                    self.field("phone", _("Puhelin"), self.phone))  # fmt: skip
        contact.add(self.field("street", _("Katuosoite"), self.street),
                    self.field("postal", _("Postinumero ja postitoimipaikka"), self.postal))  # fmt: skip
        self.add(card, contact)
        self.end()
        self._filled = ("", "", "")
        self.code.textChanged.connect(self._fill_known)

    def _fill_known(self, code: str) -> None:
        known = KNOWN.get(code.strip())
        if known is None:
            return
        for edit, new, before in zip(
            (self.name, self.genitive, self.colour), known, self._filled, strict=True
        ):
            if edit.text() in ("", before):
                edit.setText(new)
        self._filled = known

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            municipality=replace(
                answers.municipality,
                code=self.code.text().strip(),
                name=self.name.text().strip(),
                genitive=self.genitive.text().strip(),
                colour=self.colour.text().strip(),
                business_id=self.business.text().strip(),
                email=self.email.text().strip(),
                phone=self.phone.text().strip(),
                street=self.street.text().strip(),
                postal=self.postal.text().strip(),
            ),
        )


class OfficesStep(Step):
    """The offices, with the usual three to start from."""

    def __init__(self) -> None:
        super().__init__(
            "offices",
            _("Toimialat"),
            _("Jokainen asia kuuluu toimialalle. Toimialan voi lisätä myöhemmin, mutta ei poistaa."),
        )
        self.editor = OfficesEditor(removable=True)
        self.editor.set_offices(DEFAULT_OFFICES)
        self.editor.named.connect(self._named)
        self.editor.removed.connect(self._removed)
        self.fields["offices"] = self.editor.new_field
        card = Card()
        card.add(self.editor)
        self.add(card)
        self.end()

    def _named(self, code: str, name: str) -> None:
        self.editor.set_offices(self.editor.offices() | {code: name})
        self.editor.new_field.error.show_error("")
        self.editor.new.setFocus()

    def _removed(self, code: str) -> None:
        self.editor.set_offices({c: n for c, n in self.editor.offices().items() if c != code})
        self.editor.new.setFocus()

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, municipality=replace(answers.municipality, offices=self.editor.offices()))


class HoursStep(Step):
    """Office hours and the closing calendar."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            "hours",
            _("Aukiolo ja sulkuajat"),
            _("Aukiolo kertoo, minä päivänä asiakirja on saapunut. Se ei estä mitään."),
        )
        self.hours = line(DEFAULT_HOURS)
        self.closings = ClosingsEditor(lambda: today(clock))
        hours = Card(_("Aukiolo"))
        hours.add(
            self.field(
                "office_hours",
                _("Viraston aukiolo"),
                self.hours,
                _("Kirjoita päivät ja ajat, esim. ma–to 9.00–15.00, pe 9.00–14.00"),
            )
        )
        closings = Card(_("Sulkuajat"), _("Päivät, joina virasto on kiinni. Lista voi jäädä tyhjäksi."))
        closings.add(self.closings)
        self.fields["closed_periods"] = self.closings.first_field
        self.add(hours, closings)
        self.end()

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            municipality=replace(
                answers.municipality,
                office_hours=self.hours.text().strip(),
                closed_periods=self.closings.texts(),
            ),
        )


class NumbersStep(Step):
    """The template, where the series goes on, and how retention ends."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            "numbers", _("Numerosarja"), _("Asiatunnukset ovat aukoton sarja kunnittain ja vuosittain.")
        )
        self._year = this_year(clock)
        self.number = NumberEdit()
        self.template = line(DEFAULT_TEMPLATE)
        template = TemplateField(self.template, lambda: (self.number.value(), self._year))
        self.number.value_changed.connect(lambda _n: template.look())
        self.fields["number_template"] = template
        number: Field = self.field(
            "next_number",
            _("Seuraava vapaa numero vuonna {year}").format(year=self._year),
            self.number,
            _("Jos aiempi järjestelmä on jo antanut tänä vuonna numerot 1–40, kirjoita 41."),
        )
        self.round = QCheckBox(_("Säilytysajat päättyvät vuoden lopussa"))
        card = Card()
        card.add(template, number)
        card.add(self.round)
        self.add(card)
        self.end()

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            municipality=replace(
                answers.municipality,
                number_template=self.template.text().strip(),
                next_number=self.number.value(),
                round_to_year_end=self.round.isChecked(),
            ),
        )
