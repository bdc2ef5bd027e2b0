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


def status_of(store: Store, *, syncing: bool = False, error: SyncError | None = None) -> SyncStatus:
    """The state of a store; ``error`` is what the last cycle ended with."""
    if not store.is_joined:
        return SyncStatus(State.NOT_JOINED, message=_("Työasemaa ei ole liitetty palvelimeen."))
    with store.reader() as connection:
        counts = sending.count_waiting(connection)
        contact = contact_of(connection)
    waiting, conflicts = counts.get("queued", 0), counts.get("conflict", 0)
    aside = counts.get("quarantine", 0)
    state = _state(store, contact, waiting, conflicts + aside, syncing=syncing, error=error)
    message = _message(store, state, waiting, conflicts, aside, contact, error)
    badge = _badge(state, waiting, conflicts, aside, error) or message
    out = isinstance(error, SignedOut)
    return SyncStatus(state, waiting, conflicts, aside, contact.last, message, badge, signed_out=out)


def _state(
    store: Store,
    contact: Contact,
    waiting: int,
    undecided: int,
    *,
    syncing: bool,
    error: SyncError | None,
) -> State:
    if syncing:
        return State.SYNCING
    if contact.is_over(store.now()):
        return State.LOCKED
    if isinstance(error, SignedOut):
        return State.SIGNED_OUT
    if undecided:
        return State.CONFLICT
    if error is not None:
        return State.OFFLINE
    return State.WAITING if waiting or contact.last is None else State.UP_TO_DATE


def _message(
    store: Store,
    state: State,
    waiting: int,
    conflicts: int,
    aside: int,
    contact: Contact,
    error: SyncError | None,
) -> str:
    waits = ngettext("{n} muutos odottaa", "{n} muutosta odottaa", waiting).format(n=waiting)
    away = ""
    if error is not None:
        away = _("ei yhteyttä palvelimeen") if isinstance(error, Offline) else str(error).rstrip(".")
    if state is State.SYNCING:
        return _("Synkronoidaan…")
    if state is State.LOCKED:
        return str(LockedOut(contact.days))
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
        return _sentence(", ".join([*([away] if away else []), *found, *([waits] if waiting else [])]))
    if state is State.OFFLINE:
        return _sentence(f"{away}, {waits}" if waiting else away)
    if waiting:
        return waits
    if contact.last is None:
        return _("ei vielä synkronoitu")
    return _("ajan tasalla {time}").format(time=_time(store, contact.last))


def _badge(state: State, waiting: int, conflicts: int, aside: int, error: SyncError | None) -> str:
    """All that matters at once, shortly; "" where the sentence is short enough itself."""
    if state in (State.SYNCING, State.NOT_JOINED):
        return _("synkronoidaan…") if state is State.SYNCING else ""
    if state is State.LOCKED:
        return _("työasema on lukittu")
    if state is State.SIGNED_OUT:
        return _("kirjaudu palvelimelle")
    parts = []
    if error is not None:
        parts.append(_("ei yhteyttä") if isinstance(error, Offline) else _("palvelin ei vastaa oikein"))
    if waiting:
        parts.append(ngettext("{n} odottaa", "{n} odottaa", waiting).format(n=waiting))
    if conflicts:
        parts.append(ngettext("{n} ristiriita", "{n} ristiriitaa", conflicts).format(n=conflicts))
    if aside:
        parts.append(ngettext("{n} hyväksymättä", "{n} hyväksymättä", aside).format(n=aside))
    if len(parts) == 1 and waiting:
        return ngettext("{n} muutos odottaa", "{n} muutosta odottaa", waiting).format(n=waiting)
    return " · ".join(parts)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _time(store: Store, contact: datetime) -> str:
    """The clock's time today; before that the day too."""
    same = local(contact).date() == local(store.now()).date()
    return time_text(contact) if same else moment_text(contact)
