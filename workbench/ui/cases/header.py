"""The head of a case: number, title, what it is in pills, who handles it, until when, and its phases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.cases.model import PHASE_ORDER
from workbench.cases.naming import shown_number
from workbench.cases.whole import WholeCase
from workbench.clock import today
from workbench.i18n import _, day_text, ngettext
from workbench.store.unit import IN_CONFLICT
from workbench.ui.cases.words import (
    capital,
    due_look,
    due_text,
    is_over,
    publicity_look,
    state_look,
    state_text,
)
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XL, M, S
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.stepper import Stepper
from workbench.ui.widgets.text import glyph, label

_USUAL = ("vireilletulo", "valmistelu", "päätöksenteko", "tiedoksianto", "toimeenpano")

ADD = ("case.note", "case.task", "case.action", "case.party", "case.document", "case.link")
HANDLE = (
    "case.hand_over", "case.phase", "case.reclassify", "", "case.favourite", "case.watch", "case.copy",
    "case.give_access", "", "case.close", "case.reopen",
)  # fmt: skip
CORRECT = (
    "case.edit", "case.arrival_time", "case.unlink", "",
    "document.move", "case.split", "case.merge", "case.transfer", "", "case.void",
)  # fmt: skip


def phases_of(whole: WholeCase) -> list[str]:
    """Phases of the case's class, in order; the present one is always among them."""
    node = whole.case.plan_class
    wanted = {str(p) for p in node.phases} if node and node.phases else set(_USUAL)
    wanted.add(whole.fields["phase"])
    return [p for p in PHASE_ORDER if p in wanted]


class CaseHeader(QWidget):
    """``show_case(whole)``."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui, self._shown = ui, ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(XL, M, XL, S)
        column.setSpacing(S)
        top = QHBoxLayout()
        top.setSpacing(S)
        self.number = label("", "strong", selectable=True)
        self.state, self.publicity, self.due = Pill(), Pill(), Pill()
        self.lock = glyph("secret", "stop", 16)
        self.editor, self.conflict = Pill(), QPushButton(_("Ratkaise ristiriita"))
        self.conflict.setProperty("chip", True)
        self.conflict.setIcon(icon("warning", "warning"))
        self.conflict.setToolTip(
            _("Samaa tietoa on muutettu muualla. Asiaa voi muuttaa, kun ristiriita on ratkaistu.")
        )
        self.conflict.clicked.connect(lambda: ui.go.open_page("conflicts"))
        for mark in (self.editor, self.conflict):
            mark.hide()
        top.addWidget(self.number)
        top.addStretch(1)
        self.add = self._menu_button(_("Lisää"), "add", ADD, primary=True)
        self.handle = self._menu_button(_("Käsittele"), "phase", HANDLE)
        self.correct = self._menu_button(_("Korjaa…"), "correct", CORRECT)
        for button in (self.add, self.handle, self.correct):
            top.addWidget(button)
        column.addLayout(top)
        self.title = label("", "title", wrap=True, selectable=True)
        self.title.setAccessibleName(_("Asian otsikko"))
        column.addWidget(self.title)
        pills = QHBoxLayout()
        pills.setSpacing(S)
        for pill in (self.state, self.lock, self.publicity, self.due, self.conflict, self.editor):
            pills.addWidget(pill)
        pills.addStretch(1)
        column.addLayout(pills)
        self.facts = label("", "soft", wrap=True, selectable=True)
        column.addWidget(self.facts)
        self.steps = Stepper([])
        column.addSpacing(S)
        column.addWidget(self.steps)

    def open_menu(self, which: str) -> None:
        """Open a menu by keyboard: ``add``, ``handle`` or ``correct``."""
        button: QPushButton = getattr(self, which)
        button.click()

    def show_editor(self, name: str) -> None:
        """Somebody else edits the case just now; "" when nobody does."""
        self.editor.set("waiting", _("{name} muokkaa tätä").format(name=name) if name else "")
        self.editor.setVisible(bool(name))

    def show_case(self, whole: WholeCase) -> None:
        """Show another case, or the same one changed."""
        if whole.case.id != self._shown:
            self.show_editor("")
        self._shown = whole.case.id
        self.conflict.setVisible(whole.fields["sync_state"] == IN_CONFLICT)
        f, now = whole.fields, today(self._ui.clock)
        over = is_over(f)
        voided = bool(f["voided_at"])
        self.number.setText(shown_number(f["number"]))
        self.state.set(state_look(f["state"], voided=voided), state_text(f["state"], voided=voided))
        self.publicity.set(publicity_look(f["publicity"]), f["publicity"])
        self.lock.setVisible(bool(f["restricted"]))
        day, words = _next_deadline(whole, now, over)
        self.due.set(due_look(day, now, closed=over), words)
        self.due.setVisible(bool(words) and not over)
        self.title.setText(f["title"])
        self.facts.setText("\u00a0· ".join(fact.replace(" ", "\u00a0") for fact in _facts(whole)))
        phases = phases_of(whole)
        self.steps.set_phases([capital(p) for p in phases], phases.index(f["phase"]), ended=over)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Wrapped words would let themselves be squeezed; the head is never cut."""
        self.setMinimumHeight(max(0, self._column.totalHeightForWidth(self.width())))

    def _menu_button(
        self, text: str, meaning: str, ids: Sequence[str], *, primary: bool = False
    ) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("primary", primary)
        made.setIcon(icon(meaning, "on_accent" if primary else "text_soft"))

        def show() -> None:
            menu = self._ui.actions.menu(ids, made)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

        made.clicked.connect(show)
        made.setAccessibleDescription(_("Avaa valikon"))
        return made


def _next_deadline(whole: WholeCase, now: date, over: bool) -> tuple[date | None, str]:
    """The nearest day to keep, of the case or of its tasks, and its words."""
    tasks = [t["due_on"] for t in whole.case.tasks if t["done_at"] is None and t["due_on"]]
    own = whole.fields["due_on"]
    day = min([*tasks, *([own] if own else [])], default=None)
    text = due_text(day, now, closed=over)
    if not text:
        return None, ""
    if day == own:
        return day, _("Määräaika {when}").format(when=text)
    return day, _("Tehtävä {when}").format(when=text)


def _facts(whole: WholeCase) -> list[str]:
    f = whole.fields
    node = whole.case.plan_class
    found = [
        _("Käsittelijä: {name}").format(name=whole.person(f["handler_id"]) or _("ei ole")),
        whole.office(f["office"]),
        node.label if node else f["class_code"],
        capital(f["case_type"]),
        _("Tullut vireille {day}").format(day=day_text(f["opened_on"])),
    ]
    former = f["former_numbers"] or []
    if former:
        words = ngettext("Aiempi tunnus: {numbers}", "Aiemmat tunnukset: {numbers}", len(former))
        found.append(words.format(numbers=", ".join(former)))
    return found
