"""Bringing a staff file in: every line and fault is seen before anything is written; then all or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.desk import Desk
from workbench.i18n import _, ngettext
from workbench.setup.municipality import staff_commands
from workbench.setup.staff_preview import StaffPreview
from workbench.ui.settings.fields import button
from workbench.ui.settings.staff_table import StaffTable
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label


class ImportView(QWidget):
    """``left()`` when the person is done with it, one way or the other."""

    left = Signal()

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__()
        self._ui, self._desk = ui, desk
        self._found: StaffPreview | None = None
        self.title = label("", "section")
        self.verdict = Pill()
        self.advice = label("", "soft", wrap=True)
        self.table = StaffTable()
        self.go = button("", "import", primary=True)
        self.go.clicked.connect(self.bring_in)
        back = button(_("Peruuta"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(self.title)
        head.addWidget(self.verdict)
        head.addStretch(1)
        head.addWidget(back)
        head.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.advice)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_preview(self, path: Path, found: StaffPreview) -> None:
        """Show a judged file."""
        self._found = found
        count, faulty = len(found.rows()), found.faulty
        self.title.setText(path.name)
        if faulty:
            self.verdict.set(
                "stop",
                ngettext("{n} rivissä korjattavaa", "{n} rivissä korjattavaa", faulty).format(n=faulty),
            )
            self.advice.setText(
                _("Mitään ei ole vielä tuotu. Korjaa rivit tiedostoon ja valitse se uudelleen.")
            )
        else:
            self.verdict.set("ok", _("Kaikki rivit kunnossa"))
            self.advice.setText(_("Mitään ei ole vielä tuotu. Tarkista rivit ja tuo ne."))
        self.go.setText(ngettext("Tuo {n} rivi", "Tuo {n} riviä", count).format(n=count))
        self.go.setEnabled(not faulty and count > 0)
        self.go.setToolTip(_("Korjaa ensin tiedoston virheet.") if faulty else "")
        self.table.show_preview(found)

    def bring_in(self) -> None:
        """Write all lines in one transaction."""
        found = self._found
        if found is None or found.faulty:
            return
        store, session = self._desk.store, self._desk.session
        rows = found.rows()

        def work(progress: Any) -> int:
            progress.step(0, len(rows), _("Lisätään henkilöstö"))
            _people, commands = staff_commands(rows, dict(found.codes), dict(found.known))
            store.execute_all(commands, session)
            return len(rows)

        def done(count: int) -> None:
            self._ui.notify.say(ngettext("Tuotu {n} rivi.", "Tuotu {n} riviä.", count).format(n=count))
            self.left.emit()

        self.go.setEnabled(False)
        self._ui.jobs.start(_("Tuodaan henkilöstö"), work, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self._ui.notify.say(str(error), state="stop")
