"""Work under way, large: a title, words, a bar, and a cancel where the work can be cancelled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.jobs import Job, Jobs
from workbench.ui.settings.fields import button
from workbench.ui.theme.tokens import L, M
from workbench.ui.widgets.text import label

_WIDTH = 420


class ProgressView(QWidget):
    """``cancelled()`` when the person has had enough."""

    cancelled = Signal()

    def __init__(self, title: str, words: str = "", *, cancel: bool = False) -> None:
        super().__init__()
        self.title = label(title, "title", wrap=True)
        self.words = label(words, "soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDTH)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.stop = button(_("Peruuta"))
        if not cancel:
            self.stop.hide()
        self.stop.clicked.connect(self.cancelled)
        column = QVBoxLayout()
        column.setSpacing(M)
        column.addStretch(2)
        for widget in (self.title, self.words, self.bar):
            column.addWidget(widget)
        column.addSpacing(L)
        foot = QHBoxLayout()
        foot.addWidget(self.stop)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        self._job: Job | None = None

    def follow(self, jobs: Jobs, job: Job) -> None:
        """Show how far a job is."""
        self._job = job
        jobs.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        if self._job is None or self._job.state not in ("waiting", "running"):
            return
        done, total, words = self._job.progress.seen()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)
