"""A server spoken to over HTTP, in the same process, and a workstation's calls to it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from httpx import Response
from sqlalchemy import Connection

from tests.fakes.clock import FakeClock
from tests.server.office import DOMAIN, NOW, Office
from tests.server.people import PASSWORD, POLICY
from workbench.ids import new_id
from workbench.server.desk import Desk
from workbench.server.http.app import make_app
from workbench.server.identity import accounts
from workbench.store.blobs import BlobStore
from workbench.store.domain import Domain

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather use another HTTP client than the one we have
    from fastapi.testclient import TestClient


@dataclass
class Served:
    """The office's server over HTTP. Everybody in the world has an account of her own name."""

    office: Office
    desk: Desk
    clock: FakeClock
    http: TestClient
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def hire(self, who: str) -> None:
        self.desk.database.write(
            lambda c: accounts.create_account(c, POLICY, who, f"person-{who}", self.clock.now(), PASSWORD)
        )

    def reset_password(self, who: str) -> None:
        """As the administrator does."""

        def work(connection: Connection) -> None:
            account_id = accounts.find_account(connection, who).id
            accounts.set_password(connection, POLICY, account_id, PASSWORD, self.clock.now())

        self.desk.database.write(work)

    def sign_in(self, who: str, client_id: str = "") -> dict[str, Any]:
        client = client_id or new_id()
        answer = self.http.post(
            "/v1/sign-in", json={"username": who, "password": PASSWORD, "client_id": client}
        )
        assert answer.status_code == 200, answer.text
        signed: dict[str, Any] = answer.json() | {"client_id": client}
        self.headers[who] = {
            "Authorization": f"Bearer {signed['access_token']}",
            "X-Client-Id": client,
        }
        return signed

    def call(self, who: str, method: str, path: str, **more: Any) -> Response:
        """A call as somebody; she signs in at the first."""
        if who and who not in self.headers:
            self.hire(who)
            self.sign_in(who)
        headers = (self.headers[who] if who else {}) | more.pop("headers", {})
        return self.http.request(method, path, headers=headers, **more)


@contextmanager
def served(office: Office, folder: Path, domain: Domain = DOMAIN) -> Iterator[Served]:
    clock = FakeClock(NOW)
    desk = Desk(
        office.database, domain, POLICY, BlobStore(folder / "contents", POLICY.key), folder / "uploads", clock
    )
    with TestClient(make_app(desk), raise_server_exceptions=True) as http:
        yield Served(office, desk, clock, http)


def code_of(answer: Response) -> str:
    """The code of a problem, whose body is checked."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code and body["detail"] and body["title"]
    return str(body["code"])
