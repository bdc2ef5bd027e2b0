"""The workstation's tokens: a short one for calls, in memory, and the one it is renewed with, in the key ring.

A renewing token is good once. Its successor is stored before anything else happens, and asked for by one at a
time: a program that ends in between, and a second window, both find the newest.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from workbench.clock import Clock, from_text
from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.store.keys import SecretStore
from workbench.store.store import Store
from workbench.sync.errors import SignedOut

_EARLY = timedelta(seconds=30)

Refresh = Callable[[str], dict[str, Any]]
"""Asks the server for a new pair with the renewing token; the answer as the wire has it."""


class RingOrStore:
    """The key ring; on a machine that has none, the store itself, which is encrypted by a passphrase then. Only
    one of the two has a secret at a time."""

    def __init__(self, ring: SecretStore, store: Store) -> None:
        self._ring = ring
        self._store = store

    def get(self, name: str) -> str | None:
        return self._ring.get(name) or self._store.meta(f"secret:{name}") or None

    def set(self, name: str, secret: str) -> bool:
        if self._ring.set(name, secret):
            if self._store.meta(f"secret:{name}"):
                self._store.set_meta(f"secret:{name}", "")
            return True
        self._store.set_meta(f"secret:{name}", secret)
        return True


class TokenKeeper:
    """Keeps the tokens of one workstation."""

    def __init__(self, ring: SecretStore, client_id: str, home: Path, clock: Clock) -> None:
        self._ring = ring
        self._name = f"sync-{client_id}"
        self._clock = clock
        self._lock = threading.Lock()
        self._between_processes = FileLock(home / ".tokens")
        self._access = ""
        self._expires: datetime | None = None

    def take(self, answer: dict[str, Any]) -> None:
        """Keep a pair the server has given; durable before it is used."""
        kept = {"refresh_token": answer["refresh_token"], "person_id": answer.get("person_id", "")}
        if not self._ring.set(self._name, json.dumps(kept)):
            raise StorageProblem(
                _("Tunnistetta ei voitu tallettaa avainnippuun. Tarkista koneen avainnippu.")
            )
        self._access = str(answer["access_token"])
        self._expires = from_text(str(answer["access_expires_at"]))

    def forget(self) -> None:
        """Nobody is signed in at this workstation."""
        self._ring.set(self._name, "")
        self._access, self._expires = "", None

    @property
    def person_id(self) -> str:
        """Who is signed in, or ""."""
        return str(self._kept().get("person_id", ""))

    def access(self, refresh: Refresh, *, refused: str = "") -> str:
        """A token for a call, renewed when it has ended or is the one that was ``refused``."""
        with self._lock:
            if self._is_good(refused):
                return self._access
            with self._between_processes:
                kept = self._kept()
                if not kept:
                    raise SignedOut(_("Kirjaudu palvelimelle."))
                self.take({"person_id": kept.get("person_id", "")} | refresh(kept["refresh_token"]))
            return self._access

    def _is_good(self, refused: str) -> bool:
        if not self._access or self._access == refused or self._expires is None:
            return False
        return self._clock.now() < self._expires - _EARLY

    def _kept(self) -> dict[str, Any]:
        text = self._ring.get(self._name)
        if not text:
            return {}
        try:
            kept: dict[str, Any] = json.loads(text)
        except ValueError:
            return {}
        return kept if kept.get("refresh_token") else {}
