"""Asetukset › Palvelin: joining, how it stands, signing in again, own workstations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.fakes.syncing import services_of
from tests.sync.stations import Region
from tests.ui.hands import nameless, write
from tests.ui.sync.conftest import Seat, Sit
from workbench.errors import UserError
from workbench.sync.engine import Report
from workbench.sync.errors import Offline
from workbench.sync.joining import Joined
from workbench.sync.link import Workstation
from workbench.sync.status import State, SyncStatus
from workbench.sync.transport import check_url
from workbench.ui.settings.server import ServerSection
from workbench.ui.sync.services import SyncServices


@dataclass
class FakeLink:
    """A server that does as the test says."""

    machines: list[Workstation] = field(default_factory=list)
    refusal: Exception | None = None
    did: list[tuple[str, ...]] = field(default_factory=list)
    address: str = "https://palvelin.example"

    def _do(self, *words: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.did.append(words)

    def join(self, url: str, code: str) -> Joined:
        check_url(url)
        self._do("join", url, code)
        return Joined("person", 0, False, Report())

    def sign_in(self, username: str, password: str, code: str = "") -> None:
        self._do("sign in", username, password, code)

    def workstations(self) -> tuple[Workstation, ...]:
        self._do("look")
        return tuple(self.machines)

    def revoke(self, client_id: str) -> None:
        self._do("revoke", client_id)

    def report_lost(self, client_id: str) -> None:
        self._do("lost", client_id)


@dataclass
class Office:
    """A seat whose server is the fake one."""

    seat: Seat
    link: FakeLink
    section: ServerSection
    told: list[str]

    def buttons(self, name: str) -> list[QPushButton]:
        found = self.section.findChildren(QPushButton)
        return [b for b in found if name in (b.text(), b.accessibleName()) and b.isVisibleTo(self.section)]


@pytest.fixture
def office(place: Region, sit: Sit) -> Callable[..., Office]:
    def make(status: SyncStatus | None = None, **link: Any) -> Office:
        station = place.join("registrar")
        station.sync()
        seat = sit(station)
        fake, told = FakeLink(**link), list[str]()
        services: SyncServices = replace(
            services_of(station.store),
            link=lambda: fake,  # type: ignore[arg-type, return-value]
            joined=lambda _made: told.append("joined"),
            signed_in=lambda: told.append("signed in"),
        )
        if status is not None:
            services = replace(services, status=lambda: status)
        section = ServerSection(seat.window.ui, services)
        seat.qtbot.addWidget(section)
        section.show()
        section.on_shown()
        seat.settle()
        return Office(seat, fake, section, told)

    return make


def text(edit: Any, words: str) -> None:
    assert isinstance(edit, QLineEdit)
    edit.clear()
    write(edit, words)


def test_it_says_how_it_stands_and_whose_workstations_there_are(
    office: Callable[..., Office], place: Region
) -> None:
    at = place.server.at
    common = {"made_at": at, "last_seen_at": at, "revoked": False, "lost": False, "this": False}
    made = office(
        machines=[
            Workstation("1", "Kirjaamon kone", **common | {"this": True}),
            Workstation("2", "Kannettava", **common | {"last_seen_at": at - timedelta(days=2)}),
            Workstation("3", "Vanha kone", **common | {"revoked": True}),
            Workstation("4", "Kadonnut kone", **common | {"lost": True}),
        ]
    )
    shown = {label.text() for label in made.section.facts.findChildren(QLabel)}
    assert "https://palvelin.example" in shown and any(t.startswith("Ajan tasalla") for t in shown)
    assert not made.section.sign_in.isVisibleTo(made.section)
    assert len(made.buttons("Kirjaa ulos: Kannettava")) == 1
    assert (
        made.buttons("Kirjaa ulos: Kirjaamon kone")
        == []
        == made.buttons("Ilmoita kadonneeksi: Kadonnut kone")
    )
    assert nameless(made.section) == []
    made.seat.dialogs.agrees = False
    made.buttons("Ilmoita kadonneeksi: Kannettava")[0].click()
    made.seat.settle()
    assert made.link.did == [("look",)], "asked first, with the consequence"
    assert "menetetään" in made.seat.dialogs.asked[-1][2]
    made.seat.dialogs.agrees = True
    made.buttons("Ilmoita kadonneeksi: Kannettava")[0].click()
    made.seat.settle()
    made.buttons("Kirjaa ulos: Kannettava")[0].click()
    made.seat.settle()
    assert made.link.did == [("look",), ("lost", "2"), ("look",), ("revoke", "2"), ("look",)]


def test_without_a_network_it_says_why_there_is_no_list(office: Callable[..., Office]) -> None:
    made = office(refusal=Offline("Palvelimeen ei saada yhteyttä."))
    assert "ei saada yhteyttä" in made.section.devices_error.text()


def test_a_demonstration_is_not_joined(place: Region, sit: Sit) -> None:
    station = place.join("registrar")
    seat = sit(station)
    services = replace(services_of(station.store), is_demo=True, status=lambda: SyncStatus(State.NOT_JOINED))
    section = ServerSection(seat.window.ui, services)
    seat.qtbot.addWidget(section)
    section.show()
    section.on_shown()
    shown = [w.text() for w in section.findChildren(QLabel) if w.isVisibleTo(section)]
    assert any("Esittelyaineistoa ei liitetä" in text for text in shown)
    assert not section.join_button.isVisibleTo(section)


def test_signing_in_again(office: Callable[..., Office]) -> None:
    made = office(SyncStatus(State.SIGNED_OUT, message="Kirjaudu palvelimelle uudelleen.", signed_out=True))
    form = made.section.sign_in
    assert form.isVisibleTo(made.section)
    text(form.username.edit, "aune")
    text(form.password.edit, " sala sana ")
    made.link.refusal = UserError("Tunnus tai salasana on väärä.", field="password")
    form.go.click()
    made.seat.settle()
    assert "väärä" in form.error.words.text() and made.told == []
    made.link.refusal = None
    form.go.click()
    made.seat.settle()
    assert ("sign in", "aune", " sala sana ", "") in made.link.did
    assert made.told == ["signed in"] and form.password_line.text() == ""


def test_joining_tells_at_the_field_what_is_wrong(office: Callable[..., Office]) -> None:
    made = office(SyncStatus(State.NOT_JOINED))
    section = made.section
    section.join()
    made.seat.settle()
    assert "osoite" in section.url.error.words.text()
    text(section.url.edit, "https://palvelin.example")
    made.link.refusal = UserError("Liittymiskoodi ei kelpaa.", field="code")
    text(section.code.edit, "väärä")
    section.join()
    made.seat.settle()
    assert not section.url.error.words.text()  # what was mended is told no more
    assert section.code.error.words.text() == "Liittymiskoodi ei kelpaa." and section.join_button.isEnabled()
    made.link.refusal = None
    section.join()
    made.seat.settle()
    assert made.link.did == [("join", "https://palvelin.example", "väärä")] and made.told == ["joined"]
