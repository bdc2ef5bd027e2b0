"""Naming settings as a server does: rows that name a person whom the server knows by another id, and whose own scope
they lie in, are changed before they are taken there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from workbench.store.kinds import FieldType, KindRegistry
from workbench.store.ordering import COMMON
from workbench.store.schema import journal_value
from workbench.store.search import arriving
from workbench.store.serverrows import shape_of
from workbench.store.statements import given


@dataclass(frozen=True)
class Named:
    """How the server knows things that rows here name: kind → former id → id there."""

    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)  # former id → what it is called

    def changed(self, kind: str) -> dict[str, str]:
        """Those ids of a kind that are others there."""
        return {former: new for former, new in self.ids.get(kind, {}).items() if former != new}


def named_ids(connection: Connection, kinds: KindRegistry, ref: str) -> list[str]:
    """Ids of a kind that rows which are no settings name."""
    found: dict[str, None] = {}
    for kind in kinds:
        table = kinds.table(kind.name)
        for f in kind.fields:
            if f.ref == ref:
                query = select(table.c[f.name]).where(
                    table.c.scope_id != COMMON, table.c[f.name].is_not(None)
                )
                found |= dict.fromkeys(connection.execute(query.distinct()).scalars())
    return list(found)


def rename(connection: Connection, kinds: KindRegistry, named: Named) -> None:
    """Name settings as the server does, in rows and in whose own scope they lie."""
    everything = {former: new for kind in named.ids for former, new in named.changed(kind).items()}
    if not everything:
        return
    own = {f"user:{former}": f"user:{new}" for former, new in everything.items()}
    for kind in kinds:
        table = shape_of(kind).table
        touched: set[str] = set()
        for f in kind.fields:
            changed = named.changed(f.ref) if f.ref else {}
            if changed:
                touched |= _exchange(connection, table, table.c[f.name], changed)
            elif f.type is FieldType.JSON:
                touched |= _exchange_within(connection, kinds.table(kind.name), f.name, everything)
        touched |= _exchange(connection, table, table.c.scope_id, own)
        if touched and arriving.concerns_index(kinds, kind.name):
            arriving.queue(connection, kind.name, sorted(touched))
    for former, new in own.items():
        # What is remembered of a person's own things is hers still.
        connection.execute(
            update(journal_value).where(journal_value.c.scope_id == former).values(scope_id=new)
        )


def _exchange(connection: Connection, table: Any, column: Any, changed: Mapping[str, str]) -> set[str]:
    """Put new values in the place of old ones, all at once: a new one may be another's old one."""
    mine = (table.c.scope_id != COMMON) & column.in_(given("former"))
    former = {"former": list(changed)}
    touched = set(connection.execute(select(table.c.id).where(mine), former).scalars())
    if touched:
        aside = case(*((column == old, f"\1{new}") for old, new in changed.items()), else_=column)
        connection.execute(
            update(table)
            .where(column.in_(list(changed)), table.c.scope_id != COMMON)
            .values({column.name: aside})
        )
        marked = func.substr(column, 1, 1) == "\1"
        connection.execute(update(table).where(marked).values({column.name: func.substr(column, 2)}))
    return touched


def _exchange_within(connection: Connection, table: Any, name: str, changed: Mapping[str, str]) -> set[str]:
    """The same within structured values."""
    touched: set[str] = set()
    query = select(table.c.id, table.c[name]).where(table.c.scope_id != COMMON, table.c[name].is_not(None))
    for row_id, value in list(connection.execute(query)):
        after = _within(value, changed)
        if after != value:
            connection.execute(update(table).where(table.c.id == row_id).values({name: after}))
            touched.add(row_id)
    return touched


def _within(value: Any, changed: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _within(inner, changed) for key, inner in value.items()}
    if isinstance(value, list):
        return [_within(inner, changed) for inner in value]
    return changed.get(value, value) if isinstance(value, str) else value
