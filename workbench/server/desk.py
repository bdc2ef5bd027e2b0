"""All that one server process works with; the HTTP adapter and the command line are handed it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.clock import Clock
from workbench.server.database import Database
from workbench.server.identity.policy import Policy
from workbench.store.blobs import BlobStore
from workbench.store.domain import Domain


@dataclass(frozen=True)
class Desk:
    """``uploads`` is the folder of contents that have come in part. Every process on one database shares the
    folders of contents and uploads."""

    database: Database
    domain: Domain
    policy: Policy
    contents: BlobStore
    uploads: Path
    clock: Clock
    offline_days: int = 30
    quarantine_days: int = 30
    largest_blob: int = 2 << 30
