"""The verdict of each row before anything is written: new, already here, or wrong and why."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from workbench.cases import tables as t
from workbench.cases.migration.bundle import Bundle
from workbench.cases.model import CASE_TYPES, PHASE_ORDER
from workbench.cases.plan.model import Defaults, PlanVersion
from workbench.cases.plan.rules import check_values
from workbench.cases.plans import plan_in_force
from workbench.cases.values import case_values
from workbench.clock import from_text
from workbench.errors import UserError
from workbench.i18n import _
from workbench.law.identifiers import is_business_id, is_identity_number
from workbench.organisation import tables as organisation

NEW, PRESENT, WRONG = "new", "present", "error"
_NUMBER = re.compile(r"(?:[^\d]*)(\d{1,6})/(?:[\d.]+/)?((?:19|20)\d{2})")


@dataclass(frozen=True)
class Verdict:
    """What would happen to one row of the bundle."""

    line: int
    external_id: str
    verdict: str
    reasons: tuple[str, ...] = ()
    data: dict[str, Any] | None = None


class Judge:
    """Knows the register, the plan and the bundle's own rows so far."""

    def __init__(self, connection: Connection, bundle: Bundle, municipality: str, on: date) -> None:
        self._bundle = bundle
        self._plan: PlanVersion = plan_in_force(connection, municipality, on)
        self._parents = {c.parent for c in self._plan.classes}
        c, o = t.case_file.c, organisation.office.c
        rows = connection.execute(select(c.external_id, c.number).where(c.municipality == municipality)).all()
        self._here = {r.external_id for r in rows if r.external_id}
        self._numbers = {r.number for r in rows if r.number}
        self._offices = set(
            connection.execute(select(o.code).where(o.municipality == municipality)).scalars()
        )
        self._seen: Counter[str] = Counter()

    def verdicts(self) -> Iterator[Verdict]:
        """One verdict a row, in order."""
        for line, data, fault in self._bundle.lines():
            if data is None:
                yield Verdict(line, "", WRONG, (fault,))
                continue
            external = data["external_id"]
            if external in self._here:
                yield Verdict(line, external, PRESENT)
                continue
            reasons = tuple(self._faults(data))
            self._seen[external] += 1
            yield Verdict(line, external, WRONG if reasons else NEW, reasons, data)

    def _faults(self, data: dict[str, Any]) -> Iterator[str]:
        if self._seen[data["external_id"]]:
            yield _("sama tunniste {id} on paketissa kahdesti").format(id=data["external_id"])
        number = data.get("number")
        if number:
            if number in self._numbers:
                yield _("asiatunnus {number} on jo käytössä").format(number=number)
            self._numbers.add(number)
        node = self._plan.find(data["class"])
        if node is None:
            yield _("luokkaa {code} ei ole tiedonohjaussuunnitelmassa").format(code=data["class"])
        elif node.code in self._parents:
            yield _("luokalla {code} on alaluokkia; valitse tarkempi").format(code=data["class"])
        if data.get("case_type") and data["case_type"] not in CASE_TYPES:
            yield _("tuntematon asian laji {name}").format(name=data["case_type"])
        if data.get("office") and data["office"] not in self._offices:
            yield _("tuntematon toimiala {name}").format(name=data["office"])
        if data.get("phase") and data["phase"] not in PHASE_ORDER:
            yield _("tuntematon vaihe {name}").format(name=data["phase"])
        yield from self._date_faults(data)
        if node is not None:
            yield from self._value_faults(data)
        for party in data.get("parties", ()):
            yield from _party_faults(party)
        for document in walk_documents(data.get("documents", ())):
            yield from self._file_faults(document)

    def _date_faults(self, data: dict[str, Any]) -> Iterator[str]:
        for name in ("opened_on", "closed_on", "due_on"):
            if data.get(name) and not _is_day(data[name]):
                yield _("{field}: {value} ei ole päivä").format(field=name, value=data[name])
        moments = [("arrived_at", data.get("arrived_at")), ("registered_at", data.get("registered_at"))]
        moments += [("made_at", n["made_at"]) for n in data.get("notes", ())]
        moments += [("arrived_at", d.get("arrived_at")) for d in walk_documents(data.get("documents", ()))]
        for name, value in moments:
            if value and not _is_moment(value):
                yield _("{field}: {value} ei ole aika vyöhykkeineen").format(field=name, value=value)
        if data.get("state") == "closed" and not data.get("closed_on"):
            yield _("päätetyltä asialta puuttuu closed_on")

    def _value_faults(self, data: dict[str, Any]) -> Iterator[str]:
        values = case_values(self._plan, data["class"], Defaults.of(data.get("values", {})))
        for problem in check_values(values.defaults()):
            yield problem.message

    def _file_faults(self, document: dict[str, Any]) -> Iterator[str]:
        file = document.get("file")
        if file is None:
            return
        try:
            path = self._bundle.file(file["path"])
        except UserError as error:
            yield str(error)
            return
        if not path.is_file():
            yield _("tiedostoa {path} ei ole paketissa").format(path=file["path"])


def check_content(bundle: Bundle, file: dict[str, Any]) -> str:
    """ "" when a file's bytes are those the bundle promises, else why not."""
    digest = hashlib.sha256()
    with bundle.file(file["path"]).open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != file["sha256"]:
        return _("tiedoston {path} sisältö ei täsmää tarkistussummaan").format(path=file["path"])
    return ""


def number_parts(number: str) -> tuple[int, int] | None:
    """(running, year) of an old number, when it has that form."""
    match = _NUMBER.fullmatch(number)
    return (int(match[1]), int(match[2])) if match else None


def _party_faults(party: dict[str, Any]) -> Iterator[str]:
    if party.get("business_id") and not is_business_id(party["business_id"]):
        yield _("osapuolen {name} Y-tunnus ei ole oikein").format(name=party["name"])
    if party.get("identity_number") and not is_identity_number(party["identity_number"]):
        yield _("osapuolen henkilötunnus ei ole oikein")


def walk_documents(documents: Any) -> Iterator[dict[str, Any]]:
    """Documents and their attachments, each before its own."""
    for document in documents:
        yield document
        yield from walk_documents(document.get("attachments", ()))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        from_text(text)
    except ValueError:
        return False
    return True


def moment(text: str | None) -> datetime | None:
    """A moment of the bundle."""
    return from_text(text) if text else None


def day(text: str | None) -> date | None:
    """A day of the bundle."""
    return date.fromisoformat(text) if text else None
