"""A server process as ``workbench-server serve`` starts it, with the run's domain:

python -m benchmarks.sync.server DATA PORT [WORKERS]
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from fastapi import FastAPI

from benchmarks.sync.domain import domain
from workbench.clock import SystemClock
from workbench.server.cli.serving import log_as_json, run, started
from workbench.server.place import Place, opened

_DATA = "WORKBENCH_BENCHMARK_DATA"
_open = ExitStack()


def application() -> FastAPI:
    """The application of one process."""
    log_as_json()
    return started(_open.enter_context(opened(Place(Path(os.environ[_DATA])), domain(), SystemClock())))


def main() -> None:
    """Serve until told to stop."""
    data, port, workers = Path(sys.argv[1]), int(sys.argv[2]), int((*sys.argv[3:], "1")[0])
    os.environ[_DATA] = str(data)
    with opened(Place(data), domain(), SystemClock()):
        run("benchmarks.sync.server:application", "127.0.0.1", port, workers=workers)


if __name__ == "__main__":
    main()
