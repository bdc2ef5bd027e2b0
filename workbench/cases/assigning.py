"""What only the authority gives a row of a case: its number and place. Asked where the authority is, for rows
that came without (see :class:`~workbench.store.kinds.Kind`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.clock import local
from workbench.organisation.series import case_series, document_series

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork


def number_text(template: str, running: int, class_code: str, year: int) -> str:
    """A case number (asiatunnus) in the municipality's form. The class in it stays as it was that day."""
    return template.replace("{n}", str(running)).replace("{class}", class_code).replace("{year}", str(year))


def assign_case(
    row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork
) -> Mapping[str, Any]:
    """Number and time of registering; a number that was given stays."""
    if former is not None and former["number"]:
        return {name: former[name] for name in ("number", "year", "running", "registered_at")}
    year = local(uow.at).year
    running = uow.take_number(case_series(row["municipality"], year))
    if running is None:
        return {}
    template = uow.need("municipality", row["municipality"])["number_template"]
    text = number_text(template, running, row["class_code"], year)
    return {"number": text, "year": year, "running": running, "registered_at": uow.at}


def assign_document(
    row: Mapping[str, Any], former: Mapping[str, Any] | None, uow: UnitOfWork
) -> Mapping[str, Any]:
    """Place within the case and the identifier made of it; both stay while the document is in its case."""
    if former is not None and former["case_id"] == row["case_id"]:
        return {name: former[name] for name in ("position", "identifier")}
    place = uow.take_number(document_series(row["case_id"]))
    if place is None:
        return {}
    case = uow.need("case_file", row["case_id"])
    return {"position": place, "identifier": f"{case['number']}-{place}" if case["number"] else None}
