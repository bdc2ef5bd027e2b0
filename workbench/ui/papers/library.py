"""Opened documents and drawn pages kept at hand, so that going back and on to the next costs nothing.

Lives on the window's thread; bytes are fetched and pages drawn in the workshop. Bounded: the least lately
looked at leaves first. Content is named by its hash, so nothing here can grow old.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.ui.papers.book import Book, Size, open_book
from workbench.ui.papers.paper import LARGE, Paper
from workbench.ui.papers.workshop import Workshop

_MOST_BOOKS = 10
_MOST_BYTES = 160_000_000

Fetch = Callable[[str, str], bytes]
"""(municipality, sha256) → bytes; called off the window's thread."""


@dataclass
class Volume:
    """One document at hand: loading, open, or failed with its reason."""

    paper: Paper
    book: Book | None = None
    why: str = ""
    wanted: list[tuple[int, int]] = field(default_factory=list)

    @property
    def sizes(self) -> list[Size]:
        """Sizes of the pages, once open."""
        return self.book.sizes if self.book else []


class Library(QObject):
    """``volume(paper)`` at once, the rest by signals."""

    opened = Signal(str)
    """A document is open, or failed: its hash."""
    drawn = Signal(str, int)
    """A page's picture has come: hash and page number."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._workshop = Workshop(self)
        self._volumes: OrderedDict[str, Volume] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._bytes = 0
        volumes = self._volumes
        self.destroyed.connect(lambda: _close(volumes))

    def volume(self, paper: Paper) -> Volume:
        """The document; begins to open when it is not at hand."""
        known = self._volumes.get(paper.sha256)
        if known is None:
            known = self._volumes[paper.sha256] = Volume(paper)
            self._trim()
            self._workshop.ask(
                ("open", paper.sha256),
                lambda: open_book(paper.look, self._fetch(paper.municipality, paper.sha256)),
                partial(self._on_open, known),
                partial(self._on_failed, known),
            )
        self._volumes.move_to_end(paper.sha256)
        return known

    def retry(self, paper: Paper) -> Volume:
        """Open anew what failed."""
        self._volumes.pop(paper.sha256, None)
        return self.volume(paper)

    def picture(self, volume: Volume, number: int, width: int) -> QImage | None:
        """A page's picture, this wide if it is at hand, else the nearest known while this one is drawn."""
        sha256 = volume.paper.sha256
        exact = self._pictures.get((sha256, number, width))
        if exact is not None:
            self._pictures.move_to_end((sha256, number, width))
            return exact
        self._draw(volume, number, width)
        others = [key for key in self._pictures if key[0] == sha256 and key[1] == number]
        return self._pictures[min(others, key=lambda key: abs(key[2] - width))] if others else None

    def only(self, volume: Volume, pages: range) -> None:
        """Forget waiting drawings of pages that are out of sight."""
        sha256 = volume.paper.sha256
        self._workshop.drop(lambda key: key[0] == sha256 and key[1] not in pages)  # type: ignore[index]

    def prefetch(self, paper: Paper, width_of: Callable[[Size], int]) -> None:
        """Open a document and draw its first page, before anyone looks."""
        if paper.look == "text" or paper.size > LARGE:
            return
        volume = self.volume(paper)
        if volume.book is not None:
            self._draw(volume, 0, width_of(volume.sizes[0]))
        elif not volume.why:
            self.opened.connect(partial(self._draw_first, volume, width_of))

    def _draw_first(self, volume: Volume, width_of: Callable[[Size], int], sha256: str) -> None:
        if sha256 == volume.paper.sha256 and volume.book is not None:
            self._draw(volume, 0, width_of(volume.sizes[0]))

    def _draw(self, volume: Volume, number: int, width: int) -> None:
        book, sha256 = volume.book, volume.paper.sha256
        if book is None or (sha256, number, width) in self._pictures:
            return
        self._workshop.ask(
            (sha256, number),
            lambda: book.draw(number, width),
            partial(self._on_drawn, sha256, number, width),
            lambda error: self._on_page_failed(sha256, number, width, error),
        )

    def _on_open(self, volume: Volume, book: Book) -> None:
        volume.book = book
        self.opened.emit(volume.paper.sha256)

    def _on_failed(self, volume: Volume, error: Exception) -> None:
        known = isinstance(error, UserError | StorageProblem)
        volume.why = str(error) if known else _("Tiedostoa ei voi näyttää. Avaa se omassa ohjelmassaan.")
        self.opened.emit(volume.paper.sha256)

    def _on_drawn(self, sha256: str, number: int, width: int, image: Any) -> None:
        self._keep((sha256, number, width), image)
        self.drawn.emit(sha256, number)

    def _on_page_failed(self, sha256: str, number: int, width: int, _error: Exception) -> None:
        blank = QImage(8, 8, QImage.Format.Format_RGB32)
        blank.fill(0xFFFFFF)
        self._keep((sha256, number, width), blank)  # asked for once, not at every paint
        self.drawn.emit(sha256, number)

    def _keep(self, key: tuple[str, int, int], image: QImage) -> None:
        self._pictures[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _MOST_BYTES and len(self._pictures) > 1:
            _old, gone = self._pictures.popitem(last=False)
            self._bytes -= gone.sizeInBytes()

    def _trim(self) -> None:
        while len(self._volumes) > _MOST_BOOKS:
            _sha256, old = self._volumes.popitem(last=False)
            if old.book is not None:
                self._workshop.ask(("close", id(old)), old.book.close, lambda _r: None, lambda _e: None)


def _close(volumes: OrderedDict[str, Volume]) -> None:
    """Let go of every open document."""
    for volume in volumes.values():
        if volume.book is not None:
            volume.book.close()
    volumes.clear()
