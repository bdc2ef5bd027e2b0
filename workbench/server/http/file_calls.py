"""Calls about contents of files."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Body, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from workbench.i18n import _
from workbench.server import blobs
from workbench.server.desk import Desk
from workbench.server.http import shapes
from workbench.server.http.answers import json_answer
from workbench.server.http.bodies import BoundedRoute
from workbench.server.http.callers import Asks, principal_of
from workbench.server.http.problems import Problem, described

_RAW = "application/octet-stream"
_BYTES = {"content": {_RAW: {"schema": {"type": "string", "format": "binary"}}}}
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")
_Municipality = Annotated[str, Path(pattern=r"^[0-9]{3}$")]
_Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
_Whole = Annotated[int, Header(ge=0, le=2**53)]


def file_calls(desk: Desk) -> APIRouter:
    """The calls over one desk."""
    calls = APIRouter(prefix="/v1/blobs", tags=["files"], route_class=BoundedRoute)

    @calls.post("/missing", response_model=shapes.MissingAnswer, responses=described(401, 403))
    def missing_call(request: Request, asks: Asks, body: Annotated[shapes.MissingBody, Body()]) -> Response:
        """Which contents the caller has to send."""
        me = principal_of(desk, asks)
        asked = [(b["municipality"], b["sha256"], b["size"]) for b in body["blobs"]]
        found = blobs.missing(desk, me, desk.clock.now(), asked)
        listed = [{"municipality": m, "sha256": s, "offset": offset} for m, s, offset in found]
        return json_answer(request, {"missing": listed})

    @calls.patch(
        "/{municipality}/{sha256}",
        response_model=shapes.PieceAnswer,
        responses=described(401, 403),
        openapi_extra={"requestBody": {"required": True, **_BYTES}},
    )
    async def send_call(
        request: Request,
        asks: Asks,
        municipality: _Municipality,
        sha256: _Sha256,
        upload_offset: _Whole,
        upload_length: _Whole,
    ) -> Response:
        """Take in a piece of a content."""
        if not request.headers.get("content-type", "").startswith(_RAW):
            raise Problem("media_type", _("Tiedoston osa lähetetään sellaisenaan, tavuina."))
        me = await run_in_threadpool(principal_of, desk, asks)
        data = await request.body()
        held, done = await run_in_threadpool(
            blobs.receive,
            desk,
            me,
            desk.clock.now(),
            municipality=municipality,
            sha256=sha256,
            offset=upload_offset,
            length=upload_length,
            data=data,
        )
        return json_answer(request, {"offset": held, "done": done})

    @calls.get(
        "/{municipality}/{sha256}",
        response_class=StreamingResponse,
        responses={
            200: {"description": "The content", **_BYTES},
            206: {"description": "A part", **_BYTES},
            **described(401, 403, 404, 416),
        },
    )
    def give_call(
        asks: Asks,
        municipality: _Municipality,
        sha256: _Sha256,
        range: Annotated[str | None, Header(max_length=200)] = None,
    ) -> Response:
        """Give out a content, or a part of it."""
        me = principal_of(desk, asks)
        size = blobs.give(desk, me, desk.clock.now(), municipality=municipality, sha256=sha256)
        start, end, status = 0, size, 200
        wanted = _RANGE.fullmatch(range or "")
        if wanted:
            start, status = int(wanted[1]), 206
            end = min(size, int(wanted[2]) + 1) if wanted[2] else size
            if start >= end:
                raise Problem(
                    "range",
                    _("Tiedostossa ei ole pyydettyä kohtaa."),
                    headers={"Content-Range": f"bytes */{size}"},
                )
        headers = {"Content-Length": str(end - start), "Accept-Ranges": "bytes"}
        if status == 206:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        pieces = blobs.read(desk, municipality, sha256, start, end)
        return StreamingResponse(pieces, status, headers, _RAW)

    return calls
