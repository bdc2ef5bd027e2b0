"""Running one command: rights, handler, invariants, then journal, outbox and index in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from workbench.context import Session
from workbench.errors import Problem, Problems, StorageProblem, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.store import claims, journal
from workbench.store.authority import Authority
from workbench.store.blobs import BlobStore
from workbench.store.changes import Changes
from workbench.store.commands import Command, CommandSpec, arguments_of
from workbench.store.domain import Domain
from workbench.store.erasure import erase
from workbench.store.schema import outbox, outbox_group
from workbench.store.search.index import WordAnalysis, index_touched
from workbench.store.undo import Undo
from workbench.store.unit import RowOp, UnitOfWork


@dataclass(frozen=True)
class Surroundings:
    """What every command is run with."""

    domain: Domain
    session: Session
    at: datetime
    authority: Authority
    blobs: BlobStore
    workstation: str
    words: WordAnalysis


def run(connection: Connection, command: Command, given: Surroundings) -> Changes:
    """Run a command inside an open write transaction; the caller commits."""
    spec = given.domain.commands.of(command)
    if _has_run(connection, command.command_id):
        return Changes(command.command_id, _("Tehty jo aiemmin"))
    uow, result = _handled(connection, command, spec, given)
    if _missing(uow, given.blobs):
        # No row may name content that is not on the disk.
        raise StorageProblem(_("Tiedoston tallennus jäi kesken. Yritä uudelleen."))
    uow.ops = [_without_content(op) if (op.kind, op.row_id) in uow.destroyed else op for op in uow.ops]
    journal.write_entry(uow, command.command_id, command.reason, given.workstation)
    _write_outbox(uow, command, spec)
    index_touched(uow, given.words, given.domain.readers)
    if uow.destroyed and given.authority.settles:
        erase(connection, given.domain.kinds, uow.destroyed)
    return Changes(
        command_id=command.command_id,
        title=uow.words.text(),
        touched=frozenset((op.kind, op.row_id) for op in uow.ops) | uow.also_touched,
        result=result,
        undoable=spec.undoable and not isinstance(command, Undo),
        corrections=spec.corrections,
    )


def rehearse(connection: Connection, command: Command, given: Surroundings) -> list[tuple[str, str]]:
    """Raise whatever running the command would raise; (municipality, sha256) of content that it would name
    and that is not on the disk yet. The caller rolls back."""
    if _has_run(connection, command.command_id):
        return []
    uow, _result = _handled(connection, command, given.domain.commands.of(command), given)
    return _missing(uow, given.blobs)


def _handled(
    connection: Connection, command: Command, spec: CommandSpec, given: Surroundings
) -> tuple[UnitOfWork, Any]:
    """A command's rows written, its rights and the invariants asked."""
    if spec.needs_reason and not command.reason.strip():
        raise UserError(_("Kirjoita peruste."), field="reason", code="reason_missing")
    uow = UnitOfWork(
        connection,
        kinds=given.domain.kinds,
        session=given.session,
        at=given.at,
        authority=given.authority,
        writes=spec.writes,
        command_type=spec.type,
    )
    spec.authorise(command, uow)
    result = spec.handler(command, uow)
    problems: list[Problem] = [p for rule in given.domain.invariants for p in rule(uow)]
    if problems:
        raise Problems(problems)
    return uow, result


def _has_run(connection: Connection, command_id: str) -> bool:
    return (
        connection.execute(select(outbox_group.c.n).where(outbox_group.c.group_id == command_id)).scalar()
        is not None
    )


def _missing(uow: UnitOfWork, blobs: BlobStore) -> list[tuple[str, str]]:
    """Content that new rows name and that is not on the disk, each once."""
    found: dict[tuple[str, str], None] = {}
    for op in uow.ops:
        name = uow.kinds[op.kind].blob
        if name and op.type == "create" and op.after.get(name):
            where = (str(op.after["municipality"]), str(op.after[name]))
            if where not in found and not blobs.has(*where):
                found[where] = None
    return list(found)


def _without_content(op: RowOp) -> RowOp:
    return RowOp(op.type, op.kind, op.row_id, op.root_id, op.scope_id, op.base_rev, {}, {})


def _write_outbox(uow: UnitOfWork, command: Command, spec: CommandSpec) -> None:
    destroys = bool(uow.destroyed)
    uow.connection.execute(
        insert(outbox_group).values(
            group_id=command.command_id,
            command=spec.type,
            version=spec.version,
            args=None if destroys and uow.authority.settles else arguments_of(command),
            at=uow.at,
            actor_id=uow.session.person_id,
            municipality=uow.session.municipality,
            arrangement_id=uow.session.arrangement_id,
            undoes=command.undone if isinstance(command, Undo) else "",
            state=_state(uow, spec),
            # Content is kept until the server has said that it may go.
            destroys=None if uow.authority.settles else sorted(uow.destroyed) or None,
        )
    )
    claims.note(uow.connection, command.command_id, uow.claimed)
    if not uow.ops:
        return
    previous: dict[tuple[str, str], str] = {}
    rows: list[dict[str, Any]] = []
    for op in uow.ops:
        op_id, row = new_id(), (op.kind, op.row_id)
        after_op = previous.get(row)
        if after_op is None and not uow.authority.settles:
            after_op = uow.last_waiting_op(*row)
        previous[row] = op_id
        rows.append(
            {
                "op_id": op_id,
                "group_id": command.command_id,
                "type": op.type,
                "kind": op.kind,
                "row_id": op.row_id,
                "scope_id": op.scope_id,
                "base_rev": op.base_rev,
                "after_op": after_op,
                "patch": op.after,
                "state": _state(uow, spec),
            }
        )
    uow.connection.execute(insert(outbox), rows)


def _state(uow: UnitOfWork, spec: CommandSpec) -> str:
    return "settled" if uow.authority.settles or spec.local else "queued"
