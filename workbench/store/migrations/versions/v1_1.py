"""Salassa pidettävät hakemistossa"""

# Entries of secret cases and documents carry the tokens of their readers, so that the search of one who may read
# hundreds of them does not name each.

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Connection, Text, text

from workbench.words.tokens import tokens

revision = "1.1"
down_revision = "1.0"

_RESTRICTED = text(
    "SELECT k, title, body, scope_id FROM search_entry WHERE k > :after "
    "AND (scope_id LIKE 'case:%' OR scope_id LIKE 'doc:%') ORDER BY k LIMIT 500"
)
_PLACE = text("SELECT municipality, office FROM secrecy_scope WHERE target = :scope")
_PEOPLE = text("SELECT municipality, person_id FROM access_right WHERE target = :scope ORDER BY k")
_DELETE = text("DELETE FROM search_fts WHERE rowid = :k")
_INSERT = text("INSERT INTO search_fts(rowid, surface, lemma, acl) VALUES (:k, :surface, '', :readers)")
_WAIT = text("UPDATE search_entry SET lemmas_wait = 1, readers = :readers WHERE k = :k")


def upgrade() -> None:
    """Index them anew as written, at once; their lemmas come from the queue, as those of a new row do."""
    connection: Connection = op.get_bind()
    op.add_column("search_entry", Column("readers", Text, nullable=False, server_default=""))
    after = 0
    while rows := connection.execute(_RESTRICTED, {"after": after}).all():
        after = rows[-1].k
        readers = {scope: _readers(connection, scope) for scope in {row.scope_id for row in rows}}
        new = [
            {
                "k": row.k,
                "surface": " ".join(dict.fromkeys(tokens(f"{row.title}\n{row.body}"))),
                "readers": readers[row.scope_id],
            }
            for row in rows
        ]
        for statement in (_DELETE, _INSERT, _WAIT):
            connection.execute(statement, new)


def _readers(connection: Connection, scope: str) -> str:
    found: list[str] = []
    for municipality, office in connection.execute(_PLACE, {"scope": scope}):
        found += [f"s{municipality}", f"s{municipality}_{office}"]
    for municipality, person in connection.execute(_PEOPLE, {"scope": scope}):
        found.append(f"p{municipality}_{person.replace('-', '')}")
    return " ".join(found)
