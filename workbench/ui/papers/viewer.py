"""A document in the window: pages of a PDF or image, else its text; and why it cannot be shown.

Nothing here waits for bytes: they come through the library's workshop. A file over 50 MB is fetched only on
request, and nothing from a file is ever run.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.desk import Desk
from workbench.i18n import _, size_text
from workbench.ui.papers.dragout import DragOut
from workbench.ui.papers.library import Library, Volume
from workbench.ui.papers.pageview import FIT, PageView
from workbench.ui.papers.paper import LARGE, Paper
from workbench.ui.papers.textview import TextView
from workbench.ui.papers.viewerbar import ViewerBar
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.skeleton import Loading
from workbench.ui.widgets.text import glyph, label


class DocumentViewer(QWidget):
    """``show_file(municipality, sha256, media_type, filename, text)`` or ``show_paper(paper)``."""

    open_wanted = Signal(object)
    """The person wants the Paper in its own program."""
    shown = Signal(str)
    """A document is in view, or the reason why not: its hash."""

    def __init__(
        self, ui: Ui, desk: Desk, library: Library | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self.library = library or Library(desk.content, self)
        self.paper: Paper | None = None
        self._head: QWidget | None = None
        self._insisted: set[str] = set()
        self.pages = PageView(self.library)
        self.text = TextView()
        self._fetch = QPushButton(_("Näytä silti"))
        self._fetch.clicked.connect(self._insist)
        self.nothing = EmptyState("", "", self._fetch, picture="document")
        self.bar = ViewerBar()
        self._note = _Note()
        self._stack = QStackedWidget()
        self._blank = QWidget()
        for widget in (self.pages, self.text, self.nothing, self._blank):
            self._stack.addWidget(widget)
        self._loading = Loading(self._stack)
        self._body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(self._body)
        layout.addWidget(self._note)
        layout.addWidget(self._loading, 1)
        self.drag = DragOut(ui, desk, lambda: self.paper)
        self.bar.attach(self.drag)
        self._connect()
        self.show_paper(None)

    def show_file(
        self, municipality: str, sha256: str, media_type: str, filename: str, text: str = ""
    ) -> None:
        """Show a stored file."""
        self.show_paper(Paper(municipality, sha256, media_type, filename, text=text))

    def show_paper(self, paper: Paper | None, *, head: QWidget | None = None) -> None:
        """Show this; ``head`` stands above its text (who wrote, when, to whom)."""
        self.paper = paper
        self._set_head(head)
        self._note.set("")
        self._loading.stop()
        self.bar.setVisible(paper is not None)
        self.bar.set_paper(paper, can_open=paper is not None and paper.can_open)
        if paper is None:
            self.pages.show_volume(None)
            self._stack.setCurrentWidget(self._blank)
        elif paper.look == "text":
            self._show_text(paper)
        elif paper.size > LARGE and paper.sha256 not in self._insisted:
            self._say(
                _("Tiedosto on suuri"),
                _("{name} on kooltaan {size}. Sen näyttäminen voi kestää.").format(
                    name=paper.filename, size=size_text(paper.size)
                ),
                fetch=True,
            )
        else:
            self._show_pages(paper)

    def zoom_by(self, direction: int) -> None:
        """Larger (1), smaller (-1) or the view's width (0)."""
        if self._stack.currentWidget() is self.text:
            self.text.set_zoom(self.text.zoom * 1.15**direction if direction else 1.0)
        elif direction:
            self.pages.zoom_by(direction)
        else:
            self.pages.set_zoom(FIT)
        self._look()

    def page_by(self, by: int) -> None:
        """A page on or back, wherever the keyboard is."""
        if self._stack.currentWidget() is self.pages:
            self.pages.step(by)
        else:
            bar = self.text.verticalScrollBar()
            bar.setValue(bar.value() + by * bar.pageStep())

    def focus_target(self) -> QWidget:
        """What takes the keyboard."""
        return self._stack.currentWidget() or self.text

    def is_showing_pages(self) -> bool:
        """Whether drawn pages are in view."""
        return self._stack.currentWidget() is self.pages

    # Inside

    def _connect(self) -> None:
        self.bar.zoomed.connect(self.zoom_by)
        self.bar.stepped.connect(self.page_by)
        self.bar.open_clicked.connect(self._want_open)
        self.pages.moved.connect(self._look)
        self.library.opened.connect(self._on_opened)

    def _show_text(self, paper: Paper) -> None:
        if paper.is_program:
            self._say(
                _("Tiedosto on ohjelma"),
                _("Tiedostoa {name} ei avata, koska tietokone suorittaisi sen. Se on tallessa sellaisenaan.").format(
                    name=paper.filename
                ),
            )  # fmt: skip
        elif paper.text.strip() or self._head is not None:
            whole = self.text.show_text(paper.text)
            self._stack.setCurrentWidget(self.text)
            if not whole:
                self._note.set(_("Tekstistä näytetään alku. Avaa koko tiedosto omassa ohjelmassaan."))
        else:
            why = paper.note or _("Tiedostossa ei ole tekstiä, jonka voisi näyttää tässä.")
            self._say(paper.filename, why)
        self._look()
        self.shown.emit(paper.sha256)

    def _show_pages(self, paper: Paper) -> None:
        volume = self.library.volume(paper)
        if volume.book is None and not volume.why:
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_volume(None)
            self._loading.start()
            self._look()
            return
        self._show_volume(volume)

    def _show_volume(self, volume: Volume) -> None:
        self._loading.stop()
        if volume.book is None:
            if volume.paper.text.strip():
                self._note.set(volume.why)
                self.text.show_text(volume.paper.text)
                self._stack.setCurrentWidget(self.text)
            else:
                self._say(volume.paper.filename, volume.why)
        else:
            self.pages.show_volume(volume)
            self._stack.setCurrentWidget(self.pages)
        self._look()
        self.shown.emit(volume.paper.sha256)

    def _on_opened(self, sha256: str) -> None:
        if self.paper is not None and self.paper.sha256 == sha256 and self._loading_for(self.paper):
            self._show_volume(self.library.volume(self.paper))

    def _loading_for(self, paper: Paper) -> bool:
        return paper.look != "text" and (paper.size <= LARGE or paper.sha256 in self._insisted)

    def _want_open(self) -> None:
        if self.paper is not None:
            self.open_wanted.emit(self.paper)

    def _insist(self) -> None:
        if self.paper is not None:
            self._insisted.add(self.paper.sha256)
            self.show_paper(self.paper)

    def _say(self, title: str, text: str, *, fetch: bool = False) -> None:
        self.nothing.set(title, text)
        self._fetch.setVisible(fetch)
        self._stack.setCurrentWidget(self.nothing)
        self._look()

    def _set_head(self, head: QWidget | None) -> None:
        if self._head is not None:
            self._body.removeWidget(self._head)
            self._head.hide()
            self._head.deleteLater()
        self._head = head
        if head is not None:
            self._body.addWidget(head)

    def _look(self) -> None:
        if self._stack.currentWidget() is self.pages:
            self.bar.set_place(self.pages.current(), self.pages.page_count(), self.pages.factor())
        elif self._stack.currentWidget() is self.text:
            self.bar.set_place(0, 0, self.text.zoom)
        else:
            self.bar.set_place(0, 0, 0)


class _Note(QWidget):
    """A quiet line above the document."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(M, S, M, S)
        row.setSpacing(S)
        row.addWidget(glyph("info", "text_soft", 16))
        self._words = label("", "small", wrap=True)
        row.addWidget(self._words, 1)
        self.hide()

    def set(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))
