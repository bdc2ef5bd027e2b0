"""A small real store in memory: commands change rows under a lock, undo puts them back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workbench.errors import UserError
from workbench.ids import new_id


@dataclass(frozen=True)
class FakeChanges:
    """Same fields as the store's Changes."""

    command_id: str
    title: str
    touched: frozenset[tuple[str, str]] = frozenset()
    result: object = None
    undoable: bool = True
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rename:
    """Give a row another title."""

    id: int
    title: str
    numbered: bool = False
    command_id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Undo:
    """Put back what a command changed."""

    target: str
    command_id: str = field(default_factory=new_id)


class FakeStore:
    """Rows ``{id: title}``; remembers which threads wrote."""

    def __init__(self, rows: dict[int, str]) -> None:
        self.rows = dict(rows)
        self.writers: set[str] = set()
        self.version = 1
        self._before: dict[str, tuple[int, str]] = {}
        self._lock = threading.Lock()

    def execute(self, command: Rename | Undo) -> FakeChanges:
        self.writers.add(threading.current_thread().name)
        with self._lock:
            if isinstance(command, Undo):
                row, title = self._before[command.target]
                self._before[command.command_id] = (row, self.rows[row])
                self.rows[row] = title
                return FakeChanges(command.command_id, "Kumottu: nimi", frozenset({("case", str(row))}))
            if not command.title:
                raise UserError("Nimi puuttuu. Kirjoita asialle nimi.", field="title")
            self._before[command.command_id] = (command.id, self.rows[command.id])
            self.rows[command.id] = command.title
            return FakeChanges(
                command.command_id,
                f"Nimetty: {command.title}",
                frozenset({("case", str(command.id))}),
                undoable=not command.numbered,
                corrections=("case.correct",) if command.numbered else (),
            )

    @contextmanager
    def reader(self) -> Iterator[dict[int, str]]:
        with self._lock:
            rows = dict(self.rows) if len(self.rows) < 10_000 else self.rows
        yield rows

    def data_version(self) -> int:
        return self.version
