"""What a command did, as its caller and the window's pages need to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Changes:
    """Result of one command.

    ``title`` is Finnish and in the past tense; ``touched`` holds (kind, row id) pairs; ``corrections``
    are ids of the commands offered in Undo's place where a number was taken or a message sent.
    """

    command_id: str
    title: str
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    result: Any = None
    undoable: bool = False
    corrections: tuple[str, ...] = ()
