"""What waits and why, and a workstation that its server has not seen for too long."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.sync.stations import Region
from tests.ui.hands import nameless
from tests.ui.sync.conftest import Seat, Sit
from workbench.cases.parts import AddNote
from workbench.sync.errors import Offline, SignedOut
from workbench.sync.status import State
from workbench.ui.sync.cover import LockCover
from workbench.ui.sync.popup import SyncPopup
from workbench.ui.widgets.text import Shortened


def opened(seat: Seat) -> SyncPopup:
    seat.window.actions_.trigger("sync.show")
    seat.settle()
    (popup,) = seat.window.findChildren(SyncPopup)
    return popup


def lines(popup: SyncPopup) -> list[str]:
    return [w.whole() for w in popup.findChildren(Shortened) if w.isVisibleTo(popup)]


def test_it_says_what_waits_and_why_and_synchronises_when_asked(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    case_id = station.rows("case_file")[0]["id"]
    for n in range(8):
        seat.window.ui.tasks.run_command(AddNote(case_id=case_id, text=f"Muistio {n}"))
    seat.settle()
    assert seat.window.top.sync.text() == "8 muutosta odottaa"
    popup = opened(seat)
    assert popup.title.text() == "8 muutosta odottaa"
    shown = lines(popup)
    title = station.row("case_file", case_id)["title"]
    assert (
        len(shown) == 12 and shown[0].startswith("Lisätty muistiinpano") and shown[0].endswith(f": {title}")
    )
    assert shown[1].endswith("odottaa lähetystä")
    assert popup.more.text() == "ja 2 muuta muutosta"
    assert nameless(popup) == []
    popup.now.click()
    assert seat.runner.calls[-1] == "now"
    seat.cycle()
    assert popup.title.text() == "Kaikki on ajan tasalla"
    assert lines(popup) == []


def squeezed(popup: SyncPopup) -> list[str]:
    """Texts in sight that have less room than they need."""
    seen = [w for w in popup.findChildren(QLabel) if w.isVisible() and w.text()]
    return [w.text() for w in seen if w.height() < max(w.heightForWidth(w.width()), w.fontMetrics().height())]


def test_every_line_has_its_room(place: Region, sit: Sit) -> None:
    """Also when what waits is read after the popup has opened, as it always is."""
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    case_id = station.rows("case_file")[0]["id"]
    station.run(AddNote(case_id=case_id, text="Muistio"))
    seat.runner._told(None, Offline("ei yhteyttä"))
    seat.settle()
    popup = opened(seat)
    assert len(lines(popup)) == 2 and squeezed(popup) == []
    for n in range(8):
        station.run(AddNote(case_id=case_id, text=f"Muistio {n}"))
    seat.runner._told(None, Offline("ei yhteyttä"))
    seat.settle()
    assert len(lines(popup)) == 12 and squeezed(popup) == []


def test_without_a_network_it_says_that_work_goes_on(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    station.run(AddNote(case_id=station.rows("case_file")[0]["id"], text="Muistio"))
    seat.runner._told(None, Offline("ei yhteyttä"))
    seat.settle()
    assert seat.window.top.sync.text() == "ei yhteyttä · 1 odottaa"
    popup = opened(seat)
    assert "Voit jatkaa työtä" in popup.words.text()


def test_long_out_of_sight_the_window_is_covered_until_the_server_is_reached(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    assert seat.window.findChildren(LockCover) == []
    station.clock.move(days=31)
    seat.runner._told(None, Offline("ei yhteyttä"))
    seat.settle()
    assert seat.synchroniser.status.state is State.LOCKED
    (cover,) = seat.window.findChildren(LockCover)
    assert cover.isVisible() and cover.geometry() == seat.window.rect()
    assert "30 päivään" in cover.words.text() and seat.window.focusWidget() is cover.now
    assert not seat.window.host.isEnabled(), "the keyboard does not reach under it either"
    refused: list[Exception] = []
    case_id = station.rows("case_file")[0]["id"]
    seat.window.ui.tasks.run_command(AddNote(case_id=case_id, text="Ohi"), failed=refused.append)
    seat.settle()
    assert "ei ole oltu yhteydessä" in str(refused[0])
    place.server.at = station.clock.now()
    with seat.qtbot.waitSignal(seat.window.ui.tasks.store_changed):  # what was refused is read again
        seat.cycle()
    assert not cover.isVisible() and seat.window.host.isEnabled()


def test_whoever_is_signed_out_is_told_where_to_sign_in(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    seat.runner._told(None, SignedOut("Kirjaudu palvelimelle."))
    seat.settle()
    assert seat.window.top.sync.text() == "kirjaudu palvelimelle"
    popup = opened(seat)
    assert not popup.now.isEnabled()
    popup.settings.click()
    seat.settle()
    here = seat.window.host.here()
    assert here is not None and (here.page, here.target) == ("settings", "server")


def test_whoever_is_locked_and_signed_out_can_sign_in_on_the_cover(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    station.sync()
    seat = sit(station)
    station.clock.move(days=31)
    seat.runner._told(None, SignedOut("Kirjaudu palvelimelle."))
    seat.settle()
    (cover,) = seat.window.findChildren(LockCover)
    assert cover.sign_in.isVisible() and not cover.now.isVisible()
    assert seat.window.focusWidget() is cover.sign_in.username.edit
    assert nameless(cover) == []
