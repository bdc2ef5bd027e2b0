"""Scenes of the start: an empty home, each step of taking a municipality into use, restoring, the passphrase,
the update of an old store."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize

from tools.screenshots.scene import Scene, Shown, Stage
from workbench.clock import SystemClock
from workbench.errors import UserError
from workbench.setup.guide import Made
from workbench.ui.start.passphrase import PassphraseDialog
from workbench.ui.start.updating import UpdateDialog
from workbench.ui.start.window import StartWindow

START = QSize(1000, 700)
KEY = "K7QH-2M9X-T4PD-8WNR-6JYC-3VBF-9AEG-5ZSU"


class NoRing:
    """A machine without a key ring."""

    def get(self, _name: str) -> str | None:
        return None

    def set(self, _name: str, _secret: str) -> bool:
        return False

    def delete(self, _name: str) -> None:
        return None


def start_window() -> StartWindow:
    """The start window on a home that has nothing."""
    home = Path(tempfile.mkdtemp(prefix="seutupoyta-kuvat-")) / "koti"
    dialogs = Shown()
    made = StartWindow(home, clock=SystemClock(), ring=NoRing(), dialogs=dialogs)  # type: ignore[arg-type]
    dialogs.parent = made
    return made


def _step(number: int, *, wrong: bool = False) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        start: Any = stage.window
        guide = start.guide
        start._open(guide)
        place = guide.steps[0]
        place.code.setText("924")
        place.email.setText("kirjaamo@veteli.example")
        guide._open(number)
        stage.settle(0.3)
        if wrong:
            guide.step_on()
            stage.settle()

    return play


def _recovery(stage: Stage) -> None:
    start: Any = stage.window
    start._open(start.guide)
    start.guide._built(Made(Path(), KEY))
    stage.settle()


def _progress(stage: Stage) -> None:
    start: Any = stage.window
    ends = threading.Event()
    stage.things["ends"] = ends

    def work(progress: Any) -> None:
        progress.step(2, 4, "Lisätään henkilöstö")
        ends.wait(30)

    start._open(start.guide)
    start.guide._open(len(start.guide.steps))
    start.guide.progress.follow(start.jobs, start.jobs.start("Otetaan kunta käyttöön", work))
    stage.settle(0.3)


def _restore(stage: Stage) -> None:
    start: Any = stage.window
    start._open(start.restoring)
    stage.settle()


def _restore_wrong(stage: Stage) -> None:
    _restore(stage)
    stage.window.restoring.go.click()
    stage.settle()


def passphrase() -> PassphraseDialog:
    """The passphrase asked, the first try wrong."""

    def refuse(_typed: str) -> Any:
        raise UserError("Salalause ei ole oikea.", code="wrong_passphrase")

    return PassphraseDialog(refuse, "Salalause ei ole oikea. Tarkista isot ja pienet kirjaimet.")


def updating() -> UpdateDialog:
    """An update under way, until the picture has been taken."""
    ends = threading.Event()

    def work(tell: Callable[[str], None]) -> None:
        tell("Salassa pidettävien asioiden hakemisto rakennetaan uudelleen")
        ends.wait(30)

    made = UpdateDialog(work)
    made.setProperty("ends", ends)
    return made


def _close(stage: Stage) -> None:
    for ends in (stage.things.get("ends"), stage.window.property("ends")):
        if ends is not None:
            ends.set()
    stage.settle()


def _stay(stage: Stage) -> None:
    stage.settle(0.3)


def scenes() -> list[Scene]:
    """Each in a window of its own: ``stand`` names which."""
    names = ("municipality", "offices", "hours", "numbers", "staff", "plan", "key")
    return [
        Scene("start", _stay, START, "start"),
        *(
            Scene(f"guide-{n + 1}-{name}", _step(n), START, "start", clean=_close)
            for n, name in enumerate(names)
        ),
        Scene("guide-wrong", _step(4, wrong=True), START, "start", clean=_close),
        Scene("guide-progress", _progress, START, "start", clean=_close),
        Scene("guide-recovery", _recovery, START, "start", clean=_close),
        Scene("guide-least", _step(0), QSize(760, 560), "start", clean=_close),
        Scene("restore", _restore, START, "start", clean=_close),
        Scene("restore-wrong", _restore_wrong, START, "start", clean=_close),
        Scene("passphrase", _stay, QSize(480, 260), "passphrase", clean=_close),
        Scene("updating", _stay, QSize(560, 320), "updating", clean=_close),
    ]
