"""The server's database: PostgreSQL, or SQLite as the embedded default. One SQL for both.

A write transaction takes the database's write lock at once on SQLite; on PostgreSQL it locks the rows it
touches and is run again when two of them block each other.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    Text,
    any_,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from workbench.store.statements import given_now, insert_for, insert_into

_T = TypeVar("_T")
_RETRIES = 8
_BUSY_MS = 30_000
_AGAIN = frozenset({"40001", "40P01"})  # serialisation failure, deadlock


class Database:
    """An engine and how to write and read through it."""

    def __init__(self, url: str, *, pool: int = 10) -> None:
        self.url = url
        self.is_postgresql = url.startswith("postgresql")
        options: dict[str, Any] = {"poolclass": QueuePool, "pool_size": pool, "max_overflow": pool}
        if self.is_postgresql:
            options |= {"pool_pre_ping": True}
        self.engine: Engine = create_engine(url, query_cache_size=1000, **options)
        if not self.is_postgresql:
            _teach_sqlite(self.engine)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction; an error takes everything back."""
        with self.engine.connect() as connection:
            connection.info["writes"] = True
            try:
                with connection.begin():
                    yield connection
            finally:
                connection.info.pop("writes", None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with self.engine.connect() as connection:
            if self.is_postgresql:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Run ``work`` in a write transaction, again when the database made two of them wait for each other.
        ``work`` keeps nothing of a failed try."""
        for turn in range(_RETRIES):
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                if turn == _RETRIES - 1 or not _may_succeed_again(error):
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**turn))
        raise AssertionError("unreachable")


def _teach_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA cache_size = -64000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("writes") else "BEGIN")


def _may_succeed_again(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _AGAIN or (isinstance(error, OperationalError) and "locked" in str(error).lower())


def one_of(connection: Connection, column: ColumnElement[str], texts: Collection[str]) -> ColumnElement[bool]:
    """Whether a column is one of some texts. However many, they are one parameter, so that the statement stays
    the same and is put together once."""
    if connection.dialect.name == "postgresql":
        return column == any_(bindparam(None, list(texts), ARRAY(Text)))
    return column.in_(given_now(texts))


Rows = Sequence[Mapping[str, Any]]


def upsert(connection: Connection, table: Table, rows: Rows, key: Sequence[str]) -> None:
    """Insert rows, or write them over those of the same key."""
    if rows:
        _write(connection, rows, _upserting(connection.dialect, table, tuple(rows[0]), tuple(key)))


def insert_all(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert new rows."""
    if rows:
        _write(connection, rows, _inserting(connection.dialect, table, tuple(rows[0])))


class _Many:
    """A statement that is run for many rows, put together once: its text, the order of its values, and what makes
    a value what the driver takes."""

    def __init__(self, statement: Any, dialect: Dialect, table: Table, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.text = str(compiled)
        self.order = list(compiled.positiontup) if compiled.positional else list(names)
        self.named = not compiled.positional
        made = [table.c[name].type.bind_processor(dialect) for name in self.order]
        self._made = [(n, make) for n, make in enumerate(made) if make is not None]

    def values(self, row: Mapping[str, Any]) -> Any:
        found = [row[name] for name in self.order]
        for n, make in self._made:
            found[n] = make(found[n])
        return dict(zip(self.order, found, strict=True)) if self.named else tuple(found)


def _write(connection: Connection, rows: Rows, many: _Many) -> None:
    connection.exec_driver_sql(many.text, [many.values(row) for row in rows])


@lru_cache(maxsize=500)
def _upserting(dialect: Dialect, table: Table, names: tuple[str, ...], key: tuple[str, ...]) -> _Many:
    statement = insert_for(dialect.name, table)
    changed = {name: statement.excluded[name] for name in names if name not in key}
    return _Many(
        statement.on_conflict_do_update(index_elements=list(key), set_=changed), dialect, table, names
    )


@lru_cache(maxsize=500)
def _inserting(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Many:
    return _Many(insert_for(dialect.name, table), dialect, table, names)


def insert_missing(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> None:
    """Insert those rows whose key is not there yet, also when another is just inserting it."""
    if rows:
        connection.execute(
            insert_into(connection, table).on_conflict_do_nothing(index_elements=list(key)), list(rows)
        )


def lock_in_order(connection: Connection, names: Iterable[str]) -> None:
    """Hold names until the transaction ends, in an order that is the same for all. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for name in sorted(names):
            connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
            )


def held_row(connection: Connection, table: Table, row: Mapping[str, Any], key: Sequence[str]) -> Any:
    """The row of this key, held until the transaction ends: the one that is there, or else ``row``, inserted.
    One statement, as another may take the row away between an insert that found it and a later look."""
    statement = insert_into(connection, table).values(**row)
    same = {name: statement.excluded[name] for name in key}
    held = statement.on_conflict_do_update(index_elements=list(key), set_=same).returning(table)
    return connection.execute(held).one()
