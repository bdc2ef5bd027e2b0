"""A new workstation of a server (uusi työasema): its home is put together beside its place, joined, and moved in when
the first fetch has been made. A failure leaves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from workbench.clock import Clock
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import create_home
from workbench.setup.guide import Made, beside, has_ring, move_in
from workbench.store.keys import SecretStore
from workbench.sync.link import Link
from workbench.sync.transport import check_url


def join_home(
    home: Path,
    url: str,
    code: str,
    *,
    passphrase: str,
    ring: SecretStore,
    clock: Clock | None = None,
    tell: Callable[[str], None] = lambda _words: None,
) -> None:
    """Make a home joined to a server. Raises :class:`UserError` whose ``field`` is url, code or passphrase."""
    check_url(url)
    if not code.strip():
        raise UserError(_("Kirjoita liittymiskoodi, jonka sait pääkäyttäjältä."), field="code")
    if not passphrase and not has_ring(ring):
        raise UserError(
            _("Tällä koneella ei ole avainnippua. Keksi salalause, jolla ohjelma avataan joka kerta."),
            field="passphrase",
        )
    folder = beside(home)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        tell(_("Luodaan salattu tietovarasto"))
        store, recovery = create_home(folder, clock=clock, passphrase=passphrase or None, ring=ring)
        try:
            tell(_("Haetaan aineisto palvelimelta"))
            Link(store, ring).join(url, code)
        finally:
            store.close()
        move_in(Made(folder, recovery), home)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
