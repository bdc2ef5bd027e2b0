"""Columns of the list of cases; the same texts go to the table, the clipboard and the exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbench.cases.naming import shown_number
from workbench.cases.queries import CaseRow, load_cases
from workbench.i18n import _, day_text
from workbench.organisation.queries import OfficeRow, PersonRow
from workbench.store.store import Reader
from workbench.ui.cases.words import capital, due_look, due_text, state_look, state_text
from workbench.ui.models.lazy_table import Column


@dataclass
class Names:
    """Names for ids; filled behind and read by the columns."""

    people: dict[str, PersonRow] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)

    def person(self, id_: str) -> str:
        """A person's name."""
        found = self.people.get(id_)
        return found.name if found else ""

    def take(
        self, people: dict[str, PersonRow], offices: Sequence[OfficeRow], classes: dict[str, str]
    ) -> None:
        """New names."""
        self.people, self.classes = people, classes
        self.offices = {o.code: o.name for o in offices}


def load_rows(reader: Reader, numbers: Sequence[int]) -> Mapping[int, CaseRow]:
    """A page of rows."""
    return {row.k: row for row in load_cases(reader, numbers)}


def case_columns(names: Names, now: Callable[[], date]) -> list[Column]:
    """Every column; some are hidden until chosen."""

    def due(row: CaseRow) -> str:
        return due_text(row.due_on, now(), closed=row.voided or row.state == "Päätetty")

    def look(row: CaseRow) -> str:
        return due_look(row.due_on, now(), closed=row.voided or row.state == "Päätetty")

    return [
        Column("number", _("Asiatunnus"), lambda r: shown_number(r.number), 150, "number",
               strong=True),
        Column("title", _("Otsikko"), lambda r: r.title, 170, "title", stretch=True,
               icon=lambda r: "secret" if r.restricted else ""),
        Column("state", _("Tila"), lambda r: state_text(r.state, voided=r.voided), 136, "state",
               state=lambda r: state_look(r.state, voided=r.voided) or "none", fold=3),
        Column("due", _("Määräaika"), due, 162, "due_on", state=look, fold=2),
        Column("handler", _("Käsittelijä"), lambda r: names.person(r.handler_id), 150, "handler_id", fold=4),
        Column("class", _("Luokka"), lambda r: r.class_code, 88, "class_code", hidden=True, fold=7),
        Column("class_name", _("Luokan nimi"), lambda r: names.classes.get(r.class_code, ""), 190,
               "class_code", hidden=True, fold=8),
        Column("type", _("Laji"), lambda r: capital(r.case_type), 130, "case_type", hidden=True, fold=9),
        Column("phase", _("Vaihe"), lambda r: capital(r.phase), 120, "phase", hidden=True, fold=10),
        Column("office", _("Toimiala"), lambda r: names.offices.get(r.office, r.office), 170, "office",
               hidden=True, fold=6),
        Column("opened", _("Tullut vireille"), lambda r: day_text(r.opened_on), 120, "opened_on", fold=5),
        Column("publicity", _("Julkisuusluokka"), lambda r: r.publicity, 170, hidden=True, fold=11),
    ]  # fmt: skip


DAYS: dict[str, Callable[[CaseRow], Any]] = {"due": lambda r: r.due_on, "opened": lambda r: r.opened_on}
"""Columns that hold a day, for an export that keeps days as days."""
