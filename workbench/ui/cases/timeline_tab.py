"""Aikajana: letters, actions, notes and handovers of a case in one column, the newest first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.cases.detail import TimelineItem
from workbench.cases.whole import WholeCase
from workbench.clock import local
from workbench.i18n import N_, _, day_text, time_text
from workbench.ui.cases.words import capital
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.filterfield import FilterField
from workbench.ui.widgets.timeline import Entry, TimelineView

_KINDS = {
    "document": N_("Kirjeet ja asiakirjat"),
    "action": N_("Toimenpiteet"),
    "note": N_("Muistiinpanot"),
    "handover": N_("Siirrot"),
}
_ICONS = {"document": "letter", "action": "phase", "note": "note", "handover": "assign"}
_DIRECTIONS = {"received": N_("Saapunut: {title}"), "sent": N_("Lähetetty: {title}"), "own": N_("{title}")}


class TimelineTab(QWidget):
    """``opened(kind, id)`` when an entry is opened."""

    opened = Signal(str, str)

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._items: list[tuple[str, Entry]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setContentsMargins(M, S, M, S)
        self._bar.setSpacing(S)
        self.view = TimelineView()
        self.filter = FilterField(_("Suodata aikajanaa"))
        self.filter.attach(self.view)
        self.filter.setMinimumWidth(120)
        self.filter.filtered.connect(lambda _text: self._look())
        self._bar.addWidget(self.filter, 1)
        self._kinds = QHBoxLayout()
        self._kinds.setSpacing(S)
        self.chips: dict[str, QPushButton] = {}
        for kind, words in _KINDS.items():
            chip = QPushButton(_(words))
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.toggled.connect(lambda _on: self._look())
            self.chips[kind] = chip
            self._kinds.addWidget(chip)
        self._bar.addLayout(self._kinds)
        column.addLayout(self._bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._empty = EmptyState("", "", ui.actions.button("case.note"), picture="history")
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        self.view.opened.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the kinds stand under the filter."""
        super().resizeEvent(event)
        wanted = self.filter.minimumWidth() + self._kinds.sizeHint().width() + 2 * M + S
        way = QBoxLayout.Direction
        self._bar.setDirection(way.TopToBottom if wanted > self.width() else way.LeftToRight)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's events."""
        self._items = [(item.kind, entry_of(item, whole)) for item in whole.case.timeline()]
        self._look()

    def show_thing(self, kind: str, id_: str) -> bool:
        """Put an entry in hand; False when it is not here."""
        for n, (_kind, entry) in enumerate(self._shown()):
            if entry.id == f"{kind}:{id_}":
                self.view.setCurrentIndex(self.view.model().index(n, 0))
                return True
        return False

    def focus(self) -> None:
        """Put the keyboard on the newest entry."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> list[tuple[str, Entry]]:
        kinds = {kind for kind, chip in self.chips.items() if chip.isChecked()}
        words = self.filter.text().strip().casefold()
        return [
            (kind, e)
            for kind, e in self._items
            if (not kinds or kind in kinds) and words in f"{e.title} {e.body} {e.actor} {e.day}".casefold()
        ]

    def _look(self) -> None:
        shown = self._shown()
        self.view.set_entries([entry for _kind, entry in shown])
        if self._items:
            self._empty.set(_("Ei osumia"), _("Poista rajaus tai muuta suodatinta."))
        else:
            self._empty.set(
                _("Ei vielä tapahtumia"), _("Kirjeet, toimenpiteet ja muistiinpanot tulevat tähän.")
            )
        self._stack.setCurrentIndex(0 if shown else 1)

    def _open(self, id_: str) -> None:
        kind, _colon, row_id = id_.partition(":")
        self.opened.emit(kind, row_id)


def entry_of(item: TimelineItem, whole: WholeCase) -> Entry:
    """An event as the timeline shows it."""
    title, body, actor, time = item.title, item.text, whole.person(item.by_id), time_text(item.at)
    state = ""
    if item.kind == "document":
        found = next((d for d in whole.case.documents if d.id == item.id), None)
        direction = found.fields["direction"] if found else "own"
        title = _(_DIRECTIONS[direction]).format(title=item.title)
        if found is not None and found.attachments:
            names = ", ".join(a.fields["title"] for a in found.attachments)
            body = "\n".join(filter(None, (body, _("Liitteet: {names}").format(names=names))))
        state = "stop" if found is not None and found.fields["restricted"] else "waiting"
    elif item.kind == "action":
        time = ""
        title = capital(item.title)
        state = "ok"
    elif item.kind == "note":
        title, _newline, body = item.text.partition("\n")
        if len(title) > 90:
            title, body = _("Muistiinpano"), item.text
    elif item.kind == "handover":
        title, actor = _("Käsittelijäksi {name}").format(name=actor), ""
    day = day_text(local(item.at).date())
    return Entry(f"{item.kind}:{item.id}", day, time, _ICONS[item.kind], title, body, actor, state)
