"""Contact with the server: when it was last had, and how long a workstation may be without. After that what it holds
is not shown until the server has been reached (offline limit)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workbench.clock import from_text, to_text
from workbench.errors import NotAllowed
from workbench.i18n import _
from workbench.store.meta import get_meta, set_meta

_LAST, _DAYS, _KEPT = "last_contact", "offline_days", "quarantine_days"
USUAL_DAYS = 30
"""Of the offline limit, and of how long work set aside is kept, until the server has told."""


@dataclass(frozen=True)
class Contact:
    """``last`` is None before the first contact; ``days`` is the limit."""

    last: datetime | None
    days: int

    def is_over(self, now: datetime) -> bool:
        """Whether the workstation has been out of its server's sight for too long."""
        return self.last is not None and now - self.last > timedelta(days=self.days)


def contact_of(connection: Connection) -> Contact:
    """What the store knows."""
    last = get_meta(connection, _LAST)
    return Contact(from_text(last) if last else None, int(get_meta(connection, _DAYS) or USUAL_DAYS))


def note_contact(connection: Connection, at: datetime, days: int | None, kept: int | None) -> None:
    """The server was reached; ``days`` and ``kept`` (see :func:`quarantine_days`) when it told them."""
    set_meta(connection, _LAST, to_text(at))
    for name, told in ((_DAYS, days), (_KEPT, kept)):
        if told:
            set_meta(connection, name, str(told))


def quarantine_days(connection: Connection) -> int:
    """How many days work that was set aside is kept here."""
    return int(get_meta(connection, _KEPT) or USUAL_DAYS)


class LockedOut(NotAllowed):
    """The workstation shows nothing until it has been in touch with its server."""

    def __init__(self, days: int) -> None:
        super().__init__(
            _("Palvelimeen ei ole oltu yhteydessä {days} päivään. Yhdistä verkkoon ja synkronoi.").format(
                days=days
            )
        )
        self.code = "locked_out"
