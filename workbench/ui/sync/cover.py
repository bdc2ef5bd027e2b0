"""The cover over the window of a workstation that its server has not seen for too long: nothing is shown until it
has been in touch. What was typed stays underneath."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.sync.status import State, SyncStatus
from workbench.ui.settings.fields import button
from workbench.ui.shell import Ui
from workbench.ui.sync.services import SyncServices
from workbench.ui.sync.signin import SignInForm
from workbench.ui.theme.current import colours
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.text import glyph, label

_WIDTH = 440


class LockCover(QWidget):
    """Lies over ``window`` while the state is LOCKED."""

    lifted = Signal()
    """It went away: what lies under it may look again."""

    def __init__(self, ui: Ui, services: SyncServices, now: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("cover")
        self.setAccessibleName(_("Työasema on lukittu"))
        self._under: list[QWidget] = []
        self.words = label("", "soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setFixedWidth(_WIDTH)
        title = label(_("Työasema on lukittu"), "title")
        self.now = button(_("Yhdistä nyt"), "sync", primary=True)
        self.now.clicked.connect(now)
        self.sign_in = SignInForm(ui, services)
        self.sign_in.setFixedWidth(_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addStretch(1)
        row.addWidget(self.now)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(M)
        column.addStretch(2)
        for part in (glyph("lock", "text_soft", 40), title, self.words):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(L)
        column.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addStretch(3)
        window.installEventFilter(self)
        self.hide()

    def look(self, status: SyncStatus) -> None:
        """Cover, or uncover."""
        locked = status.state is State.LOCKED
        if locked:
            self.words.setText(
                _("{why} Kaikki tekemäsi on tallessa tällä koneella.").format(why=status.message)
            )
            self.sign_in.setVisible(status.signed_out)
            self.now.setVisible(not status.signed_out)
        if locked == self.isVisible():
            return
        window = self._window
        if locked:
            # What lies under it must not be reached by the keyboard either.
            self._under = [
                w for w in window.children() if isinstance(w, QWidget) and w is not self and w.isEnabled()
            ]
            for widget in self._under:
                widget.setEnabled(False)
            self.setGeometry(window.rect())
            self.show()
            self.raise_()
            (self.sign_in.username.edit if status.signed_out else self.now).setFocus()
        else:
            for widget in self._under:
                widget.setEnabled(True)
            self.hide()
            self.lifted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(colours().window))
