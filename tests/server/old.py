"""Servers that older programs made, as tests/old_servers keeps them, on either database."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData, create_engine, text

from tests.server.conftest import empty_database
from workbench.server.database import Database
from workbench.server.place import Place

KEPT = Path(__file__).resolve().parents[1] / "old_servers"
PASSWORD = "vanha palvelin ja uusi talvi"


@dataclass(frozen=True)
class OldServer:
    """A data folder with its settings, and the joining code of ``aino.makela``."""

    place: Place
    url: str
    code: str


def unpack(version: str, folder: Path) -> OldServer:
    """The server of a version on SQLite."""
    with zipfile.ZipFile(KEPT / f"{version}.zip") as archive:
        archive.extractall(folder)
    place = Place(folder / "server")
    return OldServer(place, f"sqlite:///{place.folder / 'server.sqlite'}", (folder / "code").read_text())


@contextmanager
def on_postgresql(version: str, folder: Path, server: str) -> Iterator[OldServer]:
    """The server of a version in a database of PostgreSQL: its own statements make the tables, its rows come from
    the SQLite file."""
    old = unpack(version, folder)
    with empty_database(server) as url:
        engine, source = create_engine(url), create_engine(old.url)
        with engine.begin() as connection, source.connect() as reading:
            connection.exec_driver_sql((folder / "postgresql.sql").read_text())
            kept, made = MetaData(), MetaData()
            kept.reflect(reading)
            made.reflect(connection)
            for name, table in kept.tables.items():
                rows = [dict(r) for r in reading.execute(text(f'SELECT * FROM "{name}"')).mappings()]
                for row in rows:
                    row.pop("k", None)  # the database's own number
                if rows:
                    connection.execute(made.tables[table.name].insert(), rows)
        engine.dispose()
        source.dispose()
        settings = old.place.settings_file
        settings.write_text(settings.read_text().replace('"database": ""', f'"database": "{url}"'))
        yield OldServer(old.place, url, old.code)


@contextmanager
def connected(old: OldServer) -> Iterator[Database]:
    """The database as it lies."""
    made = Database(old.url)
    try:
        yield made
    finally:
        made.close()
