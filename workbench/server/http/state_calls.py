"""Calls for whoever keeps the server running: alive, ready, counters."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from workbench.i18n import _
from workbench.server.desk import Desk
from workbench.server.http import shapes
from workbench.server.http.answers import json_answer
from workbench.server.http.problems import Problem, described
from workbench.server.http.watch import Metrics
from workbench.server.schema import SCHEMA, clock

_LOOPBACK = frozenset({"127.0.0.1", "::1", "testclient"})


def state_calls(desk: Desk, metrics: Metrics) -> APIRouter:
    """The calls over one desk."""
    calls = APIRouter(tags=["state"])

    @calls.get("/v1/health", response_model=shapes.StateAnswer)
    async def health(request: Request) -> Response:
        """The process is alive."""
        return json_answer(request, {"status": "alive"})

    @calls.get("/v1/ready", response_model=shapes.StateAnswer)
    def ready(request: Request) -> Response:
        """The database answers and is of this program's schema."""
        with desk.database.reading() as connection:
            schema = connection.execute(select(clock.c.schema)).scalar()
        if schema != SCHEMA:
            raise Problem("unavailable", _("Tietokanta on toista versiota kuin palvelin."))
        return json_answer(request, {"status": "ready"})

    @calls.get(
        "/metrics",
        responses={
            200: {"description": "Prometheus's text form", "content": {"text/plain": {}}},
            **described(404),
        },
        response_class=Response,
    )
    async def counters(request: Request) -> Response:
        """Counters of this process; on the machine itself alone."""
        near = request.client is None or request.client.host in _LOOPBACK
        if not near or "x-forwarded-for" in request.headers:
            raise Problem("not_found", _("Ei löydy."))
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")

    return calls
