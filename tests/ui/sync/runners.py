"""What stands for the background's runner in a window's tests: it keeps what it was asked to do."""

from __future__ import annotations

from workbench.ui.sync.synchroniser import Told


class Recorder:
    """A runner that does nothing of itself; ``calls`` names what was asked, in order."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self.calls: list[str] = []

    def start(self) -> None:
        self.calls.append("start")

    def nudge(self) -> None:
        self.calls.append("nudge")

    def now(self) -> None:
        self.calls.append("now")

    def stop(self, timeout: float = 1.0) -> None:
        self.calls.append("stop")
