"""From process start to a list one can use: the real command on a real home, beside a bare Qt window.

    python -m benchmarks.start HOME [--rounds 7]

Both are whole processes, taken in turns; the window's own time is what is left when the bare one's is taken
away. Usable means: the first rows are painted and an arrow key moves the row in hand. Told are also the parts
in their order, the processor's time beside the clock's (on a machine that does other things too the clock
alone misleads), when every case was in the list, the longest time the window did not answer after its first
rows, what opening each page for the first time takes of the window's thread, and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.ui_startup import BARE

WINDOW = "from benchmarks.started import main; main()"


def run(code: str, cache: str, *arguments: str) -> str:
    """Run one process with compiled modules kept in ``cache``, as on a desk; what it printed."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(time.time()), *arguments],
        capture_output=True, text=True, check=False, timeout=120,
        env=environ | {"PYTHONPYCACHEPREFIX": cache, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def main() -> None:
    """Measure and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    bare: list[float] = []
    ours: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as cache:
        run(BARE, cache), run(WINDOW, cache, str(given.home))  # compile, and warm the file cache
        for _round in range(given.rounds):
            bare.append(float(run(BARE, cache)))
            ours.append(json.loads(run(WINDOW, cache, str(given.home))))
    b = statistics.median(bare)
    w = statistics.median(found["marks"]["first rows"][0] for found in ours)
    print(f"{'':28} clock ms  processor ms")
    before = [(0.0, 0.0)] * len(ours)
    for part in ours[0]["marks"]:
        now = [found["marks"][part] for found in ours]
        clock, processor = (
            statistics.median(n[k] - was[k] for n, was in zip(now, before, strict=True)) * 1000
            for k in (0, 1)
        )
        print(f"{part:28} {clock:8.0f} {processor:13.0f}")
        before = now
    print(f"bare Qt window {b:.2f} s, usable list {w:.2f} s, own time {w - b:.2f} s, ratio {w / b:.1f}")
    whole = statistics.median(found["whole"] for found in ours)
    print(f"every case in the list after {whole:.2f} s")
    longest = statistics.median(found["held"] for found in ours)
    print(f"longest without an answer after the first rows {longest * 1000:.0f} ms")
    for page in ours[0]["opened"]:
        opened = statistics.median(found["opened"][page] for found in ours)
        print(f"first opening of {page:10} {opened * 1000:4.0f} ms of the window's thread")
    print(f"memory {statistics.median(found['memory'] for found in ours):.0f} MB")


if __name__ == "__main__":
    main()
