"""What a workstation remembers of its register's adoption (rekisterin otto palvelimelle): which objects the server
gave another number, told in the history of each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from workbench.context import Session
from workbench.i18n import N_
from workbench.store import adopting
from workbench.store.commands import Command, CommandSpec
from workbench.store.meta import get_meta
from workbench.store.store import Store
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class NoteNewNumber(Command):
    """An object had a number here that the server's series had given already; it has another now."""

    kind: str
    row_id: str
    former: str
    present: str


@dataclass(frozen=True, kw_only=True)
class NoteAdopted(Command):
    """All that was registered here has been taken in; so many objects got another number."""

    renumbered: int


def note_adopted(store: Store, person_id: str) -> list[tuple[str, str]]:
    """Once all has been taken in, and once only, write into the journal which numbers changed; returns them as
    (former, present)."""
    with store.reader() as connection:
        note = get_meta(connection, adopting.NOTE)
        if not note or adopting.unsettled(connection):
            return []
        found = adopting.renumbered(connection, store.domain.kinds)
    session = Session(person_id, "")
    # Ids made of the adoption's own: cut off and run again, nothing is noted twice.
    commands: list[Command] = [
        NoteNewNumber(
            command_id=_id(note, one.row_id),
            kind=one.kind,
            row_id=one.row_id,
            former=one.former,
            present=one.present,
        )
        for one in found
    ]
    store.execute_all([*commands, NoteAdopted(command_id=_id(note, ""), renumbered=len(found))], session)
    store.set_meta(adopting.NOTE, "")
    return [(one.former, one.present) for one in found]


def _id(note: str, row_id: str) -> str:
    return str(uuid.uuid5(uuid.UUID(note), row_id))


def _number(command: NoteNewNumber, uow: UnitOfWork) -> None:
    row = uow.get(command.kind, command.row_id) or {}
    uow.say(
        N_("Rekisteri otettiin palvelimelle: {former} on nyt {present}"),
        former=command.former,
        present=command.present,
    )
    uow.concerns(command.kind, command.row_id, chain=str(row.get("municipality") or "region"))


def _whole(command: NoteAdopted, uow: UnitOfWork) -> None:
    uow.say(N_("Rekisteri on otettu palvelimelle; uuden tunnuksen sai {n} kohdetta"), n=command.renumbered)


def _anybody(_command: Command, _uow: UnitOfWork) -> None:
    """The synchronisation itself notes this."""


COMMANDS = tuple(
    CommandSpec(made, f"sync.{name}", handler, _anybody, writes=frozenset(), undoable=False, local=True)
    for made, name, handler in (
        (NoteNewNumber, "note_new_number", _number),
        (NoteAdopted, "note_adopted", _whole),
    )
)
