"""A real store with two municipalities and a few cases, and the real window on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StepClock
from tests.fakes.dialogs import FakeDialogs
from tests.fakes.words import FakeWords
from tests.ui.hands import press, write
from workbench.app import build_window
from workbench.cases.intake.taking_in import keep
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.domain import whole_domain
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.setup.municipality import SetUp, set_up
from workbench.store.commands import Command
from workbench.store.store import Store
from workbench.ui.cases.page import CasesPage
from workbench.ui.models.settings import Forgetful
from workbench.ui.shell import MainWindow
from workbench.ui.tasks import ForeignChange

KEY, CTRL, ALT, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


@dataclass
class Office:
    """The store and who works there."""

    store: Store
    folder: Path
    session: Session = field(default_factory=lambda: Session("aino", "924"))

    def run(self, command: Command) -> Any:
        return self.store.execute(command, self.session).result

    def letter(self, name: str, text: str, title: str = "", type: str = "Kirje") -> DocumentItem:
        path = self.folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        file = keep(self.store, self.session.municipality, read_arrival(path).original)
        return DocumentItem(title=title or name, type=type, file=file, sender="Tauno Lassila", channel="letter",
                            arrived_at=START - timedelta(hours=1))  # fmt: skip

    def register(
        self, title: str, *, class_code: str = "10.03.03", handler: str = "aino", **more: Any
    ) -> str:
        values: dict[str, Any] = {
            "documents": (self.letter(title, f"{title}. Pyydän asian käsittelyä."),),
            "parties": (PartyItem(role="initiator", name="Tauno Lassila", street="Kirkkotie 1"),),
        }
        made = self.run(
            RegisterCase(
                municipality="924", class_code=class_code, title=title, handler_id=handler,
                office="tekninen", case_type="hakemus", **(values | more),
            )
        )  # fmt: skip
        return str(made.case_id)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store, _recovery = Store.create(
        tmp_path / "koti", whole_domain(), StepClock(START), FakeWords(), encrypted=False
    )
    for code in ("924", "236"):
        session = Session("paa", code)
        set_up(store, session, SetUp(code=code))
        if code == "924":
            for id_, name in (("paa", "Pirjo Pääkäyttäjä"), ("aino", "Aino Aho"), ("matti", "Matti Mäki")):
                values = {"name": name, "home_municipality": "924", "office_id": "924/tekninen",
                          "employment": "virka", "active": True}  # fmt: skip
                store.execute(AddPerson(person_id=id_, values=values), session)
        store.execute(GiveRole(person_id="paa", municipality=code, role=Role.ADMINISTRATOR), session)
        for role in (Role.REGISTRAR, Role.PREPARER, Role.ARCHIVIST):
            store.execute(GiveRole(person_id="aino", municipality=code, role=role, secret=True), session)
        store.execute(GiveRole(person_id="matti", municipality=code, role=Role.PREPARER), session)
    store.set_meta("user", "aino")
    store.set_meta("last_municipality", "924")
    yield Office(store, tmp_path)
    store.close()


@dataclass
class Desk:
    """The window and hands on its keyboard."""

    window: MainWindow
    office: Office
    qtbot: QtBot
    dialogs: FakeDialogs

    @property
    def page(self) -> CasesPage:
        found = self.window.host.page("cases")
        assert isinstance(found, CasesPage)
        return found

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        press(self.qtbot, self.window, key, *modifiers)

    def write(self, text: str) -> None:
        self.wait(lambda: self.window.focusWidget() is not None)
        for letter in text:  # each where the one before it left the keyboard
            write(self.window.focusWidget(), letter)

    def wait(self, true: Callable[[], Any], ms: int = 8000) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=ms)

    def choose(self, text: str) -> None:
        """Type into the field of choice in hand and take the first one offered."""
        field = self.window.focusWidget()
        self.qtbot.keyClicks(field, text)
        popup = field.completer().popup()  # type: ignore[union-attr]
        self.wait(
            lambda: (
                popup.isVisible()
                and popup.model().rowCount()
                and popup.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled
            )
        )
        self.qtbot.keyClick(popup, KEY.Key_Down)
        self.qtbot.keyClick(popup, KEY.Key_Return)
        self.wait(lambda: field.choice() is not None)  # type: ignore[union-attr]

    def list_ready(self, rows: int) -> None:
        model = self.page.listing.model
        self.wait(lambda: model.rowCount() == rows and (not rows or model.row_data(0) is not None))

    def open_case(self, case_id: str) -> None:
        self.window.open_object("case_file", case_id)
        self.case_ready(case_id)

    def case_ready(self, case_id: str) -> None:
        self.wait(lambda: self.page.view.whole is not None and self.page.view.whole.case.id == case_id)

    def foreign(self) -> None:
        """Another process has committed, and the window has noticed."""
        self.window.ui.tasks.store_changed.emit(ForeignChange(), None)

    def said(self) -> str:
        toast = self.window.toasts.newest()
        return toast.text if toast is not None else ""


@pytest.fixture
def make_desk(office: Office, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    made: list[MainWindow] = []

    def open_window(last_page: str = "") -> Desk:
        settings = Forgetful()
        settings.set("last_page", last_page)
        window = build_window(qapp, office.store, settings)
        made.append(window)
        dialogs = FakeDialogs()
        object.__setattr__(window.ui, "dialogs", dialogs)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Desk(window, office, qtbot, dialogs)

    yield open_window
    for window in made:
        window.close()
        window.deleteLater()
        qapp.sendPostedEvents(window, 52)  # QEvent.DeferredDelete: the indexer ends before the store closes


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()
