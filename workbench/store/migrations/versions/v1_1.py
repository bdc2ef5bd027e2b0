"""Salassa pidettävät hakemistossa"""

# Entries of secret cases and documents tell their municipality, and get a token of it, so that the search of one
# who may read hundreds of them does not name each.

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Connection, Text, text

from workbench.store.search.entry import acl_tokens
from workbench.words.tokens import tokens

revision = "1.1"
down_revision = "1.0"

_RESTRICTED = text(
    "SELECT k, title, body, scope_id, coalesce((SELECT municipality FROM secrecy_scope "
    "WHERE target = scope_id LIMIT 1), '') AS place FROM search_entry WHERE k > :after "
    "AND (scope_id LIKE 'case:%' OR scope_id LIKE 'doc:%') ORDER BY k LIMIT 500"
)
_DELETE = text("DELETE FROM search_fts WHERE rowid = :k")
_INSERT = text("INSERT INTO search_fts(rowid, surface, lemma, acl) VALUES (:k, :surface, '', :acl)")
_WAIT = text("UPDATE search_entry SET lemmas_wait = 1, place = :place WHERE k = :k")


def upgrade() -> None:
    """Index them anew as written, at once; their lemmas come from the queue, as those of a new row do."""
    connection: Connection = op.get_bind()
    op.add_column("search_entry", Column("place", Text, nullable=False, server_default=""))
    after = 0
    while rows := connection.execute(_RESTRICTED, {"after": after}).all():
        after = rows[-1].k
        new = [
            {
                "k": row.k,
                "surface": " ".join(dict.fromkeys(tokens(f"{row.title}\n{row.body}"))),
                "acl": " ".join(acl_tokens(row.scope_id, row.place)),
                "place": row.place,
            }
            for row in rows
        ]
        connection.execute(_DELETE, [{"k": n["k"]} for n in new])
        connection.execute(_INSERT, new)
        connection.execute(_WAIT, new)
