"""Joins the synchroniser to the window: the band's words, the popup, the commands, a notice of a new conflict, and
the cover over a workstation that has been out of its server's sight for too long."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.sync.status import State, SyncStatus
from workbench.ui.actions import ActionSpec, Enabled
from workbench.ui.shell import MainWindow
from workbench.ui.sync.services import SyncServices
from workbench.ui.sync.synchroniser import LOOKS, MARKS, Synchroniser
from workbench.ui.tasks import ForeignChange

if TYPE_CHECKING:
    from workbench.ui.sync.cover import LockCover
    from workbench.ui.sync.popup import SyncPopup

SHOW, NOW = "sync.show", "sync.now"


class SyncWiring:
    """What the window has of the synchronisation. The popup and the cover are made when they are first needed."""

    def __init__(self, window: MainWindow, synchroniser: Synchroniser, services: SyncServices) -> None:
        self._window, self._synchroniser, self._services = window, synchroniser, services
        self._popup: SyncPopup | None = None
        self._cover: LockCover | None = None
        self._undecided = 0
        self.open_conflicts = partial(window.open_page, "conflicts")

    def show_popup(self) -> None:
        """Under the band's mark."""
        if self._popup is None:
            from workbench.ui.sync.popup import SyncPopup

            open_server = partial(self._window.open_page, "settings", "server")
            self._popup = SyncPopup(
                self._window.ui, self._synchroniser, self.open_conflicts, open_server, self._window
            )
        self._popup.open_at(self._window.top.sync)

    def may_synchronise(self) -> Enabled:
        """Whether there is a server."""
        if self._synchroniser.status.state is State.NOT_JOINED:
            return _("Työasemaa ei ole liitetty palvelimeen.")
        return True

    def on_status(self, status: SyncStatus) -> None:
        """Say how it stands now."""
        if status.state is not State.NOT_JOINED:
            self._window.set_sync(status.badge or status.message, LOOKS[status.state], MARKS[status.state])
        count = status.conflicts + status.quarantined
        if count > self._undecided and status.state is not State.LOCKED:
            words = (
                _("Joku toinen on muuttanut samaa tietoa kuin sinä.")
                if status.conflicts
                else _("Palvelin ei hyväksynyt muutostasi. Tekstisi on tallessa.")
            )
            self._window.offer(words, _("Katso"), self.open_conflicts, state="warning")
        self._undecided = count
        if status.state is State.LOCKED and self._cover is None:
            from workbench.ui.sync.cover import LockCover

            self._cover = LockCover(self._window.ui, self._services, self._synchroniser.now, self._window)
            self._cover.lifted.connect(self._look_again)
        if self._cover is not None:
            self._cover.look(status)

    def _look_again(self) -> None:
        """What was asked for under the cover was refused."""
        self._window.ui.tasks.store_changed.emit(ForeignChange(), self._synchroniser)

    def on_wiped(self, why: str) -> None:
        """The store is gone, and the window goes with it."""
        self._window.ui.dialogs.message(_("Työaseman tiedot on poistettu"), why)
        self._window.close()


def wire_sync(window: MainWindow, synchroniser: Synchroniser, services: SyncServices) -> None:
    """Once, when the window has been built."""
    made = SyncWiring(window, synchroniser, services)
    window.actions_.add(
        ActionSpec(SHOW, _("Näytä synkronoinnin tila"), "sync", _("Mitä odottaa lähetystä ja miksi"),
                   made.show_popup, "Ctrl+Shift+Y", group=_("Ikkuna"), words=(_("synkronointi"), _("palvelin"))),
        ActionSpec(NOW, _("Synkronoi nyt"), "sync", _("Lähetä omat muutokset ja hae muiden heti"),
                   synchroniser.now, enabled=made.may_synchronise, group=_("Ikkuna"),
                   words=(_("lähetä"), _("hae"))),
    )  # fmt: skip
    window.top.sync_wanted.connect(made.show_popup)
    synchroniser.status_changed.connect(made.on_status)
    synchroniser.failed_to_begin.connect(window.banner.set_trouble)
    synchroniser.wiped.connect(made.on_wiped)
