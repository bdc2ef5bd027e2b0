"""The rows of one plan sheet, read level by level into classes; every doubt becomes a finding.

Owns the state of reading (which class, phase, action the next row belongs to). It never raises for what a
sheet contains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from openpyxl.utils import get_column_letter

from workbench.cases.plan.codes import PERMANENT, FinalAction, Phase, RetentionKind
from workbench.cases.plan.grounds import basis_text, normalised
from workbench.cases.plan.model import Defaults, PlanAction, PlanClass, PlanDocument, parent_code
from workbench.cases.plan.workbook_values import (
    OTHER_TYPES,
    PERSONAL_DATA,
    PHASES,
    PUBLICITY,
    RETENTION_START,
    SECRECY_START,
    TYPES,
    cell_text,
    nearest,
    without_note,
)
from workbench.i18n import _

T = TypeVar("T")

_CODE = re.compile(r"\d{2}(?:[ .]+\d{2}){0,3}")
_YEARS = re.compile(r"(-?\d+)\s*(?:v|vuotta|vuosi)?\.?")
_HEADER_ROWS = 15

_COLUMNS = {
    "level": "tehtäväluokka",
    "name": "tehtävä",
    "phase": "käsittelyvaihe",
    "action": "toimenpide",
    "type": "asiakirjan tyyppi",
    "title": "asiakirjatyypin tarkenne",
    "attachment": "asiakirjan liitteet",
    "system": "rekisteröinti/ tietojärjestelmä",
    "publicity": "julkisuusluokka",
    "secrecy_years": "salassapitoaika",
    "secrecy_basis": "salassapitoperuste",
    "secrecy_computation": "salassapitoajan laskentaperuste",
    "personal_data": "henkilötietoluonne",
    "retention_years": "säilytysaika",
    "retention_basis": "säilytysajan peruste",
    "retention_computation": "säilytysajan laskentaperuste",
}
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?\s*")
_BRACKETS = re.compile(r"\s*\(.*\)\s*$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a cell: ``severity`` is ``error`` (stops the import) or ``note``."""

    severity: str
    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are: the header's row index and field → column index."""

    row: int
    columns: Mapping[str, int]


def find_header(rows: list[list[Any]]) -> Header | None:
    """The header row of a plan sheet, or None when the sheet is something else."""
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        labels = {_label(value): column for column, value in reversed(list(enumerate(row)))}
        if {"tehtäväluokka", "tehtävä", "julkisuusluokka"} <= labels.keys():
            return Header(index, {f: labels[label] for f, label in _COLUMNS.items() if label in labels})
    return None


def _label(value: object) -> str:
    return _BRACKETS.sub("", _NUMBER.sub("", cell_text(value))).casefold()


