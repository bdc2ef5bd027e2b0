"""The Context: what a page, a command-line call or a test is handed. No globals, no look-ups by name.

The composition roots (:mod:`workbench.app`, :mod:`workbench.cli`) build it; everything else receives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.clock import Clock
    from workbench.store.store import Store


@dataclass(frozen=True)
class Session:
    """For whom one acts right now (kenen puolesta toimitaan).

    ``person_id`` is who sits at the desk, ``municipality`` the three-digit code acted for,
    ``arrangement_id`` the substitute arrangement (sijaisjärjestely) that gives the authority, or "".
    """

    person_id: str
    municipality: str
    arrangement_id: str = ""


@dataclass(frozen=True)
class Context:
    """Everything the domain side needs; the window adds its own services beside it."""

    home: Path
    store: Store
    clock: Clock
    session: Session
