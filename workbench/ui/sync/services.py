"""What pages are handed of the synchronisation: its state, the link to the server, and whom to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.sync.status import SyncStatus

if TYPE_CHECKING:
    from workbench.sync.joining import Joined
    from workbench.sync.link import Link


@dataclass(frozen=True)
class SyncServices:
    """``link`` is made when first asked for, as the network's modules take their time. ``joined`` is told when the
    store has got a server, ``signed_in`` when its person has signed in again. ``is_demo``: a demonstration region,
    which no server takes in."""

    link: Callable[[], Link]
    status: Callable[[], SyncStatus]
    joined: Callable[[Joined], None]
    signed_in: Callable[[], None]
    is_demo: bool = False
