"""What waits and why, under the band's mark: how it stands in a sentence, deeds on their way, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.clock import local, today
from workbench.i18n import _, moment_text, ngettext, time_text
from workbench.store.store import Reader
from workbench.sync.conflicts import Waiting, load_waiting
from workbench.sync.status import State, SyncStatus
from workbench.ui.settings.fields import button
from workbench.ui.shell import Ui
from workbench.ui.sync.synchroniser import LOOKS, MARKS, Synchroniser
from workbench.ui.theme.tokens import XS, L, M, S
from workbench.ui.widgets.text import Shortened, glyph, label, rule

_WIDTH = 420
_SHOWN = 6


class SyncPopup(QFrame):
    """Opens under the band's mark; Escape or a click elsewhere closes it."""

    def __init__(
        self,
        ui: Ui,
        synchroniser: Synchroniser,
        open_conflicts: Callable[[], None],
        open_settings: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAccessibleName(_("Synkronointi"))
        self.setFixedWidth(_WIDTH)
        self._ui, self._synchroniser = ui, synchroniser
        self._anchor: QWidget | None = None
        self._mark = glyph("ok", "ok", 20)
        self.title = label("", "section", wrap=True)
        self.words = label("", "soft", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self.more = label("", "small")
        self.conflicts = button(_("Avaa ristiriidat"), "conflicts")
        self.conflicts.clicked.connect(lambda: self._go(open_conflicts))
        self.now = button(_("Synkronoi nyt"), "sync", primary=True)
        self.now.clicked.connect(self._synchronise)
        self.settings = button(_("Palvelimen asetukset"), "settings", quiet=True)
        self.settings.clicked.connect(lambda: self._go(open_settings))
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        self._rule = rule()
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self.now)
        row.addWidget(self.conflicts)
        row.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.settings)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, S)
        layout.setSpacing(M)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addWidget(self._rule)
        layout.addLayout(self._lines)
        layout.addWidget(self.more)
        layout.addLayout(row)
        layout.addWidget(rule())
        layout.addLayout(foot)
        synchroniser.status_changed.connect(self._on_status)

    def open_at(self, anchor: QWidget) -> None:
        """Show under ``anchor``, right edges together."""
        self._anchor = anchor
        self._show_lines([])
        self._on_status(self._synchroniser.status)
        self._ask()
        self._place()
        self.show()
        (self.now if self.now.isVisible() else self.settings).setFocus()

    # -- inside ------------------------------------------------------------------------------------------

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))
        if self._anchor is not None:
            corner = self._anchor.mapToGlobal(self._anchor.rect().bottomRight())
            self.move(corner - QPoint(self.width() - 1, -XS))

    def _go(self, there: Callable[[], None]) -> None:
        self.hide()
        there()

    def _synchronise(self) -> None:
        self._synchroniser.now()
        self.title.setText(_("Synkronoidaan…"))

    def _on_status(self, status: SyncStatus) -> None:
        look = LOOKS[status.state]
        self._mark.show_glyph(MARKS[status.state], look)
        self.title.setText(_title(status))
        joined = status.state is not State.NOT_JOINED
        self.words.setText(self._words_of(status))
        undecided = status.conflicts + status.quarantined
        self.conflicts.setVisible(bool(undecided))
        self.now.setVisible(joined)
        self.now.setEnabled(status.state not in (State.SYNCING, State.SIGNED_OUT))
        self.settings.setText(_("Palvelimen asetukset") if joined else _("Liitä palvelimeen…"))
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._ui.tasks.run_query(self, "waits", _load, done=self._show_lines)

    def _words_of(self, status: SyncStatus) -> str:
        if status.state is State.NOT_JOINED:
            return _(
                "Työasema toimii itsenäisesti, ja kaikki on tallessa tällä koneella. Palvelimeen liitettynä "
                "sama aineisto on myös muiden käytössä."
            )
        contact = ""
        if status.last_contact is not None:
            same = local(status.last_contact).date() == today(self._ui.clock)
            at = status.last_contact
            when = _("klo {time}").format(time=time_text(at)) if same else moment_text(at)
            contact = _("Palvelimeen viimeksi yhteydessä {when}.").format(when=when)
        if status.state is State.OFFLINE and status.last_contact is not None:
            return _("{contact} Voit jatkaa työtä: muutokset lähtevät, kun yhteys palaa.").format(
                contact=contact
            )
        return contact

    def _show_lines(self, waiting: list[Waiting]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in waiting[:_SHOWN]:
            line = _WaitingLine(one)
            self._lines.addWidget(line)
            line.show()  # at once: what is not shown yet gets no room when the height is worked out
        rest = self._synchroniser.status.waiting - len(waiting[:_SHOWN])
        self.more.setVisible(bool(waiting) and rest > 0)
        self.more.setText(
            ngettext("ja {n} muu muutos", "ja {n} muuta muutosta", max(rest, 0)).format(n=max(rest, 0))
        )
        self._rule.setVisible(bool(waiting))
        if self._anchor is not None:
            self._place()


def _title(status: SyncStatus) -> str:
    if status.state is State.NOT_JOINED:
        return _("Ei palvelinta")
    if status.state is State.UP_TO_DATE:
        return _("Kaikki on ajan tasalla")
    return status.message[:1].upper() + status.message[1:]


class _WaitingLine(QWidget):
    """One deed on its way: what, when, and why it is still here."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        title = Shortened("")
        named = not waiting.about or waiting.about in waiting.did
        title.setText(waiting.did if named else f"{waiting.did}: {waiting.about}")
        why = Shortened("small")
        why.setText(f"{moment_text(waiting.at)} · {_why(waiting)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(why)


def _why(waiting: Waiting) -> str:
    if waiting.held:
        return _("odottaa, että ristiriita ratkaistaan")
    if waiting.message:
        return _("palvelin: {why}").format(why=waiting.message)
    return _("lähetetty, vastausta odotetaan") if waiting.sent else _("odottaa lähetystä")


def _load(reader: Reader) -> list[Waiting]:
    return load_waiting(reader, most=_SHOWN + 1)
