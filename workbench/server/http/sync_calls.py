"""Calls of the synchronisation: push, pull, wait, history, leases."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Body, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from workbench.clock import to_text
from workbench.i18n import _
from workbench.server.desk import Desk
from workbench.server.history import history
from workbench.server.http import shapes
from workbench.server.http.answers import json_answer
from workbench.server.http.bodies import BoundedRoute
from workbench.server.http.callers import Asks, principal_of
from workbench.server.http.problems import Problem, described
from workbench.server.http.pulse import Pulse
from workbench.server.leases import Lease, give_back_lease, lease_of, take_lease
from workbench.server.pull import pull
from workbench.server.push import push
from workbench.server.viewing import told, unusual_viewing
from workbench.sync.wire import GROUP_OPS, PULL_ROWS, PUSH_OPS, WAIT_SECONDS, Group

_Kind = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_.]{0,79}$")]
_RowId = Annotated[str, Path(pattern=shapes.ID, min_length=1, max_length=shapes.ID_LENGTH)]


def sync_calls(desk: Desk) -> APIRouter:
    """The calls over one desk."""
    calls = APIRouter(prefix="/v1", tags=["sync"], route_class=BoundedRoute)
    pulse = Pulse(desk)

    @calls.post("/push", response_model=shapes.PushAnswer, responses=described(401, 403, 409))
    def push_call(request: Request, asks: Asks, body: Annotated[shapes.PushBody, Body()]) -> Response:
        """Take in what a workstation did."""
        me = principal_of(desk, asks)
        groups = cast("list[Group]", body["groups"])
        _bound(groups)
        for group in groups:
            group.setdefault("municipality", "")
            group.setdefault("ops", [])
        answer = push(desk.database, desk.domain, me, groups, desk.clock.now(), epoch=body.get("epoch"))
        return json_answer(request, answer)

    @calls.get("/pull", response_model=shapes.PageAnswer, responses=described(401, 403, 410))
    def pull_call(
        request: Request,
        asks: Asks,
        after: Annotated[shapes.Cursor, Query()] = "",
        until: Annotated[shapes.Cursor, Query()] = "",
        scope: Annotated[shapes.MaybeId, Query()] = "",
        limit: Annotated[int, Query(ge=1, le=PULL_ROWS)] = PULL_ROWS,
        digests: Annotated[Literal["", "all"], Query()] = "",
    ) -> Response:
        """A page of the log."""
        me = principal_of(desk, asks)
        page = pull(
            desk.database,
            desk.domain,
            me,
            desk.clock.now(),
            after=after,
            until=until,
            scope=scope,
            limit=limit,
            all_digests=digests == "all",
        )
        return json_answer(request, page)

    @calls.get("/wait", response_model=shapes.WaitAnswer, responses=described(401, 403, 410))
    async def wait_call(
        request: Request,
        asks: Asks,
        after: Annotated[shapes.Cursor, Query()] = "",
        timeout: Annotated[int, Query(ge=0, le=WAIT_SECONDS)] = WAIT_SECONDS,
    ) -> Response:
        """Until something has changed, or so many seconds."""
        me = await run_in_threadpool(principal_of, desk, asks)
        horizon, changed = await pulse.beyond(me.client_id, after, timeout, request.is_disconnected)
        return json_answer(request, {"horizon": horizon, "changed": changed})

    @calls.get("/audit", response_model=shapes.AuditAnswer, responses=described(401, 403))
    def audit_call(
        request: Request,
        asks: Asks,
        kind: Annotated[shapes.Name, Query()],
        id: Annotated[shapes.Id, Query()],
        before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    ) -> Response:
        """What happened to an object."""
        me = principal_of(desk, asks)
        found = history(desk.database, desk.domain, me, desk.clock.now(), kind=kind, row_id=id, before=before)
        return json_answer(request, found)

    @calls.get("/audit/unusual", response_model=shapes.UnusualAnswer, responses=described(401, 403))
    def unusual_call(
        request: Request,
        asks: Asks,
        municipality: Annotated[shapes.Municipality, Query()],
        since: Annotated[date, Query()],
    ) -> Response:
        """Unusual viewing of what is secret, to the municipality's archivist."""
        me = principal_of(desk, asks)
        found = unusual_viewing(
            desk.database, desk.domain, me, desk.clock.now(), municipality=municipality, since=since
        )
        return json_answer(request, {"viewings": [told(one) for one in found]})

    @calls.put(
        "/leases/{kind}/{row_id:path}", response_model=shapes.LeaseAnswer, responses=described(401, 403, 404)
    )
    def lease_call(request: Request, asks: Asks, kind: _Kind, row_id: _RowId) -> Response:
        """Say that one edits a row."""
        me = principal_of(desk, asks)
        held = take_lease(desk.database, desk.domain, me, desk.clock.now(), kind=kind, row_id=row_id)
        return json_answer(request, _lease(held))

    @calls.get(
        "/leases/{kind}/{row_id:path}", response_model=shapes.LeaseAnswer, responses=described(401, 403, 404)
    )
    def who_edits(request: Request, asks: Asks, kind: _Kind, row_id: _RowId) -> Response:
        """Who edits a row."""
        me = principal_of(desk, asks)
        held = lease_of(desk.database, desk.domain, me, desk.clock.now(), kind=kind, row_id=row_id)
        return json_answer(request, _lease(held))

    @calls.delete(
        "/leases/{kind}/{row_id:path}", response_model=shapes.LeaseAnswer, responses=described(401, 403, 404)
    )
    def give_back_call(request: Request, asks: Asks, kind: _Kind, row_id: _RowId) -> Response:
        """Say that one edits a row no more."""
        me = principal_of(desk, asks)
        held = give_back_lease(desk.database, desk.domain, me, desk.clock.now(), kind=kind, row_id=row_id)
        return json_answer(request, _lease(held))

    return calls


def _bound(groups: list[Group]) -> None:
    """A request carries some hundred operations, or one command of any size."""
    count = sum(len(g.get("ops", ())) or 1 for g in groups)
    if count > (PUSH_OPS if len(groups) > 1 else GROUP_OPS):
        raise Problem("too_large", _("Pyynnössä on liikaa muutoksia. Lähetä ne pienempinä osina."))


def _lease(held: Lease) -> dict[str, Any]:
    until = to_text(held.until) if held.until else None
    return {"holder": held.holder, "name": held.name, "until": until, "mine": held.mine}
