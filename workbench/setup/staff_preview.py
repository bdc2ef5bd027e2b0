"""A staff file before it is taken in: every line with its verdict, against what the store knows.

Invariant: judging writes nothing; the commands come only from lines without a fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from workbench.i18n import _
from workbench.organisation import tables
from workbench.organisation.model import role_list
from workbench.organisation.queries import load_municipalities
from workbench.organisation.staff_file import StaffLine, StaffRow, staff_lines
from workbench.store.store import Reader


@dataclass(frozen=True)
class Judged:
    """One line as it is shown before it is taken in."""

    number: int
    name: str
    title: str
    municipality: str
    office: str
    roles: str
    faults: tuple[str, ...]
    row: StaffRow | None
    known: bool
    """The person is in the store already and gets roles only."""


@dataclass(frozen=True)
class StaffPreview:
    """A whole file: lines in order, and what the commands need."""

    lines: tuple[Judged, ...]
    codes: Mapping[str, str]
    known: Mapping[str, str]

    @property
    def faulty(self) -> int:
        """How many lines have a fault."""
        return sum(bool(line.faults) for line in self.lines)

    def rows(self) -> list[StaffRow]:
        """What would be taken in."""
        return [line.row for line in self.lines if line.row is not None and not line.faults]


def preview(reader: Reader, path: Path) -> StaffPreview:
    """Judge a file against the municipalities, offices and people of the store."""
    codes: dict[str, str] = {}
    for m in load_municipalities(reader):
        codes |= {m.code: m.code, m.name.lower(): m.code}
    o = tables.office.c
    offices = {(r.municipality, r.code) for r in reader.connection.execute(select(o.municipality, o.code))}
    known: dict[str, str] = {}
    for person in reader.connection.execute(select(tables.person)).mappings():
        known[person["name"]] = person["id"]
        if person["email"]:
            known[person["email"]] = person["id"]
    return judge(staff_lines(path), codes, offices, known)


def judge(
    lines: Sequence[StaffLine],
    codes: Mapping[str, str],
    offices: set[tuple[str, str]],
    known: Mapping[str, str],
) -> StaffPreview:
    """The verdict on each line."""
    seen: dict[tuple[str, str], int] = {}
    judged: list[Judged] = []
    for line in lines:
        faults = list(line.faults)
        row = line.row
        if row is not None:
            faults += _against_store(row, codes, offices)
            key = (row.email or row.name, row.municipality.lower())
            if key in seen:
                faults.append(
                    _("sama henkilö ja kunta on jo rivillä {n}. Yhdistä roolit yhdelle riville.").format(
                        n=seen[key]
                    )
                )
            seen.setdefault(key, line.number)
        cells = line.cells
        judged.append(
            Judged(
                line.number,
                cells.get("name", ""),
                cells.get("title", ""),
                cells.get("municipality", ""),
                cells.get("office", ""),
                role_list(frozenset(row.roles)) if row else cells.get("roles", ""),
                tuple(faults),
                row,
                row is not None and (row.email in known or row.name in known),
            )
        )
    return StaffPreview(tuple(judged), dict(codes), dict(known))


def _against_store(row: StaffRow, codes: Mapping[str, str], offices: set[tuple[str, str]]) -> list[str]:
    faults: list[str] = []
    code = codes.get(row.municipality.lower())
    if code is None:
        faults.append(_("kuntaa ”{name}” ei ole otettu käyttöön.").format(name=row.municipality))
    elif row.office and (code, row.office) not in offices:
        faults.append(
            _("toimialaa ”{office}” ei ole. Toimialat ovat: {known}.").format(
                office=row.office, known=", ".join(sorted(o for m, o in offices if m == code))
            )
        )
    return faults
