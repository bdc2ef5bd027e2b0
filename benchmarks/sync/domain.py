"""The domain of the run: the whole one, and a command that changes a note.

The product's notes are written once. Peers are measured on records that change, so the run adds the one command,
on both sides alike; everything it goes through is the product's own.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache

from workbench.cases.parts import AddNote
from workbench.domain import whole_domain
from workbench.store.commands import Command, CommandSpec, CommandTable
from workbench.store.domain import Domain
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EditNote(Command):
    """Another text for a note."""

    case_id: str
    note_id: str
    text: str


def _edit_note(command: EditNote, uow: UnitOfWork) -> None:
    uow.patch("note", command.note_id, text=command.text)


@cache
def domain() -> Domain:
    """Built once per process."""
    whole = whole_domain()
    adds = whole.commands.by_class[AddNote]
    edits = CommandSpec(EditNote, "note.edit", _edit_note, adds.authorise, writes=frozenset({"note"}))
    table = CommandTable([*whole.commands.by_type.values(), edits])
    return dataclasses.replace(whole, commands=table)


def text_of(n: int) -> str:
    """Some 170 bytes, no two alike."""
    words = f"Muistiinpano {n:07}: hakija soitti ja kertoi, että liite {n % 977} tulee postissa; "
    return words + "tarkistetaan rajat ja palataan asiaan ensi viikolla. Ei muuta huomautettavaa nyt, kiitos."
