"""Tables of the store itself: series, outbox, merge bases, journal, search and small settings.

They hold no domain word. ``outbox``, ``outbox_group`` and ``journal`` only grow; what in them is personal
sits in columns or rows that a lawful destruction empties (``args``, ``patch``, ``journal_value``).
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, literal_column

from workbench.store.kinds import metadata
from workbench.store.types import Instant, Json, PlainText, Whole

SCHEMA_MAJOR = 1
SCHEMA_MINOR = 2
SCHEMA = f"{SCHEMA_MAJOR}.{SCHEMA_MINOR}"
"""The schema this program makes and knows. A change of it needs a step in :mod:`workbench.store.migrations`
and a kept store of the version before (``tools/keep_old_store.py``)."""

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# Number series (numerosarja): unique, gap-free, never reused. Counted in the transaction of the effect.
series = Table(
    "series",
    metadata,
    Column("name", PlainText, primary_key=True),
    Column("next", Whole, nullable=False),
    sqlite_strict=True,
)

outbox_group = Table(
    "outbox_group",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("group_id", Text, nullable=False, unique=True),
    Column("command", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("args", Json),  # emptied when a row the command touched is destroyed
    Column("at", Instant, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("arrangement_id", Text, nullable=False),
    Column("undoes", Text, nullable=False),
    Column(
        "state", Text, nullable=False, server_default="settled"
    ),  # the states of its operations | discarded
    Column("sent_at", Instant),  # from then on what is sent stays as it is
    Column("envelope", Text),  # what was sent, to the byte; kept while it may have to be sent again
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("result", Json),  # what the server answered, or how a person settled it
    Column("settled_at", Instant),
    Column("resolves", Json),  # ids of the groups this one replaces
    Column("origin", Text, nullable=False, server_default=""),  # the group whose journal entry speaks for it
    Column("destroys", Json),  # rows whose content goes when the server has applied it
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("ix_outbox_group_waiting", outbox_group.c.n, sqlite_where=outbox_group.c.state != "settled")
WAITS = outbox_group.c.state != literal_column("'settled'")
"""Said with every question about what is not settled, so that it is answered by the small index of such groups;
to the letter as the index says it, for a parameter would not be recognised."""

outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("group_id", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),  # create | patch | delete | move
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("scope_id", Text, nullable=False),
    Column("base_rev", Integer, nullable=False),
    Column("after_op", Text),
    Column("patch", Json),  # emptied when the row is destroyed
    Column("state", Text, nullable=False),  # settled | queued | conflict | quarantine | discarded
    Column("result", Json),  # {"rev"} once the server has applied it
    Column("derived", Json),  # texts of a row that was made and is not shown now
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("ix_outbox_row", outbox.c.kind, outbox.c.row_id)

# The last row the authority confirmed, kept only while own changes of it wait; without data: it has none.
sync_base = Table(
    "sync_base",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("scope_id", Text, nullable=False),
    Column("data", Json),
    sqlite_strict=True,
)

# The units of access a server has granted, and how far each has been fetched.
sync_scope = Table(
    "sync_scope",
    metadata,
    Column("scope_id", Text, primary_key=True),
    Column("gen", Integer, nullable=False),  # of the grant; 0: own rows went there, the grant has not come
    Column("role", Text, nullable=False),
    Column("valid_to", Text),
    Column("fill_after", Text, nullable=False),
    Column("fill_until", Text, nullable=False),
    Column("filled", Integer, nullable=False),
    Column("sweeps", Integer, nullable=False, server_default="0"),  # what the fill does not confirm goes
    Column("checked_at", Instant),
    sqlite_strict=True,
)

# Rows this version has no place for: of a kind, or of a shape, that a newer program made.
unknown_entry = Table(
    "unknown_entry",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("scope_id", Text, nullable=False, index=True),
    Column("rev", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("data", Json, nullable=False),
    sqlite_strict=True,
)

# Rows that came from the server and are not found by their words yet.
index_wait = Table(
    "index_wait",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("before", Json),  # of a row that went: what its neighbours are found by
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("ux_index_wait_row", index_wait.c.kind, index_wait.c.row_id, unique=True)

journal = Table(
    "journal",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("chain", Text, nullable=False),  # municipality code, or "region"
    Column("position", Integer, nullable=False),
    Column("group_id", Text, nullable=False, index=True),
    Column("command", Text, nullable=False),
    Column("title_key", Text, nullable=False),  # a message with places; the words for them are erasable
    Column("at", Instant, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("arrangement_id", Text, nullable=False),
    Column("workstation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("digests", Text, nullable=False),  # SHA-256 over the digests of the changes, in order
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
Index("ix_journal_actor", journal.c.actor_id, journal.c.kind, journal.c.row_id)
Index("ux_journal_chain_position", journal.c.chain, journal.c.position, unique=True)

journal_change = Table(
    "journal_change",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("journal_n", Integer, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("root_id", Text, nullable=False),
    Column("field", Text, nullable=False),  # "*" a whole row made or deleted, "@…" words of the entry
    Column("digest", Text, nullable=False),
    sqlite_strict=True,
)
Index("ix_journal_change_root", journal_change.c.root_id, journal_change.c.journal_n)
Index("ix_journal_change_row", journal_change.c.kind, journal_change.c.row_id)

journal_value = Table(
    "journal_value",
    metadata,
    Column("change_n", Integer, primary_key=True),
    Column("scope_id", Text, nullable=False, index=True),
    Column("salt", LargeBinary, nullable=False),
    Column("before", Json),
    Column("after", Json),
    sqlite_strict=True,
)

# Work in progress of long jobs (migration), so that an interrupted one goes on where it was, emptied when the job
# ends; and what numbers a group was given from a series held here (see claims). Never synchronised.
staging = Table(
    "staging",
    metadata,
    Column("batch", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
    sqlite_strict=True,
)

# What is found: one row per searchable thing, with the text excerpts are cut from.
search_entry = Table(
    "search_entry",
    metadata,
    Column("k", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("root_id", Text, nullable=False, index=True),
    Column("scope_id", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("lemmas_wait", Integer, nullable=False),  # 1 while word analysis is to be done
    Column("readers", Text, nullable=False, server_default=""),  # of a restricted scope, as tokens
    sqlite_strict=True,
)
Index("ux_search_entry_row", search_entry.c.kind, search_entry.c.row_id, unique=True)
Index("ix_search_entry_wait", search_entry.c.k, sqlite_where=search_entry.c.lemmas_wait == 1)

# Contentless: the index holds words, the text stays in its own table. The words come ready made from
# workbench.words, one blank between two, so the tokenizer only splits at blanks. ``acl`` holds the scope
# tokens that rights are asked with, inside the same MATCH.
SEARCH_FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5("
    "surface, lemma, acl, content='', contentless_delete=1, detail=column, "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars './-_@:+&#'''\", prefix='2 3 4 5 6 7')"
)
