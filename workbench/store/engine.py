"""Engines: SQLCipher through SQLAlchemy, with the transaction rules that keep numbering honest.

Two facts bite here. By SQLAlchemy's defaults a write transaction begins as a read and two processes may
count the same number; so writers issue BEGIN IMMEDIATE and readers plain BEGIN, on connections whose own
transaction handling is off. And each reader needs its own connection in a real pool.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from workbench.errors import StorageProblem, WorkbenchError
from workbench.i18n import _

BUSY_MS = 60_000


def _connect(path: Path, key: str | None, *, writer: bool) -> Any:
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    cursor = connection.cursor()
    if key is not None:
        # A raw key: no stretching, so that a connection costs a fraction of a millisecond.
        cursor.execute(f"PRAGMA key = \"x'{key}'\"")
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL: what was confirmed on the screen survives a power cut, not only a crash.
    cursor.execute(f"PRAGMA synchronous = {'FULL' if writer else 'NORMAL'}")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA cache_size = -20000" if writer else "PRAGMA cache_size = -16000")
    if not writer:
        cursor.execute("PRAGMA query_only = ON")
    cursor.close()
    return connection


def open_engine(path: Path, key: str | None, *, writer: bool) -> Engine:
    """An engine of one writing connection or of a few reading ones."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(path, key, writer=writer),
        poolclass=QueuePool,
        pool_size=1 if writer else 4,
        max_overflow=0 if writer else 8,
        query_cache_size=500,
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def explained(error: Exception) -> WorkbenchError | None:
    """The surroundings' troubles in words; None when the error is a bug of ours."""
    if not isinstance(error, (DBAPIError, dbapi2.Error)):
        return None
    text = str(error).lower()
    if "file is not a database" in text or "hmac" in text:
        return StorageProblem(_("Tietovarasto ei avaudu tällä avaimella, tai tiedosto on vaurioitunut."))
    if "disk is full" in text or "disk i/o" in text:
        return StorageProblem(
            _("Levy on täynnä tai siihen ei voi kirjoittaa. Vapauta tilaa ja yritä uudelleen.")
        )
    if "locked" in text or "busy" in text:
        return StorageProblem(_("Tietovarasto on toisen ohjelman varaama. Yritä hetken kuluttua uudelleen."))
    if "readonly" in text:
        return StorageProblem(_("Tietovarastoon ei ole kirjoitusoikeutta."))
    if "malformed" in text:
        return StorageProblem(_("Tietovarasto on vaurioitunut. Palauta se varmuuskopiosta."))
    if isinstance(error, OperationalError) and "unable to open" in text:
        return StorageProblem(_("Tietovaraston tiedostoa ei voi avata."))
    return None