class SheetReader:
    """Collects the classes of all sheets of one workbook.

    Attributes:
        _classes: by code, in the order met; replaced as rows add to them.
        _actions: actions of the class being read, in order.
    """

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._classes: dict[str, PlanClass] = {}
        self._homes: dict[str, str] = {}
        self._code: str | None = None
        self._phase: Phase | None = None
        self._actions: list[PlanAction] = []
        self._sheet = ""
        self._row = 0
        self._columns: Mapping[str, int] = {}

    def classes(self) -> tuple[PlanClass, ...]:
        """What was read, in code order; a parent that no sheet named is reported."""
        for node in list(self._classes.values()):
            if node.parent is not None and node.parent not in self._classes:
                self._findings.append(
                    Finding(
                        "error",
                        self._homes[node.code],
                        "",
                        _("Luokan {label} yläluokkaa {parent} ei ole työkirjassa. Lisää se.").format(
                            label=node.label, parent=node.parent
                        ),
                    )
                )
        return tuple(sorted(self._classes.values(), key=lambda c: c.code))

    def read(self, sheet: str, rows: list[list[Any]], header: Header) -> None:
        """Read one sheet's rows below its header."""
        self._sheet, self._columns = sheet, header.columns
        self._code, self._phase, self._actions = None, None, []
        for index in range(header.row + 1, len(rows)):
            self._row = index + 1
            self._read_row(rows[index])

    def _read_row(self, row: list[Any]) -> None:
        level = self._cell(row, "level")
        folded = level.casefold()
        if not level:
            if any(self._cell(row, f) for f in ("name", "phase", "action", "type", "title")):
                self._error("level", _("Rivin taso puuttuu. Kirjoita luokan tunnus tai rivin metatietotaso."))
        elif _CODE.fullmatch(level):
            self._open_class(re.sub(r"[ .]+", ".", level), row)
        elif folded.startswith("asiakirjallisen tiedon käsittely"):
            return
        elif self._code is None:
            self._error("level", _("Rivi on ennen ensimmäistä tehtäväluokkaa. Siirrä se luokan alle."))
        elif folded.startswith("asian metatiedot"):
            self._store(replace(self._current(), process=self._defaults(row)))
        elif folded.startswith("käsittelyvaiheen metatiedot"):
            self._open_phase(row)
        elif folded.startswith("toimenpiteen metatiedot"):
            self._open_action(row)
        elif folded.startswith("asiakirjan"):
            self._add_document(row)
        else:
            self._error(
                "level",
                _("Rivin tasoa ”{value}” ei tunneta. Tarkoititko ”{nearest}”?").format(
                    value=level, nearest=nearest(level, _LEVELS) or _LEVELS[0]
                ),
            )

    def _open_class(self, code: str, row: list[Any]) -> None:
        name = self._cell(row, "name")
        self._code, self._phase, self._actions = code, None, []
        if not name:
            self._error("name", _("Luokalta {code} puuttuu nimi.").format(code=code))
        known = self._classes.get(code)
        if known is None:
            self._classes[code] = PlanClass(code=code, name=name, parent=parent_code(code))
            self._homes[code] = self._sheet
            return
        if known.name != name:
            self._error(
                "name",
                _("Luokka {label} on työkirjassa myös nimellä ”{name}”. Valitse jompikumpi nimi.").format(
                    label=known.label, name=name
                ),
            )
        if known.actions or known.process != Defaults():
            self._error(
                "level",
                _("Luokan {label} sisältö on jo taulukolla {sheet}. Poista toinen.").format(
                    label=known.label, sheet=self._homes[code]
                ),
            )

    def _open_phase(self, row: list[Any]) -> None:
        phase = self._lookup(row, "phase", PHASES, [str(p) for p in Phase])
        self._phase = phase
        node = self._current()
        if phase is not None and phase not in node.phases:
            self._store(replace(node, phases=(*node.phases, phase)))

    def _open_action(self, row: list[Any]) -> None:
        name = self._cell(row, "action")
        if not name:
            self._error("action", _("Toimenpiteen nimi puuttuu."))
        if self._phase is None:
            self._error("phase", _("Toimenpiteeltä {name} puuttuu käsittelyvaihe.").format(name=name))
            return
        self._actions.append(PlanAction(self._phase, name, defaults=self._defaults(row)))
        self._store(replace(self._current(), actions=tuple(self._actions)))

    def _add_document(self, row: list[Any]) -> None:
        written = self._cell(row, "type")
        kind = TYPES.get(written.casefold()) or OTHER_TYPES.get(written.casefold())
        if kind is None:
            self._unknown("type", written, TYPES.values())
            kind = written
        elif written.casefold() not in TYPES:
            self._note(
                "type",
                _("Asiakirjatyyppi ”{value}” tuotiin tyyppinä {type}.").format(value=written, type=kind),
            )
        title = self._cell(row, "title") or self._cell(row, "attachment") or written
        document = PlanDocument(kind, title, self._defaults(row))
        if not self._actions:
            self._error("level", _("Asiakirjalta {title} puuttuu toimenpide.").format(title=title))
            return
        last = self._actions[-1]
        self._actions[-1] = replace(last, document_types=(*last.document_types, document))
        self._store(replace(self._current(), actions=tuple(self._actions)))

    def _defaults(self, row: list[Any]) -> Defaults:
        years = self._years(row, "retention_years", permanent=True)
        until = self._cell(row, "retention_years").casefold().startswith("toistaiseksi")
        return Defaults(
            publicity=self._lookup(row, "publicity", PUBLICITY),
            secrecy_years=self._years(row, "secrecy_years"),
            secrecy_basis=self._basis(row),
            secrecy_computation=self._lookup(row, "secrecy_computation", SECRECY_START),
            personal_data=self._lookup(row, "personal_data", PERSONAL_DATA),
            retention_kind=RetentionKind.UNTIL_FURTHER_NOTICE if until else None,
            retention_years=years,
            retention_basis=self._cell(row, "retention_basis") or None,
            retention_computation=self._lookup(row, "retention_computation", RETENTION_START),
            final_action=None
            if years is None
            else (FinalAction.ARCHIVE if years == PERMANENT else FinalAction.DESTROY),
            system=self._cell(row, "system") or None,
        )

    def _years(self, row: list[Any], field: str, *, permanent: bool = False) -> int | None:
        text = without_note(self._cell(row, field))
        if not text or (permanent and text.startswith("toistaiseksi")):
            return None
        if permanent and text in ("pysyvästi", "säilytetään pysyvästi", "sp"):
            return PERMANENT
        match = _YEARS.fullmatch(text)
        years = int(match.group(1)) if match else None
        if years is None or years < (PERMANENT if permanent else 1) or years > 1000:
            self._error(
                field,
                _("Arvo ”{value}” ei ole vuosimäärä. Kirjoita vuodet numerona.").format(
                    value=self._cell(row, field)
                ),
            )
            return None
        return years

    def _basis(self, row: list[Any]) -> str | None:
        text = self._cell(row, "secrecy_basis")
        if not text:
            return None
        basis = normalised(text)
        if basis is None:
            self._unknown("secrecy_basis", text, [basis_text(n) for n in range(1, 33)])
        return basis

    def _lookup(
        self,
        row: list[Any],
        field: str,
        known: Mapping[str, T],
        shown: list[str] | None = None,
    ) -> T | None:
        text = self._cell(row, field)
        if not text:
            return None
        value = known.get(without_note(text), known.get(text.casefold()))
        if value is None:
            self._unknown(field, text, shown or [str(v) for v in known.values()])
        return value

    def _unknown(self, field: str, value: str, known: Any) -> None:
        suggestion = nearest(value, known)
        if suggestion is None:
            message = _("Arvoa ”{value}” ei tunneta. Valitse arvo koodistosta.").format(value=value)
        else:
            message = _("Arvoa ”{value}” ei tunneta. Tarkoititko ”{nearest}”?").format(
                value=value, nearest=suggestion
            )
        self._error(field, message)

    def _cell(self, row: list[Any], field: str) -> str:
        column = self._columns.get(field)
        return "" if column is None or column >= len(row) else cell_text(row[column])

    def _error(self, field: str, message: str) -> None:
        self._findings.append(Finding("error", self._sheet, self._place(field), message))

    def _note(self, field: str, message: str) -> None:
        self._findings.append(Finding("note", self._sheet, self._place(field), message))

    def _place(self, field: str) -> str:
        return f"{get_column_letter(self._columns.get(field, 0) + 1)}{self._row}"

    def _current(self) -> PlanClass:
        assert self._code is not None
        return self._classes[self._code]

    def _store(self, node: PlanClass) -> None:
        self._classes[node.code] = node


_LEVELS = (
    "Asian metatiedot",
    "Käsittelyvaiheen metatiedot",
    "Toimenpiteen metatiedot",
    "Asiakirjan metatiedot",
    "Asiakirjan liitteen metatiedot",
)
