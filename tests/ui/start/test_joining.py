"""A new workstation joins its server from the first window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes.ring import FakeRing
from tests.sync.reaching import Reached
from tests.sync.stations import Region, region
from workbench.opening import open_home
from workbench.sync import joining
from workbench.sync.errors import Offline
from workbench.ui.start.window import StartWindow

PHRASE = "neljä tavallista sanaa riittää"


@pytest.fixture
def ring() -> FakeRing:
    return FakeRing()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    with region(tmp_path / "region") as made:
        monkeypatch.setattr(
            joining,
            "transport_of",
            lambda store, *_args, **_more: Reached(made.server, "person-registrar", store.workstation),
        )
        yield made


def type_in(start: StartWindow, qtbot: QtBot, **values: str) -> None:
    """Open the page by its button fill it, and press Enter."""
    if start.stack.currentWidget() is not start.joining:
        qtbot.mouseClick(start.choices.join, Qt.MouseButton.LeftButton)
    for name, text in values.items():
        edit = start.joining.fields[name].edit
        edit.setText(text)  # the keys of the test kit have no ä
        edit.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not start.isVisible() or start.joining.go.isEnabled(), timeout=30_000)


def told(start: StartWindow) -> dict[str, str]:
    """What stands under each field that has a fault."""
    fields = start.joining.fields.items()
    return {name: field.error.words.text() for name, field in fields if field.error.words.text()}


def test_a_joined_home_opens_with_what_the_person_may_see(
    place: Region, start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    type_in(start, qtbot, url="https://server.example", code="koodi")
    assert start.result() == StartWindow.DialogCode.Accepted
    assert list(home.parent.glob(".*unfinished")) == []


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("url", {"url": "", "code": "koodi"}, "Kirjoita palvelimen osoite"),
        ("url", {"url": "http://server.example", "code": "koodi"}, "https"),
        ("code", {"url": "https://server.example", "code": ""}, "Kirjoita liittymiskoodi"),
        ("code", {"url": "https://server.example", "code": "väärä"}, "koodi ei kelpaa"),
        (
            "passphrase",
            {
                "url": "https://server.example",
                "code": "koodi",
                "passphrase": "lyhyt",
                "passphrase_again": "lyhyt",
            },
            "12",
        ),
        (
            "passphrase_again",
            {
                "url": "https://server.example",
                "code": "koodi",
                "passphrase": PHRASE,
                "passphrase_again": "muu",
            },
            "eivät ole samat",
        ),
    ],
)
def test_a_fault_stands_at_its_field_and_leaves_nothing(
    place: Region,
    start: StartWindow,
    home: Path,
    qtbot: QtBot,
    field: str,
    values: dict[str, str],
    words: str,
) -> None:
    type_in(start, qtbot, **values)
    assert list(told(start)) == [field] and words in told(start)[field]
    assert start.focusWidget() is start.joining.fields[field].edit
    assert not home.exists() and list(home.parent.glob(".*unfinished")) == []


def test_without_a_key_ring_a_passphrase_is_asked(
    place: Region, start: StartWindow, ring: FakeRing, home: Path, qtbot: QtBot
) -> None:
    ring.works = False
    type_in(start, qtbot, url="https://server.example", code="koodi")
    assert list(told(start)) == ["passphrase"]
    type_in(start, qtbot, passphrase=PHRASE, passphrase_again=PHRASE)
    assert start.passphrase == PHRASE
    open_home(home, passphrase=PHRASE).close()


def test_a_line_that_breaks_on_the_way_still_gives_a_workstation(
    place: Region, start: StartWindow, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is spent by then: to be asked for another would be no help."""

    def broken(_self: Reached, **_what: object) -> dict[str, object]:
        raise Offline("Palvelimeen ei saada yhteyttä.")

    monkeypatch.setattr(Reached, "pull", broken)
    phrase = {"passphrase": PHRASE, "passphrase_again": PHRASE}
    type_in(start, qtbot, url="https://server.example", code="koodi", **phrase)
    assert start.result() == StartWindow.DialogCode.Accepted
    store = open_home(home, passphrase=PHRASE)
    try:
        assert store.is_joined and store.meta("user") == "person-registrar"
    finally:
        store.close()
