"""Work that is done once a day beside serving, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_DAY = 24 * 3600.0
_log = logging.getLogger(__name__)


@contextmanager
def daily(
    work: Callable[[], object], *, wait: Callable[[threading.Event, float], bool] = threading.Event.wait
) -> Iterator[None]:
    """Run ``work`` at once and then daily, until the block ends; a failure is logged and tried again the next day.
    ``wait`` waits for the end at most so many seconds and says whether it came."""
    end = threading.Event()

    def run() -> None:
        while True:
            try:
                _log.info("tidied: %s", work())
            except Exception as error:  # its text may hold what a row holds; its kind does not
                _log.error("tidying failed: %s", type(error).__name__)
            if wait(end, _DAY):
                return

    thread = threading.Thread(target=run, name="daily")
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
