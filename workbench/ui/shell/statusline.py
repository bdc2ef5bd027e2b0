"""The line at the bottom: a hint for the thing in hand · what undo would undo · jobs under way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from workbench.i18n import _, ngettext
from workbench.ui.jobs import Jobs
from workbench.ui.shell.jobspopup import JobsPopup
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import STATUS, M, S
from workbench.ui.widgets.text import Shortened

_MOST = 360


class StatusLine(QWidget):
    """Emits ``undo_wanted()`` when the undo words are pressed."""

    undo_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(STATUS)
        self._jobs = jobs
        self.hint = Shortened()
        self.undo = self._button("undo")
        self.undo.clicked.connect(self.undo_wanted)
        self.work = self._button("jobs")
        self.work.clicked.connect(self.open_jobs)
        row = QHBoxLayout(self)
        row.setContentsMargins(M, 0, M, 0)
        row.setSpacing(S)
        row.addWidget(self.hint, 1)
        row.addWidget(self.undo)
        row.addWidget(self.work)
        self._popup: JobsPopup | None = None
        jobs.changed.connect(self._on_jobs)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self.set_undo("")
        self._on_jobs()

    def set_undo(self, title: str) -> None:
        """What Ctrl+Z would undo; "" hides it."""
        self.undo.setVisible(bool(title))
        words = _("Kumoa: {title}").format(title=title)
        self._say(self.undo, words)
        self.undo.setAccessibleName(words)
        self.undo.setToolTip(_("{words} (Ctrl+Z)").format(words=words))

    def open_jobs(self) -> None:
        """List the jobs under way."""
        if self._popup is None:
            self._popup = JobsPopup(self._jobs, self.window())
        self._popup.open_at(self.work)

    def _on_jobs(self) -> None:
        jobs = self._jobs.unfinished()
        self.work.setVisible(bool(jobs))
        if not jobs:
            return
        done, total, _text = jobs[0].progress.seen()
        if len(jobs) > 1:
            words = ngettext("{n} työ kesken", "{n} työtä kesken", len(jobs)).format(n=len(jobs))
        elif total:
            words = _("{title} {percent} %").format(title=jobs[0].title, percent=round(100 * done / total))
        else:
            words = _("{title}…").format(title=jobs[0].title)
        self._say(self.work, words)
        self.work.setAccessibleName(words)
        self.work.setToolTip(_("Näytä keskeneräiset työt"))

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window():
            return
        words = new.accessibleDescription() or new.statusTip() or new.toolTip()
        self.hint.setText(words.split("\n")[0])

    def _say(self, button: QToolButton, words: str) -> None:
        """A title may be long; the line has room for others, too."""
        button.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, _MOST))

    @staticmethod
    def _button(meaning: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(meaning))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return made
