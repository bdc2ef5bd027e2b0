"""What only the authority gives a row of a case: its number and place. Asked where the authority is, for rows
that came without (see :class:`~workbench.store.kinds.Kind`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.clock import local
from workbench.organisation.series import case_series, document_series

if TYPE_CHECKING:
    from workbench.store.kinds import Given
    from workbench.store.unit import UnitOfWork


@dataclass(frozen=True)
class CaseNumber:
    """A number and what it was made of. The class in it is frozen even if the case is reclassified."""

    text: str
    running: int
    year: int


def take_case_number(uow: UnitOfWork, municipality: str, class_code: str, year: int = 0) -> CaseNumber | None:
    """The next number of the municipality, this year's unless another is said; None when only the server can
    give it."""
    year = year or local(uow.at).year
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


def adopt_case(row: Mapping[str, Any], uow: UnitOfWork, given: Given) -> Mapping[str, Any]:
    """The number a case was given elsewhere, where it is free. Where it is not, the next of the same year; the
    old one is kept among the former numbers (aiemmat tunnukset), which the case is found by. So is an
    identifier of an earlier system that another case has."""
    kept = {name: row[name] for name in ("number", "year", "running", "registered_at", "external_id")}
    former: list[str] = []
    if row["number"] and _is_taken(row, uow, given):
        year = row["year"] or local(row["registered_at"]).year
        found = take_case_number(uow, row["municipality"], row["class_code"], year)
        if found is not None:
            kept |= {"number": found.text, "year": found.year, "running": found.running}
            former.append(row["number"])
    if row["external_id"] and _others(uow, row, "external_id"):
        kept["external_id"] = None
        former.append(row["external_id"])
    if former:
        kept["former_numbers"] = list(dict.fromkeys([*(row["former_numbers"] or []), *former]))
    return kept


def _is_taken(row: Mapping[str, Any], uow: UnitOfWork, given: Given) -> bool:
    if row["running"] is not None and row["year"] is not None:
        series = case_series(row["municipality"], row["year"])
        if given(series, row["running"]) or _others(uow, row, "year", "running"):
            return True
        uow.pass_number(series, row["running"])
    return _others(uow, row, "number")


def _others(uow: UnitOfWork, row: Mapping[str, Any], *names: str) -> bool:
    same = uow.select("case_file", municipality=row["municipality"], **{name: row[name] for name in names})
    return any(other["id"] != row["id"] for other in same)


def adopt_document(row: Mapping[str, Any], uow: UnitOfWork, _given: Given) -> Mapping[str, Any]:
    """Place and identifier as they were given: they stand on the document itself."""
    if row["position"] is not None:
        uow.pass_number(document_series(row["case_id"]), row["position"])
    return {name: row[name] for name in ("position", "identifier")}


def assign_document(
    row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork
) -> Mapping[str, Any]:
    """Place within the case and the identifier made of it; both stay while the document is in its case."""
    if former is not None and former["case_id"] == row["case_id"]:
        return {name: former[name] for name in ("position", "identifier")}
    place = take_place(uow, uow.need("case_file", row["case_id"]))
    return {"position": place[0], "identifier": place[1]} if place else {}
