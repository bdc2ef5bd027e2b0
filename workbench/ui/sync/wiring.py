"""Joins the synchroniser to the window: the band's words, the popup, the commands, a notice of a new conflict, and
the cover over a workstation that has been out of its server's sight for too long."""

from __future__ import annotations

from workbench.i18n import _
from workbench.sync.status import State, SyncStatus
from workbench.ui.actions import ActionSpec, Enabled
from workbench.ui.shell import MainWindow
from workbench.ui.sync.cover import LockCover
from workbench.ui.sync.popup import SyncPopup
from workbench.ui.sync.synchroniser import LOOKS, MARKS, Synchroniser

SHOW, NOW = "sync.show", "sync.now"


def wire_sync(window: MainWindow, synchroniser: Synchroniser) -> None:
    """Once, when the window has been built."""

    def open_conflicts() -> None:
        window.open_page("conflicts")

    def open_server() -> None:
        window.open_page("settings", "server")

    popup = SyncPopup(window.ui, synchroniser, open_conflicts, open_server, window)
    cover = LockCover(synchroniser, open_server, window)

    def show() -> None:
        popup.open_at(window.top.sync)

    def joined() -> Enabled:
        if synchroniser.status.state is State.NOT_JOINED:
            return _("Työasemaa ei ole liitetty palvelimeen.")
        return True

    window.actions_.add(
        ActionSpec(SHOW, _("Näytä synkronoinnin tila"), "sync", _("Mitä odottaa lähetystä ja miksi"), show,
                   "Ctrl+Shift+Y", group=_("Ikkuna"), words=(_("synkronointi"), _("palvelin"))),
        ActionSpec(NOW, _("Synkronoi nyt"), "sync", _("Lähetä omat muutokset ja hae muiden heti"),
                   synchroniser.now, enabled=joined, group=_("Ikkuna"), words=(_("lähetä"), _("hae"))),
    )  # fmt: skip
    undecided = [0]

    def on_status(status: SyncStatus) -> None:
        if status.state is not State.NOT_JOINED:
            window.set_sync(status.badge or status.message, LOOKS[status.state], MARKS[status.state])
        count = status.conflicts + status.quarantined
        if count > undecided[0] and status.state is not State.LOCKED:
            words = (
                _("Joku toinen on muuttanut samaa tietoa kuin sinä.")
                if status.conflicts
                else _("Palvelin ei hyväksynyt muutostasi. Tekstisi on tallessa.")
            )
            window.offer(words, _("Katso"), open_conflicts, state="warning")
        undecided[0] = count
        cover.look(status)

    def gone(why: str) -> None:
        window.ui.dialogs.message(_("Työaseman tiedot on poistettu"), why)
        window.close()

    window.top.sync_wanted.connect(show)
    synchroniser.status_changed.connect(on_status)
    synchroniser.failed_to_begin.connect(window.banner.set_trouble)
    synchroniser.wiped.connect(gone)
