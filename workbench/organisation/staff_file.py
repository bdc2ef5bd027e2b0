"""Staff and roles from a CSV file: every row checked before any is taken.

Columns (Finnish or English header, ``;`` or ``,``): nimi/name, nimike/title, sähköposti/email,
puhelin/phone, kunta/municipality, toimiala/office, palvelussuhde/employment, roolit/roles (several with
``+`` or ``/``), salassa/secret (x). A person with roles in several municipalities has a row in each.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.organisation.model import ROLE_NAMES, Role

_COLUMNS = {
    "nimi": "name",
    "name": "name",
    "nimike": "title",
    "title": "title",
    "sähköposti": "email",
    "email": "email",
    "puhelin": "phone",
    "phone": "phone",
    "kunta": "municipality",
    "municipality": "municipality",
    "toimiala": "office",
    "office": "office",
    "palvelussuhde": "employment",
    "employment": "employment",
    "roolit": "roles",
    "roles": "roles",
    "salassa": "secret",
    "secret": "secret",
}
_ROLES = {r.value: r for r in Role} | {name: role for role, name in ROLE_NAMES.items()}


@dataclass(frozen=True)
class StaffRow:
    """One person in one municipality."""

    name: str
    title: str
    email: str
    phone: str
    municipality: str
    office: str
    employment: str
    roles: tuple[Role, ...]
    secret: bool


@dataclass(frozen=True)
class StaffLine:
    """One line of a file: its number, what stands in it, and the row or what is wrong."""

    number: int
    cells: dict[str, str]
    row: StaffRow | None
    faults: tuple[str, ...]


def staff_lines(path: Path) -> list[StaffLine]:
    """Every line judged, faulty ones too; raises only when the file is no staff file at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252", errors="replace")
    except OSError as error:
        raise UserError(_("Tiedostoa {name} ei voi lukea.").format(name=path.name), field="staff") from error
    lines = text.splitlines()
    if not lines:
        raise UserError(_("Tiedosto {name} on tyhjä.").format(name=path.name), field="staff")
    delimiter = ";" if ";" in lines[0] else ","
    reader = csv.reader(lines, delimiter=delimiter)
    header = [_COLUMNS.get(h.strip().lower(), "") for h in next(reader)]
    missing = {"name", "municipality", "roles"} - set(header)
    if missing:
        raise UserError(
            _("Tiedostosta {name} puuttuu sarake: nimi, kunta ja roolit ovat pakollisia.").format(
                name=path.name
            ),
            field="staff",
        )
    found: list[StaffLine] = []
    try:
        for number, cells in enumerate(reader, start=2):
            if any(c.strip() for c in cells):
                values = {h: c.strip() for h, c in zip(header, cells, strict=False) if h}
                row, faults = _row(values)
                found.append(StaffLine(number, values, row, tuple(faults)))
    except csv.Error as error:
        raise UserError(
            _("Tiedostoa {name} ei voi lukea CSV-tiedostona.").format(name=path.name), field="staff"
        ) from error
    return found


def read_staff(path: Path) -> list[StaffRow]:
    """All rows of a file; raises Problems with every fault of every row."""
    lines = staff_lines(path)
    problems = [
        Problem("staff_row", _("Rivi {n}: {what}").format(n=line.number, what=fault))
        for line in lines
        for fault in line.faults
    ]
    if problems:
        raise Problems(problems)
    return [line.row for line in lines if line.row is not None]


def _row(values: dict[str, str]) -> tuple[StaffRow | None, list[str]]:
    faults: list[str] = []
    if not values.get("name"):
        faults.append(_("nimi puuttuu."))
    if not values.get("municipality"):
        faults.append(_("kunta puuttuu."))
    names = [n.strip().lower() for n in values.get("roles", "").replace("/", "+").split("+") if n.strip()]
    unknown = [n for n in names if n not in _ROLES]
    if unknown:
        faults.append(
            _("tuntematon rooli ”{role}”. Roolit ovat: {known}.").format(
                role=unknown[0], known=", ".join(_(n) for n in ROLE_NAMES.values())
            )
        )
    employment = values.get("employment", "virka").lower() or "virka"
    if employment not in ("virka", "työsuhde"):
        faults.append(_("palvelussuhde on virka tai työsuhde."))
    if faults:
        return None, faults
    return (
        StaffRow(
            name=values["name"],
            title=values.get("title", ""),
            email=values.get("email", ""),
            phone=values.get("phone", ""),
            municipality=values["municipality"],
            office=values.get("office", ""),
            employment=employment,
            roles=tuple(_ROLES[n] for n in names),
            secret=values.get("secret", "").lower() in ("x", "1", "kyllä", "yes"),
        ),
        [],
    )
