"""What happened to a thing, out of the audit, as far as whoever asks may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

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
    """Entries that concern an object or its parts, the newest first. Values that the person may not see, or
    that were destroyed, are not among them: ``content`` is None then. An object that she may not read at all
    has no history for her."""
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
        query = (
            select(audit, v.content)
            .select_from(
                audit.outerjoin(audit_value, (v.audit_n == a.n) & v.scope.in_(mine)),
            )
            .where(or_(a.root_id == row_id, (a.kind == kind) & (a.row_id == row_id)))
            .order_by(a.n.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(a.n < before)
        rows = list(connection.execute(query).mappings())
    return {"entries": [_entry(dict(r)) for r in rows[:limit]], "more": len(rows) > limit}


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
