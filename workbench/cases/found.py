"""What each kind of a case is found by. An address under turvakielto is never among it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.store.search.entry import SearchEntry

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork


def case_entry(row: Mapping[str, Any], _uow: UnitOfWork) -> SearchEntry:
    """Number, former numbers, title, description."""
    numbers = " ".join(filter(None, [row["number"], *(row["former_numbers"] or [])]))
    return SearchEntry(row["title"], "\n".join(filter(None, [numbers, row["summary"]])), row["id"])


def party_entry(row: Mapping[str, Any], _uow: UnitOfWork) -> SearchEntry:
    """Name and business id; contact details are not search words."""
    return SearchEntry(row["name"], row["business_id"] or "", row["case_id"])


def document_entry(row: Mapping[str, Any], _uow: UnitOfWork) -> SearchEntry:
    """Title, type, sender."""
    words = [row["type"], row["identifier"], row["sender"], row["author"]]
    return SearchEntry(row["title"], " ".join(filter(None, words)), row["case_id"])


def version_entry(row: Mapping[str, Any], uow: UnitOfWork) -> SearchEntry | None:
    """The newest version's text and file name; older versions are not found by content."""
    # A document made in this unit of work has this one version only; others are looked up.
    document = uow.made.get(("document", row["document_id"]))
    if document is None:
        versions = uow.select("document_version", document_id=row["document_id"])
        if any(v["number"] > row["number"] for v in versions):
            return None
        document = uow.get("document", row["document_id"])
    title = document["title"] if document else row["filename"]
    return SearchEntry(title, "\n".join(filter(None, [row["text"], row["filename"]])), row["case_id"])


def note_entry(row: Mapping[str, Any], _uow: UnitOfWork) -> SearchEntry:
    """The note's text."""
    return SearchEntry("", row["text"], row["case_id"])


def arrival_entry(row: Mapping[str, Any], _uow: UnitOfWork) -> SearchEntry | None:
    """An unregistered arrival: subject, sender, text. Once registered, its documents are found instead."""
    if row["state"] == "registered":
        return None
    words = [row["sender_name"], row["sender_email"], row["body"]]
    return SearchEntry(row["subject"], "\n".join(filter(None, words)), row["id"])
