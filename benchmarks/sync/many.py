"""Many workstations at once, each simulated by what it says on the wire.

One event loop in one process plays them all: each pulls every few seconds from its own cursor and now and then
pushes one note. Starts are spread, so that the load is even and the loop, whose share of the processors is told,
does not take the server's. Times are what a call takes from being sent to its whole answer being there.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from benchmarks.sync.domain import text_of
from benchmarks.sync.place import Made, Person
from workbench.clock import SystemClock, to_text
from workbench.ids import new_id

PULL_EVERY_S, PUSH_EVERY_S = 5.0, 60.0
"""Of each workstation, on the average."""

_AT_ONCE = 8


@dataclass
class Seen:
    """What the calls took, in milliseconds, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: {"push": [], "pull": []})
    errors: Counter[str] = field(default_factory=Counter)
    processor_share: float = 0.0


def measure(url: str, made: Made, seconds: float) -> Seen:
    """All the people at once."""
    return asyncio.run(_all(url, made, seconds))


async def _all(url: str, made: Made, seconds: float) -> Seen:
    seen = Seen()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=30, trust_env=False) as http:
        stations = [_Station(http, person, made.cases[person.municipality], seen) for person in made.people]
        gate = asyncio.Semaphore(_AT_ONCE)
        await asyncio.gather(*(station.join(gate) for station in stations))
        processor, began = time.process_time(), time.perf_counter()
        await asyncio.gather(*(station.work(began + seconds) for station in stations))
        seen.processor_share = (time.process_time() - processor) / (time.perf_counter() - began)
    return seen


class _Station:
    def __init__(self, http: httpx.AsyncClient, person: Person, case_id: str, seen: Seen) -> None:
        self._http, self._person, self._case_id, self._seen = http, person, case_id, seen
        self._client_id = new_id()
        self._headers: dict[str, str] = {}
        self._epoch = self._cursor = ""
        self._n = 0
        self._chance = random.Random(person.person_id)

    async def join(self, gate: asyncio.Semaphore) -> None:
        """Sign in and read the log to its end."""
        async with gate:
            body = {"token": self._person.code, "client_id": self._client_id, "device_name": "mittaus"}
            signed = (await self._http.post("/v1/enrol", json=body)).raise_for_status().json()
            self._headers = {
                "Authorization": f"Bearer {signed['access_token']}",
                "X-Client-Id": self._client_id,
                "Accept-Encoding": "gzip",
            }
            hello = {"client_id": self._client_id, "protocol": 1}
            answer = await self._http.post("/v1/session", json=hello, headers=self._headers)
            self._epoch = answer.raise_for_status().json()["epoch"]
            while await self._pull():
                pass

    async def work(self, end: float) -> None:
        """Pull and push until the end."""
        await asyncio.sleep(self._chance.uniform(0, PULL_EVERY_S))
        while time.perf_counter() < end:
            began = time.perf_counter()
            if self._chance.random() < PULL_EVERY_S / PUSH_EVERY_S:
                await self._timed("push", self._push)
            await self._timed("pull", self._pull)
            pause = PULL_EVERY_S * self._chance.uniform(0.8, 1.2) - (time.perf_counter() - began)
            await asyncio.sleep(max(0.0, pause))

    async def _timed(self, name: str, call: object) -> None:
        began = time.perf_counter()
        try:
            await call()  # type: ignore[operator]
        except (httpx.HTTPError, ValueError) as error:
            self._seen.errors[f"{name}: {type(error).__name__} {error}"[:120]] += 1
            return
        self._seen.times[name].append((time.perf_counter() - began) * 1000)

    async def _pull(self) -> bool:
        asked = {"after": self._cursor} if self._cursor else {}
        answer = await self._http.get("/v1/pull", params=asked, headers=self._headers)
        page = answer.raise_for_status().json()
        self._cursor = page["next"]
        return bool(page["more"])

    async def _push(self) -> None:
        self._n += 1
        note_id, text = new_id(), text_of(self._n)
        now, me = to_text(SystemClock().now()), self._person
        op = {
            "op_id": new_id(), "type": "create", "kind": "note", "id": note_id, "base_rev": 0,
            "patch": {"case_id": self._case_id, "text": text, "made_at": now, "made_by": me.person_id},
        }  # fmt: skip
        group = {
            "group_id": new_id(), "n": self._n, "command": "note.add", "version": 1, "at": now,
            "args": {"case_id": self._case_id, "text": text, "note_id": note_id, "reason": ""},
            "actor": me.person_id, "municipality": me.municipality, "about": ["case_file", self._case_id],
            "title": "", "words": {}, "ops": [op],
        }  # fmt: skip
        body = {"epoch": self._epoch, "groups": [group]}
        answer = (await self._http.post("/v1/push", json=body, headers=self._headers)).raise_for_status()
        result = answer.json()["results"][0]
        if result["status"] != "applied":
            raise ValueError(str(result))
