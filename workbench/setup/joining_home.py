"""A new workstation of a server (uusi työasema): its home is put together beside its place, joined, and moved in when
the first fetch has been made. A failure leaves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from workbench.clock import Clock
from workbench.i18n import _
from workbench.opening import create_home
from workbench.setup.guide import Made, beside, demand_passphrase, move_in
from workbench.store.keys import SecretStore
from workbench.sync.joining import Joined, demand_code
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
) -> tuple[Joined, str]:
    """Make a home joined to a server; what joining did, and the recovery key. Raises :class:`UserError` whose
    ``field`` is url, code or passphrase."""
    check_url(url)
    demand_code(code)
    demand_passphrase(passphrase, ring)
    folder = beside(home)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        tell(_("Luodaan salattu tietovarasto"))
        store, recovery = create_home(folder, clock=clock, passphrase=passphrase or None, ring=ring)
        try:
            tell(_("Haetaan aineisto palvelimelta"))
            joined = Link(store, ring).join(url, code)
        finally:
            store.close()
        move_in(Made(folder, recovery), home)
        return joined, recovery
    finally:
        shutil.rmtree(folder, ignore_errors=True)
