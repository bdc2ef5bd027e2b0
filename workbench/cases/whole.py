"""What the page of one case needs besides the case: names for ids, what one may do, where it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workbench.cases import tables as t
from workbench.cases.detail import CaseDetail, load_case, readable_case
from workbench.cases.openings import is_closed
from workbench.cases.queries import load_cases_by_id
from workbench.organisation.access import may, visible
from workbench.organisation.model import Answer
from workbench.organisation.queries import (
    MunicipalityRow,
    OfficeRow,
    PersonRow,
    access_for,
    load_municipalities,
    load_offices,
    load_people,
)
from workbench.store.store import Reader

_VERBS = ("read", "edit", "correct", "close", "hand_over", "loosen", "destroy")


@dataclass(frozen=True)
class LockedCase:
    """A restricted case before its reason: what may be told of it."""

    id: str
    number: str
    own: bool


@dataclass(frozen=True)
class WholeCase:
    """A case with everything its page shows."""

    case: CaseDetail
    people: dict[str, PersonRow]
    offices: tuple[OfficeRow, ...]
    municipalities: dict[str, MunicipalityRow]
    rights: dict[str, Answer]
    secrets: dict[str, str]
    """Party id → id of the row that keeps her protected details, where the reader may open it."""
    others: dict[str, str]
    """Number of the case this one was merged into or split from, by id."""
    person_id: str

    @property
    def fields(self) -> dict[str, Any]:
        """The case's own fields."""
        return self.case.fields

    def person(self, id_: str | None) -> str:
        """A person's name, "" when there is none."""
        found = self.people.get(id_ or "")
        return found.name if found else ""

    def office(self, code: str) -> str:
        """An office's name."""
        return next((o.name for o in self.offices if o.code == code), code)


def load_whole(reader: Reader, case_id: str) -> WholeCase | LockedCase:
    """The case, or what may be told of a restricted one before a reason is given."""
    row = readable_case(reader, case_id)
    if is_closed(reader, row):
        return LockedCase(case_id, row["number"] or "", row["handler_id"] == reader.session.person_id)
    case = load_case(reader, case_id)
    f, access = case.fields, access_for(reader)
    rights = {
        verb: may(
            reader.connection,
            access,
            verb,
            municipality=f["municipality"],
            office=f["office"],
            scope_id=f["scope_id"],
            handler_id=f["handler_id"] or "",
        )
        for verb in _VERBS
    }
    s = t.party_secret.c
    secrets = reader.connection.execute(
        select(s.party_id, s.id).where(s.case_id == case_id, visible(s.scope_id, access))
    )
    elsewhere = [i for i in (f["merged_into"], f["split_from"]) if i]
    return WholeCase(
        case=case,
        people=load_people(reader),
        offices=tuple(load_offices(reader, f["municipality"])),
        municipalities={m.code: m for m in load_municipalities(reader)},
        rights=rights,
        secrets={party: row_id for party, row_id in secrets},
        others={r.id: r.number for r in load_cases_by_id(reader, elsewhere)},
        person_id=reader.session.person_id,
    )
