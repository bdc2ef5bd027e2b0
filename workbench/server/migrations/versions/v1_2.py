"""Varatut numerosarjat"""

# A workstation may hold the number series of a body or a decider.

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from workbench.store.types import Instant, PlainText, Whole

revision = "1.2"
down_revision = "1.1"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "held_series",
        Column("series", PlainText, primary_key=True),
        Column("generation", Whole, primary_key=True, autoincrement=False),
        Column("client_id", PlainText, nullable=False),
        Column("person_id", PlainText, nullable=False),
        Column("municipality", PlainText, nullable=False),
        Column("since", Instant, nullable=False),
        Column("next_known", Whole, nullable=False),
        Column("ended_at", Instant),
        Column("ended_how", PlainText),
    )
