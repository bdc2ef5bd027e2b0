"""Rows as the server has them, written as they are: no command, no journal, no outbox.

The one place that turns the wire's ``data`` into columns. A row that this version cannot hold (a required field
is missing, a value is of another sort) is not half written: it raises :class:`Unfit`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, TableClause, bindparam, column, delete, select, table, update
from sqlalchemy.dialects.sqlite import insert, pysqlite
from sqlalchemy.exc import IntegrityError

from workbench.clock import from_text, to_text
from workbench.store.canonical import canonical_json
from workbench.store.kinds import Field, FieldType, Kind
from workbench.store.statements import given
from workbench.store.unit import CLEAN

_Convert = Callable[[Any], Any]
_OWN = ("id", "scope_id", "rev", "seq", "sync_state", "extra")


class Unfit(ValueError):
    """A row that this version's tables cannot hold."""


class Taken(Exception):
    """Another row already has what must be unique."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unfit
    return value


def _flag(value: Any) -> int:
    if value not in (True, False):
        raise Unfit
    return int(value)


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise Unfit from error


_STORED_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def _instant(value: Any) -> str:
    try:
        if _STORED_INSTANT.fullmatch(value):
            datetime.fromisoformat(value)  # there is such a moment, and this is how it is stored
            return str(value)
        return to_text(from_text(value))
    except (AttributeError, TypeError, ValueError) as error:
        raise Unfit from error


_CONVERT: dict[FieldType, _Convert] = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.FLAG: _flag,
    FieldType.DAY: _day,
    FieldType.INSTANT: _instant,
    FieldType.JSON: canonical_json,
}


def fits(field: Field, value: Any) -> bool:
    """Whether a person can give a field this value (of the wire); structured ones are no text to edit."""
    if field.type is FieldType.JSON:
        return False
    if value is None:
        return not field.required
    try:
        _CONVERT[field.type](value)
    except Unfit:
        return False
    return True


class Shape:
    """How rows of one kind lie in the file."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.table: TableClause = table(
            kind.name, column("k"), *(column(n) for n in _OWN), *(column(f.name) for f in kind.fields)
        )
        self._converters = [(f.name, _CONVERT[f.type], f.required) for f in kind.fields]
        statement = insert(self.table)
        names = [*_OWN, *(f.name for f in kind.fields)]
        upsert = statement.on_conflict_do_update(
            index_elements=["id"], set_={n: statement.excluded[n] for n in names[1:]}
        )
        # Text and order of the values once: for a million rows the rest of putting together takes longer than
        # writing them. The values need no conversion, :meth:`row` has made them what the file holds.
        compiled = upsert.compile(dialect=pysqlite.dialect(), column_keys=names)
        self._upsert = str(compiled)
        self._values = itemgetter(*(compiled.positiontup or ()))
        c = self.table.c
        self._confirm = (
            update(self.table)
            .where(c.id == bindparam("confirmed_id"))
            .values(rev=bindparam("confirmed_rev"), seq=bindparam("confirmed_seq"), sync_state=CLEAN)
        )
        self._heads = select(c.id, c.scope_id, c.rev, c.seq, c.sync_state).where(c.id.in_(given("ids")))

    def row(
        self, row_id: str, scope: str, rev: int, seq: int, state: int, data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A row of the file. What the kind does not know is kept in ``extra``. Raises :class:`Unfit`."""
        row: dict[str, Any] = {
            "id": row_id,
            "scope_id": scope,
            "rev": rev,
            "seq": seq,
            "sync_state": state,
            "extra": None,
        }
        known = 0
        for name, convert, required in self._converters:
            value = data.get(name)
            if value is not None:
                known += 1
                row[name] = convert(value)
            elif required:
                raise Unfit(f"{self.kind.name}.{name}")
            else:
                row[name] = None
        if known < len(data):
            more = {n: v for n, v in data.items() if n not in self.kind.by_name and v is not None}
            row["extra"] = canonical_json(more) if more else None
        return row

    def heads(self, connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
        """(id, scope_id, rev, seq, sync_state) of the local rows with these ids, by id."""
        return {r.id: r for r in connection.execute(self._heads, {"ids": list(ids)}).all()}

    def full(self, connection: Connection, row_id: str) -> dict[str, Any] | None:
        """A local row as it lies in the file."""
        found = connection.execute(select(self.table).where(self.table.c.id == row_id)).mappings().first()
        return dict(found) if found else None

    def write_all(
        self, connection: Connection, rows: Sequence[dict[str, Any]], give_way: Callable[[str], None]
    ) -> None:
        """Put the server's rows into the table. A local row that has what one of them must have alone is made
        to ``give_way`` first."""
        if not rows:
            return
        if not self.kind.unique:
            self._put(connection, rows)
            return
        try:
            with connection.begin_nested():
                self._put(connection, rows)
        except IntegrityError:
            for row in rows:
                for other in self._same(connection, row):
                    give_way(other)
                self._put(connection, [row])

    def write(self, connection: Connection, row: dict[str, Any]) -> None:
        """Put one row into the table. Raises :class:`Taken` when another has what must be unique."""
        if self.kind.unique and self._same(connection, row):
            raise Taken
        self._put(connection, [row])

    def _put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.exec_driver_sql(self._upsert, list(map(self._values, rows)))

    def confirm(self, connection: Connection, rows: Iterable[tuple[str, int, int]]) -> None:
        """Note of rows (id, rev, seq) that they are as the server has them now."""
        values = [
            {"confirmed_id": row_id, "confirmed_rev": rev, "confirmed_seq": seq} for row_id, rev, seq in rows
        ]
        if values:
            connection.execute(self._confirm, values)

    def remove(self, connection: Connection, ids: Sequence[str]) -> None:
        """Take rows away."""
        connection.execute(delete(self.table).where(self.table.c.id.in_(given("ids"))), {"ids": list(ids)})

    def _same(self, connection: Connection, row: Mapping[str, Any]) -> list[str]:
        c = self.table.c
        found: dict[str, None] = {}
        for names in self.kind.unique:
            if any(row[n] is None for n in names):
                continue
            query = select(c.id).where(c.id != row["id"], *(c[n] == row[n] for n in names))
            found |= dict.fromkeys(connection.execute(query).scalars())
        return list(found)


_shapes: dict[str, Shape] = {}


def shape_of(kind: Kind) -> Shape:
    """The shape of a kind; made once."""
    found = _shapes.get(kind.name)
    if found is None or found.kind is not kind:
        found = _shapes[kind.name] = Shape(kind)
    return found
