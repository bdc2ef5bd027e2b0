"""The README's walk-through by two real windows and a real server, each a process of its own: join, work without a
network, reconnect, resolve a conflict, lose a right and get it back."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.serving import start_server, wait_until_ready
from tests.words.conftest import lexicon_folder  # noqa: F401 - the fixture, shared with the word tests
from workbench.clock import SystemClock, local

PATIENCE_S = 60
FIRST, SECOND, ADMIN = "aune.kansakoski", "ritva.viiperinen", "janne.kaseniemi"
PASSPHRASE = "kolme sanaa ja hiihtoretki"


class Window:
    """A window process and the hands at it (see :mod:`tests.journeys.robot`)."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home = home
        self._log = home.with_suffix(".log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.robot", str(home)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, encoding="utf-8",
            env=environment,
        )  # fmt: skip

    def ask(self, do: str, **order: Any) -> Any:
        """Do one thing; fails with all that was in sight when it cannot be done."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, (do, order, "the window ended", self.home.with_suffix(".log").read_text("utf-8")[-3000:])
        answer = json.loads(line)
        assert answer["ok"], answer["why"]
        return answer.get("value")

    def until(self, true: Callable[[], Any], what: str) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < ends, f"{what}; in sight: {self.ask('sight')}"
            time.sleep(0.1)

    def sees(self, text: str) -> None:
        """Wait until a text is in sight."""
        self.until(lambda: self.ask("sees", text=text), f"to see {text!r}")

    def misses(self, text: str) -> None:
        """Wait until a text is out of sight."""
        self.until(lambda: not self.ask("sees", text=text), f"not to see {text!r}")

    def press(self, text: str) -> None:
        self.ask("press", text=text)

    def write(self, field: str, text: str) -> None:
        self.ask("write", field=field, text=text)

    def key(self, keys: str) -> None:
        self.ask("key", keys=keys)

    def choose(self, text: str, *, twice: bool = False) -> None:
        self.sees(text)
        self.ask("choose", text=text, twice=twice)

    def close(self) -> None:
        """Close the window and wait for its end."""
        if self._process.poll() is None:
            self.ask("close")
            assert self._process.wait(30) == 0
        self.end()

    def end(self) -> None:
        """End it, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._log.close()


class Office:
    """A folder with a server and windows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.codes: dict[str, str] = {}
        self.windows: list[Window] = []
        self._server: subprocess.Popen[bytes] | None = None
        # As on a machine without a key ring.
        self.environment = os.environ | {
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "WORKBENCH_CACHE": str(folder / "cache"),
        }

    def command(self, *words: str) -> str:
        made = subprocess.run(
            [sys.executable, "-m", "workbench.server.cli.main", *words], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, encoding="utf-8", timeout=180, check=False,
        )  # fmt: skip
        assert made.returncode == 0, (words, made.stdout, made.stderr)
        return made.stdout

    def serve(self) -> None:
        log = self.folder / "server.log"
        self._server = start_server(self.folder / "server", self.port, log, self.environment)
        wait_until_ready(self._server, self.port, log)

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(30)
            self._server = None

    def sit(self, who: str) -> Window:
        """A new workstation: joined from the first window, by its person's code."""
        made = Window(self.folder / who, self.environment)
        self.windows.append(made)
        made.sees("Mitä haluat tehdä?")
        made.press("Liity kunnan palvelimeen")
        made.write("Palvelimen osoite", self.url)
        made.write("Liittymiskoodi", self.codes[who])
        made.write("Salalause", PASSPHRASE)
        made.write("Salalause uudelleen", PASSPHRASE)
        made.press("Liity")
        made.sees("Työpöytä")
        made.sees("ajan tasalla ")
        return made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def office(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    lexicon_folder: Path,  # noqa: F811 - the fixture's own name
) -> Iterator[Office]:
    # The words of the language are not what is tried here; each window would build them anew.
    shutil.copytree(lexicon_folder, tmp_path / "cache" / "words")
    made = Office(tmp_path)
    more = ["--embedded-postgres"] if request.param == "postgresql" else []
    told = made.command("demo", "--data", "server", "--cases", "12", "--only-make", *more)
    made.codes = {
        username: code for username, _name, code in (line.split("\t") for line in told.splitlines())
    }
    made.serve()
    yield made
    for window in made.windows:
        window.end()
    made.stop()


LETTER = "Teollisuustontin ostohakemus"
CASE, MINE, THEIRS = "Rivitalo Kuusikko", "Kaksio, Rivitalo Kuusikko A 4", "Kaksio, Rivitalo Kuusikko B 7"


