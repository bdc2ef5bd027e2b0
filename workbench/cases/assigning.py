"""What only the authority gives a row of a case: its number and place. Asked where the authority is, for rows
that came without (see :class:`~workbench.store.kinds.Kind`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.clock import local
from workbench.organisation.series import case_series, document_series

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork


@dataclass(frozen=True)
class CaseNumber:
    """A number and what it was made of. The class in it is frozen even if the case is reclassified."""

    text: str
    running: int
    year: int


def take_case_number(uow: UnitOfWork, municipality: str, class_code: str) -> CaseNumber | None:
    """The next number of the municipality this year; None when only the server can give it."""
    year = local(uow.at).year
    running = uow.take_number(case_series(municipality, year))
    if running is None:
        return None
    template = uow.need("municipality", municipality)["number_template"]
    text = template.replace("{n}", str(running)).replace("{class}", class_code).replace("{year}", str(year))
    return CaseNumber(text, running, year)


def take_place(uow: UnitOfWork, case: Mapping[str, Any]) -> tuple[int, str | None] | None:
    """The next place of a document within its case, and the identifier made of it; one that was given is never
    given again. None when only the server can give it."""
    place = uow.take_number(document_series(case["id"]))
    if place is None:
        return None
    return place, f"{case['number']}-{place}" if case["number"] else None


def assign_case(
    row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork
) -> Mapping[str, Any]:
    """Number and time of registering; a number that was given stays."""
    if former is not None and former["number"]:
        return {name: former[name] for name in ("number", "year", "running", "registered_at")}
    found = take_case_number(uow, row["municipality"], row["class_code"])
    if found is None:
        return {}
    return {"number": found.text, "year": found.year, "running": found.running, "registered_at": uow.at}


def assign_document(
    row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork
) -> Mapping[str, Any]:
    """Place within the case and the identifier made of it; both stay while the document is in its case."""
    if former is not None and former["case_id"] == row["case_id"]:
        return {name: former[name] for name in ("position", "identifier")}
    place = take_place(uow, uow.need("case_file", row["case_id"]))
    return {"position": place[0], "identifier": place[1]} if place else {}
