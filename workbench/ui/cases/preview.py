"""The case in hand beside the list: what it is, what waits, what happened last. Nothing is opened or logged."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.cases.naming import shown_number
from workbench.cases.queries import CaseRow, load_cases
from workbench.cases.whole import LockedCase, WholeCase, load_whole
from workbench.clock import today
from workbench.i18n import _, day_text, ngettext
from workbench.store.store import Reader
from workbench.ui.cases.header import phases_of
from workbench.ui.cases.timeline_tab import entry_of
from workbench.ui.cases.words import (
    capital,
    due_text,
    is_over,
    publicity_look,
    publicity_short,
    state_look,
    state_text,
)
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import SectionHeader, label
from workbench.ui.widgets.timeline import TimelineView

_PAUSE_MS = 90
_EVENTS = 8


def _read(reader: Reader, k: int) -> WholeCase | LockedCase | CaseRow | None:
    rows = load_cases(reader, [k])
    return load_whole(reader, rows[0].id) if rows else None


class CasePreview(QStackedWidget):
    """``show_number(k)``; a moment's pause, so that running down a list reads nothing in between."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._k: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._load)
        self._nothing = EmptyState(
            _("Valitse asia"), _("Valitun asian tiedot näkyvät tässä. Enter avaa asian."), picture="case"
        )
        self.addWidget(self._nothing)
        self._case = self._body()
        self.addWidget(self._case)
        for part in (self._nothing, self._case):
            part.setProperty("role", "surface")
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        self.number = label("", "soft", selectable=True)
        self.title = label("", "section", wrap=True, selectable=True)
        self.state, self.publicity = Pill(), Pill()
        self.facts = KeyValue()
        self.events = TimelineView()
        self.events.setAccessibleDescription("")
        self.events.setMinimumHeight(150)
        column.addWidget(self.number)
        column.addWidget(self.title)
        pills = QHBoxLayout()
        pills.setSpacing(S)
        pills.addWidget(self.state)
        pills.addWidget(self.publicity)
        pills.addStretch(1)
        column.addLayout(pills)
        column.addWidget(self.facts)
        self.missing = label("", "soft", wrap=True)
        column.addWidget(self.missing)
        column.addWidget(SectionHeader(_("Viimeksi tapahtunut")))
        column.addWidget(self.events, 1)
        return body

    def show_number(self, k: int | None) -> None:
        """The row in hand moved."""
        self._k = k
        if k is None:
            self._timer.stop()
            self._ui.tasks.cancel(self, "preview")
            self._nothing.set(_("Valitse asia"), _("Valitun asian tiedot näkyvät tässä. Enter avaa asian."))
            self.setCurrentIndex(0)
        else:
            self._timer.start()

    def renew(self) -> None:
        """Something changed in the store."""
        if self._k is not None:
            self._timer.start()

    def _load(self) -> None:
        if self._k is not None and self.isVisible():
            self._ui.tasks.run_query(
                self, "preview", _read, self._k, done=self._show, failed=lambda _error: self.show_number(None)
            )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._load()

    def _show(self, found: WholeCase | LockedCase | CaseRow | None) -> None:
        if isinstance(found, LockedCase):
            self._nothing.set(
                _("Asia {number} on salassa pidettävä").format(number=shown_number(found.number)),
                _("Enter avaa asian. Avaaminen vaatii perusteen, joka jää lokiin."),
            )
            self.setCurrentIndex(0)
            return
        if not isinstance(found, WholeCase):
            self.show_number(None)
            return
        f, now = found.fields, today(self._ui.clock)
        voided = bool(f["voided_at"])
        self.number.setText(shown_number(f["number"]))
        self.title.setText(f["title"])
        self.state.set(state_look(f["state"], voided=voided), state_text(f["state"], voided=voided))
        secrecy = f["publicity"]
        self.publicity.set(publicity_look(secrecy), publicity_short(secrecy), secrecy)
        parties = ", ".join(p["name"] for p in found.case.parties[:3])
        self.facts.set_rows(
            [
                (_("Vaihe"), _phase(found)),
                (_("Käsittelijä"), found.person(f["handler_id"]) or _("ei ole")),
                (_("Määräaika"), due_text(f["due_on"], now, closed=is_over(f)) or _("ei ole")),
                (
                    _("Tehtäväluokka"),
                    found.case.plan_class.label if found.case.plan_class else f["class_code"],
                ),
                (_("Tullut vireille"), day_text(f["opened_on"])),
                (_("Osapuolet"), parties or _("ei merkitty")),
            ]
        )
        count = 0 if is_over(f) else len(found.case.problems)
        self.missing.setVisible(count > 0)
        self.missing.setText(
            ngettext(
                "{n} asia on hoidettava ennen päättämistä.",
                "{n} asiaa on hoidettava ennen päättämistä.",
                count,
            ).format(n=count)
        )
        self.events.set_entries([entry_of(item, found) for item in found.case.timeline()[:_EVENTS]])
        self.setCurrentIndex(1)


def _phase(whole: WholeCase) -> str:
    phases, phase = phases_of(whole), whole.fields["phase"]
    if is_over(whole.fields):
        return _("Käsittely on päättynyt")
    return _("{name} ({n}/{total})").format(name=capital(phase), n=phases.index(phase) + 1, total=len(phases))
