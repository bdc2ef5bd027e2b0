"""What the store is told about the domain: kinds, commands, invariants and checks. Built once, by the
composition root; the store itself knows no domain word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from workbench.errors import Problem
from workbench.store.adopting import adoption_specs
from workbench.store.commands import CommandSpec, CommandTable
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.renaming import Named
from workbench.store.search.index import ReadersOf
from workbench.store.undo import UndoGuard, undo_spec
from workbench.store.unit import RowOp, UnitOfWork

Invariant = Callable[[UnitOfWork], Iterable[Problem]]
"""Looks at what a unit of work is about to commit and lists everything that forbids it."""

RowGuard = Callable[[UnitOfWork, str, RowOp], None]
"""Asks whether whoever acts may change a row by a command of the given verb; raises when not. The server's: on a
workstation the command's own authorisation has seen what it names, here anything may have been sent."""

WantedContents = Callable[[Connection, str], Iterable[tuple[str, str]]]
"""Contents (municipality, sha256) that a person wants on her workstation before she opens them."""

SeriesUsed = Callable[[Connection, str], bool]
"""Whether any row has a number of the series."""

Settings = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Kind → id → data of a server's common settings."""

Fits = Callable[[Connection, KindRegistry, Settings, str, date], tuple[Named, list[Problem]]]
"""How a server names what rows here name, by its settings, for the person whose account joins, on a day; and all that
does not fit, with what to do."""


@dataclass(frozen=True)
class Holding:
    """Which series a workstation may hold (varattu sarja): those of a body or a decider, never a diary.

    ``municipality`` says whose a series is, None of one that is never held; ``demand`` raises when whoever acts may not
    number in it.
    """

    municipality: Callable[[str], str | None]
    demand: Callable[[UnitOfWork, str], None]


StoreCheck = Callable[[Connection], Iterable[str]]
"""Looks at a whole store (``workbench check``) and lists what is wrong, in Finnish."""


def _nobody(_connection: Connection, _scopes: Collection[str]) -> Mapping[str, str]:
    return {}


def _nothing(_connection: Connection, _person_id: str) -> Iterable[tuple[str, str]]:
    return ()


def _all_fits(*_about: Any) -> tuple[Named, list[Problem]]:
    return Named(), []


def _unused(_connection: Connection, _series: str) -> bool:
    return False


@dataclass(frozen=True)
class Domain:
    """The domain as the store sees it."""

    kinds: KindRegistry
    commands: CommandTable
    invariants: tuple[Invariant, ...]
    checks: tuple[StoreCheck, ...]
    readers: ReadersOf = _nobody
    row_guard: RowGuard | None = None
    wanted: WantedContents = _nothing
    numbered: SeriesUsed = _unused
    fits: Fits = _all_fits
    holding: Holding | None = None

    @classmethod
    def of(
        cls,
        kinds: Iterable[Kind],
        commands: Iterable[CommandSpec],
        invariants: Sequence[Invariant] = (),
        checks: Sequence[StoreCheck] = (),
        undo_guard: UndoGuard | None = None,
        readers: ReadersOf = _nobody,
        row_guard: RowGuard | None = None,
        wanted: WantedContents = _nothing,
        numbered: SeriesUsed = _unused,
        fits: Fits = _all_fits,
        holding: Holding | None = None,
    ) -> Domain:
        """Collect the rooms' declarations; Undo and adoption come with them."""
        registry = KindRegistry(kinds)
        table = CommandTable(commands)
        every = frozenset(registry.names())
        for spec in (undo_spec(table, every, undo_guard), *adoption_specs(every)):
            table.by_class[spec.command] = spec
            table.by_type[spec.type] = spec
        return cls(
            registry,
            table,
            tuple(invariants),
            tuple(checks),
            readers,
            row_guard,
            wanted,
            numbered,
            fits,
            holding,
        )
