"""What pages are handed of the synchronisation where a test has no server."""

from __future__ import annotations

from workbench.store.keys import SecretStore
from workbench.store.store import Store
from workbench.sync.link import Link
from workbench.sync.status import status_of
from workbench.ui.sync.services import SyncServices


class NoRing:
    """A machine without a key ring."""

    def get(self, name: str) -> str | None:
        return None

    def set(self, name: str, secret: str) -> bool:
        return False


def services_of(store: Store, ring: SecretStore | None = None) -> SyncServices:
    """Services of a store that nothing keeps in step."""
    return SyncServices(
        link=lambda: Link(store, ring or NoRing()),
        status=lambda: status_of(store),
        joined=lambda _made: None,
        signed_in=lambda: None,
    )
