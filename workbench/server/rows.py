"""Rows as they travel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, Text, select, type_coerce

from workbench.server.database import one_of
from workbench.store.canonical import read_json
from workbench.store.kinds import FieldType, Kind, KindRegistry


def data_of(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row that have a value, in JSON form."""
    return {f.name: f.to_wire(row[f.name]) for f in kind.fields if row[f.name] is not None}


def load_data(
    connection: Connection, kinds: KindRegistry, kind: Kind, ids: Collection[str]
) -> dict[str, tuple[int, dict[str, Any]]]:
    """Revision and every field that has a value, derived ones too, of each row that is there.

    The stored form of most types is their JSON form, so that it is not read and written again on the way.
    """
    table = kinds.table(kind.name)
    names = [f.name for f in kind.fields]
    read: dict[int, Callable[[Any], Any]] = {
        i: _READ[f.type] for i, f in enumerate(kind.fields, start=2) if f.type in _READ
    }
    query = _stored_form(table, tuple(kind.fields))
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for row in connection.execute(query.where(one_of(connection, table.c.id, ids))):
        data = {name: value for name, value in zip(names, row[2:], strict=True) if value is not None}
        for i, make in read.items():
            if row[i] is not None:
                data[names[i - 2]] = make(row[i])
        found[row[0]] = (row[1], data)
    return found


@cache
def _stored_form(table: Any, fields: tuple[Any, ...]) -> Select[Any]:
    whole = (FieldType.INTEGER, FieldType.FLAG)
    columns = [type_coerce(table.c[f.name], Integer() if f.type in whole else Text()) for f in fields]
    return select(table.c.id, table.c.rev, *columns)


_READ: dict[FieldType, Callable[[Any], Any]] = {FieldType.FLAG: bool, FieldType.JSON: read_json}
