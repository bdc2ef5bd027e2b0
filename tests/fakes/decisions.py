"""Decisions (päätökset) of the tests' own: what numbers in a series that a workstation may hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from workbench.cases.row_guard import guard_row
from workbench.domain import whole_domain
from workbench.errors import NotAllowed
from workbench.ids import new_id
from workbench.organisation.access import access_of
from workbench.organisation.model import Role
from workbench.store.commands import Command, CommandSpec, CommandTable
from workbench.store.domain import Domain, Holding
from workbench.store.kinds import Field, FieldType, Kind, KindRegistry, build_table
from workbench.store.unit import RowOp, UnitOfWork

KIND = "decision_for_tests"


def series_of(body: str, municipality: str = "924") -> str:
    """The § series of a body."""
    return f"section:{municipality}:{body}"


def _assign(row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork) -> Mapping[str, Any]:
    if former is not None and former["number"]:
        return {"number": former["number"]}
    number = uow.take_number(series_of(row["body"], row["municipality"]))
    return {} if number is None else {"number": number}


DECISION = Kind(
    KIND,
    "Päätös",
    (
        Field("municipality", "Kunta", required=True),
        Field("body", "Toimielin", required=True),
        Field("title", "Otsikko", required=True, prose=True),
        Field("number", "Pykälä", FieldType.INTEGER),
    ),
    scope=lambda _row, _uow: "global",
    assign=_assign,
    assigned=("number",),
    lasting=True,
)
build_table(DECISION)


@dataclass(frozen=True, kw_only=True)
class Decide(Command):
    """A new decision, numbered at once where its series is held."""

    body: str
    title: str
    municipality: str = "924"
    row_id: str = field(default_factory=new_id)


def _decide(command: Decide, uow: UnitOfWork) -> int | None:
    number = uow.take_number(series_of(command.body, command.municipality))
    values = {"municipality": command.municipality, "body": command.body, "title": command.title}
    uow.insert(KIND, values | {"number": number}, command.row_id)
    uow.say("Päätetty {title}", title=command.title)
    uow.concerns(KIND, command.row_id)
    return number


def _may(_command: Command, _uow: UnitOfWork) -> None:
    """Whoever may number is asked of the series."""


def _demand(uow: UnitOfWork, series: str) -> None:
    session = dataclasses.replace(uow.session, municipality=_municipality(series) or "")
    if not access_of(uow.connection, session, uow.at).has_role(Role.REGISTRAR, Role.DECIDER):
        raise NotAllowed("Sarjan numeroita antaa pöytäkirjanpitäjä.")


def _municipality(series: str) -> str | None:
    kind, _colon, rest = series.partition(":")
    return rest.partition(":")[0] if kind == "section" else None


def _guard(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    if op.kind != KIND:
        guard_row(uow, verb, op)


@cache
def deciding_domain() -> Domain:
    """The product's domain, and decisions."""
    whole = whole_domain()
    table = CommandTable(
        [CommandSpec(Decide, f"{KIND}.decide", _decide, _may, frozenset({KIND}), undoable=False)]
    )
    table.by_class.update(whole.commands.by_class)
    table.by_type.update(whole.commands.by_type)
    return dataclasses.replace(
        whole,
        kinds=KindRegistry((*whole.kinds, DECISION)),
        commands=table,
        row_guard=_guard,
        holding=Holding(_municipality, _demand),
    )
