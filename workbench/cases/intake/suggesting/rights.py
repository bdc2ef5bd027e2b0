"""A reader with its rights at hand: a suggestion asks a dozen questions, and the rights are the same in all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from workbench.organisation.access import Access, acl_terms, visible
from workbench.organisation.queries import access_for
from workbench.store.store import Reader


@dataclass(frozen=True)
class RightsReader(Reader):
    """A reader, what it may read, and the same as terms of the full-text index."""

    access: Access
    acl: tuple[str, ...]

    def may_see(self, scope_id: ColumnElement[str]) -> ColumnElement[bool]:
        """The rule of :func:`visible` as a filter only: rows are found by the other conditions of the query,
        which are far more selective than a whole municipality's scopes."""
        return visible(scope_id.concat(""), self.access, of_few=True)


def with_rights(reader: Reader) -> RightsReader:
    """Look the rights up once."""
    access = access_for(reader)
    acl = tuple(acl_terms(access))
    return RightsReader(reader.connection, reader.session, reader.at, reader.kinds, reader.words, access, acl)
