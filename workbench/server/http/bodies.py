"""Bodies as they come in: never more than is good for the server, plain or compressed, broad or deep.

Who sends more than a little is asked who she is before it is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from workbench.i18n import _
from workbench.server.http.problems import Problem
from workbench.sync.wire import BLOB_CHUNK

UNKNOWN_BYTES = 64 << 10
"""What anybody may send."""

MOST_BYTES = 32 << 20
"""What a known caller may send, after it was unpacked: one command may carry the text of a long document."""

MOST_DEPTH = 60


class BoundedRequest(Request):
    """A request whose body is read within bounds. A body of raw bytes is bounded by a blob's piece."""

    async def body(self) -> bytes:
        if not hasattr(self, "_bounded"):
            self._bounded = await self._read()
        return self._bounded

    async def json(self) -> Any:
        value = orjson.loads(await self.body())  # its error is the one the framework knows
        if deeper_than(value, MOST_DEPTH):
            raise Problem("invalid", _("Pyynnössä on liikaa sisäkkäisiä osia."))
        return value

    async def _read(self) -> bytes:
        unpack = self._unpacker()
        raw = self.headers.get("content-type", "").startswith("application/octet-stream")
        most = BLOB_CHUNK if raw else MOST_BYTES
        parts: list[bytes] = []
        read = size = 0
        largest, known = self._announced(), False
        try:
            async for chunk in self.stream():
                read += len(chunk)
                for piece in _unpacked(unpack, chunk):
                    size += len(piece)
                    largest = max(largest, read, size)
                    if largest > most:
                        raise _too_large()
                    if largest > UNKNOWN_BYTES and not known:
                        await run_in_threadpool(self.app.state.demand_known, self)
                        known = True
                    parts.append(piece)
        except zlib.error as error:
            raise Problem("invalid", _("Pyynnön pakkaus on vaurioitunut.")) from error
        except ClientDisconnect as error:
            raise Problem("invalid", _("Pyyntö katkesi.")) from error
        if unpack is not None and read and not unpack.eof:
            raise Problem("invalid", _("Pyynnön pakkaus on vaurioitunut."))
        return b"".join(parts)

    def _unpacker(self) -> Any:
        encoding = self.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("identity", "gzip", ""):
            raise Problem("media_type", _("Pyynnön pakkausta ei tunneta."))
        return zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None

    def _announced(self) -> int:
        try:
            return int(self.headers.get("content-length", "0"))
        except ValueError as error:
            raise Problem("invalid", _("Pyynnön pituus ei kelpaa.")) from error


def _unpacked(unpack: Any, chunk: bytes) -> Iterator[bytes]:
    """A chunk as it is, or what it unpacks to, a little at a time."""
    if unpack is None:
        yield chunk
        return
    while True:
        piece = unpack.decompress(chunk, UNKNOWN_BYTES)
        yield piece
        chunk = unpack.unconsumed_tail
        # With all of the chunk taken in, as much again may wait inside.
        if unpack.eof or (not chunk and len(piece) < UNKNOWN_BYTES):
            return


def _too_large() -> Problem:
    return Problem("too_large", _("Pyyntö on liian suuri. Lähetä se pienempinä osina."))


def deeper_than(value: Any, depth: int) -> bool:
    """Whether lists and objects lie within each other more than ``depth`` deep."""
    if not isinstance(value, (dict, list)):
        return False
    if depth == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    for one in inner:  # noqa: SIM110  # a loop takes half the time
        if isinstance(one, (dict, list)) and deeper_than(one, depth - 1):
            return True
    return False


class BoundedRoute(APIRoute):
    """A route whose requests are bounded."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            return await handle(BoundedRequest(request.scope, request.receive))

        return bounded
