"""Yhteys palvelimeen"""

# A joined workstation queues its groups, knows the scopes it was granted and what of them it has fetched.

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection, text

revision = "1.2"
down_revision = "1.1"

# The outbox is built anew, so that it reads like one of a new store.
_STATEMENTS = (
    "DROP INDEX ix_outbox_row",
    "DROP INDEX ix_outbox_group_id",
    "ALTER TABLE outbox RENAME TO former_outbox",
    "ALTER TABLE outbox_group RENAME TO former_group",
    "CREATE TABLE outbox_group ( n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, group_id TEXT NOT NULL, "
    "command TEXT NOT NULL, version INTEGER NOT NULL, args TEXT, at TEXT NOT NULL, actor_id TEXT NOT NULL, "
    "municipality TEXT NOT NULL, arrangement_id TEXT NOT NULL, undoes TEXT NOT NULL, "
    "state TEXT DEFAULT 'settled' NOT NULL, sent_at TEXT, envelope TEXT, tries INTEGER DEFAULT '0' NOT NULL, "
    "result TEXT, settled_at TEXT, resolves TEXT, origin TEXT DEFAULT '' NOT NULL, destroys TEXT, "
    "UNIQUE (group_id) ) STRICT\n",
    "INSERT INTO outbox_group (n, group_id, command, version, args, at, actor_id, municipality, "
    "arrangement_id, undoes) SELECT n, group_id, command, version, args, at, actor_id, municipality, "
    "arrangement_id, undoes FROM former_group ORDER BY n",
    "CREATE TABLE outbox ( n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, op_id TEXT NOT NULL, "
    "group_id TEXT NOT NULL, type TEXT NOT NULL, kind TEXT NOT NULL, row_id TEXT NOT NULL, "
    "scope_id TEXT NOT NULL, base_rev INTEGER NOT NULL, after_op TEXT, patch TEXT, state TEXT NOT NULL, "
    "result TEXT, derived TEXT, UNIQUE (op_id) ) STRICT\n",
    "INSERT INTO outbox (n, op_id, group_id, type, kind, row_id, scope_id, base_rev, after_op, patch, state) "
    "SELECT n, op_id, group_id, type, kind, row_id, scope_id, base_rev, after_op, patch, state "
    "FROM former_outbox ORDER BY n",
    "DROP TABLE former_outbox",
    "DROP TABLE former_group",
    "CREATE INDEX ix_outbox_row ON outbox (kind, row_id)",
    "CREATE INDEX ix_outbox_group_id ON outbox (group_id)",
    "CREATE INDEX ix_outbox_group_waiting ON outbox_group (n) WHERE state != 'settled'",
    "CREATE TABLE sync_scope ( scope_id TEXT NOT NULL, gen INTEGER NOT NULL, role TEXT NOT NULL, "
    "valid_to TEXT, fill_after TEXT NOT NULL, fill_until TEXT NOT NULL, filled INTEGER NOT NULL, "
    "sweeps INTEGER DEFAULT '0' NOT NULL, checked_at TEXT, PRIMARY KEY (scope_id) ) STRICT\n",
    "CREATE TABLE unknown_entry ( kind TEXT NOT NULL, row_id TEXT NOT NULL, scope_id TEXT NOT NULL, "
    "rev INTEGER NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (kind, row_id) ) STRICT\n",
    "CREATE INDEX ix_unknown_entry_scope_id ON unknown_entry (scope_id)",
    "CREATE TABLE index_wait ( n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
    'row_id TEXT NOT NULL, "before" TEXT ) STRICT\n',
    "CREATE UNIQUE INDEX ux_index_wait_row ON index_wait (kind, row_id)",
)


def upgrade() -> None:
    """The outbox says of each group how it stands; new tables are empty until a server is joined."""
    connection: Connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.execute(text(statement))
