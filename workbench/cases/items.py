"""What commands carry into a case: files already in the blob store, documents made of them, parties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workbench.ids import new_id


@dataclass(frozen=True, kw_only=True)
class FileItem:
    """Content that is in the blob store already, with what reading found in it."""

    filename: str
    media_type: str
    sha256: str
    size: int
    text: str = field(default="", metadata={"derived": True})
    text_state: str = "none"
    note: str = ""
    pages: int | None = None

    @staticmethod
    def columns(row: Any) -> dict[str, Any]:
        """The fields as a stored row holds them, of a version or of an arrival's file."""
        known = {name: row[name] for name in _FILE}
        return known | {"text": row["text"] or "", "note": row["note"] or ""}

    def stored(self) -> dict[str, Any]:
        """The same, to be stored: what there is none of is None."""
        known = {name: getattr(self, name) for name in _FILE}
        return known | {"text": self.text or None, "note": self.note or None}


_FILE = ("filename", "media_type", "sha256", "size", "pages", "text_state")


@dataclass(frozen=True, kw_only=True)
class DocumentItem:
    """A document to put into a case: its file and its attachments, each a document of its own."""

    title: str
    type: str
    direction: str = "received"
    file: FileItem | None = None
    attachments: tuple[DocumentItem, ...] = ()
    sender: str = ""
    author: str = ""
    channel: str = ""
    arrived_at: datetime | None = None
    dated_on: date | None = None
    language: str = "fi"
    message_id: str = ""
    overrides: dict[str, Any] = field(default_factory=dict)
    state: str = "final"
    document_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class PartyItem:
    """A party to a case (osapuoli). Under a non-disclosure order (turvakielto) the address goes apart."""

    role: str
    name: str
    entity: str = "person"
    business_id: str = ""
    identity_number: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fi"
    e_consent: bool = False
    protected: bool = False
    represented_by: str = ""
    party_id: str = field(default_factory=new_id)
