"""Dragging a document out to a folder or a mail.

The drag needs a real file at once, so a copy is made ready off the window's thread as soon as the mouse goes
down; the drag begins when it is there and the mouse still moves. Copies go when the program ends. What is
secret is not dragged out: the reason is told instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from workbench.desk import Desk
from workbench.documents.reading.names import safe_filename
from workbench.i18n import _
from workbench.ui.papers.paper import LARGE, Paper
from workbench.ui.shell import Ui


def secret_words() -> str:
    """Why what is secret is not dragged out."""
    return _("Salassa pidettävää asiakirjaa ei voi vetää ulos ohjelmasta. Avaa se omassa ohjelmassaan.")


class DragOut(QObject):
    """An event filter for what is dragged; ``what()`` says which paper, or why there is none."""

    def __init__(self, ui: Ui, desk: Desk, what: Callable[[], Paper | str | None]) -> None:
        super().__init__()
        self._ui, self._desk, self._what = ui, desk, what
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._ready: tuple[str, Path] | None = None
        self._pressed: QPointF | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._pressed = event.position()
                QTimer.singleShot(0, self, self._prepare)  # a list takes the row in hand first
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                far = (event.position() - self._pressed).manhattanLength()
                if far >= QApplication.startDragDistance():
                    self._start(watched)
                return True  # a list would choose the rows that the mouse passes
        return False

    def why_not(self) -> str:
        """Why what is in hand may not be dragged out, "" when it may."""
        paper = self._what()
        if paper is None or isinstance(paper, str):
            return paper or ""
        if paper.restricted:
            return secret_words()
        if paper.is_program:
            return _("Tiedosto on ohjelma, joten sitä ei voi vetää ulos.")
        if paper.size > LARGE:
            return _("Tiedosto on niin suuri, ettei sitä voi vetää. Avaa se omassa ohjelmassaan.")
        return ""

    def mime_data(self) -> QMimeData | None:
        """What would be dragged now; None while the copy is being made."""
        paper = self._what()
        if not isinstance(paper, Paper) or self.why_not():
            return None
        if self._ready is None or self._ready[0] != paper.sha256:
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._ready[1]))])
        return data

    def _prepare(self) -> None:
        paper = self._what()
        if not isinstance(paper, Paper) or self.why_not():
            return
        if self._ready is not None and self._ready[0] == paper.sha256 and self._ready[1].exists():
            return
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="seutupoyta-", ignore_cleanup_errors=True)
        target = Path(self._folder.name) / paper.sha256[:12] / safe_filename(paper.filename)

        def copy(_reader: Any) -> tuple[str, Path]:
            return paper.sha256, self._desk.copy_out(paper.municipality, paper.sha256, target)

        self._ui.tasks.run_query(self, "drag", copy, done=self._set_ready)

    def _set_ready(self, ready: tuple[str, Path]) -> None:
        self._ready = ready

    def _start(self, source: QWidget) -> None:
        why = self.why_not()
        if why:
            self._pressed = None
            self._ui.notify.say(why, state="warning")
            return
        data = self.mime_data()
        if data is None:
            return
        self._pressed = None
        drag = QDrag(source)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
