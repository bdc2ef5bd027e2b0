"""A network between real processes that can fail: an HTTP proxy in a thread of its own.

It works on whole requests and answers, one to a connection. With ``rate`` 0 it is faithful; else every so
many-th call meets one of :data:`FAULTS`. A client that got no answer sees a broken connection, as it would when
the machine between goes away.
"""

from __future__ import annotations

import asyncio
import collections
import itertools
import random
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

FAULTS = (
    "request dropped",  # never arrives
    "request cut",  # arrives half
    "request doubled",  # arrives twice
    "request repeated late",  # arrives, and once more after its successor
    "request overtaken",  # arrives only after its successor, whoever sent it thought it lost
    "answer dropped",
    "answer cut",
    "answer held back",  # until another workstation's push was taken in
    "delayed",
    "other answered",  # a page of some machine between
)

_PUSHES = 4  # what changes something meets so many times the faults
_LONGEST_DELAY_S, _LONGEST_HOLD_S = 0.3, 1.0
_OTHER = b"<html><body>Bad gateway</body></html>"
_OTHER_ANSWER = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"


@dataclass(frozen=True)
class _Request:
    """One call as it came. ``client`` is the workstation, "" before it has signed in."""

    head: bytes
    body: bytes
    call: str
    client: str

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    @property
    def half(self) -> bytes:
        return self.head + self.body[: len(self.body) // 2]


class Proxy:
    """Between workstations at :attr:`url` and servers on the ``ports`` of this machine, each call to the next."""

    def __init__(self, ports: Sequence[int], seed: int) -> None:
        self.rate = 0.0
        self.counts: collections.Counter[str] = collections.Counter()
        self.url = ""
        self._ports = itertools.cycle(ports)
        self._servers = len(ports)
        self._rng = random.Random(seed)
        self._late: dict[tuple[str, str], list[_Request]] = collections.defaultdict(list)
        self._pushed: dict[str, asyncio.Event] = {}
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        """Listening, until left."""
        ready = threading.Event()
        thread = threading.Thread(target=self._run, args=(ready,), name="proxy", daemon=True)
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        listening = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        ready.set()
        self._loop.run_forever()
        listening.close()
        for event in self._pushed.values():
            event.set()
        left = asyncio.all_tasks(self._loop)
        self._loop.run_until_complete(asyncio.wait(left, timeout=2) if left else asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read_request(reader)
            if request is not None:
                answer = await self._answer(request)
                if answer:
                    writer.write(answer)
                    await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            self.counts["the other end went"] += 1
        finally:
            writer.close()

    async def _answer(self, request: _Request) -> bytes:
        """What the client gets; nothing when the connection just ends."""
        self.counts["calls"] += 1
        rate = self.rate * (_PUSHES if request.call == "POST /v1/push" else 1)
        fault = self._rng.choice(FAULTS) if self._rng.random() < rate else ""
        if fault == "request cut" and len(request.body) < 2:
            fault = "request dropped"
        if fault not in ("answer held back", ""):
            self._count(fault, request)
        match fault:
            case "request dropped":
                return b""
            case "other answered":
                return _OTHER_ANSWER % (len(_OTHER), _OTHER)
            case "request cut":
                await self._forward(request.half)
                return b""
            case "request overtaken":
                self._late[request.client, request.call].append(request)
                return b""
            case "request doubled":
                await self._forward(request.whole)
            case "request repeated late":
                pass
            case "delayed":
                await asyncio.sleep(self._rng.uniform(0, _LONGEST_DELAY_S))
        answer = await self._forward(request.whole)
        await self._after(request)
        if fault == "request repeated late":
            self._late[request.client, request.call].append(request)
        return await self._back(request, answer, fault)

    async def _back(self, request: _Request, answer: bytes, fault: str) -> bytes:
        match fault:
            case "answer dropped":
                return b""
            case "answer cut":
                head, blank, body = answer.partition(b"\r\n\r\n")
                return head + blank + body[: len(body) // 2]
            case "answer held back":
                overtaken = await self._another_push(request.client)
                self._count(fault if overtaken else "delayed", request)
        return answer

    def _count(self, fault: str, request: _Request) -> None:
        self.counts[fault] += 1
        self.counts[f"{fault}: {request.call}"] += 1

    async def _after(self, request: _Request) -> None:
        """A call has been answered: what it overtook arrives now, and answers that waited for a push go on."""
        for late in self._late.pop((request.client, request.call), ()):
            self.counts["late arrivals"] += 1
            await self._forward(late.whole)
        if request.call == "POST /v1/push":
            for client, event in list(self._pushed.items()):
                if client != request.client:
                    event.set()

    async def _another_push(self, client: str) -> bool:
        event = self._pushed[client] = asyncio.Event()
        try:
            await asyncio.wait_for(event.wait(), _LONGEST_HOLD_S)
        except TimeoutError:
            return False
        return True

    async def _forward(self, raw: bytes) -> bytes:
        """Send to a server that is there; its whole answer, b"" when none is or it goes away."""
        for _turn in range(self._servers):
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", next(self._ports))
            except OSError:
                continue
            try:
                writer.write(raw)
                if raw and writer.can_write_eof() and not _is_whole(raw):
                    writer.write_eof()
                await writer.drain()
                return await reader.read()
            except OSError:
                return b""
            finally:
                writer.close()
        self.counts["no server"] += 1
        return b""


async def _read_request(reader: asyncio.StreamReader) -> _Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode("latin-1").split("\r\n")
    named = {n.strip().lower(): v.strip() for n, _colon, v in (line.partition(":") for line in lines[1:])}
    body = await reader.readexactly(int(named.get("content-length", "0")))
    method, path, _version = lines[0].split(" ")
    kept = [line for line in lines[1:-2] if not line.lower().startswith("connection:")]
    made = "\r\n".join([lines[0], *kept, "Connection: close", "", ""]).encode("latin-1")
    call = re.sub(r"/v1/blobs/[0-9]{3}/.*", "/v1/blobs", f"{method} {path.partition('?')[0]}")
    return _Request(made, body, call, named.get("x-client-id", ""))


def _is_whole(raw: bytes) -> bool:
    """Whether the body is as long as announced."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    return True
