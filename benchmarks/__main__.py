"""``python -m benchmarks``: every benchmark on a register made for the run, each figure as a ratio.

    python -m benchmarks [HOME] [--cases 5000]

Without HOME a small register is made first (some minutes per ten thousand cases).
Synchronising is measured on a server and workstations of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from workbench.store.store import database_path


def main() -> int:
    """Build if needed, then run each benchmark as a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--cases", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "home"
        if not database_path(home).exists():
            _run("benchmarks.build", str(home), "--cases", str(given.cases))
        return max(
            _run("benchmarks.ui_startup"),
            _run("benchmarks.start", str(home)),
            _run("benchmarks.register", str(home)),
            _run("benchmarks.sync"),
        )


def _run(module: str, *arguments: str) -> int:
    print(f"== {module}", flush=True)
    return subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
