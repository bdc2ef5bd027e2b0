"""Joining (liittäminen): a workstation that was its own authority, or new, gets a server.

Nothing here changes before the server has answered and all that has been registered here is known to fit it: a
wrong code, a server that may not take it in, a person whom it does not know, or a broken line leave the store as
it was.
"""

from __future__ import annotations

import platform
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.store import adopting
from workbench.store.backup import make_backup
from workbench.store.incoming import Incoming
from workbench.store.keys import SecretStore
from workbench.store.meta import SERVER, USER
from workbench.store.ordering import COMMON
from workbench.store.store import Store
from workbench.sync import wire
from workbench.sync.engine import Engine, Report
from workbench.sync.errors import SyncError
from workbench.sync.fitting import demand_named, fit
from workbench.sync.tokens import RingOrStore, TokenKeeper
from workbench.sync.transport import HttpTransport, check_url


@dataclass(frozen=True)
class Joined:
    """What joining did. ``adopted``: so many objects registered here before go to the server; ``waiting``: whether
    some of them have not been taken in yet; ``trouble``: what broke the first synchronisation, or "" (the next one
    goes on from there). Numbers that changed are in the report."""

    person_id: str
    adopted: int
    waiting: bool
    report: Report
    trouble: str = ""


def machine_name() -> str:
    """What this machine is called where a person's workstations are listed."""
    return platform.node() or _("työasema")


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
    return Engine(store, transport_of(store, ring), keeper.person_id or store.meta(USER))


def join(store: Store, url: str, token: str, ring: SecretStore, *, device_name: str = "") -> Joined:
    """Register this workstation with a joining code, hand over what was registered here, and fetch what its person
    may see. A line that breaks once the workstation has been joined only leaves work for the next synchronisation."""
    address = check_url(url)
    demand_code(token)
    _demand_free(store)
    transport = transport_of(store, ring, address)
    person_id = transport.enrol(token.strip(), device_name or machine_name())
    adopted = 0
    try:
        told = transport.session(
            {"client_id": store.workstation, "app": "", "protocol": wire.PROTOCOL, "schema": "", "epoch": ""}
        )
        with store.reader() as connection:
            has_work = adopting.holds_work(connection, store.domain.kinds)
        if has_work:
            _demand_welcome(told)
            settings = _settings(transport)
            named = fit(store, settings, person_id, store.now())
            _back_up(store)

        def prepare(connection: Connection) -> None:
            nonlocal adopted
            if has_work:
                kinds, at = store.domain.kinds, store.now()
                demand_named(connection, kinds, named)
                # With the server's settings at once: her rights are those of her id there, whatever happens next.
                Incoming(connection, kinds).apply(settings)
                session = Session(person_id, "")
                adopted = adopting.queue_all(connection, kinds, named, session, at, store.workstation)

        store.join(address, person_id, prepare)
    except BaseException:
        with suppress(SyncError):  # without a line the code is spent all the same
            transport.sign_out()
        raise
    report, trouble = Report(), ""
    try:
        report = Engine(store, transport, person_id).run() or report
    except SyncError as error:
        trouble = str(error)
    with store.reader() as connection:
        waiting = adopting.unsettled(connection)
    return Joined(person_id, adopted, waiting, report, trouble)


def demand_code(code: str) -> None:
    """Refuse an empty joining code (liittymiskoodi)."""
    if not code.strip():
        raise UserError(_("Kirjoita liittymiskoodi, jonka sait pääkäyttäjältä."), field="code")


def _demand_free(store: Store) -> None:
    if store.is_joined:
        raise UserError(_("Työasema on jo liitetty palvelimeen."), code="joined")
    if store.is_demo:
        raise UserError(
            _("Esittelyaineistoa ei voi liittää palvelimeen. Ota ohjelma ensin käyttöön (workbench init)."),
            code="demo",
        )
    if store.is_open_elsewhere():
        # A window would go on settling by itself.
        raise UserError(
            _("Ohjelma on auki toisessa ikkunassa. Sulje se ja liitä työasema uudelleen."), code="open"
        )


def _demand_welcome(told: dict[str, Any]) -> None:
    """Refuse when the server cannot, or may not, take in what has been registered here."""
    if wire.ADOPTION not in (told.get("features") or ()):
        raise UserError(
            _(
                "Tällä työasemalla on jo rekisteröity asioita, eikä palvelin vielä osaa ottaa niitä vastaan. "
                "Mitään ei muutettu. Liitä uusi, tyhjä työtila tai pyydä pääkäyttäjää päivittämään palvelin."
            ),
            code="no_adoption",
        )
    if not told.get("adopts"):
        raise UserError(
            _(
                "Tällä työasemalla on jo rekisteröity asioita, eikä liittymiskoodi salli ottaa niitä palvelimelle. "
                "Mitään ei muutettu. Pyydä pääkäyttäjältä koodi, joka sallii sen: "
                "workbench-server token new TUNNUS --adopts. Jos tämä on kopio työasemasta, jonka rekisteri on jo "
                "otettu palvelimelle, tee uusi, tyhjä työtila."
            ),
            field="code",
            code="not_allowed",
        )


def _back_up(store: Store) -> None:
    """What she may not see on the server leaves this workstation, and the history of it is nowhere else."""
    try:
        make_backup(store, store.home / "backups")
    except UserError as error:
        if error.code != "exists":  # one of this very second does as well
            raise


def _settings(transport: HttpTransport) -> list[Any]:
    """The server's settings, in memory alone."""
    entries: list[Any] = []
    after = until = ""
    while True:
        page = transport.pull(scope=COMMON, after=after, until=until, limit=wire.PULL_ROWS)
        if page.get("revoked"):
            raise UserError(
                _("Tunnuksellasi ei ole palvelimella vielä yhtään roolia. Pyydä pääkäyttäjältä rooli."),
                code="forbidden",
            )
        until = until or page["horizon"]
        entries += page["entries"]
        after = page["next"]
        if not page["more"]:
            return entries
