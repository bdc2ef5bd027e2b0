"""A demonstration home: built beside the home with progress, moved in whole; a cancel leaves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.opening import create_home
from workbench.setup.demo import build_demo
from workbench.setup.guide import Made, beside, move_in
from workbench.store.store import Store

CASES = 60
_SET_UP, _A_CASE = 230, 7
"""About how many commands the region takes, and one case; for the progress alone."""


def make_demo(home: Path, tell: Callable[[int, int], None], *, cases: int = CASES, seed: int = 1) -> None:
    """Make the demonstration region. ``tell(done, total)`` may raise to cancel."""
    folder = beside(home)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        store, _recovery = create_home(folder, demo=True)
        try:
            _tell_of_each(store, tell, _SET_UP + _A_CASE * cases)
            build_demo(store, cases=cases, seed=seed)
        finally:
            store.close()
        move_in(Made(folder, ""), home)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _tell_of_each(store: Store, tell: Callable[[int, int], None], total: int) -> None:
    """Every command that goes in moves the progress."""
    run, done = store.execute, 0

    def told(*args: Any, **kwargs: Any) -> Any:
        nonlocal done
        done = min(done + 1, total - 1)
        tell(done, total)
        return run(*args, **kwargs)

    store.execute = told  # type: ignore[method-assign]
