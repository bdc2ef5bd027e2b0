"""Joining (liittäminen): a workstation that was its own authority, or new, gets a server.

Nothing here changes before the server has answered: a wrong code, a server that cannot take in what has been
registered here already, or a broken line leave the store as it was.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass

from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.store import adopting
from workbench.store.keys import SecretStore
from workbench.store.meta import SERVER
from workbench.store.store import Store
from workbench.sync import wire
from workbench.sync.engine import ADOPTION, Engine, Report
from workbench.sync.tokens import RingOrStore, TokenKeeper
from workbench.sync.transport import HttpTransport, check_url


@dataclass(frozen=True)
class Joined:
    """What joining did. ``adopted``: so many objects registered here before wait for the server."""

    person_id: str
    adopted: int
    report: Report


def keeper_of(store: Store, ring: SecretStore) -> TokenKeeper:
    """The keeper of this workstation's tokens."""
    return TokenKeeper(RingOrStore(ring, store), store.workstation, store.home, store.clock)


def transport_of(store: Store, ring: SecretStore, url: str = "") -> HttpTransport:
    """The way to the store's server."""
    address = url or store.meta(SERVER)
    if not address:
        raise UserError(
            _("Työasemaa ei ole liitetty palvelimeen. Liitä se ensin (workbench join)."), code="not_joined"
        )
    return HttpTransport(address, store.workstation, keeper_of(store, ring))


def engine_of(store: Store, ring: SecretStore) -> Engine:
    """What synchronises a joined store, as whoever is signed in at it."""
    keeper = keeper_of(store, ring)
    return Engine(store, transport_of(store, ring), keeper.person_id or store.meta("user"))


def join(
    store: Store, url: str, token: str, ring: SecretStore, *, device_name: str = "", municipality: str = ""
) -> Joined:
    """Register this workstation with a joining code and fetch what its person may see."""
    address = check_url(url)
    if store.is_joined:
        raise UserError(_("Työasema on jo liitetty palvelimeen."), code="joined")
    if store.is_demo:
        raise UserError(
            _("Esittelyaineistoa ei voi liittää palvelimeen. Ota ohjelma ensin käyttöön (workbench init)."),
            code="demo",
        )
    transport = transport_of(store, ring, address)
    person_id = transport.enrol(token.strip(), device_name or platform.node() or _("työasema"))
    told = transport.session(
        {"client_id": store.workstation, "app": "", "protocol": wire.PROTOCOL, "schema": "", "epoch": ""}
    )
    with store.reader() as connection:
        has_work = adopting.holds_work(connection, store.domain.kinds)
    if has_work and ADOPTION not in (told.get("features") or ()):
        transport.sign_out()
        raise UserError(
            _(
                "Tällä työasemalla on jo rekisteröity asioita, eikä palvelin vielä osaa ottaa niitä vastaan. "
                "Mitään ei muutettu. Liitä uusi, tyhjä työtila tai pyydä pääkäyttäjää päivittämään palvelin."
            ),
            code="no_adoption",
        )
    adopted = 0
    if has_work:
        session = Session(person_id, municipality)
        with store.writing() as connection:
            adopted = adopting.queue_all(connection, store.domain.kinds, session, store.now())
    store.join(address)
    store.set_meta("user", person_id)
    report = Engine(store, transport, person_id).run()
    return Joined(person_id, adopted, report or Report())
