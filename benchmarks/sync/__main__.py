"""What synchronising costs, beside PouchDB and bare SQL in the same run.

    python -m benchmarks.sync [--records 10000] [--bootstrap 1000000] [--workstations 300] [--seconds 60]

0 leaves a part out. A real server process (SQLite; PostgreSQL for many workstations, with two processes) and
real, encrypted workstations in another, over HTTP on the loopback. A record is a note of some 170 bytes; each is
written by a command of its own. The load average stands beside each part: on a machine that does other things
too, only figures of one run compare. The ratio is the peer's time to ours: more than 1, and we are faster.
Durability differs: our sides and the bare server write through to the disk (synchronous=FULL), PouchDB's LevelDB
does not.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import psutil

from benchmarks.sync import first_fetch, floor, many, peer, records
from benchmarks.sync.place import Made, make_server
from benchmarks.sync.processes import apart, free_port, load, peak_mb, python, serving
from workbench.server.place import EMBEDDED

ROWS = ("push new", "pull new", "push updates", "pull updates", "no-op")
TARGETS = {"push new": 6000, "pull new": 20_000, "push updates": 6000, "pull updates": 20_000}
NO_OP_MS, FIRST_S, FIRST_MB, P99_MS = 50, 40, 150, 150
_PROCESSES = 2


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--bootstrap", type=int, default=1_000_000)
    parser.add_argument("--workstations", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60, help="of the many workstations")
    parser.add_argument("--no-peer", action="store_true", help="without PouchDB")
    given = parser.parse_args()
    if given.records:
        _records(given.records, with_peer=not given.no_peer)
    if given.bootstrap:
        _first_fetch(given.bootstrap)
    if given.workstations:
        _many(given.workstations, given.seconds)


def _server(made: Made, log: Path, port: int, workers: int = 1) -> AbstractContextManager[psutil.Process]:
    return serving(log, port, *python("benchmarks.sync.server", str(made.folder), str(port), str(workers)))


def _records(count: int, *, with_peer: bool) -> None:
    print(f"{count} records; load average {load():.1f}", flush=True)
    peers: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="sync-") as name:
        folder, port = Path(name), free_port()
        made = make_server(folder / "server", "", 10)
        with _server(made, folder / "log", port) as server:
            ours = apart(records.measure, folder, f"http://127.0.0.1:{port}", made, count)
            server_mb = peak_mb(server.pid)
        peers["bare SQL"] = floor.measure(folder, count)
        if with_peer:
            try:
                peers |= {f"PouchDB {b}": t for b, t in peer.measure(folder, count).items()}
            except peer.Missing as why:
                print(f"PouchDB is left out: {why}")
    _table(count, ours, peers)
    for what in ("writing locally", "own new back", "own updates back"):
        print(f"{what:<18} {ours[what]:7.2f} s {count / ours[what]:8.0f}/s")
    print(f"peak memory: both workstations {ours['client MB']:.0f} MB, server {server_mb:.0f} MB;"
          f" load average {load():.1f}\n", flush=True)  # fmt: skip


def _table(count: int, ours: dict[str, float], peers: dict[str, dict[str, float]]) -> None:
    print(f"{'':<18}{'ours':>20}" + "".join(f"{name:>29}" for name in peers) + "   target")
    for row in ROWS:
        cells = "".join(
            f"{_cell(row, count, took[row])} ×{took[row] / ours[row]:7.2f}" for took in peers.values()
        )
        print(f"{row:<18}{_cell(row, count, ours[row])}{cells}   {_verdict(row, count, ours, peers)}")


def _cell(row: str, count: int, seconds: float) -> str:
    if row == "no-op":
        return f"{seconds * 1000:17.1f} ms"
    return f"{seconds:7.2f} s{count / seconds:9.0f}/s"


def _verdict(row: str, count: int, ours: dict[str, float], peers: dict[str, dict[str, float]]) -> str:
    if row == "no-op":
        met, goal = ours[row] * 1000 <= NO_OP_MS, f"≤ {NO_OP_MS} ms"
    else:
        met, goal = count / ours[row] >= TARGETS[row], f"≥ {TARGETS[row]}/s"
    behind = [n for n, took in peers.items() if n.startswith("PouchDB") and took[row] < ours[row]]
    return f"{goal}: {'met' if met else 'MISSED'}" + (f", behind {', '.join(behind)}" if behind else "")


def _first_fetch(count: int) -> None:
    print(f"first fetch of {count} rows; load average {load():.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="sync-") as name:
        folder, port = Path(name), free_port()
        made = make_server(folder / "server", "", 10)
        apart(first_fetch.lay_in, made, count)
        with _server(made, folder / "log", port) as server:
            took = apart(first_fetch.measure, folder, f"http://127.0.0.1:{port}", made, count)
            server_mb = peak_mb(server.pid)
    seconds, memory, rate = took["seconds"], took["client MB"], took["indexed per second"]
    print(f"{seconds:.1f} s, {count / seconds:.0f} rows/s (target ≤ {FIRST_S} s for a million: "
          f"{'met' if seconds / count * 1e6 <= FIRST_S else 'MISSED'})")  # fmt: skip
    print(f"peak memory: workstation {memory:.0f} MB (target ≤ {FIRST_MB}: "
          f"{'met' if memory <= FIRST_MB else 'MISSED'}), server {server_mb:.0f} MB")  # fmt: skip
    print(f"searchable in the background at {rate:.0f} rows/s, all after {count / max(rate, 1):.0f} s;"
          f" load average {load():.1f}\n", flush=True)  # fmt: skip


def _many(count: int, seconds: float) -> None:
    print(f"{count} workstations on PostgreSQL, {_PROCESSES} server processes, {seconds:.0f} s; each pulls every "
          f"{many.PULL_EVERY_S:.0f} s and pushes every {many.PUSH_EVERY_S:.0f} s; load average {load():.1f}",
          flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="sync-") as name:
        folder, port = Path(name), free_port()
        made = make_server(folder / "s", EMBEDDED, count)
        with _server(made, folder / "log", port, _PROCESSES):
            seen = apart(many.measure, f"http://127.0.0.1:{port}", made, seconds)
    for call, times in seen.times.items():
        p50, p95, p99 = (_percentile(times, n) for n in (50, 95, 99))
        verdict = "met" if p99 <= P99_MS else "MISSED"
        print(f"{call}: {len(times)} calls, p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms"
              f" (target p99 ≤ {P99_MS} ms: {verdict})")  # fmt: skip
    print(f"errors {sum(seen.errors.values())} {dict(seen.errors.most_common(3)) or ''}; the simulation took "
          f"{seen.processor_share:.0%} of a processor; load average {load():.1f}", flush=True)  # fmt: skip


def _percentile(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] if ordered else math.nan


if __name__ == "__main__":
    main()
