"""The start of an empty home: join the office's server, look round, bring a municipality into use, or restore a
backup. Nothing is made before the person has chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.clock import Clock
from workbench.i18n import _
from workbench.setup.demo_home import CASES, make_demo
from workbench.store.keys import SecretStore
from workbench.ui.dialogs import Dialogs, QtDialogs
from workbench.ui.jobs import Cancelled, Job, Jobs
from workbench.ui.start.guide import GuideView
from workbench.ui.start.joining import JoinView
from workbench.ui.start.progress import ProgressView
from workbench.ui.start.restore import RestoreView
from workbench.ui.theme.dress import dress
from workbench.ui.theme.tokens import XL, XXL, L, M, S
from workbench.ui.widgets.text import glyph, label

_SIZE = (1000, 700)


class StartWindow(QDialog):
    """Accepted when the home has a store; ``passphrase`` then opens it, "" when none is needed."""

    def __init__(
        self,
        home: Path,
        *,
        clock: Clock,
        ring: SecretStore,
        dialogs: Dialogs | None = None,
        demo_cases: int = CASES,
    ) -> None:
        super().__init__()
        self.setWindowTitle(_("Seutupöytä – aloitus"))
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint)
        self.setMinimumSize(760, 560)
        self.resize(*_SIZE)
        self._home, self._demo_cases = home, demo_cases
        self._dialogs = dialogs or QtDialogs(self)
        self.jobs = Jobs(parent=self)
        self.passphrase = ""
        self._demo_job: Job | None = None
        self.choices = _Choices()
        self.progress = ProgressView(
            _("Tehdään esittelyaineistoa"),
            _("Viisi kuntaa, henkilöstö ja keksittyjä asioita. Tähän menee alle minuutti."),
            cancel=True,
        )
        self.progress.cancelled.connect(self._cancel_demo)
        self.guide = GuideView(home, jobs=self.jobs, dialogs=self._dialogs, clock=clock, ring=ring)
        self.restoring = RestoreView(home, jobs=self.jobs, dialogs=self._dialogs, ring=ring)
        self.joining = JoinView(home, jobs=self.jobs, ring=ring, clock=clock)
        self.stack = QStackedWidget()
        for view in (self.choices, self.progress, self.guide, self.restoring, self.joining):
            self.stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.choices.demo.clicked.connect(self.start_demo)
        self.choices.new.clicked.connect(lambda: self._open(self.guide))
        self.choices.restore.clicked.connect(lambda: self._open(self.restoring))
        self.choices.join.clicked.connect(lambda: self._open(self.joining))
        for view in (self.guide, self.restoring, self.joining):
            view.left.connect(lambda: self._open(self.choices))
            view.finished.connect(self._finish)
        dress(self)

    def start_demo(self) -> None:
        """Make the demonstration region, with progress."""
        home, cases = self._home, self._demo_cases

        def work(progress: Any) -> None:
            make_demo(home, progress.step, cases=cases)

        self._open(self.progress)
        self._demo_job = self.jobs.start(
            _("Tehdään esittelyaineistoa"), work, done=lambda _r: self._finish(""), failed=self._no_demo
        )
        self.progress.follow(self.jobs, self._demo_job)

    def _cancel_demo(self) -> None:
        if self._demo_job is not None:
            self.jobs.cancel(self._demo_job)

    def _no_demo(self, error: Exception) -> None:
        self._demo_job = None
        self._open(self.choices)
        if not isinstance(error, Cancelled):
            self._dialogs.message(_("Esittelyaineistoa ei voitu tehdä"), str(error))

    def _open(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        if view is self.choices:
            self.choices.demo.setFocus()
        elif view is self.guide:
            self.guide.steps[0].fields["code"].edit.setFocus()
        else:
            view.setFocus()

    def _finish(self, passphrase: str) -> None:
        self.passphrase = passphrase
        self.jobs.shutdown()
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt knows one default button a dialog; here each view has its own, and a focused button goes first.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        go = getattr(self.stack.currentWidget(), "go", None)
        if isinstance(focused, QPushButton):
            focused.click()
        elif isinstance(go, QPushButton) and go.isVisible():
            go.click()

    def reject(self) -> None:
        # Escape goes one step back; closing the window is closeEvent's matter.
        if self.stack.currentWidget() is self.guide and self.guide.made is None:
            self.guide.step_back()
        else:
            for view in (self.restoring, self.joining):
                if self.stack.currentWidget() is view and view.back.isEnabled():
                    self._open(self.choices)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.guide.abandon():
            event.ignore()
            return
        self.jobs.shutdown()
        event.accept()
        self.done(QDialog.DialogCode.Rejected)


class _Choices(QWidget):
    """Four large buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.demo = _choice(
            "demo",
            _("Tutustu esittelyaineistolla"),
            _("Viisi kuntaa ja keksittyjä asioita. Voit kokeilla kaikkea, mitään oikeaa ei ole mukana."),
        )
        self.new = _choice(
            "municipality",
            _("Ota kunta käyttöön"),
            _("Seitsemän lyhyttä vaihetta. Mitään ei tallenneta, ennen kuin olet valmis."),
        )
        self.restore = _choice(
            "backup",
            _("Palauta varmuuskopiosta"),
            _("Tarvitset varmuuskopion kansion ja palautusavaimen tai salalauseen."),
        )
        self.join = _choice(
            "online",
            _("Liity kunnan palvelimeen"),
            _("Sait pääkäyttäjältä osoitteen ja liittymiskoodin. Aineisto haetaan tälle koneelle."),
        )
        column = QVBoxLayout()
        column.setSpacing(M)
        column.addStretch(2)
        column.addWidget(label(_("Seutupöytä"), "title"))
        column.addWidget(label(_("Tällä koneella ei ole vielä tietovarastoa. Mitä haluat tehdä?"), "soft"))
        column.addSpacing(S)
        for made in (self.demo, self.join, self.new, self.restore):
            column.addWidget(made)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(XXL, XL, XXL, XL)
        row.addStretch(1)
        row.addLayout(column, 4)
        row.addStretch(1)


class _Large(QPushButton):
    """As tall as the words inside it; the style sheet's height is for one line."""

    def sizeHint(self) -> QSize:
        return QSize(480, 88)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 88)


def _choice(picture: str, title: str, words: str) -> QPushButton:
    made = _Large()
    made.setAccessibleName(title)
    made.setAccessibleDescription(words)
    made.setAutoDefault(True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    texts = QVBoxLayout()
    texts.setSpacing(2)
    head, told = label(title, "section", wrap=True), label(words, "soft", wrap=True)
    row = QHBoxLayout(made)
    row.setContentsMargins(L, M, L, M)
    row.setSpacing(L)
    mark = glyph(picture, "accent", 28)
    for part in (mark, head, told):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    texts.addWidget(head)
    texts.addWidget(told)
    row.addWidget(mark)
    row.addLayout(texts, 1)
    return made
