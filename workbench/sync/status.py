"""How it stands between this workstation and its server, in one word and one sentence."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.clock import from_text, local
from workbench.i18n import _, moment_text, ngettext, time_text
from workbench.store import sending
from workbench.store.meta import get_meta
from workbench.store.store import Store
from workbench.sync.engine import LAST_CONTACT, OFFLINE_DAYS, USUAL_DAYS
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
    """Counts are of deeds (groups). ``message`` is a Finnish sentence fit for the status bar."""

    state: State
    waiting: int = 0
    conflicts: int = 0
    quarantined: int = 0
    last_contact: datetime | None = None
    message: str = ""


def status_of(store: Store, *, syncing: bool = False, error: SyncError | None = None) -> SyncStatus:
    """The state of a store; ``error`` is what the last cycle ended with."""
    if not store.is_joined:
        return SyncStatus(State.NOT_JOINED, message=_("Työasemaa ei ole liitetty palvelimeen."))
    with store.reader() as connection:
        counts = sending.count_waiting(connection)
        told = get_meta(connection, LAST_CONTACT)
        days = int(get_meta(connection, OFFLINE_DAYS) or USUAL_DAYS)
    waiting, conflicts = counts.get("queued", 0), counts.get("conflict", 0)
    aside = counts.get("quarantine", 0)
    contact = from_text(told) if told else None
    state = _state(store, contact, days, waiting, conflicts + aside, syncing=syncing, error=error)
    message = _message(store, state, waiting, conflicts, aside, contact, days, error)
    return SyncStatus(state, waiting, conflicts, aside, contact, message)


def is_locked(store: Store, contact: datetime | None, days: int) -> bool:
    """Whether the workstation has been out of its server's sight for too long. Time here never runs back."""
    return contact is not None and store.now() - contact > timedelta(days=days)


def _state(
    store: Store,
    contact: datetime | None,
    days: int,
    waiting: int,
    undecided: int,
    *,
    syncing: bool,
    error: SyncError | None,
) -> State:
    if syncing:
        return State.SYNCING
    if is_locked(store, contact, days):
        return State.LOCKED
    if isinstance(error, SignedOut):
        return State.SIGNED_OUT
    if undecided:
        return State.CONFLICT
    if error is not None:
        return State.OFFLINE
    return State.WAITING if waiting or contact is None else State.UP_TO_DATE


def _message(
    store: Store,
    state: State,
    waiting: int,
    conflicts: int,
    aside: int,
    contact: datetime | None,
    days: int,
    error: SyncError | None,
) -> str:
    waits = ngettext("{n} muutos odottaa", "{n} muutosta odottaa", waiting).format(n=waiting)
    if state is State.SYNCING:
        return _("Synkronoidaan…")
    if state is State.LOCKED:
        return _("Palvelimeen ei ole oltu yhteydessä {days} päivään. Yhdistä verkkoon ja kirjaudu.").format(
            days=days
        )
    if state is State.SIGNED_OUT:
        return _("Kirjaudu palvelimelle uudelleen.")
    if state is State.CONFLICT:
        found = []
        if conflicts:
            found.append(
                ngettext(
                    "{n} ristiriita odottaa ratkaisua", "{n} ristiriitaa odottaa ratkaisua", conflicts
                ).format(n=conflicts)
            )
        if aside:
            found.append(
                ngettext(
                    "palvelin ei hyväksynyt {n} muutosta", "palvelin ei hyväksynyt {n} muutosta", aside
                ).format(n=aside)
            )
        return _sentence(", ".join(found))
    if state is State.OFFLINE:
        why = _("ei yhteyttä palvelimeen") if isinstance(error, Offline) else str(error)
        return _sentence(f"{why}, {waits}" if waiting and isinstance(error, Offline) else why)
    if waiting:
        return waits
    return (
        _("ajan tasalla {time}").format(time=_time(store, contact)) if contact else _("ei vielä synkronoitu")
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _time(store: Store, contact: datetime) -> str:
    """The clock's time today; before that the day too."""
    same = local(contact).date() == local(store.now()).date()
    return time_text(contact) if same else moment_text(contact)
