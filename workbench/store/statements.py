"""Pieces of statements that are put together once and run often: putting together takes longer than running."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from workbench.store.types import Json


def given(name: str) -> Select[Any]:
    """The values of the list given as the parameter ``name``, for ``IN``. A list is one parameter, whatever
    its length, so that the statement stays the same."""
    return _each(bindparam(name, type_=Json))


def given_now(values: Collection[str]) -> Select[Any]:
    """The same of values that are known when the statement is made."""
    return _each(bindparam(None, list(values), type_=Json))


def _each(values: BindParameter[Any]) -> Select[Any]:
    return select(func.json_each(values).table_valued("value").c.value)


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT that can say ``ON CONFLICT``: the two databases write it alike, each has its own maker of it."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Any:
    """The same for a database named by its dialect."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table)
