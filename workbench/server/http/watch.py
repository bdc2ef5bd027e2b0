"""What is kept of each call: a line in the log and counters. Neither tells who asked for what.

A line holds the route's template, never its path; an incident holds the kind of an error and where it was, never
its text, for that may hold what a row holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.server.http.problems import Problem, answer

_log = logging.getLogger("workbench.server.calls")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SECURITY = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
]


class Metrics:
    """Counters of this process, as Prometheus reads them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: dict[tuple[str, str, int], int] = defaultdict(int)
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * len(_BUCKETS))
        self._sums: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        self.under_way = 0

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One call."""
        with self._lock:
            self._calls[method, route, status] += 1
            n, total = self._sums[route]
            self._sums[route] = n + 1, total + seconds
            for i, limit in enumerate(_BUCKETS):
                self._buckets[route][i] += seconds <= limit

    def text(self) -> str:
        """The counters in Prometheus's text form."""
        with self._lock:
            lines = ["# TYPE workbench_calls_total counter"]
            for (method, route, status), n in sorted(self._calls.items()):
                labels = f'method="{method}",route="{route}",status="{status}"'
                lines.append(f"workbench_calls_total{{{labels}}} {n}")
            lines.append("# TYPE workbench_call_seconds histogram")
            for route, (n, total) in sorted(self._sums.items()):
                for limit, count in zip(_BUCKETS, self._buckets[route], strict=True):
                    lines.append(f'workbench_call_seconds_bucket{{route="{route}",le="{limit}"}} {count}')
                lines.append(f'workbench_call_seconds_bucket{{route="{route}",le="+Inf"}} {n}')
                lines.append(f'workbench_call_seconds_sum{{route="{route}"}} {total:.6f}')
                lines.append(f'workbench_call_seconds_count{{route="{route}"}} {n}')
            lines += ["# TYPE workbench_calls_under_way gauge", f"workbench_calls_under_way {self.under_way}"]
        return "\n".join(lines) + "\n"


class Watch:
    """The outermost layer: times each call, logs it, sets headers, and turns what was raised into an answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics, key: bytes) -> None:
        self._app = app
        self._metrics = metrics
        self._key = hmac.digest(key, b"log", "sha256")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status, incident, started = 0, "", False

        async def sending(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                given = {name for name, _value in message.get("headers", [])}
                extra = [h for h in _SECURITY if h[0] not in given]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        self._metrics.under_way += 1
        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            problem = problem_of(error)
            incident = problem.incident
            if started:
                status = 500  # the answer was cut short: the client sees a broken connection
                raise CutShort from None
            await answer(problem)(scope, receive, sending)
        finally:
            self._metrics.under_way -= 1
            self._note(scope, status, time.perf_counter() - began, incident)

    def _note(self, scope: Scope, status: int, seconds: float, incident: str) -> None:
        route = getattr(scope.get("route"), "path", "") or "other"
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.count(method, route, status, seconds)
        client = dict(scope["headers"]).get(b"x-client-id", b"")
        line = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": hmac.new(self._key, client, hashlib.sha256).hexdigest()[:12] if client else "",
        }
        _log.info("call", extra={"fields": line | ({"incident": incident} if incident else {})})


_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class CutShort(Exception):
    """An answer that could not be sent to its end."""


def problem_of(error: Exception) -> Problem:
    """What a caller is told of an error; one of ours is told as it is, any other is an incident."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, (UserError, StorageProblem)):
        return Problem.of(error)
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and not error.connection_invalidated
                                          and _crowded(error)):  # fmt: skip
        return Problem("busy", _("Palvelimella on ruuhkaa."), headers={"Retry-After": "2"})
    incident = new_id()
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{f.filename.rpartition('workbench/')[2]}:{f.lineno}" for f in frames[-6:]]
    _log.error(
        "incident", extra={"fields": {"incident": incident, "error": type(error).__name__, "where": where}}
    )
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _away(error)):
        return Problem(
            "unavailable",
            _("Palvelimen tietokanta ei vastaa."),
            incident=incident,
            headers={"Retry-After": "5"},
        )
    return Problem("internal", _("Palvelimessa on vika (tunnus {incident}).").format(incident=incident[:8]),
                   incident=incident)  # fmt: skip


def _crowded(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    return state in ("40001", "40P01", "55P03") or "database is locked" in str(error.orig).lower()


def _away(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(("08", "57P")) or type(error.orig).__name__ == "OperationalError"


class JsonLines(logging.Formatter):
    """Log lines as JSON. The text of an exception is left out: its kind and place stay."""

    def __init__(self, now: Callable[[], str]) -> None:
        super().__init__()
        self._now = now

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": self._now(), "level": record.levelname.lower(), "log": record.name}
        line["message"] = record.getMessage()
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{f.filename}:{f.lineno}" for f in frames[-6:]]
        return json.dumps(line, ensure_ascii=False, default=str)
