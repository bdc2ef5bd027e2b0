"""Waiting for something to change. All who wait in a process share one question to the database."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from workbench.server.cursors import from_cursor, to_cursor
from workbench.server.desk import Desk
from workbench.server.identity.errors import TooMany
from workbench.server.principal import ADMINISTRATION
from workbench.server.pull import let_time_pass
from workbench.server.schema import clock

_EVERY = 0.5
_WAITS_EACH = 3


class Pulse:
    """The log's last number, looked at twice a second while anybody waits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = asyncio.Lock()
        self._seen: tuple[str, int] = ("", 0)
        self._seen_at = float("-inf")
        self._waiting: Counter[str] = Counter()

    async def beyond(
        self, client_id: str, after: str, seconds: float, gone: Callable[[], Awaitable[bool]]
    ) -> tuple[str, bool]:
        """The horizon, and whether it is beyond a cursor, at the latest after so many seconds."""
        if self._waiting[client_id] >= _WAITS_EACH:
            raise TooMany(int(seconds) or 1)
        self._waiting[client_id] += 1
        try:
            end = time.monotonic() + seconds
            while True:
                epoch, seq = await self._now()
                changed = seq > from_cursor(epoch, after)
                left = end - time.monotonic()
                if changed or left <= 0 or await gone():
                    return to_cursor(epoch, seq), changed
                await asyncio.sleep(min(left, _EVERY))
        finally:
            self._waiting[client_id] -= 1
            if not self._waiting[client_id]:
                del self._waiting[client_id]

    async def _now(self) -> tuple[str, int]:
        async with self._lock:
            if time.monotonic() - self._seen_at >= _EVERY / 2:
                self._seen = await run_in_threadpool(self._look)
                self._seen_at = time.monotonic()
            return self._seen

    def _look(self) -> tuple[str, int]:
        desk = self._desk
        let_time_pass(desk.database, desk.domain, ADMINISTRATION, desk.clock.now())
        with desk.database.reading() as connection:
            row = connection.execute(select(clock.c.epoch, clock.c.seq)).one()
        return row.epoch, row.seq
