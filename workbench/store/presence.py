"""Presence: which processes have the store open, and whether the last one ended as it should.

Each process holds a locked file in ``running/`` and removes it when it ends. A file nobody holds tells
of a crash or a power cut, after which a full check runs in the background.
"""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from workbench.ids import new_id


class Presence:
    """This process's mark."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None

    def enter(self) -> bool:
        """Put down the mark; True when an earlier process did not end cleanly."""
        self._folder.mkdir(parents=True, exist_ok=True)
        unclean = False
        for path in self._folder.glob("*.lock"):
            other = FileLock(path)
            try:
                other.acquire(timeout=0)
            except Timeout:
                continue
            other.release()
            path.unlink(missing_ok=True)
            unclean = True
        self._lock = FileLock(self._folder / f"{new_id()}.lock")
        # Another process that starts at this moment may be looking whether anybody holds it.
        self._lock.acquire(timeout=10)
        return unclean

    def others(self) -> bool:
        """True when another process has the store open."""
        for path in self._folder.glob("*.lock"):
            if self._lock is not None and path == Path(self._lock.lock_file):
                continue
            other = FileLock(path)
            try:
                other.acquire(timeout=0)
            except Timeout:
                return True
            other.release()
        return False

    def leave(self) -> None:
        """Take the mark away."""
        if self._lock is None:
            return
        path = Path(self._lock.lock_file)
        self._lock.release()
        path.unlink(missing_ok=True)
        self._lock = None
