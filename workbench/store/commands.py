"""Commands (komennot): one frozen dataclass per thing a person can do, and the table of who handles it.

A command's ids and times are fixed before its handler runs, so that running it again is recognised.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.clock import to_text
from workbench.ids import new_id

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Command:
    """Base of all commands. ``command_id`` makes a repeated call answer instead of acting twice;
    ``reason`` is kept in the journal where a command asks for one."""

    command_id: str = field(default_factory=new_id)
    reason: str = ""


@dataclass(frozen=True)
class CommandSpec:
    """Who may run a command, what it may write, and how it can be taken back.

    ``type`` is the stable name on the wire (``case.register``). ``authorise`` raises
    :class:`~workbench.errors.NotAllowed` with the reason. ``writes`` names the kinds the handler may
    touch; anything else is refused as a bug. ``corrections`` are offered where undo is not lawful.
    ``verb`` is what must be allowed on everything the command changes: the server, which sees only the
    changed rows, asks it of each (see :func:`asks`). ``reaches`` names the kinds whose rows the command may
    put where the person does not see any more. ``destroys``: what the rows it deletes held is lawfully destroyed
    (hävittäminen), from history too. ``local``: it concerns this workstation alone and writes no rows; a server
    is not told. ``adopts``: it brings rows that were made where another was the authority, as they are; the
    server asks of it what :mod:`workbench.server.adopting` says.
    """

    command: type[Command]
    type: str
    handler: Callable[[Any, UnitOfWork], Any]
    authorise: Callable[[Any, UnitOfWork], None]
    writes: frozenset[str]
    undoable: bool = True
    corrections: tuple[str, ...] = ()
    needs_reason: bool = False
    version: int = 1
    reaches: frozenset[str] = frozenset()
    destroys: bool = False
    local: bool = False
    adopts: bool = False

    @property
    def verb(self) -> str:
        """What is asked of every row the command changes; "" where its own authorisation says it all."""
        return str(getattr(self.authorise, "verb", ""))


_Authorise = TypeVar("_Authorise", bound=Callable[..., None])


def asks(verb: str) -> Callable[[_Authorise], _Authorise]:
    """Say which verb an authorisation asks of what its command changes."""

    def mark(authorise: _Authorise) -> _Authorise:
        authorise.verb = verb  # type: ignore[attr-defined]
        return authorise

    return mark


class CommandTable:
    """All commands of one domain, by class and by wire name."""

    def __init__(self, specs: Iterable[CommandSpec]) -> None:
        self.by_class: dict[type[Command], CommandSpec] = {}
        self.by_type: dict[str, CommandSpec] = {}
        for spec in specs:
            if spec.type in self.by_type or spec.command in self.by_class:
                raise ValueError(f"command {spec.type} is declared twice")
            self.by_class[spec.command] = spec
            self.by_type[spec.type] = spec

    def of(self, command: Command) -> CommandSpec:
        """The entry of a command object."""
        return self.by_class[type(command)]


def arguments_of(command: Command) -> dict[str, Any]:
    """The command's arguments in JSON form, for the outbox envelope. Contents are named by hash; fields
    marked ``derived`` (text that can be read again from the content) stay out."""
    return {
        f.name: _json(getattr(command, f.name))
        for f in dataclasses.fields(command)
        if f.name != "command_id" and not f.metadata.get("derived")
    }


def _json(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: _json(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if not f.metadata.get("derived")
        }
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(k): _json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_json(v) for v in value]
    return value
