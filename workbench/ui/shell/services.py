"""What a page is handed. A page talks to nothing else: no globals, no window, no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from workbench.clock import Clock
from workbench.ui.actions import ActionRegistry
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Remembered
from workbench.ui.tasks import Tasks


class Notifier(Protocol):
    """Messages that pass by."""

    def say(self, text: str, *, state: str = "ok") -> None:
        """A sentence: ``ok``, ``waiting``, ``warning`` or ``stop``."""
        ...

    def tell(self, changes: Any, *, kind: str = "", id: str = "") -> None:
        """What a command did, with Kumoa (or Korjaa…), and Näytä when an object is named."""
        ...

    def offer(self, text: str, deed: str, run: Callable[[], None], *, state: str = "ok") -> None:
        """A sentence with one button."""
        ...


class Navigator(Protocol):
    """Ways between pages."""

    def open_page(self, page: str, target: Any = None) -> None:
        """Go to a page, and there to a target."""
        ...

    def open_object(self, kind: str, id: str) -> bool:
        """Go to the page that shows this kind; False when none does."""
        ...

    def back(self) -> None:
        """Where one was before."""
        ...


@dataclass(frozen=True)
class Ui:
    """A page's services."""

    tasks: Tasks
    jobs: Jobs
    actions: ActionRegistry
    settings: Remembered
    dialogs: Dialogs
    clock: Clock
    notify: Notifier
    go: Navigator
