"""Rekisterin tuonti ja ylläpito"""

# A workstation's own register may be taken in; the log says how far back it reaches, refused sign-ins say whose
# they were, and what somebody did without changing anything is found without reading the whole audit.

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, text

from workbench.store.types import Instant, Json, PlainText, Whole

revision = "1.1"
down_revision = "1.0"


def upgrade() -> None:
    """One table, four columns, two indexes."""
    # Programs between the two versions made this table by themselves.
    op.create_table(
        "adoption",
        Column("token_hash", PlainText, primary_key=True),
        Column("account_id", PlainText, nullable=False),
        Column("person_id", PlainText, nullable=False),
        Column("client_id", PlainText, nullable=False),
        Column("made_at", Instant, nullable=False),
        Column("floors", Json),
        Column("heads", Json),
        Column("ended_at", Instant),
        if_not_exists=True,
    )
    op.create_index("ix_adoption_client", "adoption", ["client_id"], if_not_exists=True)
    op.add_column("clock", Column("step", PlainText))
    op.add_column("clock", Column("floor", Whole))
    op.add_column("sign_in_failure", Column("account_id", PlainText))
    op.add_column("sign_in_failure", Column("refused", Whole))
    deeds = text("action = 'deed'")
    op.create_index("ix_audit_deed", "audit", ["chain", "at"], postgresql_where=deeds, sqlite_where=deeds)
