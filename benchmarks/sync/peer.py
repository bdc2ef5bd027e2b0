"""PouchDB with express-pouchdb, on the same records in the same run. Installed once into a cache folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import platformdirs

from benchmarks.sync.domain import text_of
from benchmarks.sync.processes import free_port, serving

PACKAGES = ("pouchdb-node@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2")
BATCHES = (100, 1000)
_SCRIPT = Path(__file__).with_name("peer.js")
_INSTALL_S, _RUN_S = 300, 300


class Missing(Exception):
    """The peer cannot be run here, and why."""


def installed() -> Path:
    """The folder with the packages. Raises :class:`Missing`."""
    folder = Path(platformdirs.user_cache_dir("seutupoyta", appauthor=False)) / "benchmark-peer"
    stamp = folder / "installed"
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Missing("npm and node are not on this machine")
    if not stamp.exists() or stamp.read_text() != " ".join(PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        # The native part comes ready made in its package: no install script is run.
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=False, timeout=_INSTALL_S
            )
        except subprocess.TimeoutExpired as error:
            raise Missing("npm did not install it in time") from error
        if done.returncode:
            raise Missing(f"npm could not install it: {done.stderr.strip().splitlines()[-1:]}")
        stamp.write_text(" ".join(PACKAGES))
    shutil.copy(_SCRIPT, folder / _SCRIPT.name)
    return folder


def measure(folder: Path, count: int) -> dict[int, dict[str, float]]:
    """By batch: seconds of each row. Raises :class:`Missing`."""
    script = str(installed() / _SCRIPT.name)
    records = folder / "records.json"
    docs = [{"_id": f"note:{n:07}", "text": text_of(n)} for n in range(count)]
    records.write_text(json.dumps(docs, ensure_ascii=False), encoding="utf-8")
    took: dict[int, dict[str, float]] = {}
    for batch in BATCHES:
        kept = folder / f"peer{batch}"
        kept.mkdir()
        port = free_port()
        with serving(kept / "log", port, "node", script, "server", str(kept), str(port)):
            told = subprocess.run(
                ["node", script, "client", str(kept), str(port), str(records), str(batch)],
                capture_output=True, text=True, check=False, timeout=_RUN_S,
            )  # fmt: skip
        if told.returncode:
            raise Missing(f"it failed: {told.stderr.strip().splitlines()[-1:]}")
        took[batch] = json.loads(told.stdout.splitlines()[-1])
    return took
