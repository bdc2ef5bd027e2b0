"""Passing a letter to the municipality it was meant for (HL 21 §): choosing it, and the Job that moves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from workbench.clock import local
from workbench.desk import Desk
from workbench.i18n import _, day_text
from workbench.ui.intake.loading import Bundle
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon


class Passing(QObject):
    """``ask`` shows the municipalities, the suggested one in hand; ``run`` does it."""

    def __init__(self, ui: Ui, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self.menu: QMenu | None = None

    def ask(self, bundle: Bundle, at: QWidget, chosen: Callable[[str], None]) -> None:
        """A menu by keyboard: arrows and Enter, Escape for none."""
        menu = QMenu(at)
        suggested = bundle.proposal.pass_on.value if bundle.proposal.pass_on else ""
        others = [m for m in bundle.municipalities if m.code != bundle.municipality]
        active = None
        for m in others:
            action = menu.addAction(icon("municipality"), m.name)
            action.triggered.connect(lambda _checked=False, code=m.code: chosen(code))
            if m.code == suggested:
                active = action
        menu.setActiveAction(active or menu.actions()[0])
        self.menu = menu
        menu.popup(at.mapToGlobal(at.rect().topLeft()) - menu.rect().bottomLeft())

    def run(
        self,
        bundle: Bundle,
        municipality: str,
        *,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Copy the content over and pass the arrival on, with its original time of arrival."""

        def finished(changes: Any) -> None:
            done()
            self._ui.notify.tell(changes)
            self._ui.tasks.store_changed.emit(changes, None)
            self._remind(bundle, municipality)

        title = _("Siirretään {genitive} kunnalle").format(
            genitive=bundle.municipality_genitive(municipality)
        )
        self._ui.jobs.start(
            title,
            lambda _progress: self._desk.pass_on(bundle.id, municipality),
            done=finished,
            failed=failed,
        )

    def _remind(self, bundle: Bundle, municipality: str) -> None:
        """Whoever sent it must be told (HL 21 §); where her address is known, the message is begun."""
        arrival = bundle.arrival
        if not arrival.sender_email:
            words = _("Kerro siirrosta lähettäjälle (HL 21 §).")
            self._ui.notify.say(words, state="waiting")
            return
        words = _("Kerro siirrosta lähettäjälle {name} (HL 21 §).").format(
            name=arrival.sender_name or arrival.sender_email
        )
        text = _(
            "Hei\n\nSaimme viestinne {day}. Siirsimme sen {genitive} kunnalle, jolle asia kuuluu (hallintolaki "
            "21 §). Asian käsittelyä jatkaa {genitive} kunta, eikä teidän tarvitse lähettää viestiä uudelleen.\n"
        ).format(
            day=day_text(local(arrival.row.arrived_at).date()),
            genitive=bundle.municipality_genitive(municipality),
        )
        self._ui.notify.offer(
            words,
            _("Kirjoita viesti"),
            lambda: self._ui.dialogs.write_mail(arrival.sender_email, _("Viestinne on siirretty"), text),
            state="waiting",
        )
