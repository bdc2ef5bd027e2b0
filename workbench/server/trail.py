"""The audit (valvontaloki): one entry for each operation, in a chain per municipality.

The chain covers metadata and a salted digest of the values. Values, salts and the words of titles lie apart, so
that a lawful destruction empties them and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from workbench.clock import to_text
from workbench.i18n import _
from workbench.server.database import insert_all, insert_missing, upsert
from workbench.server.schema import audit, audit_head, audit_value
from workbench.store.canonical import canonical_json

GENESIS = "0" * 64
_LINKED = (
    "n", "chain", "position", "claimed_at", "actor_id", "arrangement_id", "client_id", "group_id", "op_id",
    "command", "title_key", "kind", "row_id", "root_id", "rev", "action", "fields", "resolves", "digest",
)  # fmt: skip


@dataclass(frozen=True)
class TrailFault:
    """Where a chain does not verify."""

    chain: str
    position: int
    what: str


def write_trail(connection: Connection, entries: list[dict[str, Any]]) -> None:
    """Append entries, each with its content and scope, to their chains, in the order given. An entry holds
    every column of ``audit`` but those of the chain, and ``scope`` and ``content`` besides."""
    if not entries:
        return
    heads = _heads(connection, sorted({e["chain"] for e in entries}))
    rows, values = [], []
    for entry in entries:
        content, scope = entry.pop("content"), entry.pop("scope")
        salt = secrets.token_bytes(16)
        position, prev = heads[entry["chain"]]
        said = canonical_json(content)
        digest = _text_digest(salt, said)
        row = entry | {"position": position + 1, "digest": digest, "prev_hash": prev}
        row["hash"] = link(row)
        heads[entry["chain"]] = (row["position"], row["hash"])
        rows.append(row)
        values.append({"audit_n": row["n"], "scope": scope, "salt": salt, "content": said})
    insert_all(connection, audit, rows)
    insert_all(connection, audit_value, values)
    made = [{"chain": c, "position": p, "hash": h} for c, (p, h) in heads.items()]
    upsert(connection, audit_head, made, key=("chain",))


def _heads(connection: Connection, chains: list[str]) -> dict[str, tuple[int, str]]:
    """The ends of the chains, locked until the transaction ends."""
    made = [{"chain": c, "position": 0, "hash": GENESIS} for c in chains]
    insert_missing(connection, audit_head, made, key=("chain",))
    c = audit_head.c
    query = select(c.chain, c.position, c.hash).where(c.chain.in_(chains)).order_by(c.chain)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return {row.chain: (row.position, row.hash) for row in connection.execute(query)}


def content_digest(salt: bytes, content: Any) -> str:
    """SHA-256, hex, over salt and what the entry says."""
    return _text_digest(salt, canonical_json(content))


def _text_digest(salt: bytes, content: str) -> str:
    return hashlib.sha256(salt + content.encode()).hexdigest()


def link(row: Mapping[str, Any]) -> str:
    """SHA-256, hex, of an entry's metadata and the link before it."""
    body = canonical_json([row[n] for n in _LINKED] + [to_text(row["at"])])
    return hashlib.sha256((row["prev_hash"] + body).encode()).hexdigest()


def move_content(connection: Connection, kind: str, row_id: str, scope: str) -> None:
    """What history holds of a row is read by those who may read the row."""
    mine = select(audit.c.n).where(audit.c.kind == kind, audit.c.row_id == row_id)
    connection.execute(audit_value.update().where(audit_value.c.audit_n.in_(mine)).values(scope=scope))


def erase_content(connection: Connection, kind: str, row_id: str) -> None:
    """Destroy what history holds of a row; metadata and digests stay."""
    mine = select(audit.c.n).where(audit.c.kind == kind, audit.c.row_id == row_id)
    connection.execute(delete(audit_value).where(audit_value.c.audit_n.in_(mine)))


def verify(connection: Connection) -> Iterator[TrailFault]:
    """Walk every chain: links, positions, the digest of each content that is still there, and the ends."""
    ends = {h.chain: (h.position, h.hash) for h in connection.execute(select(audit_head))}
    last: dict[str, tuple[int, str]] = {}
    query = (
        select(audit, audit_value.c.salt, audit_value.c.content)
        .select_from(audit.outerjoin(audit_value, audit_value.c.audit_n == audit.c.n))
        .order_by(audit.c.chain, audit.c.position)
        .execution_options(yield_per=2000)
    )
    for row in connection.execute(query).mappings():
        position, prev = last.get(row["chain"], (0, GENESIS))
        where = (row["chain"], row["position"])
        if row["position"] != position + 1:
            yield TrailFault(*where, _("merkintöjä puuttuu välistä"))
        if row["prev_hash"] != prev or link(dict(row)) != row["hash"]:
            yield TrailFault(*where, _("merkintää tai sen järjestystä on muutettu"))
        if row["salt"] is not None and content_digest(row["salt"], row["content"]) != row["digest"]:
            yield TrailFault(*where, _("merkinnän arvoa on muutettu"))
        last[row["chain"]] = (row["position"], row["hash"])
    for chain, end in ends.items():
        if last.get(chain, (0, GENESIS)) != end:
            yield TrailFault(chain, end[0], _("merkintöjä puuttuu lopusta"))
