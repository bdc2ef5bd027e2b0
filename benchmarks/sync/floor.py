"""The floor: the same rows as bare upserts through the same HTTP stack, nothing checked, nothing kept of who did
what.

    python -m benchmarks.sync.floor FILE PORT
"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import requests
import uvicorn
from fastapi import FastAPI, Request, Response

from benchmarks.sync.domain import text_of
from benchmarks.sync.processes import free_port, python, serving

_BATCH = 500


def application(file: str) -> FastAPI:
    """One call that writes rows and one that reads them."""
    app = FastAPI()
    held = sqlite3.connect(file, check_same_thread=False)
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("PRAGMA synchronous = FULL")
    held.execute("CREATE TABLE note (id TEXT PRIMARY KEY, seq INTEGER UNIQUE, text TEXT NOT NULL)")

    @app.post("/push")
    async def push(request: Request) -> Response:
        rows = orjson.loads(await request.body())
        (last,) = held.execute("SELECT coalesce(max(seq), 0) FROM note").fetchone()
        numbered = [(i, last + n, text) for n, (i, text) in enumerate(rows, start=1)]
        with held:
            held.executemany(
                "INSERT INTO note VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                "SET seq = excluded.seq, text = excluded.text",
                numbered,
            )
        return Response(orjson.dumps({"next": last + len(rows)}), media_type="application/json")

    @app.get("/pull")
    async def pull(after: int) -> Response:
        query = "SELECT id, seq, text FROM note WHERE seq > ? ORDER BY seq LIMIT 2000"
        return Response(orjson.dumps(held.execute(query, (after,)).fetchall()), media_type="application/json")

    return app


def measure(folder: Path, count: int) -> dict[str, float]:
    """Seconds of each row."""
    port = free_port()
    command = python("benchmarks.sync.floor", str(folder / "floor.sqlite"), str(port))
    with serving(folder / "floor.log", port, *command), requests.Session() as http:
        url, took = f"http://127.0.0.1:{port}", dict[str, float]()
        for turn, what in enumerate(("new", "updates")):
            rows = [(f"note-{n:07}", text_of(n) + "!" * turn) for n in range(count)]
            began = time.perf_counter()
            for start in range(0, count, _BATCH):
                body = orjson.dumps(rows[start : start + _BATCH])
                http.post(f"{url}/push", data=body).raise_for_status()
            took[f"push {what}"] = time.perf_counter() - began
            local = sqlite3.connect(folder / "floor-client.sqlite")
            local.execute("CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, seq INTEGER, text TEXT)")
            took[f"pull {what}"] = _pull(http, url, local, turn * count)
            local.close()
        began = time.perf_counter()
        http.get(f"{url}/pull", params={"after": 2 * count}).raise_for_status()
        took["no-op"] = time.perf_counter() - began
        return took


def _pull(http: requests.Session, url: str, local: sqlite3.Connection, after: int) -> float:
    began = time.perf_counter()
    while True:
        page: list[Any] = orjson.loads(http.get(f"{url}/pull", params={"after": after}).content)
        if not page:
            return time.perf_counter() - began
        with local:
            local.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", page)
        after = page[-1][1]


if __name__ == "__main__":
    uvicorn.run(application(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
