"""What happened to a thing, out of the audit, as far as whoever asks may see it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, or_, select

from workbench.clock import to_text
from workbench.server.database import Database
from workbench.server.principal import Principal
from workbench.server.pull import let_time_pass, readable_scopes
from workbench.server.schema import audit, audit_value
from workbench.store.domain import Domain

_PAGE = 200


def history(
    database: Database,
    domain: Domain,
    principal: Principal,
    at: datetime,
    *,
    kind: str,
    row_id: str,
    before: int | None = None,
    limit: int = _PAGE,
) -> dict[str, Any]:
    """Entries that concern an object or those of its parts that the person sees, the newest first. Values that she
    may not see, or that were destroyed, are not among them: ``content`` is None then. An object that she may not
    read at all has no history for her."""
    let_time_pass(database, domain, principal, at)
    a, v = audit.c, audit_value.c
    mine = readable_scopes(principal, at)
    with database.reading() as connection:
        if kind not in domain.kinds:
            return {"entries": [], "more": False}
        table = domain.kinds.table(kind)
        readable = select(table.c.id).where(table.c.id == row_id, table.c.scope_id.in_(mine))
        if connection.execute(readable).first() is None:
            return {"entries": [], "more": False}
        concerns = or_(a.root_id == row_id, (a.kind == kind) & (a.row_id == row_id))
        hidden = _hidden(connection, domain, concerns, mine)
        query = (
            select(audit, v.content)
            .select_from(
                audit.outerjoin(audit_value, (v.audit_n == a.n) & v.scope.in_(mine)),
            )
            .where(concerns, a.row_id.not_in(hidden))
            .order_by(a.n.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(a.n < before)
        rows = list(connection.execute(query).mappings())
    return {"entries": [_entry(dict(r)) for r in rows[:limit]], "more": len(rows) > limit}


def _hidden(
    connection: Connection, domain: Domain, concerns: ColumnElement[bool], mine: CompoundSelect[Any]
) -> list[str]:
    """Parts that lie where the person does not see: that they are there is not told either."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for part, part_id in connection.execute(select(audit.c.kind, audit.c.row_id).where(concerns).distinct()):
        if part in domain.kinds:
            by_kind[part].append(part_id)
    found: list[str] = []
    for part, ids in by_kind.items():
        c = domain.kinds.table(part).c
        for start in range(0, len(ids), _PAGE):
            query = select(c.id).where(c.id.in_(ids[start : start + _PAGE]), c.scope_id.not_in(mine))
            found += connection.execute(query).scalars()
    return found


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "n",
        "chain",
        "position",
        "actor_id",
        "arrangement_id",
        "client_id",
        "group_id",
        "command",
        "title_key",
    )
    more = ("kind", "row_id", "root_id", "rev", "action", "fields", "resolves", "digest", "prev_hash", "hash")
    found: dict[str, Any] = {name: row[name] for name in (*kept, *more)}
    return found | {"at": to_text(row["at"]), "claimed_at": row["claimed_at"], "content": row["content"]}
