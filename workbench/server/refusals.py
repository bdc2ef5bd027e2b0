"""Why the server did not apply a group."""

from __future__ import annotations

from typing import Any

from workbench.errors import Locked, NotAllowed, Problems, StaleEdit, UserError
from workbench.i18n import _


class Refused(Exception):  # a result, not a failure
    """A group that is not applied, as its result says it."""

    def __init__(self, status: str, **what: Any) -> None:
        super().__init__(status)
        self.status = status
        self.what = what

    @classmethod
    def rejected(cls, code: str, message: str) -> Refused:
        """The group can never be applied as it is."""
        return cls("rejected", code=code, message=message)

    @classmethod
    def gone(cls, kind: str, row_id: str, fields: list[str] | None = None) -> Refused:
        """What the group builds on is not there, or not there for this person: the two answer alike."""
        found = {"kind": kind, "id": row_id, "fields": fields or []}
        return cls("conflict", why="deleted", message=_("Kohde on poistettu."), conflicts=[found])

    @classmethod
    def blocked(cls) -> Refused:
        """What the group builds on was not applied."""
        return cls("blocked", message=_("Odottaa aiemman muutoksen ratkaisua."))

    @classmethod
    def of(cls, error: UserError) -> Refused:
        """What a rule of the domain refused, in the words of the wire."""
        if isinstance(error, NotAllowed):
            return cls.rejected("forbidden", str(error))
        if isinstance(error, Problems):
            return cls("rejected", code="problems", message=str(error))
        if isinstance(error, Locked):
            return cls("conflict", why="locked", message=str(error), conflicts=[])
        if isinstance(error, StaleEdit):
            return cls("conflict", why="deleted", message=str(error), conflicts=[])
        return cls.rejected(error.code, str(error))
