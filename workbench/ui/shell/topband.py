"""The band on top: for whom one acts, in colour and in words; the command field; the state of the store.

Invariant: whose register one writes in is always in sight, in words. A substitute's band is double: her own
municipality's colour above, the receiving one's below, and the words say until when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import BAND, TOP, L, M, S
from workbench.ui.widgets.text import label


@dataclass(frozen=True)
class Acting:
    """One way to act: in one's own office, or as a substitute under an arrangement."""

    municipality: str
    name: str
    role: str = ""
    text: str = ""
    """For a substitute: "Vetelin kunnan puolesta 1.–14.7."."""
    arrangement_id: str = ""
    home_municipality: str = ""


class TopBand(QWidget):
    """Emits ``acting_chosen(Acting)``, ``command_wanted()`` and ``sync_wanted()``."""

    acting_chosen = Signal(object)
    command_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = _Strip()
        self._acting: list[Acting] = []
        self.acting = QToolButton()
        self.acting.setObjectName("acting")
        self.acting.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.acting.setIcon(icon("municipality"))
        self.acting.clicked.connect(self.open_acting_menu)
        self.role = label("", "soft")
        self.command = _CommandField()
        self.command.setMinimumWidth(180)
        self.command.setMaximumWidth(520)
        self.command.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.command.setAccessibleName(_("Etsi tai anna komento"))
        self.command.setToolTip(_("Etsi asioita, asiakirjoja ja komentoja (Ctrl+K)"))
        self.command.clicked.connect(self.command_wanted)
        self.demo = label(_("ESITTELYAINEISTO"), "demo")
        self.demo.setToolTip(_("Tiedot ovat keksittyjä. Mikään ei lähde täältä oikeasti."))
        self.demo.hide()
        self.sync = QToolButton()
        self.sync.setObjectName("sync")
        self.sync.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sync.setToolTip(_("Mitä odottaa lähetystä ja miksi (Ctrl+Shift+Y)"))
        self.sync.clicked.connect(self.sync_wanted)
        bar = QWidget()
        bar.setObjectName("top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(TOP)
        row = QHBoxLayout(bar)
        row.setContentsMargins(M, 0, L, 0)
        row.setSpacing(S)
        row.addWidget(self.acting)
        row.addWidget(self.role)
        row.addStretch(1)
        row.addWidget(self.command, 4)
        row.addStretch(1)
        row.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sync)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(bar)

    def set_acting(self, choices: Sequence[Acting], current: Acting) -> None:
        """For whom one can act, and for whom one does."""
        self._acting = list(choices)
        self.acting.setText(f" {current.name.upper()} ▾" if len(choices) > 1 else f" {current.name.upper()}")
        words = current.text or current.role
        self.role.setText(words)
        named = _("Toimit: {name}, {words}").format(name=current.name, words=words)
        self.acting.setAccessibleName(named)
        self.acting.setToolTip(_("{who}. Vaihda, kenen puolesta toimit.").format(who=named))
        self._strip.set(current.municipality, current.home_municipality if current.arrangement_id else "")

    def set_sync(self, text: str, state: str = "ok", mark: str = "") -> None:
        """State of the store and of the connection, in words: "ajan tasalla"; ``mark`` names its glyph."""
        self.sync.setText(text)
        self.sync.setAccessibleName(_("Synkronointi: {state}").format(state=text))
        meaning = mark or {"ok": "ok", "waiting": "sync", "warning": "offline"}.get(state, "error")
        self.sync.setIcon(icon(meaning, state))

    def open_acting_menu(self) -> None:
        """Choose for whom one acts."""
        if len(self._acting) < 2:
            return
        menu = QMenu(self)
        for choice in self._acting:
            words = choice.text or choice.role
            item = menu.addAction(
                icon("municipality", colours().municipality(choice.municipality)), f"{choice.name}\t{words}"
            )
            item.triggered.connect(lambda _checked=False, chosen=choice: self.acting_chosen.emit(chosen))
        menu.popup(self.acting.mapToGlobal(self.acting.rect().bottomLeft()))


class _CommandField(QPushButton):
    """Looks like a field and opens the palette; says less where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("command")
        self.setIcon(icon("search"))
        self._keys = label("Ctrl+K", "key")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, S, 0)
        inside.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = _("Etsi tai anna komento")
        room = self.width() - self._keys.sizeHint().width() - 64
        fits = self.fontMetrics().horizontalAdvance(words) <= room
        self.setText(words if fits else _("Etsi"))


class _Strip(QWidget):
    """The 4 px colour; two of them, with a gap, for a substitute."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self.setAccessibleName(_("Kunnan väri"))
        self.set("", "")

    def set(self, acting: str, home: str) -> None:
        self._codes = (home, acting) if home and home != acting else (acting,)
        self.setFixedHeight(BAND if len(self._codes) == 1 else 2 * BAND + 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().surface))
        for n, code in enumerate(self._codes):
            painter.fillRect(0, n * (BAND + 2), self.width(), BAND, QColor(colours().municipality(code)))
