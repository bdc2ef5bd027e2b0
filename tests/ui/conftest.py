"""An offscreen window system, one theme, and the small store behind the tasks."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes.store import FakeStore
from workbench.i18n import use_language
from workbench.ui.tasks import Tasks
from workbench.ui.theme.manager import Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(scope="session")
def _frozen() -> None:
    """What the imports made need not be looked at after each test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collected_here(_frozen: None) -> Iterator[None]:
    """As in the program: a test's windows go on the thread that made them, never in a reader's."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _looks(theme: Theme) -> Iterator[None]:
    yield
    use_language("fi")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore({n: f"Asia {n}" for n in range(1, 51)})


@pytest.fixture
def tasks(store: FakeStore, qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(store.execute, store.reader)
    yield made
    assert made.shutdown(5)
