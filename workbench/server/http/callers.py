"""Who calls, out of a request's headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from workbench.errors import UserError
from workbench.server.desk import Desk
from workbench.server.http.problems import Problem
from workbench.server.identity.sessions import note_seen, recognise
from workbench.server.principal import Principal

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An access token")
_client = APIKeyHeader(name="X-Client-Id", auto_error=False, scheme_name="workstation")


@dataclass(frozen=True)
class Caller:
    """What a request says of who sent it."""

    token: str = field(repr=False)
    client_id: str


async def _caller(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    client_id: Annotated[str | None, Security(_client)],
) -> Caller:
    return Caller(bearer.credentials if bearer else "", client_id or "")


Asks = Annotated[Caller, Depends(_caller)]


def principal_of(desk: Desk, caller: Caller) -> Principal:
    """The person and the workstation; raises SignedOut or Wiped."""
    now = desk.clock.now()
    client_id = caller.client_id if caller.client_id.isascii() and "\0" not in caller.client_id else ""
    with desk.database.reading() as connection:
        found = recognise(connection, caller.token, client_id, now)
    if found.first:
        desk.database.write(lambda c: note_seen(c, caller.token, client_id, now))
    return found.principal


def demand_known(desk: Desk, request: Request) -> None:
    """Raise unless the request comes from somebody signed in; asked before much of it is read."""
    scheme, _blank, token = request.headers.get("authorization", "").partition(" ")
    client_id = request.headers.get("x-client-id", "")
    try:
        principal_of(desk, Caller(token.strip() if scheme.lower() == "bearer" else "", client_id))
    except UserError as error:
        # The framework takes any other error, while a body is read, for a fault of the body.
        raise Problem.of(error) from error
