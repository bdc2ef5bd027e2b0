"""A restricted case before it is shown: asks the reason, which is logged, and only then the case is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.cases.edit import OpenSecret
from workbench.cases.naming import shown_number
from workbench.cases.whole import LockedCase
from workbench.i18n import _
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.widgets.empty import EmptyState


class LockedPane(QWidget):
    """``unlocked`` when the reason has been logged."""

    unlocked = Signal()

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._case: LockedCase | None = None
        self._asking = False
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.button = QPushButton(_("Kerro peruste ja avaa"))
        self.button.setProperty("primary", True)
        self.button.setIcon(icon("unlock", "on_accent"))
        self.button.clicked.connect(self.ask)
        self._state = EmptyState(
            _("Salassa pidettävä asia"),
            _("Avaaminen vaatii perusteen, joka jää lokiin."),
            self.button,
            picture="secret",
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self._state)

    def show_case(self, case: LockedCase) -> None:
        """What may be told of the case."""
        self._case = case
        self._state.set(
            _("Asia {number} on salassa pidettävä").format(number=shown_number(case.number)),
            _("Avaaminen vaatii perusteen, joka jää lokiin."),
        )

    def focus(self) -> None:
        """Put the keyboard on the one button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_soon(self) -> None:
        """Ask once the page has been painted."""
        self.focus()
        QTimer.singleShot(0, self, lambda: self.ask() if self.isVisible() else None)

    def ask(self) -> None:
        """Ask the reason, log it, and tell."""
        case = self._case
        if case is None or self._asking:
            return
        own = (_("Käsittelen asiaa"),) if case.own else ()
        self._asking = True
        try:
            reason = self._ui.dialogs.ask_reason(
                _("Salassa pidettävä asia {number}").format(number=shown_number(case.number)),
                _("Avaaminen kirjautuu lokiin. Miksi avaat asian?"),
                deed=_("Avaa asia"),
                suggestions=(*own, _("Asia liittyy asiaan, jota käsittelen"), _("Vastaan tietopyyntöön")),
            )
        finally:
            self._asking = False
        if reason is None:
            return
        self._ui.tasks.run_command(
            OpenSecret(kind="case_file", row_id=case.id, reason=reason),
            initiator=self,
            done=lambda _changes: self.unlocked.emit(),
        )
