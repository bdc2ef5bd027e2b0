"""Dragging a document out to a folder or a mail.

The drag needs a real file at once, so a copy is made ready off the window's thread as soon as the mouse goes
down; the drag begins when it is there and the mouse still moves. Copies go when the program ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from workbench.desk import Desk
from workbench.documents.reading.names import safe_filename
from workbench.ui.papers.paper import LARGE, Paper
from workbench.ui.shell import Ui


class DragOut(QObject):
    """An event filter for what is dragged; ``what()`` says which paper."""

    def __init__(self, ui: Ui, desk: Desk, what: Callable[[], Paper | None]) -> None:
        super().__init__()
        self._ui, self._desk, self._what = ui, desk, what
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._ready: tuple[str, Path] | None = None
        self._pressed: QPointF | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._pressed = event.position()
                self._prepare()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                far = (event.position() - self._pressed).manhattanLength()
                if far >= QApplication.startDragDistance():
                    self._start(watched)
        return False

    def mime_data(self) -> QMimeData | None:
        """What would be dragged now; None while the copy is being made."""
        paper = self._what()
        if paper is None or self._ready is None or self._ready[0] != paper.sha256:
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._ready[1]))])
        return data

    def _prepare(self) -> None:
        paper = self._what()
        if paper is None or paper.is_program or paper.size > LARGE:
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
        data = self.mime_data()
        if data is None:
            return
        self._pressed = None
        drag = QDrag(source)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
