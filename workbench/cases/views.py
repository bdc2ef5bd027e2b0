"""Saved views (tallennetut näkymät) of a person: reading them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workbench.cases import tables as t
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.store.store import Reader


@dataclass(frozen=True)
class SavedView:
    """A list's filter, order and words under a name."""

    id: str
    name: str
    query: dict[str, Any]


def load_views(reader: Reader) -> list[SavedView]:
    """The reader's own views, by name."""
    v = t.saved_view.c
    query = (
        select(v.id, v.name, v.query)
        .where(v.person_id == reader.session.person_id, visible(v.scope_id, access_for(reader)))
        .order_by(v.name)
    )
    return [SavedView(r.id, r.name, dict(r.query)) for r in reader.connection.execute(query)]
