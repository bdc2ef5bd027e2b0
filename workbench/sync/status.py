"""How it stands between this workstation and its server, in one word and one sentence."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from workbench.clock import local
from workbench.i18n import _, moment_text, ngettext, time_text
from workbench.store import sending
from workbench.store.contact import Contact, LockedOut, contact_of
from workbench.store.store import Store
from workbench.sync.errors import Offline, SignedOut, SyncError


class State(enum.Enum):
    """What matters most just now."""

    NOT_JOINED = "not_joined"
    UP_TO_DATE = "up_to_date"
    WAITING = "waiting"
    SYNCING = "syncing"
    OFFLINE = "offline"
    CONFLICT = "conflict"
    LOCKED = "locked"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True)
class SyncStatus:
    """Counts are of deeds (groups). ``message`` is a Finnish sentence; ``badge`` says the same in the few words the
    band has room for."""

    state: State
    waiting: int = 0
    conflicts: int = 0
    quarantined: int = 0
    last_contact: datetime | None = None
    message: str = ""
    badge: str = ""
    signed_out: bool = False


@dataclass(frozen=True)
class _Known:
    """What a status is told from."""

    contact: Contact
    now: datetime
    waiting: int
    conflicts: int
    aside: int
    syncing: bool
    error: SyncError | None

    @property
    def is_away(self) -> bool:
        return isinstance(self.error, Offline)


def status_of(store: Store, *, syncing: bool = False, error: SyncError | None = None) -> SyncStatus:
    """The state of a store; ``error`` is what the last cycle ended with."""
    if not store.is_joined:
        return SyncStatus(State.NOT_JOINED, message=_("Työasemaa ei ole liitetty palvelimeen."))
    with store.reader() as connection:
        counts = sending.count_waiting(connection)
        contact = contact_of(connection)
    known = _Known(
        contact,
        store.now(),
        counts.get("queued", 0),
        counts.get("conflict", 0),
        counts.get("quarantine", 0),
        syncing,
        error,
    )
    state = _state(known)
    message = _message(known, state)
    return SyncStatus(
        state,
        known.waiting,
        known.conflicts,
        known.aside,
        contact.last,
        message,
        _badge(known, state) or message,
        signed_out=isinstance(error, SignedOut),
    )


def _state(known: _Known) -> State:
    if known.syncing:
        return State.SYNCING
    if known.contact.is_over(known.now):
        return State.LOCKED
    if isinstance(known.error, SignedOut):
        return State.SIGNED_OUT
    if known.conflicts or known.aside:
        return State.CONFLICT
    if known.error is not None:
        return State.OFFLINE
    return State.WAITING if known.waiting or known.contact.last is None else State.UP_TO_DATE


def _message(known: _Known, state: State) -> str:
    if state is State.SYNCING:
        return _("Synkronoidaan…")
    if state is State.LOCKED:
        return str(LockedOut(known.contact.days))
    if state is State.SIGNED_OUT:
        return _("Kirjaudu palvelimelle uudelleen.")
    n = known.waiting
    waits = [ngettext("{n} muutos odottaa", "{n} muutosta odottaa", n).format(n=n)] if n else []
    away = []
    if known.error is not None:
        away = [_("ei yhteyttä palvelimeen") if known.is_away else str(known.error).rstrip(".")]
    if state is State.CONFLICT:
        return _sentence([*away, *_undecided(known), *waits])
    if state is State.OFFLINE:
        return _sentence([*away, *waits])
    if waits:
        return waits[0]
    if known.contact.last is None:
        return _("ei vielä synkronoitu")
    return _("ajan tasalla {time}").format(time=_time(known.now, known.contact.last))


def _undecided(known: _Known) -> list[str]:
    found = []
    if n := known.conflicts:
        found.append(
            ngettext("{n} ristiriita odottaa ratkaisua", "{n} ristiriitaa odottaa ratkaisua", n).format(n=n)
        )
    if n := known.aside:
        found.append(
            ngettext("palvelin ei hyväksynyt {n} muutosta", "palvelin ei hyväksynyt {n} muutosta", n).format(
                n=n
            )
        )
    return found


def _badge(known: _Known, state: State) -> str:
    """All that matters at once, shortly; "" where the sentence is short enough itself."""
    if state is State.SYNCING:
        return _("synkronoidaan…")
    if state is State.LOCKED:
        return _("työasema on lukittu")
    if state is State.SIGNED_OUT:
        return _("kirjaudu palvelimelle")
    parts = []
    if known.error is not None:
        parts.append(_("ei yhteyttä") if known.is_away else _("palvelin ei vastaa oikein"))
    if n := known.waiting:
        parts.append(ngettext("{n} odottaa", "{n} odottaa", n).format(n=n))
    if n := known.conflicts:
        parts.append(ngettext("{n} ristiriita", "{n} ristiriitaa", n).format(n=n))
    if n := known.aside:
        parts.append(ngettext("{n} hyväksymättä", "{n} hyväksymättä", n).format(n=n))
    if len(parts) == 1 and known.waiting:
        n = known.waiting
        return ngettext("{n} muutos odottaa", "{n} muutosta odottaa", n).format(n=n)
    return " · ".join(parts)


def _sentence(parts: list[str]) -> str:
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _time(now: datetime, contact: datetime) -> str:
    """The clock's time today; before that the day too."""
    same = local(contact).date() == local(now).date()
    return time_text(contact) if same else moment_text(contact)
