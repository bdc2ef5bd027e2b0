"""The three kinds of failure a person can meet; each has its own look in the window and the shell.

* :class:`UserError` – the person can mend it: shown at the field, names what is wrong and what to do.
* :class:`StorageProblem` – the surroundings (disk, key, lock): a banner and a retry.
* anything else – a bug: a report to copy, and the program goes on.
"""

from __future__ import annotations

from dataclasses import dataclass


class WorkbenchError(Exception):
    """Root of our own errors; ``str()`` of it is a Finnish sentence fit to show."""


class UserError(WorkbenchError):
    """Something the person can put right.

    ``field`` names the form field or command argument to show it at; ``code`` is a stable English word
    for programs.
    """

    def __init__(self, message: str, *, field: str = "", code: str = "invalid") -> None:
        super().__init__(message)
        self.field = field
        self.code = code


class NotAllowed(UserError):
    """The person lacks the right; the message says why and who could."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="forbidden")


class StaleEdit(UserError):
    """Somebody else changed the same thing meanwhile."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="stale")


class NotHere(UserError):
    """What would be read has not come to this machine yet, and cannot be brought just now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="not_here")


class Locked(UserError):
    """What would be changed has been closed, signed or ended meanwhile."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="locked")


class StorageProblem(WorkbenchError):
    """The disk, the key or the file is the trouble; nothing confirmed was lost."""


@dataclass(frozen=True)
class Problem:
    """One reason why something cannot be done. A check lists all of them, never the first alone.

    ``code`` is a stable English word, ``section`` the statute (or ""), ``message`` a Finnish sentence,
    ``kind`` and ``id`` the object to jump to.
    """

    code: str
    message: str
    section: str = ""
    kind: str = ""
    id: str = ""


class Problems(UserError):
    """A command refused with everything that stops it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(p.message for p in problems), code="problems")
        self.problems = tuple(problems)
