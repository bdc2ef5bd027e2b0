"""Calls about who is asking: signing in, tokens, workstations."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request, Response

from workbench.clock import to_text
from workbench.i18n import _
from workbench.server.desk import Desk
from workbench.server.http import shapes
from workbench.server.http.answers import json_answer
from workbench.server.http.bodies import BoundedRoute
from workbench.server.http.callers import Asks, principal_of
from workbench.server.http.problems import Problem, described
from workbench.server.identity import changing, devices, sessions
from workbench.server.identity.authenticator import Authenticator, Password
from workbench.server.identity.errors import TooMany
from workbench.server.session import open_session

_AT_ONCE = 4
_PATIENCE = 3.0
_ClientId = Annotated[str, Path(pattern=shapes.UUID)]


def identity_calls(desk: Desk, authenticator: Authenticator[Password]) -> APIRouter:
    """The calls over one desk."""
    calls = APIRouter(prefix="/v1", tags=["identity"], route_class=BoundedRoute)
    gate = threading.BoundedSemaphore(_AT_ONCE)

    @calls.post("/sign-in", response_model=shapes.SignedAnswer, responses=described(401, 403))
    def sign_in(request: Request, body: Annotated[shapes.SignInBody, Body()]) -> Response:
        """Begin a session by name, password and code."""
        proof = Password(body["username"], body["password"], body.get("code", ""))
        with _one_of_few(gate):
            signed = sessions.sign_in(
                desk.database,
                desk.policy,
                proof,
                client_id=body["client_id"],
                device_name=body.get("device_name", ""),
                now=desk.clock.now(),
                authenticator=authenticator,
            )
        return _signed(request, signed)

    @calls.post("/enrol", response_model=shapes.SignedAnswer, responses=described(401, 403))
    def enrol(request: Request, body: Annotated[shapes.EnrolBody, Body()]) -> Response:
        """Begin a session by a joining code."""
        signed = sessions.enrol(
            desk.database,
            desk.policy,
            body["token"],
            client_id=body["client_id"],
            device_name=body.get("device_name", ""),
            now=desk.clock.now(),
        )
        return _signed(request, signed)

    @calls.post("/refresh", response_model=shapes.SignedAnswer, responses=described(401, 403))
    def refresh(request: Request, body: Annotated[shapes.RefreshBody, Body()]) -> Response:
        """A new pair of tokens for a refresh token."""
        signed = sessions.refresh(
            desk.database,
            desk.policy,
            body["refresh_token"],
            client_id=body["client_id"],
            now=desk.clock.now(),
        )
        return _signed(request, signed)

    @calls.post("/sign-out", status_code=204, responses=described(401, 403))
    def sign_out(asks: Asks) -> Response:
        """End the session."""
        principal_of(desk, asks)
        now = desk.clock.now()
        desk.database.write(lambda c: sessions.sign_out(c, asks.token, now))
        return Response(status_code=204)

    @calls.post("/password", status_code=204, responses=described(401, 403))
    def change_password(asks: Asks, body: Annotated[shapes.PasswordBody, Body()]) -> Response:
        """A new password for the caller; her sessions at other workstations end."""
        me = principal_of(desk, asks)
        with _one_of_few(gate):
            changing.change_password(
                desk.database, desk.policy, me, asks.token, body["old"], body["new"], desk.clock.now()
            )
        return Response(status_code=204)

    @calls.get("/devices", response_model=shapes.DevicesAnswer, responses=described(401, 403))
    def list_devices(request: Request, asks: Asks) -> Response:
        """The caller's own workstations."""
        me = principal_of(desk, asks)
        with desk.database.reading() as connection:
            rows = devices.devices_of(connection, me.account_id)
        listed = [
            {
                "client_id": r.client_id,
                "name": r.name,
                "made_at": to_text(r.made_at),
                "last_seen_at": to_text(r.last_seen_at),
                "revoked": r.revoked,
                "lost": r.lost,
                "this": r.client_id == me.client_id,
            }
            for r in rows
        ]
        return json_answer(request, {"devices": listed})

    @calls.delete("/devices/{client_id}", status_code=204, responses=described(401, 403, 404))
    def revoke_device(asks: Asks, client_id: _ClientId) -> Response:
        """Sign a workstation out for good."""
        me, now = principal_of(desk, asks), desk.clock.now()
        desk.database.write(lambda c: devices.revoke_device(c, me.account_id, client_id, now))
        return Response(status_code=204)

    @calls.post("/devices/{client_id}/lost", status_code=204, responses=described(401, 403, 404))
    def report_lost(asks: Asks, client_id: _ClientId) -> Response:
        """A workstation is lost: it destroys its store when it next calls."""
        me, now = principal_of(desk, asks), desk.clock.now()
        desk.database.write(lambda c: devices.report_lost(c, me.account_id, client_id, now))
        return Response(status_code=204)

    @calls.post("/session", response_model=shapes.SessionAnswer, responses=described(401, 403, 426))
    def session(request: Request, asks: Asks, body: Annotated[shapes.SessionBody, Body()]) -> Response:
        """Begin a conversation."""
        me = principal_of(desk, asks)
        if body["client_id"] != me.client_id:
            raise Problem("invalid", _("Työaseman tunniste ei kelpaa."))
        return json_answer(request, open_session(desk, me, body["protocol"], desk.clock.now()))

    return calls


@contextmanager
def _one_of_few(gate: threading.BoundedSemaphore) -> Iterator[None]:
    """Hashing takes much memory on purpose: a few at a time."""
    if not gate.acquire(timeout=_PATIENCE):
        raise TooMany(2)
    try:
        yield
    finally:
        gate.release()


def _signed(request: Request, signed: sessions.Signed) -> Response:
    made: dict[str, Any] = {
        "access_token": signed.access_token,
        "access_expires_at": to_text(signed.access_expires_at),
        "refresh_token": signed.refresh_token,
        "refresh_expires_at": to_text(signed.refresh_expires_at),
        "person_id": signed.person_id,
        "name": signed.name,
    }
    return json_answer(request, made, pack=False)