def open_case(window: Window, case: str) -> None:
    """From the list."""
    window.key("Ctrl+3")
    window.choose(case, twice=True)
    window.sees("Aikajana")


def edit_title(window: Window, case: str, title: str) -> None:
    """Give a case another title."""
    open_case(window, case)
    # Once more until the case has been read: before that the key says why not.
    window.until(lambda: window.key("F2") or window.ask("has", field="Otsikko"), "to edit the case")
    window.write("Otsikko", title)
    window.sees("Tallennettu")


def register(window: Window) -> bool:
    """Register the letter in hand; the key says why not while the suggestion is still being made."""
    window.key("Ctrl+Return")
    ends = time.monotonic() + 3
    while time.monotonic() < ends:
        if window.ask("sees", text="odottaa numeroa"):
            return True
        time.sleep(0.1)
    return False


def synchronise(window: Window) -> None:
    """Under the band's mark: now, instead of when it is next tried."""
    window.key("Ctrl+Shift+Y")
    window.press("Synkronoi nyt")
    window.key("Escape")


def act_for(window: Window, municipality: str) -> None:
    """Act for a municipality, if one does not yet."""
    if not window.ask("sees", text=municipality.upper()):
        window.key("Ctrl+Shift+K")
        window.ask("pick", text=municipality)
        window.sees(municipality.upper())


def end_roles(admin: Window, name: str, roles: tuple[str, ...]) -> None:
    """As the administrator: a person's roles end at once."""
    yesterday = local(SystemClock().now()).date() - timedelta(days=1)
    admin.key("Ctrl+,")
    admin.choose("Henkilöstö")
    admin.choose(name)
    for role in roles:
        button = f"Päätä henkilön {name} rooli {role}"
        admin.until(lambda button=button: admin.ask("can", text=button), f"to end {role}")
        admin.press(button)
        admin.write("Viimeinen päivä", f"{yesterday.day}.{yesterday.month}.{yesterday.year}")
        admin.press("Päätä rooli")
        admin.until(lambda button=button: not admin.ask("can", text=button), f"{role} to end")


@pytest.mark.timeout(900)
def test_the_walk_through_by_two_windows(office: Office) -> None:
    one, two = office.sit(FIRST), office.sit(SECOND)
    one.sees("VETELI")  # her own municipality, though she serves all five

    # Without a network a letter is registered, and its number is still to come.
    office.stop()
    one.key("Ctrl+2")
    one.choose(LETTER)
    one.sees("Otsikko on viestin aiheesta")  # the suggestion has come
    one.until(lambda: register(one), "the letter to be registered")
    # Both give the same case another title meanwhile, and read that it waits.
    edit_title(one, CASE, MINE)
    edit_title(two, CASE, THEIRS)
    for window in (one, two):
        window.sees("ei yhteyttä")

    # The network is back: the number comes by itself, and to the other window too.
    office.serve()
    synchronise(one)
    one.sees("ajan tasalla")
    one.key("Ctrl+3")
    one.misses("odottaa numeroa")
    synchronise(two)
    two.sees("1 ristiriita")
    two.key("Ctrl+3")
    two.sees("1 uusi")  # nothing moves under the cursor by itself
    two.key("F5")
    two.sees(LETTER)
    two.misses("odottaa numeroa")

    # What collided is shown side by side, and the person's choice reaches the other.
    two.key("Ctrl+Shift+Y")
    two.press("Avaa ristiriidat")
    two.sees("Oma jää voimaan")
    for text in (MINE, THEIRS, "Vuokra-asunto: kaksio"):
        two.sees(text)
    two.press("Otsikko: Oma jää voimaan")
    two.press("Ratkaise")
    two.sees("Mikään ei odota ratkaisua")
    two.sees("ajan tasalla")
    one.key("Ctrl+3")
    one.sees(THEIRS)

    # A right that ends takes what it showed from the machine; given back, everything returns.
    two.key("Ctrl+3")
    two.sees(THEIRS)
    admin = office.sit(ADMIN)
    act_for(admin, "Veteli")
    end_roles(admin, "Ritva Viiperinen", ("kirjaaja", "valmistelija"))
    two.misses(THEIRS)
    two.sees("Sinulla ei ole enää roolia")
    assert THEIRS.encode() not in (two.home / "store.db").read_bytes()
    admin.press("Anna rooli")
    admin.press("Anna rooli")
    two.sees(THEIRS)
    for window in (one, two, admin):
        window.sees("ajan tasalla")
        window.close()
    office.stop()
    office.command("verify", "--data", "server")
    office.command("doctor", "--data", "server")
