"""Saapuneet: the list, the document, and the form that registers it with one keystroke.

Confirming opens the next arrival at once, before the store has answered; if it refuses, the arrival comes
back with the reason at its field, and nothing typed is lost.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workbench.cases.intake.queries import load_known_parties
from workbench.cases.queries import load_cases_by_id
from workbench.clock import today
from workbench.desk import Desk
from workbench.i18n import _
from workbench.store.store import Reader
from workbench.ui.intake.arrivalview import ArrivalView
from workbench.ui.intake.deeds import Deeds
from workbench.ui.intake.drafts import Drafts
from workbench.ui.intake.form import RegistrationForm
from workbench.ui.intake.formpanel import FormPanel
from workbench.ui.intake.frame import ArrivalFrame
from workbench.ui.intake.listpanel import ListPanel
from workbench.ui.intake.loading import Bundle
from workbench.ui.intake.notices import show_notice
from workbench.ui.intake.pageactions import PAGE, page_actions
from workbench.ui.intake.proposal import EXISTING, NEW, CaseHint
from workbench.ui.intake.providers import case_provider, people_provider
from workbench.ui.intake.registrar import plain
from workbench.ui.intake.registration import NOTE, Registration
from workbench.ui.intake.shelf import Shelf
from workbench.ui.intake.tray import Tray
from workbench.ui.papers.vieweractions import viewer_actions
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Ui

_MENU = ("register", "register_chosen", "", "pass_on", "set_aside", "take_back", "destroy")
_CONCERNS = frozenset({"arrival", "case_file", "document"})


class ArrivalsPage(QWidget):
    """``show_target(("arrival", id))``."""

    opened = Signal(str)
    """An arrival is in hand, its form filled: its id."""

    def __init__(self, ui: Ui, desk: Desk, programs: Programs) -> None:
        super().__init__()
        self._ui, self._desk = ui, desk
        self._registration: Registration | None = None
        self._handled: Bundle | None = None
        self._municipality = desk.session.municipality
        self._wanted = ""
        self.drafts = Drafts(desk.store, desk.session.person_id)
        self.shelf = Shelf(ui.tasks, self.drafts, self)
        self.programs = programs.of(ui)
        self.view = ArrivalView(ui, desk)
        cases = case_provider(ui.tasks, self, self._know_cases)
        self.form = RegistrationForm(
            people=people_provider(ui.tasks, self), cases=cases, today=lambda: today(ui.clock)
        )
        self.deeds = Deeds(ui, desk, self)
        specs = [*page_actions(self), *viewer_actions(self.view.viewer, PAGE)]
        known = {spec.id for spec in ui.actions.all()}
        ui.actions.add(*(spec for spec in specs if spec.id not in known))
        bring = ui.actions.button("arrivals.import")
        self.list = ListPanel(ui.tasks, ui.settings, lambda: today(ui.clock), bring)
        self.tray = Tray(ui.tasks, self.list, self)
        self.panel = FormPanel(self.form, ui.actions)
        self.table, self.model = self.list.table, self.list.model
        self.table.set_context_actions(
            ui.actions,
            [f"{PAGE}.{name}" if name else "" for name in _MENU],
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.frame = ArrivalFrame(self.list, self.view, self.panel, ui.settings)
        layout.addWidget(self.frame)
        self._connect()

    # Where one is

    def current(self) -> Registration | None:
        """The registration in hand, if it waits."""
        return self._registration

    def handled(self) -> Bundle | None:
        """The arrival in hand, if it does not wait any more."""
        return self._handled

    def chosen_ids(self) -> list[str]:
        """The chosen rows, while waiting ones are shown."""
        return self.table.selected_ids() if self.list.state.chosen() == "new" else []

    def on_shown(self) -> None:
        """Look again whenever the page comes into view."""
        self.tray.load()

    def show_target(self, target: object) -> None:
        """Go to an arrival."""
        if isinstance(target, tuple) and target[0] == "arrival":
            self._wanted = str(target[1])
            if not self.table.select_id(self._wanted):
                self.table.clearSelection()  # it is in hand though it is not in this list
                self.table.setCurrentIndex(QModelIndex())
                self._open(self._wanted)

    def whereabouts(self) -> tuple[str, str] | None:
        """The arrival in hand, as :meth:`show_target` takes it."""
        return ("arrival", self._wanted) if self._wanted else None

    def go_back(self) -> bool:
        """Escape: from the sheet for a new matter back to the list's arrival; its text is kept."""
        if self._registration is not None and not self._registration.bundle.id:
            self._to_current_row()
            return True
        return False

    def wanted(self) -> str:
        """The arrival that is in hand, or on its way there."""
        return self._wanted

    def want(self, id_: str) -> None:
        """Which arrival is to be in hand once the list holds it."""
        self._wanted = id_

    def toast_inset(self) -> int:
        """Messages leave the form's buttons in sight."""
        return self.panel.width() if self.panel.isVisible() else 0

    # Deeds

    def open_blank(self) -> None:
        """Begin a matter that came without a file."""
        self.shelf.blank(self._desk.session.municipality, self.show_blank)

    def toggle_walk(self) -> None:
        """Tab stops in every field, or only where there is doubt."""
        self.form.set_walk(not self.form.walk_all)
        self._ui.notify.say(
            _("Sarkain käy kaikissa kentissä.")
            if self.form.walk_all
            else _("Sarkain käy vain epävarmoissa kentissä.")
        )

    def toggle_mode(self) -> None:
        """Between a new case and a pending one."""
        r = self._registration
        if r is not None:
            other = NEW if r.value("mode") == EXISTING else EXISTING
            self.form.mode.chosen.emit(other)
            self.form.go_to("case" if other == EXISTING else "class_code")

    def pick_class(self, n: int) -> None:
        """The n-th suggested class."""
        if not self.form.klass.pick(n):
            self._ui.notify.say(_("Näin monta luokkaa ei ehdotettu."), state="warning")

    def step(self, by: int) -> None:
        """Another row of the list, without leaving the form."""
        ids = self.model.ids()
        if ids:
            row = max(0, min(self.model.row_of(self.table.current_id()) + by, len(ids) - 1))
            self.table.select_id(ids[row])

    # Showing

    def _connect(self) -> None:
        self.table.current_changed.connect(self.take_row)
        self.table.opened.connect(lambda _id: self._focus_form())
        self.list.state_changed.connect(lambda _state: self.tray.load(anew=True))
        self.list.filtered.connect(lambda _words: self.tray.load(anew=True))
        self.form.edited.connect(self._on_edited)
        self.form.case_picked.connect(self._on_case_picked)
        self.view.pad.edited.connect(self._on_note)
        self.view.viewer.open_wanted.connect(self.programs.open_paper)
        self._ui.tasks.store_changed.connect(self._on_changed)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.drafts.flush)

    def take_row(self, id_: Any) -> None:
        if id_ is not None:
            self._open(str(id_))
        self._ui.actions.refresh()

    def _open(self, id_: str) -> None:
        self._wanted = id_
        ready = self.shelf.at_hand(id_)
        if ready is not None:
            self._show(ready)
            return
        # Until it is here, keys must not act on the one before.
        self._registration, self._handled, self.form.registration = None, None, None
        self.shelf.get(id_, self._show, self._not_opened)

    def _show(self, registration: Registration) -> None:
        bundle = registration.bundle
        if bundle.id != self._wanted:
            return
        waits = bundle.arrival.row.state == "new"
        self.frame.show_form(True)
        self._registration = registration if waits else None
        self._handled = None if waits else bundle
        self.view.show_arrival(bundle.arrival)
        show_notice(self.view.notice, self, registration if waits else None)
        if waits:
            self.panel.show_registration(registration)
            self._prefetch(bundle.id)
        else:
            self._show_handled(bundle)
        self._ui.actions.refresh()
        self.opened.emit(bundle.id)

    def _show_handled(self, bundle: Bundle) -> None:
        self.panel.show_handled(bundle)
        if bundle.arrival.row.case_id:
            self._ui.tasks.run_query(
                self,
                "number",
                lambda reader: _number(reader, bundle.arrival.row.case_id),
                done=lambda number: (
                    self.panel.show_handled(bundle, number) if self._handled is bundle else None
                ),
                failed=lambda _error: None,
            )

    def _not_opened(self, error: Exception) -> None:
        self._ui.notify.say(plain(error), state="warning")
        self.show_nothing()

    def show_nothing(self) -> None:
        self._registration, self._handled, self._wanted = None, None, ""
        self.view.show_arrival(None)
        self.view.notice.set("", ())
        self.panel.show_nothing()
        self.frame.show_form(bool(self.model.ids()))  # an empty list has nothing to fill in
        self._ui.actions.refresh()

    def show_blank(self, registration: Registration) -> None:
        self._registration, self._handled, self._wanted = registration, None, ""
        self.frame.show_form(True)
        self.view.show_blank(str(registration.value(NOTE) or ""))
        self.view.notice.set("", ())
        self.panel.show_registration(registration)
        self.view.pad.field.setFocus()
        self._ui.actions.refresh()

    def _prefetch(self, id_: str) -> None:
        ids = self.model.ids()
        row = self.model.row_of(id_)
        if 0 <= row < len(ids) - 1:
            self.shelf.prefetch(ids[row + 1], lambda r: self.view.prefetch(r.bundle.arrival))

    def _focus_form(self) -> None:
        name = self.form.first_doubtful()
        if name:
            self.form.go_to(name)
        elif self._registration is not None:
            self.panel.go.setFocus()

    # After deeds

    def leave(self, r: Registration) -> None:
        """Open the next row at once; the one left is taken out of the list."""
        in_form = self.panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        if not r.bundle.id:
            self._registration = None
            self._to_current_row()
            return
        ids = list(self.model.ids())
        row = self.model.row_of(r.bundle.id)
        if row >= 0:
            del ids[row]
        if ids:
            with QSignalBlocker(self.table):
                self.model.set_ids(ids)
                self.table.select_id(ids[min(max(row, 0), len(ids) - 1)])
            self.take_row(self.table.current_id())
        else:
            self.model.set_ids(ids)
            self.show_nothing()
        if in_form:
            self._focus_form()

    def _to_current_row(self) -> None:
        id_ = self.table.current_id()
        if id_ is not None:
            self._open(str(id_))
        else:
            self.show_nothing()
        self.table.setFocus()

    # News

    def _on_edited(self) -> None:
        if self._registration is not None:
            self.shelf.keep(self._registration)
            self.panel.look()

    def _on_note(self, text: str) -> None:
        r = self._registration
        if r is not None and not r.bundle.id:
            r.edit(NOTE, text)
            self.shelf.keep(r)

    def _know_cases(self, hints: list[CaseHint]) -> None:
        self.form.know_cases(hints)

    def _on_case_picked(self, case_id: str) -> None:
        def known(names: frozenset[str]) -> None:
            if self._registration is not None:
                self._registration.known_parties = names
                self.form.refresh()

        self._ui.tasks.run_query(self, "known", load_known_parties, case_id, done=known)

    def _on_changed(self, changes: Any, _initiator: object) -> None:
        if self._municipality != self._desk.session.municipality:
            self._municipality = self._desk.session.municipality
            self.shelf.forget()
            self.show_nothing()
            self.tray.load(anew=True)
            return
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if touched and not any(kind in _CONCERNS for kind, _id in touched):
            return
        current = self._registration
        self.shelf.forget_unseen(current.bundle.id if current else "")
        if self.isVisible():
            self.tray.load()
            if current is not None and current.bundle.id:
                self.shelf.renew(current.bundle.id, self._renewed)

    def _renewed(self, registration: Registration) -> None:
        """A fresher suggestion for what is in hand: fields the person has not touched follow it."""
        if registration is not self._registration:
            return
        if registration.bundle.arrival.row.state != "new":
            self._show(registration)
            return
        show_notice(self.view.notice, self, registration)
        self.form.refresh()
        self.panel.look()
        self._prefetch(registration.bundle.id)


def _number(reader: Reader, case_id: str) -> str:
    found = load_cases_by_id(reader, [case_id])
    return found[0].number if found else ""
