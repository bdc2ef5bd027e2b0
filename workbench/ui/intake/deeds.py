"""What can be done to the arrival in hand: registering, passing on, setting aside, and back again.

Confirming opens the next arrival at once; what the store refuses comes back with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from workbench.cases.intake.commands import SetAside, TakeBack
from workbench.cases.intake.destroying import DestroyArrival
from workbench.cases.naming import shown_number
from workbench.desk import Desk
from workbench.i18n import N_, _, ngettext
from workbench.setup.destruction import clean_up
from workbench.ui.intake.passing import Passing
from workbench.ui.intake.proposal import EXISTING
from workbench.ui.intake.registrar import Registrar, Together, errors_of, plain
from workbench.ui.intake.registration import NOTE, Registration
from workbench.ui.papers.working_copy import remove_looked_at
from workbench.ui.shell import Ui

if TYPE_CHECKING:
    from workbench.ui.intake.page import ArrivalsPage

_GROUNDS = (
    N_("Ei kuulu kunnan toimintaan"),
    N_("Siirretty toiseen kuntaan"),
    N_("Sama asiakirja on jo rekisteröity"),
)
_REASONS = (N_("Mainos"), N_("Roskaposti"), N_("Testiviesti"), N_("Sama asiakirja on jo rekisteröity"))


class Deeds(QObject):
    """The page's commands that write."""

    def __init__(self, ui: Ui, desk: Desk, page: ArrivalsPage) -> None:
        super().__init__(page)
        self._ui, self._desk, self._page = ui, desk, page
        self.registrar = Registrar(ui, desk, self)
        self.passing = Passing(ui, desk, self)

    def register(self) -> None:
        """Confirm the registration in hand and open the next."""
        r = self._page.current()
        if r is None:
            return
        wrong = r.check()
        self._page.form.show_errors(wrong)
        self._page.view.pad.error.show_error(wrong.get(NOTE, ""))
        if wrong:
            return
        self._page.leave(r)
        self.registrar.register(
            r, done=lambda changes: self._registered(r, changes), failed=lambda error: self._refused(r, error)
        )

    def register_chosen(self) -> None:
        """Register the chosen arrivals as the one in hand is."""
        r, ids = self._page.current(), self._page.chosen_ids()
        if r is None or not r.bundle.id:
            return
        wrong = r.check()
        self._page.form.show_errors(wrong)
        if wrong:
            return
        case = r.value("case")
        where = (
            _("asiaan {number}").format(number=shown_number(case.number))
            if r.value("mode") == EXISTING
            else _("kukin omaksi asiakseen luokkaan {code}").format(code=r.value("class_code"))
        )
        words = _("Ne rekisteröidään {where}. Otsikko, osapuolet ja saapumisaika tulevat kustakin kirjeestä.")
        title = ngettext("Rekisteröi {n} saapunut", "Rekisteröi {n} saapunutta", len(ids)).format(n=len(ids))
        if self._ui.dialogs.confirm(title, words.format(where=where), deed=_("Rekisteröi")):
            self.registrar.register_alike(r, ids, done=self._registered_alike)

    def ask_pass_on(self) -> None:
        """Choose the municipality the letter belongs to."""
        r = self._page.current()
        if r is not None:
            self.passing.ask(r.bundle, self._page.panel.pass_on, self.pass_on)

    def pass_on(self, municipality: str) -> None:
        """Pass the arrival in hand to another municipality (HL 21 §)."""
        r = self._page.current()
        if r is not None and r.bundle.id:
            self._page.leave(r)
            self.passing.run(
                r.bundle, municipality, done=lambda: self._gone(r), failed=lambda e: self._refused(r, e)
            )

    def set_aside(self) -> None:
        """Leave the arrival in hand unregistered, with the reason."""
        r = self._page.current()
        if r is None or not r.bundle.id:
            return
        reason = self._ui.dialogs.ask_reason(
            _("Jätä rekisteröimättä"),
            _("”{subject}” jää saapuneisiin rekisteröimättömänä. Sen voi palauttaa.").format(
                subject=r.bundle.arrival.row.subject
            ),
            deed=_("Jätä pois"),
            suggestions=tuple(_(words) for words in _REASONS),
        )
        if not reason:
            return
        self._page.leave(r)

        def done(changes: Any) -> None:
            self._gone(r)
            self._ui.notify.tell(changes, kind="arrival", id=r.bundle.id)

        self._ui.tasks.run_command(
            SetAside(arrival_id=r.bundle.id, reason=reason),
            initiator=self,
            done=done,
            failed=lambda error: self._refused(r, error),
        )

    def take_back(self) -> None:
        """Bring a set-aside arrival back to wait."""
        bundle = self._page.handled()
        if bundle is not None:
            self._page.want(bundle.id)
            self._ui.tasks.run_command(
                TakeBack(arrival_id=bundle.id),
                initiator=self,
                done=self._taken_back,
            )

    def destroy(self) -> None:
        """Destroy a set-aside arrival for good, with the reason; the files are cleaned behind."""
        bundle = self._page.handled()
        if bundle is None:
            return
        reason = self._ui.dialogs.ask_reason(
            _("Hävitä saapunut"),
            _(
                "”{subject}” tiedostoineen hävitetään lopullisesti, eikä sitä voi palauttaa. Lokiin jää, että "
                "saapunut hävitettiin ja miksi, mutta ei mitään sen sisällöstä."
            ).format(subject=bundle.arrival.row.subject),
            deed=_("Hävitä"),
            suggestions=tuple(_(words) for words in _GROUNDS),
        )
        if not reason:
            return
        store, contents = self._desk.store, [file.sha256 for file in bundle.arrival.files]

        def clean(_progress: Any) -> str:
            remove_looked_at(store.home, contents)
            return clean_up(store)

        def done(changes: Any) -> None:
            self._page.shelf.forget()
            self._page.show_nothing()
            self._ui.notify.tell(changes)
            self._ui.jobs.start(_("Siivotaan hävitetty levyltä"), clean, done=self._ui.notify.say)

        self._ui.tasks.run_command(
            DestroyArrival(arrival_id=bundle.id, reason=reason), initiator=self, done=done
        )

    def show_case(self) -> None:
        """The case the arrival in hand was registered into."""
        bundle = self._page.handled()
        if bundle is not None:
            self._ui.go.open_object("case_file", bundle.arrival.row.case_id)

    def show_duplicate(self) -> None:
        """What holds the same document already."""
        r = self._page.current()
        duplicate = r.bundle.proposal.duplicate if r is not None else None
        if duplicate is None:
            return
        if duplicate.case_id:
            self._ui.go.open_object("case_file", duplicate.case_id)
        elif duplicate.arrival_id:
            self._page.show_target(("arrival", duplicate.arrival_id))

    def _registered(self, r: Registration, changes: Any) -> None:
        self._gone(r)
        self._ui.notify.tell(changes, kind="case_file", id=changes.result.case_id)

    def _registered_alike(self, _result: Together) -> None:
        self._page.shelf.forget()
        self._page.tray.load()

    def _gone(self, r: Registration) -> None:
        self._page.shelf.done(r)

    def _refused(self, r: Registration, error: Exception) -> None:
        """Back into the list, typed values and all; the reason waits at its field."""
        self._page.tray.load()

        def back() -> None:
            if r.bundle.id:
                self._page.show_target(("arrival", r.bundle.id))
            else:
                self._page.show_blank(r)
            self._page.form.show_errors(errors_of(error))

        if self._page.current() is None:
            back()
        else:
            self._ui.notify.offer(plain(error), _("Avaa"), back, state="stop")

    def _taken_back(self, changes: Any) -> None:
        self._page.shelf.forget()
        self._ui.notify.tell(changes)
        self._page.list.show_state("new")
