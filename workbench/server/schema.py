"""Tables of the server besides those of the kinds: the log, grants, results, the audit, digests.

They hold no domain word. The log is compact by construction: one entry per row and scope. What of the audit is
personal sits in ``audit_value``, which a lawful destruction empties.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, LargeBinary, MetaData, Table, UniqueConstraint, text

from workbench.store.kinds import KindRegistry
from workbench.store.kinds import metadata as kind_metadata
from workbench.store.schema import series
from workbench.store.types import Flag, Instant, Json, PlainText, Whole

SCHEMA = "1"
"""The major version: programs of another do not open the database."""

VERSION = "1.2"
"""The schema this program makes; see :mod:`workbench.server.updating`."""

server_metadata = MetaData()

# One row: the last number given, which restore of this database it is, and when a grant next begins or ends.
clock = Table(
    "clock",
    server_metadata,
    Column("one", Whole, primary_key=True, autoincrement=False),
    Column("seq", Whole, nullable=False),
    Column("epoch", PlainText, nullable=False),
    Column("next_change", Instant),
    Column("schema", PlainText, nullable=False),  # the major version
    Column("step", PlainText),  # the version that steps have reached
    Column("floor", Whole),  # what was taken away before this number is not told any more
)

entry = Table(
    "entry",
    server_metadata,
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("scope", PlainText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("row_id", PlainText, nullable=False),
    Column("op", PlainText, nullable=False),  # put | del | leave
    UniqueConstraint("scope", "kind", "row_id"),
)
Index("ix_entry_scope_seq", entry.c.scope, entry.c.seq)

# What each person may read, materialised. ``active`` changes only together with an entry in the person's scope.
grants = Table(
    "grants",
    server_metadata,
    Column("person_id", PlainText, primary_key=True),
    Column("scope", PlainText, primary_key=True),
    Column("role", PlainText, nullable=False),
    Column("gen", Whole, nullable=False),
    Column("active", Flag, nullable=False),
    Column("valid_from", Instant),
    Column("valid_to", Instant),
)
Index("ix_grants_scope", grants.c.scope)

# The outcome of each group, never its content.
group_result = Table(
    "group_result",
    server_metadata,
    Column("group_id", PlainText, primary_key=True),
    Column("person_id", PlainText, nullable=False),
    Column("client_id", PlainText, nullable=False),
    Column("n", Whole, nullable=False),
    Column("command", PlainText, nullable=False),
    Column("municipality", PlainText, nullable=False),
    Column("undoes", PlainText, nullable=False),
    Column("request_hash", PlainText, nullable=False),
    Column("outcome", Json, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_group_result_client", group_result.c.client_id, group_result.c.n)
Index("ix_group_result_undoes", group_result.c.undoes)

# One row for each applied operation and for each deed without one; numbered by the log's own numbers.
audit = Table(
    "audit",
    server_metadata,
    Column("n", Whole, primary_key=True, autoincrement=False),
    Column("chain", PlainText, nullable=False),  # municipality code, or "region"
    Column("position", Whole, nullable=False),
    Column("at", Instant, nullable=False),
    Column("claimed_at", PlainText, nullable=False),  # what the workstation's clock said
    Column("actor_id", PlainText, nullable=False),
    Column("arrangement_id", PlainText, nullable=False),
    Column("client_id", PlainText, nullable=False),
    Column("group_id", PlainText, nullable=False),
    Column("op_id", PlainText, nullable=False, unique=True),
    Column("command", PlainText, nullable=False),
    Column("title_key", PlainText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("row_id", PlainText, nullable=False),
    Column("root_id", PlainText, nullable=False),
    Column("rev", Whole, nullable=False),  # 0: a deed that changed nothing
    Column("action", PlainText, nullable=False),  # create | patch | delete | move | deed
    Column("fields", Json, nullable=False),
    Column("resolves", Json),
    Column("digest", PlainText, nullable=False),
    Column("prev_hash", PlainText, nullable=False),
    Column("hash", PlainText, nullable=False),
    UniqueConstraint("chain", "position"),
)
Index("ix_audit_row", audit.c.kind, audit.c.row_id, audit.c.rev)
Index("ix_audit_root", audit.c.root_id, audit.c.n)
Index("ix_audit_group", audit.c.group_id)
_DEEDS = text("action = 'deed'")
Index("ix_audit_deed", audit.c.chain, audit.c.at, postgresql_where=_DEEDS, sqlite_where=_DEEDS)

audit_value = Table(
    "audit_value",
    server_metadata,
    Column("audit_n", Whole, primary_key=True, autoincrement=False),
    Column("scope", PlainText, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column(
        "content", Json, nullable=False
    ),  # {"changes": {field: [before, after]}, "words": {}, "reason": ""}
)
Index("ix_audit_value_scope", audit_value.c.scope)

audit_head = Table(
    "audit_head",
    server_metadata,
    Column("chain", PlainText, primary_key=True),
    Column("position", Whole, nullable=False),
    Column("hash", PlainText, nullable=False),
)

scope_stat = Table(
    "scope_stat",
    server_metadata,
    Column("scope", PlainText, primary_key=True),
    Column("held", Whole, nullable=False),
    Column("digest", PlainText, nullable=False),  # 16 hex digits
)

blob = Table(
    "blob",
    server_metadata,
    Column("municipality", PlainText, primary_key=True),
    Column("sha256", PlainText, primary_key=True),
    Column("size", Whole, nullable=False),
    Column("received_at", Instant, nullable=False),
)

# Who has brought a content: such a person may name it, and is told that it is here.
blob_bringer = Table(
    "blob_bringer",
    server_metadata,
    Column("municipality", PlainText, primary_key=True),
    Column("sha256", PlainText, primary_key=True),
    Column("person_id", PlainText, primary_key=True),
)

lease = Table(
    "lease",
    server_metadata,
    Column("kind", PlainText, primary_key=True),
    Column("row_id", PlainText, primary_key=True),
    Column("person_id", PlainText, nullable=False),
    Column("client_id", PlainText, nullable=False),
    Column("until", Instant, nullable=False),
)

# Grants of number series to one workstation each (varattu sarja): those that have ended stay, so that generations only
# grow. At most one of a series is in force.
held_series = Table(
    "held_series",
    server_metadata,
    Column("series", PlainText, primary_key=True),
    Column("generation", Whole, primary_key=True, autoincrement=False),
    Column("client_id", PlainText, nullable=False),
    Column("person_id", PlainText, nullable=False),
    Column("municipality", PlainText, nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_known", Whole, nullable=False),  # the next number when it was granted
    Column("ended_at", Instant),
    Column("ended_how", PlainText),  # given back | broken
)


# Indexes that only a workstation's lists need; on the server they would cost writes and, over long titles, fail.
_LISTS = frozenset({"ix_case_file_municipality_registered_at"})


def create_tables(connection: Connection, kinds: KindRegistry) -> None:
    """All tables of an empty server."""
    import workbench.server.identity.schema  # noqa: F401 - its tables join the metadata

    copied = MetaData()
    for name in (*kinds.names(), series.name):
        kind_metadata.tables[name].to_metadata(copied)
    for table in copied.tables.values():
        for index in [i for i in table.indexes if i.name in _LISTS]:
            table.indexes.discard(index)
    copied.create_all(connection)
    server_metadata.create_all(connection)
