"""Plays every scene and draws it: ``python -m tools.screenshots --home T --out shots``.

The homes are made beneath ``--home`` when they are not there. What is cut on a scene is told at the end, and
makes the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

if "QT_QPA_PLATFORM" not in os.environ:
    # A screen of an office, so that menus and lists open where they would.
    _screen = {"name": "kuvat", "x": 0, "y": 0, "width": 1920, "height": 1200, "logicalDpi": 96,
               "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    _file = Path(tempfile.mkdtemp(prefix="seutupoyta-naytto-")) / "naytto.json"
    _file.write_text(json.dumps({"screens": [_screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_file}"

from PySide6.QtWidgets import QApplication, QDialog

from tools.clipping import find_clipped
from tools.screenshots import beginning, daily, forms, joined, settled
from tools.screenshots.furnish import demo_home, empty_home
from tools.screenshots.scene import Scene, Shown, Stage
from workbench.app import build_window
from workbench.store.store import Store
from workbench.ui.collector import Collector
from workbench.ui.models.settings import Forgetful
from workbench.ui.shots import picture
from workbench.ui.theme.manager import Theme


def scenes() -> list[Scene]:
    """All scenes."""
    return [*beginning.scenes(), *daily.scenes(), *forms.scenes(), *settled.scenes(), *joined.scenes()]


class Studio:
    """Plays scenes and draws them."""

    def __init__(self, home: Path, out: Path, themes: Sequence[str], scales: Sequence[int]) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        app.setCursorFlashTime(0)
        self.app, self.home, self.out = app, home, out
        self.themes, self.scales = list(themes), list(scales)
        self.theme = Theme(app, self.themes[0])
        self.pictures = 0
        self.faults: dict[str, list[str]] = {}
        """What is wrong, and in which scenes."""
        out.mkdir(parents=True, exist_ok=True)

    def play(self, wanted: Sequence[Scene]) -> None:
        """Each window's scenes one after another."""
        for stand in dict.fromkeys(scene.stand for scene in wanted):
            mine = [scene for scene in wanted if scene.stand == stand]
            if stand in _OWN_WINDOW:
                for scene in mine:
                    with self._alone(_OWN_WINDOW[stand]) as stage:
                        self._scene(scene, stage)
            else:
                with self._office(stand) as stage:
                    for scene in mine:
                        self._scene(scene, stage)

    def _scene(self, scene: Scene, stage: Stage) -> None:
        self.theme.choose(self.themes[0])
        stage.window.resize(scene.size)
        stage.window.activateWindow()
        try:
            scene.play(stage)
        except Exception as error:  # the other scenes are still wanted
            self._blame(scene, f"not played: {error!r}")
            stage.clean()
            return
        for theme in [*self.themes, *(["contrast"] if scene.contrast else [])]:
            self.theme.choose(theme)
            stage.settle()
            for scale in self.scales:
                image = picture(stage.window, scale / 100, scene.size)
                image.save(str(self.out / f"{scene.name}-{theme}-{scale}.png"))
                self.pictures += 1
        over = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        for top in dict.fromkeys((stage.window, *over)):
            for fault in find_clipped(top):
                self._blame(scene, fault)
        scene.clean(stage)

    def _blame(self, scene: Scene, fault: str) -> None:
        self.faults.setdefault(fault, []).append(scene.name)

    @contextmanager
    def _alone(self, make: Callable[[], Any]) -> Iterator[Stage]:
        window = make()
        window.show()
        dialogs = getattr(window, "_dialogs", None)
        yield Stage(window, dialogs=dialogs if isinstance(dialogs, Shown) else Shown())
        window.jobs.shutdown()
        window.hide()
        window.deleteLater()

    @contextmanager
    def _office(self, stand: str) -> Iterator[Stage]:
        with self._home(stand) as (store, things):
            yield from self._sit(stand, store, things)

    @contextmanager
    def _home(self, stand: str) -> Iterator[tuple[Store, dict[str, Any]]]:
        if stand == "joined":
            with tempfile.TemporaryDirectory() as folder, joined.joined_home(Path(folder)) as made:
                yield made
        elif stand == "empty":
            yield empty_home(self.home / "empty"), {}
        else:
            yield demo_home(self.home / "demo")

    def _sit(self, stand: str, store: Store, things: dict[str, Any]) -> Iterator[Stage]:
        person = things.get("admin", "") if stand == "admin" else ""
        window = build_window(self.app, store, Forgetful(), person=person, theme=self.theme)
        dialogs = Shown()
        dialogs.parent = window
        object.__setattr__(window.ui, "dialogs", dialogs)
        window.show()
        with tempfile.TemporaryDirectory() as folder:
            things["file"] = Path(folder) / "Ympäristöterveysvalvonnan lausunto eläinsuojan etäisyyksistä.txt"
            things["file"].write_text("Lausunto", encoding="utf-8")
            stage = Stage(window, store, dialogs, things)
            stage.settle()
            yield stage
        window.close()
        window.deleteLater()
        self.app.sendPostedEvents(window, 52)  # QEvent.DeferredDelete: the indexer ends before the store
        stage.store = None
        store.close()


_OWN_WINDOW: dict[str, Callable[[], Any]] = {
    "start": beginning.start_window,
    "passphrase": beginning.passphrase,
    "updating": beginning.updating,
}


def main() -> int:
    """Command line; the exit code tells whether anything is cut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="pieces of scenes' names, with commas between")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--scales", default="100,150")
    given = parser.parse_args()
    studio = Studio(given.home, given.out, given.themes.split(","), [int(s) for s in given.scales.split(",")])
    Collector(studio.app)
    pieces = given.only.split(",")
    studio.play([scene for scene in scenes() if any(piece in scene.name for piece in pieces)])
    print(f"{studio.pictures} pictures in {given.out}")
    for fault, names in studio.faults.items():
        sys.stderr.write(f"{fault} ({', '.join(names)})\n")
    return 1 if studio.faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception:  # the window's own hook would show it in a window that nobody sees
        traceback.print_exc()
        sys.exit(2)
