"""Real processes of ``workbench-server serve``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE_S = 60


def start_server(
    data: Path, port: int, log: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """A server over a data folder, on its way up; what it says goes to the end of ``log``."""
    words = ["serve", "--data", str(data), "--port", str(port)]
    with log.open("ab") as out:
        command = [sys.executable, "-m", "workbench.server.cli.main", *words]
        return subprocess.Popen(command, env=environment, stdout=out, stderr=out)


def wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the server answers that it is ready; fail when it ends or takes too long."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/v1/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8")[-4000:]
            time.sleep(0.05)
