"""The link (yhteys) between a store and its server as a person manages it: joining, signing in and out, her
workstations. Every call waits for the network; none is for the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.clock import from_text
from workbench.errors import UserError
from workbench.i18n import _
from workbench.store.keys import SecretStore
from workbench.store.meta import SERVER, USER
from workbench.store.store import Store
from workbench.sync.errors import Refused, SyncError
from workbench.sync.joining import Joined, join, machine_name, transport_of
from workbench.sync.transport import HttpTransport


@dataclass(frozen=True)
class Workstation:
    """A workstation (työasema) of the person's own. ``this``: the one she sits at."""

    client_id: str
    name: str
    made_at: datetime
    last_seen_at: datetime
    revoked: bool
    lost: bool
    this: bool


class Link:
    """One store's link."""

    def __init__(self, store: Store, ring: SecretStore) -> None:
        self._store, self._ring = store, ring
        self._wire: HttpTransport | None = None

    @property
    def address(self) -> str:
        """The server's address; "" for a store that is its own authority."""
        return self._store.meta(SERVER)

    def join(self, url: str, code: str) -> Joined:
        """Join a server with the administrator's code. Raises :class:`UserError` whose field is url or code."""
        try:
            return join(self._store, url, code, self._ring)
        except SyncError as error:
            wrong_code = isinstance(error, Refused) and error.code == "sign_in_failed"
            raise UserError(str(error), field="code" if wrong_code else "url") from error

    def sign_in(self, username: str, password: str, code: str = "") -> None:
        """Sign in again at this workstation. Raises :class:`UserError`; somebody else's account is refused, as what
        waits here is this person's."""
        transport = transport_of(self._store, self._ring)
        try:
            person_id = transport.sign_in(username.strip(), password, code.strip(), machine_name())
        except SyncError as error:
            raise UserError(str(error), field="password") from error
        if person_id != self._store.meta(USER):
            transport.sign_out()
            raise UserError(
                _("Tällä työasemalla on toisen henkilön aineisto. Kirjaudu hänen tunnuksellaan."),
                field="username",
            )

    def workstations(self) -> tuple[Workstation, ...]:
        """The person's workstations, the one last used first."""
        found = transport_of(self._store, self._ring).devices()
        made = [
            Workstation(
                client_id=str(d["client_id"]),
                name=str(d["name"]),
                made_at=from_text(str(d["made_at"])),
                last_seen_at=from_text(str(d["last_seen_at"])),
                revoked=bool(d["revoked"]),
                lost=bool(d["lost"]),
                this=bool(d["this"]),
            )
            for d in found
        ]
        return tuple(sorted(made, key=lambda w: w.last_seen_at, reverse=True))

    def editor(self, kind: str, row_id: str) -> str:
        """The name of whoever else edits a row just now, or ""."""
        return self._lease("GET", kind, row_id)

    def edit(self, kind: str, row_id: str) -> str:
        """Say that one edits a row; the name of whoever else does, or ""."""
        return self._lease("PUT", kind, row_id)

    def stop_editing(self, kind: str, row_id: str) -> None:
        """Say that one edits a row no more."""
        self._lease("DELETE", kind, row_id)

    def _lease(self, method: str, kind: str, row_id: str) -> str:
        # One connection for all of them: they are asked often.
        if self._wire is None:
            self._wire = transport_of(self._store, self._ring)
        held = self._wire.lease(method, kind, row_id)
        return "" if held.get("mine") else str(held.get("name") or "")

    def revoke(self, client_id: str) -> None:
        """Sign a workstation out for good."""
        transport_of(self._store, self._ring).revoke_device(client_id)

    def report_lost(self, client_id: str) -> None:
        """A workstation is lost: what it holds is destroyed when it next calls."""
        transport_of(self._store, self._ring).report_lost(client_id)
