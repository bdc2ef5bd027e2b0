"""The JSON of the command line: documented English keys, stable across versions (docs/json.md)."""

from __future__ import annotations

from typing import Any

from workbench.cases.detail import CaseDetail, DocumentDetail
from workbench.cases.intake.queries import ArrivalRow
from workbench.cases.queries import CaseRow
from workbench.cases.search import FoundCase


def case_row(case: CaseRow, municipality: str) -> dict[str, Any]:
    """A case in a list."""
    return {
        "number": case.number,
        "title": case.title,
        "class": case.class_code,
        "state": case.state,
        "case_type": case.case_type,
        "municipality": municipality,
        "opened_on": case.opened_on,
        "due_on": case.due_on,
    }


def arrival_row(arrival: ArrivalRow, municipality: str) -> dict[str, Any]:
    """An arrival in a list."""
    return {
        "id": arrival.id,
        "subject": arrival.subject,
        "sender": arrival.sender,
        "arrived_at": arrival.arrived_at,
        "channel": arrival.channel,
        "state": arrival.state,
        "municipality": municipality,
        "files": arrival.files,
    }


def found_case(found: FoundCase) -> dict[str, Any]:
    """A hit of ``find``."""
    return {"number": found.case.number, "title": found.case.title, "excerpt": found.excerpt}


def case_detail(case: CaseDetail, municipality: str, handler: str) -> dict[str, Any]:
    """A case whole."""
    f = case.fields
    received = [d for d in case.documents if d.fields["direction"] == "received"]
    return {
        "number": f["number"],
        "former_numbers": f["former_numbers"] or [],
        "title": f["title"],
        "class": f["class_code"],
        "state": f["state"],
        "phase": f["phase"],
        "case_type": f["case_type"],
        "municipality": municipality,
        "handler": handler,
        "sender": received[0].fields["sender"] if received else None,
        "arrived_at": f["arrived_at"],
        "opened_on": f["opened_on"],
        "registered_at": f["registered_at"],
        "due_on": f["due_on"],
        "publicity": f["publicity"],
        "secrecy_basis": f["secrecy_basis"],
        "retention_years": f["retention_years"],
        "kept_until": case.kept_until,
        "voided": f["voided_at"] is not None,
        "documents": [shape for d in case.documents for shape in _documents(d)],
        "parties": [
            {"name": p["name"], "role": p["role"], "protected": bool(p["protected"])} for p in case.parties
        ],
        "tasks": [{"title": x["title"], "due_on": x["due_on"], "done_at": x["done_at"]} for x in case.tasks],
        "missing": [p.message for p in case.problems],
    }


def _documents(document: DocumentDetail, attached_to: str | None = None) -> list[dict[str, Any]]:
    """A document and its attachments, flat, in reading order."""
    file = document.file
    own = {
        "identifier": document.fields["identifier"],
        "title": document.fields["title"],
        "type": document.fields["type"],
        "attached_to": attached_to,
        "filename": file.filename if file else None,
        "media_type": file.media_type if file else None,
        "sha256": file.sha256 if file else None,
        "size": file.size if file else None,
        "text": file.text if file else None,
        "text_state": file.text_state if file else None,
        "version": document.newest or None,
        "publicity": document.fields["publicity"],
        "closed": document.closed,
        "kept_until": document.kept_until,
        "secret_until": document.secret_until,
    }
    below = [s for a in document.attachments for s in _documents(a, document.fields["identifier"])]
    return [own, *below]
