"""Scenes of a workstation joined to a server: a real server process on this machine, two registrars, and what comes
of their changing the same things."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fakes.serving import start_server, wait_until_ready
from tools.screenshots.scene import LEAST, SMALL, Scene, Stage
from tools.screenshots.settled import section
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote
from workbench.cases.queries import CaseFilter, find_cases, load_cases
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.opening import create_home
from workbench.store.keys import PASSPHRASE_VARIABLE
from workbench.store.store import Store, database_path
from workbench.sync.joining import engine_of, join

VETELI = "924"
MINE, THEIRS = "aune.kansakoski", "ritva.viiperinen"
_PASSPHRASE = "kuvia varten liitetty työasema"


class NoRing:
    """As on a machine without a key ring."""

    def get(self, name: str) -> str | None:
        return None

    def set(self, name: str, secret: str) -> bool:
        return False


class Server:
    """The server process of the scenes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def make(self) -> dict[str, str]:
        """A demonstration region; joining codes by user name."""
        words = ["demo", "--data", str(self.folder), "--cases", "60", "--only-make"]
        made = subprocess.run(
            [sys.executable, "-m", "workbench.server.cli.main", *words],
            capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        rows = [line.split("\t") for line in made.stdout.splitlines()]
        return {username: code for username, _name, code in rows}

    def start(self) -> None:
        """Begin answering."""
        log = self.folder.parent / "palvelin.log"
        self._process = start_server(self.folder, self.port, log)
        wait_until_ready(self._process, self.port, log)

    def stop(self) -> None:
        """Be away."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def joined_home(folder: Path) -> Iterator[tuple[Store, dict[str, Any]]]:
    """A workstation with two conflicts, work that was not taken in, and its server running."""
    os.environ.setdefault(PASSPHRASE_VARIABLE, _PASSPHRASE)
    server = Server(folder / "palvelin")
    if database_path(folder / "oma").exists():
        raise RuntimeError("the joined home is made for each run")
    codes = server.make()
    server.start()
    store = _station(folder / "oma", server.url, codes[MINE])
    other = _station(folder / "toinen", server.url, codes[THEIRS])
    case_id = _disagree(store, other)
    other.close()
    store.set_meta("last_municipality", VETELI)
    try:
        yield store, {"server": server, "case": case_id}
    finally:
        server.stop()


def _station(home: Path, url: str, code: str) -> Store:
    store, _recovery = create_home(home, ring=None)
    join(store, url, code, NoRing())
    while store.index_behind():
        pass
    return store


def _disagree(store: Store, other: Store) -> str:
    """Two conflicts; the id of the first one's case."""
    mine = Session(store.meta("user"), VETELI)
    theirs = Session(other.meta("user"), VETELI)
    with store.read_as(mine) as reader:
        first, second, *_rest = find_cases(reader, CaseFilter())
        ids = [row.id for row in load_cases(reader, [first, second])]
    made = store.execute(
        RegisterCase(municipality=VETELI, office="tekninen", class_code="10.03.03", title="Kulmalan sauna"),
        mine,
    )
    engine_of(store, NoRing()).run()
    engine_of(other, NoRing()).run()
    other.execute(
        EditCase(
            case_id=ids[0],
            changes={
                "title": "Poikkeamislupa, rantasauna tilalle Kivilä 924-403-5-34",
                "summary": "Hakija hakee poikkeamista ranta-asemakaavasta. Naapureita kuullaan 14.12. mennessä.",
            },
        ),
        theirs,
    )
    other.execute(EditCase(case_id=made.result.case_id, changes={"title": "Kulmala, saunarakennus"}), theirs)
    engine_of(other, NoRing()).run()
    store.execute(
        EditCase(
            case_id=ids[0],
            changes={
                "title": "Poikkeamislupa, rantasaunan rakentaminen tilalle Kivelä 924-403-5-34",
                "summary": "Hakija hakee poikkeamista ranta-asemakaavasta. Naapuria kuullaan 10.12. mennessä.",
            },
        ),
        mine,
    )
    store.execute(AddNote(case_id=ids[0], text="Soitettu hakijalle."), mine)
    store.execute(
        EditCase(case_id=made.result.case_id, changes={"title": "Kulmalan saunan rakennuslupa"}), mine
    )
    engine_of(store, NoRing()).run()
    return ids[0]


def _case(stage: Stage) -> None:
    stage.open("cases", ("case_file", stage.things["case"]))
    header = stage.page("cases").view.header
    stage.until(header.conflict.isVisible)
    header.show_editor("Ritva Viiperinen")
    stage.settle()


def _popup(stage: Stage) -> None:
    stage.until(lambda: stage.window.top.sync.text().startswith(("1", "2", "ei", "ajan")))
    stage.do("sync.show")


def _offline(stage: Stage) -> None:
    stage.things["server"].stop()
    stage.do("sync.now")
    stage.until(lambda: "ei yhteyttä" in stage.window.top.sync.text())
    _popup(stage)


def _conflict(nth: int, then: Callable[[Any], None] | None = None) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.open("conflicts")
        page = stage.page("conflicts")
        stage.until(lambda: page.list.count() > nth)
        page.list.setCurrentRow(nth)
        stage.settle()
        if then is not None:
            then(page._view)
            stage.settle()

    return play


def _edit(view: Any) -> None:
    for field in view.fields:
        field.edit.setChecked(True)


def _choose(view: Any) -> None:
    view.fields[0].mine.setChecked(True)
    view.fields[-1].theirs.setChecked(True)


def scenes() -> list[Scene]:
    """In this order: the last ones are without the server."""
    made = [
        Scene("sync-popup", _popup, stand="joined"),
        Scene("sync-case", _case, stand="joined"),
        Scene("sync-conflict", _conflict(0), stand="joined", contrast=True),
        Scene("sync-conflict-chosen", _conflict(0, _choose), stand="joined"),
        Scene("sync-conflict-edit", _conflict(0, _edit), stand="joined"),
        Scene("sync-conflict-small", _conflict(0, _edit), stand="joined", size=SMALL),
        Scene("sync-conflict-least", _conflict(1), stand="joined", size=LEAST),
        Scene("sync-settings", section("server"), stand="joined"),
        Scene("sync-offline", _offline, stand="joined"),
        Scene("sync-settings-offline", section("server"), stand="joined"),
        Scene("sync-settings-alone", section("server"), stand="demo"),
        Scene("sync-alone", lambda stage: stage.do("sync.show"), stand="demo"),
        Scene("sync-none", lambda stage: stage.open("conflicts"), stand="demo"),
    ]
    return made
