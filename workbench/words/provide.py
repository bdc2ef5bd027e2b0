"""Sees to it that the lexicon exists, building it in a child process; never raises to its caller.

A missing lexicon only makes search coarser, so trouble here is logged and answered with ``False``.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from workbench.words.lexicon import is_intact, lexicon_path

log = logging.getLogger(__name__)

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


def ensure(folder: Path, *, timeout_s: float = 600) -> bool:
    """Check the lexicon in ``folder`` thoroughly and build it anew if needed.

    Blocks, for a build some half a minute.
    """
    path = lexicon_path(folder)
    if is_intact(path):
        return True
    environment = dict(os.environ)
    known = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join([str(_PACKAGE_ROOT), *([known] if known else [])])
    # Windows: no console window flashes up, and the window's own work goes first.
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workbench.words.build", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=timeout_s,
            creationflags=flags,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        log.exception("the word lexicon could not be built")
        return False
    if done.returncode != 0:
        log.error("the word lexicon could not be built: %s", done.stderr.decode("utf-8", "replace")[-2000:])
        return False
    return is_intact(path)


def build_in_background(folder: Path, done: Callable[[bool], None] | None = None) -> threading.Thread:
    """:func:`ensure` on a daemon thread; ``done`` is called on that thread with the outcome."""

    def work() -> None:
        outcome = ensure(folder)
        if done is not None:
            done(outcome)

    thread = threading.Thread(target=work, name="word-lexicon", daemon=True)
    thread.start()
    return thread
