"""Which scope (unit of access) each row of a case belongs to. Decided here, never by a caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork

REGISTRY = "kirjaamo"


def unit_scope(municipality: str, office: str, class_code: str) -> str:
    """Ordinary cases: municipality, office, main class."""
    return f"unit:{municipality}/{office}/{class_code[:2]}"


def case_target(case_id: str) -> str:
    """The scope of a restricted case."""
    return f"case:{case_id}"


def document_target(document_id: str) -> str:
    """The scope of a secret document in an otherwise ordinary case."""
    return f"doc:{document_id}"


def case_scope(row: Mapping[str, Any], _uow: UnitOfWork) -> str:
    """A restricted case stands alone; others belong to their office and main class."""
    if row["restricted"]:
        return case_target(row["id"])
    return unit_scope(row["municipality"], row["office"], row["class_code"])


def document_scope(row: Mapping[str, Any], uow: UnitOfWork) -> str:
    """A restricted document of an ordinary case stands alone; within a restricted case all stay together."""
    of_case = uow.scope_of("case_file", row["case_id"])
    if row["restricted"] and of_case != case_target(row["case_id"]):
        return document_target(row["id"])
    return of_case


def party_secret_scope(row: Mapping[str, Any], _uow: UnitOfWork) -> str:
    """Protected contact details stand alone, whatever the case is."""
    return document_target(row["party_id"])


def party_history_scope(row: Mapping[str, Any]) -> str | None:
    """Under turvakielto the address the party once had openly is read like the protected one."""
    return document_target(row["id"]) if row["protected"] else None


def own_scope(row: Mapping[str, Any], _uow: UnitOfWork) -> str:
    """A person's own marks and views."""
    return f"user:{row['person_id']}"


def arrival_scope(row: Mapping[str, Any], _uow: UnitOfWork) -> str:
    """What has arrived and is not registered belongs to the registry office (kirjaamo)."""
    return f"unit:{row['municipality']}/{REGISTRY}/saapuneet"
