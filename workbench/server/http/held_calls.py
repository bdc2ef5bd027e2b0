"""Calls about number series that a workstation holds (varattu sarja)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from workbench.clock import to_text
from workbench.server import held
from workbench.server.desk import Desk
from workbench.server.http import shapes
from workbench.server.http.answers import json_answer
from workbench.server.http.bodies import BoundedRoute
from workbench.server.http.callers import Asks, principal_of
from workbench.server.http.problems import described

_Series = Annotated[str, Path(pattern=shapes.ID, min_length=1, max_length=shapes.ID_LENGTH)]


def held_calls(desk: Desk) -> APIRouter:
    """The calls over one desk."""
    calls = APIRouter(prefix="/v1/held", tags=["held"], route_class=BoundedRoute)
    refusals = described(401, 403, 404, 423)

    @calls.get("", response_model=shapes.HeldListAnswer, responses=described(401, 403))
    def held_call(request: Request, asks: Asks) -> Response:
        """The series this workstation holds."""
        found = held.held_by(desk.database, principal_of(desk, asks))
        return json_answer(request, {"held": [_told(grant) for grant in found]})

    @calls.put("/{series:path}", response_model=shapes.HeldAnswer, responses=refusals)
    def take_call(request: Request, asks: Asks, series: _Series) -> Response:
        """Take a series for this workstation."""
        me = principal_of(desk, asks)
        return json_answer(
            request, _told(held.take(desk.database, desk.domain, me, desk.clock.now(), series))
        )

    @calls.delete("/{series:path}", response_model=shapes.HeldAnswer, responses=refusals)
    def give_back_call(
        request: Request,
        asks: Asks,
        series: _Series,
        used: Annotated[int, Query(ge=0, le=2**53)] = 0,
        break_: Annotated[Literal["", "1"], Query(alias="break")] = "",
    ) -> Response:
        """Give a series back, or break another's hold."""
        me, now = principal_of(desk, asks), desk.clock.now()
        if break_:
            return json_answer(request, _told(held.break_hold(desk.database, desk.domain, me, now, series)))
        return json_answer(request, _told(held.give_back(desk.database, desk.domain, me, now, series, used)))

    return calls


def _told(grant: held.Grant) -> dict[str, Any]:
    return {
        "series": grant.series,
        "generation": grant.generation,
        "next": grant.next,
        "holder": grant.holder,
        "name": grant.name,
        "municipality": grant.municipality,
        "since": to_text(grant.since) if grant.since else None,
        "mine": grant.mine,
    }
