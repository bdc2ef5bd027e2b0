"""A new recovery key in the place of the old one: shown once, and taken into use only when it is safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.dialogs import Dialogs
from workbench.ui.settings.fields import button
from workbench.ui.start.foot import Foot
from workbench.ui.start.recovery import RecoveryView
from workbench.ui.widgets.text import rule


class NewKeyDialog(QDialog):
    """``take(key)`` when the person has the key in safety and says so."""

    def __init__(
        self,
        parent: QWidget,
        dialogs: Dialogs,
        key: str,
        municipality: str,
        on: date,
        take: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Uusi palautusavain"))
        self.setMinimumSize(752, 620)
        self._take = take
        self.view = RecoveryView(
            dialogs,
            _("Uusi avain tulee voimaan vasta, kun otat sen käyttöön. Se näytetään vain nyt. Vanha avain avaa sen "
              "jälkeen enää aiemmin tehdyt varmuuskopiot."),
        )  # fmt: skip
        self.view.show_key(key, municipality, on)
        self.view.ready.connect(self._look)
        self.back = button(_("Peruuta"))
        self.back.clicked.connect(self.reject)
        self.go = button(_("Ota avain käyttöön"), primary=True)
        self.go.clicked.connect(self._agreed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(rule())
        column.addWidget(Foot(self.back, self.go))
        self._look(False)

    def done(self, result: int) -> None:
        self.view.forget()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.forget()
        super().closeEvent(event)

    def _look(self, ready: bool) -> None:
        self.go.setEnabled(ready)
        self.go.setToolTip("" if ready else _("Tulosta tai tallenna avain tai kirjoita ensin sen ryhmät."))

    def _agreed(self) -> None:
        key = self.view.key()
        self.accept()
        self._take(key)
