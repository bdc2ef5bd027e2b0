"""A picture of every screen: ``python -m tools.screenshots --home T --out shots``.

Makes the demonstration region in an empty home, opens the real window on it (offscreen unless a display is
named), walks through the scenes and writes each in light and dark, at 100 and 150 %.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.app import build_window
from workbench.opening import create_home, open_home
from workbench.setup.demo import build_demo
from workbench.store.store import Store, database_path
from workbench.ui.models.settings import Forgetful
from workbench.ui.shots import SIZE, picture

SETTLE_S = 1.2
SMALL = QSize(1024, 700)


class Stage:
    """The window and the ways scenes move it."""

    def __init__(self, app: QApplication, store: Store, window: Any) -> None:
        self.app, self.store, self.window = app, store, window

    def settle(self, seconds: float = SETTLE_S) -> None:
        """Let queries come back and layouts come to rest."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.01)

    def open(self, page: str, target: Any = None) -> None:
        """Go to a page."""
        self.window.open_page(page, target)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle(0.4)

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle()


@dataclass(frozen=True)
class Scene:
    """One picture: what to do before it is taken, and at what size."""

    name: str
    play: Callable[[Stage], None]
    size: QSize = SIZE
    clean: Callable[[Stage], None] = lambda stage: stage.key(Qt.Key.Key_Escape)


def scenes() -> list[Scene]:
    """All scenes, in the order a day goes."""
    control = Qt.KeyboardModifier.ControlModifier

    def palette(stage: Stage) -> None:
        stage.key(Qt.Key.Key_K, control)
        stage.type("kaava")

    def first_case(stage: Stage) -> None:
        stage.open("cases")
        stage.key(Qt.Key.Key_Down)
        stage.key(Qt.Key.Key_Return)
        stage.settle()

    def case_tab(number: int) -> Callable[[Stage], None]:
        def play(stage: Stage) -> None:
            first_case(stage)
            stage.key(getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
            stage.settle()

        return play

    def second_arrival(stage: Stage) -> None:
        stage.open("arrivals")
        stage.key(Qt.Key.Key_Down)
        stage.settle()

    def section(number: int) -> Callable[[Stage], None]:
        def play(stage: Stage) -> None:
            stage.open("settings")
            for _unused in range(8):
                stage.key(Qt.Key.Key_Up)
            for _unused in range(number):
                stage.key(Qt.Key.Key_Down)
            stage.settle()

        return play

    return [
        Scene("desk", lambda s: s.open("work")),
        Scene("desk-small", lambda s: s.open("work"), SMALL),
        Scene("arrivals", lambda s: s.open("arrivals")),
        Scene("arrivals-second", second_arrival),
        Scene("arrivals-small", lambda s: s.open("arrivals"), SMALL),
        Scene("cases", lambda s: s.open("cases")),
        Scene("cases-small", lambda s: s.open("cases"), SMALL),
        Scene("case-timeline", first_case),
        Scene("case-documents", case_tab(2)),
        Scene("case-parties", case_tab(3)),
        Scene("case-tasks", case_tab(4)),
        Scene("case-data", case_tab(5)),
        Scene("case-history", case_tab(6)),
        Scene("case-small", first_case, SMALL),
        Scene("palette", palette),
        Scene("shortcuts", lambda s: s.key(Qt.Key.Key_F1)),
        *(Scene(f"settings-{n}", section(n)) for n in range(7)),
    ]


def take(store: Store, out: Path, *, themes: list[str], scales: list[int], only: str) -> list[Path]:
    """Play every scene in every theme; returns the pictures' paths."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for theme in themes:
        settings = Forgetful()
        settings.set("theme", theme)
        window = build_window(app, store, settings)
        window.resize(SIZE)
        window.show()
        window.activateWindow()
        stage = Stage(app, store, window)
        stage.settle()
        for scene in scenes():
            if only and only not in scene.name:
                continue
            window.resize(scene.size)
            stage.settle(0.1)
            scene.play(stage)
            for scale in scales:
                path = out / f"{scene.name}-{theme}-{scale}.png"
                picture(window, scale / 100, scene.size).save(str(path))
                made.append(path)
            scene.clean(stage)
        window.close()
        stage.settle(0.1)
    return made


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="a piece of the scene's name")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--scales", default="100,150")
    given = parser.parse_args()
    if database_path(given.home).exists():
        store = open_home(given.home)
    else:
        store, _recovery = create_home(given.home, demo=True)
        build_demo(store, cases=60, seed=1)
    themes, scales = given.themes.split(","), [int(s) for s in given.scales.split(",")]
    made = take(store, given.out, themes=themes, scales=scales, only=given.only)
    print(f"{len(made)} pictures in {given.out}")
    store.close()


if __name__ == "__main__":
    main()
