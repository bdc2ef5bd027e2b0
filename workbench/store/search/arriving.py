"""Indexing rows that came from the server: a durable queue, worked off in the background, so that a page of
rows is taken in without waiting for the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Text, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from workbench.context import Session
from workbench.store.authority import ServerAuthority
from workbench.store.kinds import KindRegistry
from workbench.store.schema import index_wait
from workbench.store.search.index import WordAnalysis, index_touched
from workbench.store.types import Json
from workbench.store.unit import RowOp, UnitOfWork

if TYPE_CHECKING:
    from workbench.store.domain import Domain


def concerns_index(kinds: KindRegistry, name: str) -> bool:
    """Whether what is found depends on rows of this kind."""
    kind = kinds[name]
    return (
        kind.search is not None
        or bool(kind.opens)
        or kind.search_with_parent
        or any(child.search_with_parent for child in kinds.children_of(name))
    )


def queue(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Let rows that came be indexed in the background."""
    rows = list(ids)
    if rows:
        connection.execute(_QUEUE, {"of": kind, "ids": rows})


_ids = func.json_each(bindparam("ids", type_=Json)).table_valued("value").c
_QUEUE = (
    insert(index_wait)
    .from_select(
        ["kind", "row_id"],
        # Without a condition SQLite takes what follows for a join's.
        select(bindparam("of", type_=Text), _ids.value).where(_ids.value.is_not(None)),
    )
    .on_conflict_do_nothing()
)


def queue_gone(connection: Connection, kinds: KindRegistry, kind: str, row: Mapping[str, Any]) -> None:
    """A row has gone: what was found through it is indexed anew."""
    spec = kinds[kind]
    names = [n for n in (spec.opens, spec.parent if spec.search_with_parent else "") if n]
    if not names:
        return
    values = {"kind": kind, "row_id": row["id"], "before": {n: row[n] for n in names}}
    statement = insert(index_wait).values(values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "row_id"], set_={"before": statement.excluded.before}
        )
    )


def any_waiting(connection: Connection) -> bool:
    """Whether anything waits."""
    return connection.execute(select(index_wait.c.n).limit(1)).first() is not None


def index_arrived(
    connection: Connection, domain: Domain, words: WordAnalysis, at: datetime, batch: int
) -> int:
    """Index the next rows, in the connection's transaction; returns how many were done."""
    rows = connection.execute(select(index_wait).order_by(index_wait.c.n).limit(batch)).mappings().all()
    uow = UnitOfWork(
        connection,
        kinds=domain.kinds,
        session=Session("", ""),
        at=at,
        authority=ServerAuthority(),
        writes=frozenset(),
        command_type="",
    )
    uow.ops = [
        RowOp("patch", r["kind"], r["row_id"], "", "", 0, r["before"] or {}, {})
        for r in rows
        if r["kind"] in domain.kinds
    ]
    index_touched(uow, words, domain.readers)
    connection.execute(delete(index_wait).where(index_wait.c.n.in_([r["n"] for r in rows])))
    return len(rows)
