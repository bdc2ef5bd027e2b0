"""An arrival to read: notices, the strip of its files, and the file in hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.cases.intake.correspondents import load_recipients
from workbench.cases.intake.queries import ArrivalDetail, ArrivalFile
from workbench.desk import Desk
from workbench.ui.intake.filestrip import FileStrip
from workbench.ui.intake.letterhead import LetterHead
from workbench.ui.intake.notepad import NotePad
from workbench.ui.intake.noticebar import NoticeBar
from workbench.ui.papers.book import Size
from workbench.ui.papers.paper import Paper
from workbench.ui.papers.viewer import DocumentViewer
from workbench.ui.shell import Ui


class ArrivalView(QWidget):
    """``show_arrival(detail)``; ``show_blank(text)`` for a matter without a file."""

    painted = Signal(str)
    """What the arrival is made of is in view: its id."""

    def __init__(self, ui: Ui, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._arrival: ArrivalDetail | None = None
        self.notice = NoticeBar()
        self.warnings = NoticeBar()
        self.strip = FileStrip()
        self.viewer = DocumentViewer(ui, desk)
        self.pad = NotePad()
        self.pad.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.notice, self.warnings, self.strip):
            layout.addWidget(widget)
        layout.addWidget(self.viewer, 1)
        layout.addWidget(self.pad, 1)
        self.strip.picked.connect(self._show_file)
        self.viewer.shown.connect(self._on_shown)

    def show_arrival(self, arrival: ArrivalDetail | None) -> None:
        """Show another arrival from its beginning."""
        self._arrival = arrival
        self.pad.hide()
        self.viewer.show()
        self.warnings.set("", arrival.warnings if arrival else ())
        self.strip.set_files(arrival.files if arrival else ())
        if arrival is None or not arrival.files:
            self.viewer.show_paper(None)
        else:
            self._show_file(self._first_worth(arrival.files))

    def show_blank(self, text: str) -> None:
        """A sheet to write on instead of a document."""
        self._arrival = None
        self.warnings.set("", ())
        self.strip.set_files(())
        self.viewer.hide()
        self.pad.set_text(text)
        self.pad.show()

    def prefetch(self, arrival: ArrivalDetail) -> None:
        """Make the first page of what would be shown ready."""
        if arrival.files:
            file = arrival.files[self._first_worth(arrival.files)]
            self.viewer.library.prefetch(self._paper(arrival, file), self._width_of)

    def step_file(self, by: int) -> None:
        """The next or former file of the arrival."""
        self.strip.step(by)

    def _width_of(self, size: Size) -> int:
        return self.viewer.pages.width_for(size)

    @staticmethod
    def _first_worth(_files: Sequence[ArrivalFile]) -> int:
        return 0

    def _show_file(self, n: int) -> None:
        arrival = self._arrival
        if arrival is None or not 0 <= n < len(arrival.files):
            return
        file = arrival.files[n]
        head = LetterHead(arrival) if file.is_message else None
        self.viewer.show_paper(self._paper(arrival, file), head=head)
        if head is not None:
            self._read_recipients(arrival, head)

    def _read_recipients(self, arrival: ArrivalDetail, head: LetterHead) -> None:
        store = self._desk.store
        self._ui.tasks.run_query(
            head, "recipients", lambda _reader: load_recipients(store, arrival), done=head.set_recipients,
            failed=lambda _error: None,
        )  # fmt: skip

    @staticmethod
    def _paper(arrival: ArrivalDetail, file: ArrivalFile) -> Paper:
        text = arrival.body if file.is_message else file.text
        return Paper(
            arrival.row.municipality, file.sha256, file.media_type, file.filename, file.size, text,
            file.text_state, file.note,
        )  # fmt: skip

    def _on_shown(self, _sha256: str) -> None:
        if self._arrival is not None:
            self.painted.emit(self._arrival.row.id)
