"""The list of long work under way, each with its progress in words and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.jobs import Job, Jobs
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import L, S
from workbench.ui.widgets.text import label


class JobsPopup(QFrame):
    """Opens above the status line; Escape or a click elsewhere closes it."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAccessibleName(_("Keskeneräiset työt"))
        self._jobs = jobs
        self._rows: dict[int, _JobRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(L, L, L, L)
        self._layout.setSpacing(L)
        self.setFixedWidth(380)
        jobs.changed.connect(self._look)

    def open_at(self, anchor: QWidget) -> None:
        """Show above ``anchor``, right edges together."""
        self._look()
        self.adjustSize()
        corner = anchor.mapToGlobal(anchor.rect().topRight())
        self.move(corner - QPoint(self.width(), self.height() + S))
        self.show()

    def _look(self) -> None:
        jobs = {id(job): job for job in self._jobs.unfinished()}
        for key in [key for key in self._rows if key not in jobs]:
            self._rows.pop(key).deleteLater()
        for key, job in jobs.items():
            if key not in self._rows:
                self._rows[key] = _JobRow(job, self._jobs)
                self._layout.addWidget(self._rows[key])
            self._rows[key].look()
        if not jobs:
            self.hide()


class _JobRow(QWidget):
    def __init__(self, job: Job, jobs: Jobs) -> None:
        super().__init__()
        self._job = job
        stop = QToolButton()
        stop.setIcon(icon("stop-job"))
        words = _("Keskeytä: {title}").format(title=job.title)
        stop.setAccessibleName(words)
        stop.setToolTip(words)
        stop.clicked.connect(lambda: jobs.cancel(job))
        self._text = label("", "small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.title)
        head = QHBoxLayout()
        head.addWidget(label(job.title, "strong", wrap=True), 1)
        head.addWidget(stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S // 2)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._text)

    def look(self) -> None:
        done, total, text = self._job.progress.seen()
        self._bar.setVisible(total > 0)  # without a total there is nothing true to draw
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._text.setText(_("Odottaa vuoroaan") if self._job.state == "waiting" else text)
