"""A registry office to sit in: the demonstration region's staff in a real store, and the real window on it.

The region is set up once per process and copied for each test.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StepClock
from tests.fakes.dialogs import FakeDialogs
from tests.fakes.syncing import services_of
from tests.fakes.words import FakeWords
from tests.ui.hands import press
from workbench.cases.intake.commands import TakeIn
from workbench.cases.intake.queries import ArrivalRow, find_arrivals, load_arrivals
from workbench.cases.items import FileItem
from workbench.cases.queries import CaseFilter, CaseRow, find_cases, load_cases
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.desk import Desk
from workbench.domain import whole_domain
from workbench.setup.letters import mail
from workbench.setup.region import USER, load_region, person_id, set_up_region
from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.store.store import Store
from workbench.store.undo import Undo
from workbench.ui.actions import ActionRegistry
from workbench.ui.intake.install import Intake, import_action
from workbench.ui.intake.page import ArrivalsPage
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Forgetful
from workbench.ui.pages import all_pages
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Acting, MainWindow
from workbench.ui.tasks import Tasks
from workbench.ui.theme.manager import Theme

VETELI, KAUSTINEN = "924", "236"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@cache
def _template() -> Path:
    home = Path(tempfile.mkdtemp(prefix="seutupoyta-office-")) / "home"
    store, _key = Store.create(home, whole_domain(), StepClock(NOW), FakeWords(), encrypted=False)
    set_up_region(store, load_region())
    store.close()
    return home


LETTERS: tuple[tuple[str, str, str], ...] = (
    ("Tietopyyntö rakennusluvista", "Tauno Uusitalo",
     "Pyydän julkisuuslain nojalla jäljennökset rakentamislupapäätöksistä vuosilta 2023–2026."),
    ("Koulukuljetushakemus", "Tuula Lassila",
     "Haen koulukuljetusta lapselleni. Koulumatka kouluun on 7 kilometriä ja tie on pimeä."),
    ("Rakentamislupahakemus, autotalli", "Lauri Vainionpää",
     "Haen rakentamislupaa autotallille kiinteistölle 924-403-5-34. Piirustukset ovat liitteenä."),
    ("Asemakaavan muutos, Patana", "Paavo Harju",
     "Haen asemakaavan muuttamista. Rakennusoikeus tontilla 924-401-2-7 ei riitä laajennukseen."),
    ("Avustushakemus kylätalon kattoon", "Elina Pajala",
     "Kyläyhdistys hakee avustusta kylätalon katon uusimiseen. Kustannusarvio on 18 400 euroa."),
    ("Kuntalaisaloite jäähallin aukiolosta", "Ritva Känsälä",
     "Teen kuntalaisaloitteen, että jäähalli olisi auki myös sunnuntaisin."),
    ("Hakemus varhaiskasvatukseen", "Saara Jylhä",
     "Haemme päiväkotipaikkaa kolmevuotiaalle lapsellemme varhaiskasvatuksessa tammikuusta alkaen."),
    ("Yksityistieavustus 2026", "Jorma Kivelä",
     "Tiekunta hakee yksityistieavustusta tien perusparannukseen ja soraan."),
    ("Tontin varaaminen", "Niilo Rauma",
     "Haluaisin varata omakotitalotontin uudelta asuinalueelta."),
    ("Oikaisuvaatimus rakentamislupapäätöksestä", "Ulla Torppa",
     "Vaadin oikaisua rakentamislupapäätökseen, joka koskee naapurikiinteistöäni."),
)  # fmt: skip


def letter(
    folder: Path, n: int, subject: str, sender: str, body: str, *, reply_to: str = "", files: Any = ()
) -> Path:
    """A mail as it lies in a folder; ``n`` tells its time and identity."""
    address = sender.lower().translate(str.maketrans("äöå ", "aoa.")) + "@posti.example"
    path = folder / f"kirje-{n}.eml"
    path.write_bytes(
        mail(
            sender=(sender, address),
            to=("Vetelin kunnan kirjaamo", "kirjaamo@veteli.example"),
            subject=subject,
            body=f"Hei\n\n{body}\n\nTerveisin {sender}",
            sent_at=NOW - timedelta(hours=30 - n),
            message_id=f"kirje-{n}@posti.example",
            in_reply_to=reply_to,
            attachments=tuple(files),
        )
    )
    return path


@dataclass
class Office:
    """The window with its page open, and what is behind it."""

    store: Store
    desk: Desk
    window: MainWindow
    dialogs: FakeDialogs
    tasks: Tasks
    intake: Intake
    qtbot: QtBot
    folder: Path
    said: list[str] = field(default_factory=list)

    @property
    def page(self) -> ArrivalsPage:
        page = self.window.host.page("arrivals")
        assert isinstance(page, ArrivalsPage)
        return page

    def take_in(self, *paths: Path) -> list[str]:
        return [str(self.desk.take_in(path).result) for path in paths]

    def post(self, count: int = len(LETTERS), first: int = 0) -> list[str]:
        """Take in some of the ten letters."""
        return self.take_in(*(letter(self.folder, n, *LETTERS[n]) for n in range(first, first + count)))

    def open(self) -> None:
        """Go to Saapuneet and wait for the first arrival to be in hand."""
        self.window.open_page("arrivals")
        self.settle()

    def settle(self) -> None:
        """Let everything asked for come."""
        for _round in range(8):
            QApplication.processEvents()
            self.qtbot.wait(25)

    def until_in_hand(self, subject: str) -> None:
        def there() -> bool:
            current = self.page.current()
            return current is not None and current.bundle.arrival.row.subject == subject

        self.qtbot.waitUntil(there)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        press(self.qtbot, self.window, key, *modifiers)

    def run(self, command: Command, municipality: str = VETELI) -> Changes:
        return self.store.execute(command, Session(person_id(USER), municipality))

    def cases(self, municipality: str = VETELI) -> list[CaseRow]:
        with self.store.read_as(Session(person_id(USER), municipality)) as reader:
            return load_cases(reader, find_cases(reader, CaseFilter(state="all", descending=False)))

    def arrivals(self, state: str = "new", municipality: str = VETELI) -> list[ArrivalRow]:
        with self.store.read_as(Session(person_id(USER), municipality)) as reader:
            return load_arrivals(reader, find_arrivals(reader, state))

    def waiting(self, data: bytes, media_type: str, filename: str) -> str:
        """Content of an arrival that waits; the name it is stored by."""
        ref = self.store.blobs.put(VETELI, data)
        file = FileItem(filename=filename, media_type=media_type, sha256=ref.sha256, size=ref.size)
        self.run(TakeIn(municipality=VETELI, channel="file", subject=filename, arrived_at=NOW, files=(file,)))
        return ref.sha256

    def case(self, title: str, **more: Any) -> Any:
        values: dict[str, Any] = {"class_code": "10.03.03", "case_type": "kaava"}
        return self.run(RegisterCase(municipality=VETELI, title=title, **(values | more))).result


@contextmanager
def office(folder: Path, qtbot: QtBot, theme: Theme) -> Iterator[Office]:
    home = folder / "home"
    shutil.copytree(_template(), home)
    store = Store.open(home, whole_domain(), StepClock(NOW), FakeWords())
    desk = Desk(store, Session(person_id(USER), VETELI))
    tasks = Tasks(desk.execute, desk.reader)
    programs = Programs(desk)
    intake = Intake(desk, programs)
    actions = ActionRegistry()
    actions.add(import_action(intake.choose))
    dialogs = FakeDialogs()
    window = MainWindow(
        tasks=tasks, jobs=Jobs(), actions=actions, settings=Forgetful(), clock=store.clock,
        pages=all_pages(desk, theme, programs, services_of(store)), roles=frozenset({"registrar"}), dialogs=dialogs,
        undo_of=lambda command_id: Undo(undone=command_id),
    )  # fmt: skip
    intake.join(window)
    intake.begin()
    veteli = Acting(VETELI, "Veteli", "kirjaamo")
    window.set_acting([veteli], veteli)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    inbox = folder / "posti"
    inbox.mkdir()
    made = Office(store, desk, window, dialogs, tasks, intake, qtbot, inbox)
    show = window.toasts.show

    def remember(text: str, *more: Any, **named: Any) -> Any:
        made.said.append(text)
        return show(text, *more, **named)

    window.toasts.show = remember  # type: ignore[method-assign]
    try:
        yield made
    finally:
        if window.host.here() is not None and "arrivals" in window.host._made:
            made.page.drafts.flush()
        intake.close()
        window.close()
        store.close()
