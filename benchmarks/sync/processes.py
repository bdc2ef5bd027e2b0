"""Processes of a run: started, waited for, measured, ended."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

_PATIENCE_S = 60.0


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(log: Path, port: int, *command: str) -> Iterator[psutil.Process]:
    """A process that answers on a port; what it says goes to a file."""
    with log.open("wb") as said:
        started = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            _await(started, port, log)
            yield psutil.Process(started.pid)
        finally:
            started.terminate()
            try:
                started.wait(30)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """The command line of a module."""
    return (sys.executable, "-m", module, *arguments)


def _await(started: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if started.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function of a module in a fresh process; what it returned."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def peak_mb(pid: int | None = None) -> float:
    """The most memory a process has held, where the system tells it; else what it holds now."""
    one = pid or os.getpid()
    try:
        lines = Path(f"/proc/{one}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    except (OSError, StopIteration):
        return float(psutil.Process(one).memory_info().rss) / (1 << 20)


def load() -> float:
    """How many processes want the processors: the average over the last minute."""
    return psutil.getloadavg()[0]
