"""The update of an old store (tietovaraston päivitys) before the window opens: what is being done, in words.

It cannot be cancelled half-way from here; it is all or nothing, and a backup is taken first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from workbench.i18n import _
from workbench.ui.jobs import Jobs, Progress
from workbench.ui.start.progress import ProgressView
from workbench.ui.theme.dress import dress

Work = Callable[[Callable[[str], None]], None]


class UpdateDialog(QDialog):
    """Runs ``work`` off the window's thread and closes when it is done; its error is in ``error``."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setWindowTitle(_("Seutupöytä"))
        self.resize(560, 320)
        dress(self)
        self.error: Exception | None = None
        self.jobs = Jobs(parent=self)
        self.view = view = ProgressView(
            _("Päivitetään tietovarasto"),
            _("Otetaan varmuuskopio ennen päivitystä"),
        )
        QVBoxLayout(self).addWidget(view)

        def run(progress: Progress) -> None:
            work(lambda text: progress.step(0, 0, text))

        title = _("Päivitetään tietovarasto")
        view.follow(self.jobs, self.jobs.start(title, run, done=self._done, failed=self._failed))

    def _done(self, _result: Any) -> None:
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.error = error
        self.accept()

    def reject(self) -> None:
        """Escape does not end an update under way."""

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.jobs.unfinished():
            event.ignore()
        else:
            self.jobs.shutdown()
            super().closeEvent(event)


def run_update(work: Work) -> None:
    """Show the dialog until the work is done; raises what the work raised."""
    dialog = UpdateDialog(work)
    dialog.exec()
    dialog.jobs.shutdown()
    if dialog.error is not None:
        raise dialog.error
