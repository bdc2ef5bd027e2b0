"""The command that writes imported cases, a batch at a time, by the same rules as registering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from workbench.cases import secrecy
from workbench.cases.assigning import take_case_number
from workbench.cases.items import FileItem
from workbench.cases.migration.verdicts import day, moment, number_parts
from workbench.cases.model import CaseState
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.model import Defaults, PlanVersion
from workbench.cases.plans import current_plan
from workbench.cases.rights import in_municipality
from workbench.cases.scopes import case_target, document_target
from workbench.cases.values import case_values, document_values, mirrored
from workbench.i18n import N_
from workbench.ids import new_id
from workbench.organisation import tables as organisation
from workbench.organisation.series import case_series
from workbench.store.authority import continue_series, peek_number
from workbench.store.commands import Command, CommandSpec
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class ImportBatch(Command):
    """Rows of a bundle (judged clean) and the files they name, by path."""

    municipality: str
    rows: tuple[dict[str, Any], ...] = field(metadata={"derived": True})
    files: dict[str, FileItem] = field(metadata={"derived": True})


_Rows = dict[str, list[dict[str, Any]]]


def _import(command: ImportBatch, uow: UnitOfWork) -> int:
    uow.analyse_now = True
    writer = _Writer(uow, command)
    for data in command.rows:
        writer.add(data)
    writer.finish()
    uow.say(N_("Tuotu {n} asiaa aiemmasta järjestelmästä"), n=len(command.rows))
    uow.concerns("municipality", command.municipality, chain=command.municipality)
    return len(command.rows)


class _Writer:
    """Gathers rows by kind, so that each kind is written in one statement; parents before children."""

    _ORDER = ("case_file", "party", "party_secret", "action", "document", "document_version", "note")

    def __init__(self, uow: UnitOfWork, command: ImportBatch) -> None:
        self._uow, self._command = uow, command
        self._plan: PlanVersion = current_plan(uow, command.municipality)
        self._rows: _Rows = {kind: [] for kind in self._ORDER}
        self._values: dict[tuple[Any, ...], Effective] = {}
        self._people = self._load_people()
        self._office = str(uow.select("office", municipality=command.municipality)[0]["code"])
        self._next: dict[int, int] = {}

    def _load_people(self) -> dict[str, str]:
        p = organisation.person.c
        query = select(p.id, p.name, p.email).where(or_(p.email.is_not(None), p.name.is_not(None)))
        found: dict[str, str] = {}
        for row in self._uow.connection.execute(query):
            found.setdefault(row.name.casefold(), row.id)
            if row.email:
                found[row.email.casefold()] = row.id
        return found

    def add(self, data: dict[str, Any]) -> None:
        """One case with its parts."""
        uow, code = self._uow, self._command.municipality
        case_id = new_id()
        overrides = Defaults.of(data.get("values", {}))
        values = mirrored(self._case_values(data["class"], overrides))
        number, running, year = self._number(data)
        office = data.get("office") or self._office
        handler = self._people.get((data.get("handler") or "").casefold())
        if values["restricted"]:
            self._enclose(case_target(case_id), office, handler)
        closed = data.get("state") == "closed"
        case = {
            "id": case_id,
            "municipality": code,
            "number": number,
            "running": running,
            "year": year,
            "external_id": data["external_id"],
            "title": data["title"].strip(),
            "case_type": data.get("case_type") or "muu asia",
            "class_code": data["class"],
            "office": office,
            "handler_id": handler,
            "state": (CaseState.CLOSED if closed else CaseState.PENDING).value,
            "phase": data.get("phase") or ("seuranta" if closed else "vireilletulo"),
            "channel": data.get("channel"),
            "arrived_at": moment(data.get("arrived_at")),
            "opened_on": day(data["opened_on"]),
            "registered_at": moment(data.get("registered_at")) or uow.at,
            "registered_by": uow.session.person_id,
            "due_on": day(data.get("due_on")),
            "closed_on": day(data.get("closed_on")) if closed else None,
            "language": data.get("language", "fi"),
            "summary": data.get("summary"),
            "plan_version": self._plan.version,
            "overrides": overrides.given() or None,
            **values,
        }
        self._rows["case_file"].append(case)
        for party in data.get("parties", ()):
            self._party(case, party)
        for action in data.get("actions", ()):
            self._rows["action"].append(
                {
                    "id": new_id(),
                    "case_id": case_id,
                    "phase": action["phase"],
                    "name": action["name"],
                    "state": "done" if action.get("done_on") else "planned",
                    "done_on": day(action.get("done_on")),
                }
            )
        for note in data.get("notes", ()):
            self._rows["note"].append(
                {
                    "id": new_id(),
                    "case_id": case_id,
                    "text": note["text"],
                    "made_at": moment(note["made_at"]),
                }
            )
        positions = iter(range(1, 100_000))
        for document in data.get("documents", ()):
            self._document(case, overrides, document, positions, "")

    def finish(self) -> None:
        """Write what was gathered and let the series go on after the numbers that came."""
        for kind in self._ORDER:
            self._uow.insert_many(kind, self._rows[kind])
        for year, following in self._next.items():
            series = case_series(self._command.municipality, year)
            if following > peek_number(self._uow.connection, series):
                continue_series(self._uow.connection, series, following)

    def _number(self, data: dict[str, Any]) -> tuple[str | None, int | None, int | None]:
        number = data.get("number")
        if not number:
            taken = take_case_number(self._uow, self._command.municipality, data["class"])
            return (taken.text, taken.running, taken.year) if taken else (None, None, None)
        parts = number_parts(number)
        if parts is None:
            return number, None, None
        running, year = parts
        self._next[year] = max(self._next.get(year, 1), running + 1)
        return number, running, year

    def _party(self, case: dict[str, Any], data: dict[str, Any]) -> None:
        party_id = new_id()
        contact = {n: data.get(n) for n in ("street", "postal_code", "town", "email", "phone")}
        protected = bool(data.get("protected"))
        self._rows["party"].append(
            {
                "id": party_id,
                "case_id": case["id"],
                "role": data["role"],
                "name": data["name"],
                "entity": data.get("entity", "person"),
                "business_id": data.get("business_id"),
                "language": data.get("language"),
                "e_consent": data.get("e_consent"),
                "protected": protected,
                **({} if protected else contact),
            }
        )
        if protected or data.get("identity_number"):
            self._enclose(document_target(party_id), case["office"], case["handler_id"])
            self._rows["party_secret"].append(
                {
                    "id": new_id(),
                    "party_id": party_id,
                    "case_id": case["id"],
                    "identity_number": data.get("identity_number"),
                    **(contact if protected else {}),
                }
            )

    def _document(
        self,
        case: dict[str, Any],
        case_overrides: Defaults,
        data: dict[str, Any],
        positions: Iterator[int],
        under: str,
    ) -> None:
        document_id, position = new_id(), next(positions)
        overrides = Defaults.of(data.get("values", {}))
        values = mirrored(self._document_values(case["class_code"], data["type"], case_overrides, overrides))
        if values["restricted"] and not case["restricted"]:
            self._enclose(document_target(document_id), case["office"], case["handler_id"])
        self._rows["document"].append(
            {
                "id": document_id,
                "case_id": case["id"],
                "identifier": f"{case['number']}-{position}" if case["number"] else None,
                "attached_to": under or None,
                "position": position,
                "title": data["title"],
                "type": data["type"],
                "direction": data.get("direction", "received"),
                "state": "final",
                "sender": data.get("sender"),
                "author": data.get("author"),
                "channel": data.get("channel"),
                "arrived_at": moment(data.get("arrived_at")),
                "dated_on": day(data.get("dated_on")),
                "language": case["language"],
                "message_id": data.get("message_id"),
                "overrides": overrides.given() or None,
                **values,
            }
        )
        if data.get("file"):
            self._version(case, document_id, self._command.files[data["file"]["path"]])
        for attachment in data.get("attachments", ()):
            self._document(case, case_overrides, attachment, positions, document_id)

    def _version(self, case: dict[str, Any], document_id: str, file: FileItem) -> None:
        self._rows["document_version"].append(
            {
                "id": new_id(),
                "document_id": document_id,
                "case_id": case["id"],
                "municipality": case["municipality"],
                "number": 1,
                **file.stored(),
                "made_at": self._uow.at,
                "made_by": self._uow.session.person_id,
            }
        )

    def _enclose(self, target: str, office: str, handler: str | None) -> None:
        code = self._command.municipality
        secrecy.enclose(self._uow, target, code, office)
        secrecy.admit(self._uow, target, self._uow.session.person_id, code, secrecy.BASIS_REGISTRAR)
        secrecy.admit(self._uow, target, handler, code, secrecy.BASIS_HANDLER)

    def _case_values(self, class_code: str, overrides: Defaults) -> Effective:
        key = (class_code, overrides)
        if key not in self._values:
            self._values[key] = case_values(self._plan, class_code, overrides)
        return self._values[key]

    def _document_values(self, class_code: str, kind: str, case: Defaults, own: Defaults) -> Effective:
        key = (class_code, kind, case, own)
        if key not in self._values:
            self._values[key] = document_values(self._plan, class_code, kind, case, own)
        return self._values[key]


COMMANDS = (
    CommandSpec(
        ImportBatch,
        "case.import_batch",
        _import,
        in_municipality("register"),
        writes=frozenset(_Writer._ORDER) | secrecy.WRITES,
        undoable=False,
    ),
)
