"""What is looked at: one stored file, by its content, with what reading found in it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.cases.working_copies import may_open
from workbench.documents.reading import kinds
from workbench.i18n import _, size_text

LARGE = 50_000_000
"""Larger files are shown only when asked for."""

IMAGES = frozenset(f"image/{name}" for name in ("png", "jpeg", "tiff", "gif", "webp", "bmp"))
# Drawings are text to us: an SVG may name files and addresses that showing it would fetch.


@dataclass(frozen=True)
class Paper:
    """A stored file. ``text`` and ``note`` are what reading said of it."""

    municipality: str
    sha256: str
    media_type: str
    filename: str
    size: int = 0
    text: str = ""
    text_state: str = "none"
    note: str = ""
    restricted: bool = False
    """Secret (salassa pidettävä), wholly or in part: it is not dragged out of the program."""

    @property
    def look(self) -> str:
        """How it is shown: ``pdf``, ``image`` or ``text``."""
        if self.media_type == kinds.PDF:
            return "pdf"
        return "image" if self.media_type in IMAGES else "text"

    @property
    def is_program(self) -> bool:
        """Whether a computer would run it: never opened from the window."""
        return self.media_type in kinds.PROGRAMS

    @property
    def can_open(self) -> bool:
        """Whether it may be given to another program."""
        return may_open(self.media_type, self.filename)

    @property
    def words(self) -> str:
        """Kind and size for people: "PDF-asiakirja, 1,2 Mt"."""
        label = kinds.type_label(self.media_type)
        return _("{kind}, {size}").format(kind=label, size=size_text(self.size)) if self.size else label
