"""Commands run on the server itself: the administrator's, from the command line, and those that only count
numbers. Everything else is done on a workstation and pushed.

What such a command writes goes the same way as what is pushed: log, audit, grants, digests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workbench.clock import to_text
from workbench.context import Session
from workbench.errors import Problems
from workbench.ids import new_id
from workbench.server import operations
from workbench.server.database import Database
from workbench.server.principal import ADMINISTRATION
from workbench.server.push import Request
from workbench.server.unit import ServerUnit
from workbench.store.commands import Command
from workbench.store.domain import Domain
from workbench.sync.wire import Group


class HandlerUnit(ServerUnit):
    """The server's unit of work, with the methods that a command's handler writes through."""

    def insert(self, kind: str, values: Mapping[str, Any], row_id: str = "") -> str:
        made = row_id or new_id()
        spec = self.kinds[kind]
        wire = {n: spec.by_name[n].to_wire(v) for n, v in values.items() if v is not None}
        derived = {n: v for n, v in wire.items() if spec.by_name[n].derived}
        patch = {n: v for n, v in wire.items() if n not in derived}
        op = {"op_id": new_id(), "id": made, "patch": patch, "derived": derived}
        operations.create(self, spec, op)
        return made

    def insert_many(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            self.insert(kind, {n: v for n, v in row.items() if n != "id"}, row["id"])

    def patch(self, kind: str, row_id: str, **changes: Any) -> bool:
        spec, row = self.kinds[kind], self.need(kind, row_id)
        changed = {n: v for n, v in changes.items() if row[n] != v}
        if changed:
            wire = {n: spec.by_name[n].to_wire(v) for n, v in changed.items()}
            operations.patch(self, spec, self._op(row_id, row["rev"]) | {"patch": wire})
        return bool(changed)

    def delete(self, kind: str, row_id: str) -> None:
        row = self.need(kind, row_id)
        operations.remove(self, self.kinds[kind], self._op(row_id, row["rev"]))

    def rescope(self, kind: str, row_id: str) -> None:
        """Left to the end of the group, where every touched row and what lies below it is looked at."""

    @staticmethod
    def _op(row_id: str, rev: int) -> dict[str, Any]:
        return {"op_id": new_id(), "id": row_id, "base_rev": rev}


def execute(
    database: Database, domain: Domain, command: Command, at: datetime, *, municipality: str = ""
) -> Any:
    """Run one command as the server's administration; returns what the handler gives back. Raises what the
    command raises on a workstation, and changes nothing then."""

    def work(connection: Connection) -> Any:
        request = Request(connection, domain, ADMINISTRATION, at, None, careful=False, unit=HandlerUnit)
        return _Direct(request).run(command, municipality)

    return database.write(work)


class _Direct:
    """One command in one request."""

    def __init__(self, request: Request) -> None:
        self.request = request

    def run(self, command: Command, municipality: str) -> Any:
        request, unit = self.request, self.request.unit
        spec = request.domain.commands.of(command)
        unit.begin(Session("", municipality), spec.type)
        result = spec.handler(command, unit)
        request.own_moves(unit.group)
        problems = [p for rule in request.domain.invariants for p in rule(unit)]
        if problems:
            raise Problems(problems)
        unit.accept()
        group: Group = {
            "group_id": command.command_id,
            "n": 0,
            "command": spec.type,
            "at": to_text(request.at),
            "actor": "",
            "municipality": unit.chain if unit.chain != "region" else "",
            "about": list(unit.about),
            "title": unit.words.key,
            "words": unit.words.values,
            "reason": command.reason,
        }
        request.follow_up(group)
        request.finish()
        return result
