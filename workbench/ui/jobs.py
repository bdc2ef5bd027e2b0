"""Long work: a Job has a title, progress in words, cancel and a result; the status line lists those running.

The work is a plain function of one :class:`Progress`; it runs on its own thread and may be slow, but calls
``progress.step`` now and then, which is also where a cancel takes effect. Nothing half-done may remain
after a cancel: that is the work's own duty, as its writes go through commands.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.errors import UserError
from workbench.ui.delivery import Delivery
from workbench.ui.faults import fault


class Cancelled(Exception):
    """The person cancelled the job; nothing to report."""


class Progress:
    """What the work tells of itself, and how it hears of a cancel. Safe from the work's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done, self._total, self._text = 0, 0, ""
        self._cancel = threading.Event()

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Tell how far one is; raises :class:`Cancelled` when the person has had enough."""
        with self._lock:
            self._done, self._total = done, total
            self._text = text or self._text
        self.check()

    def check(self) -> None:
        """Raise :class:`Cancelled` if a cancel was asked for."""
        if self._cancel.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancel.set()

    def seen(self) -> tuple[int, int, str]:
        """(done, total or 0, text) at this moment."""
        with self._lock:
            return self._done, self._total, self._text


@dataclass(eq=False)
class Job:
    """One long work. ``state``: ``waiting``, ``running``, ``done``, ``cancelled`` or ``failed``."""

    title: str
    progress: Progress
    work: Callable[[Progress], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    state: str = "waiting"


class Jobs(QObject):
    """Runs jobs, at most ``at_once`` together, the others in the order they came."""

    changed = Signal()
    """The list or some job's progress moved."""
    finished = Signal(object)
    """A Job ended, however it ended."""
    refused = Signal(str)
    broke = Signal(object)

    def __init__(self, at_once: int = 2, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._threads: dict[int, threading.Thread] = {}
        self._at_once = at_once
        self._delivery = Delivery(self, lambda error: self.broke.emit(fault("deliver", error)))
        self._tick = QTimer(self)
        self._tick.setInterval(120)
        self._tick.timeout.connect(self.changed)

    def start(
        self,
        title: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Start ``work(progress)`` as a job called ``title`` (what is being done, in Finnish)."""
        job = Job(title, Progress(), work, done, failed)
        self._jobs.append(job)
        self._fill()
        self.changed.emit()
        return job

    def unfinished(self) -> list[Job]:
        """Jobs that run or wait, oldest first."""
        return list(self._jobs)

    def cancel(self, job: Job) -> None:
        """Cancel a job: one that waits ends at once, one that runs at its next step."""
        job.progress.cancel()
        if job.state == "waiting":
            self._ended(job, Cancelled())

    def shutdown(self, timeout_s: float = 10.0) -> None:
        """Cancel everything and wait for the threads."""
        for job in self.unfinished():
            self.cancel(job)
        for thread in list(self._threads.values()):
            thread.join(timeout_s)
        self._delivery.close()
        self._tick.stop()

    def _fill(self) -> None:
        running = sum(job.state == "running" for job in self._jobs)
        for job in self._jobs:
            if job.state == "waiting" and running < self._at_once:
                running += 1
                job.state = "running"
                thread = threading.Thread(target=self._run, args=(job,), name="job", daemon=True)
                self._threads[id(job)] = thread
                thread.start()
        if self._jobs and not self._tick.isActive():
            self._tick.start()

    def _run(self, job: Job) -> None:
        try:
            result = job.work(job.progress)
        except Exception as error:  # every end must reach the window
            self._delivery.post(partial(self._ended, job, error))
        else:
            self._delivery.post(partial(self._ended, job, None, result))

    def _ended(self, job: Job, error: Exception | None, result: Any = None) -> None:
        if job not in self._jobs:
            return
        self._jobs.remove(job)
        self._threads.pop(id(job), None)
        job.state = "done" if error is None else "cancelled" if isinstance(error, Cancelled) else "failed"
        if not self._jobs:
            self._tick.stop()
        self._fill()
        self.changed.emit()
        self.finished.emit(job)
        if error is None:
            if job.done is not None:
                job.done(result)
            return
        if isinstance(error, Cancelled):
            pass
        elif not isinstance(error, UserError):
            self.broke.emit(fault(job.title, error))
        elif job.failed is None:
            self.refused.emit(str(error))
        if job.failed is not None:
            job.failed(error)
