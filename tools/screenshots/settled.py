"""Scenes of the settings, for one who may change them and for one who may only read, and of a new home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tools.screenshots.beginning import KEY
from tools.screenshots.scene import SMALL, Scene, Stage
from workbench.ui.settings.sections import SECTIONS


def section(name: str, then: Callable[[Stage, Any], None] | None = None) -> Callable[[Stage], None]:
    """A section of the settings, and more within it."""

    def play(stage: Stage) -> None:
        stage.open("settings")
        page = stage.page("settings")
        page.show_target(name)
        stage.settle(0.4)
        if then is not None:
            then(stage, page.section(name))
            stage.settle(0.3)

    return play


def _below(_stage: Stage, made: Any) -> None:
    bar = made.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _tab(number: int) -> Callable[[Stage, Any], None]:
    return lambda _stage, made: made.tabs.setCurrentIndex(number)


def _give_role(stage: Stage, made: Any) -> None:
    stage.until(made.model.rowCount)
    made.table.selectRow(0)
    stage.settle()
    made.detail.give_wanted.emit()


def _watch(stage: Stage, _made: Any) -> None:
    stage.window.ui.settings.set("watch_folder", str(stage.things["file"].parent))
    stage.settle(4.0)


def _watch_gone(stage: Stage, _made: Any) -> None:
    stage.window.ui.settings.set("watch_folder", str(stage.things["file"].parent / "ei-ole"))
    stage.settle(4.0)


def _unwatch(stage: Stage) -> None:
    stage.window.ui.settings.set("watch_folder", "")
    stage.clean()


def _dialog(stage: Stage) -> Any:
    from PySide6.QtWidgets import QApplication, QDialog

    stage.until(lambda: any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets()))
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())


def _new_key(stage: Stage, made: Any) -> None:
    made.ask_new_key()
    dialog = _dialog(stage)
    dialog.view.show_key(KEY, "Veteli", date(2026, 11, 24))
    dialog.view.print_out()


def _another(number: int) -> Callable[[Stage, Any], None]:
    def play(stage: Stage, made: Any) -> None:
        made.add_municipality()
        view = _dialog(stage).view
        view.steps[0].code.setText("217")
        view._open(number)

    return play


def _edit_person(stage: Stage, made: Any) -> None:
    stage.until(made.model.rowCount)
    made.table.selectRow(0)
    stage.settle()
    made.detail.edit_wanted.emit()


def scenes() -> list[Scene]:
    """Every section as the administrator sees it, the ones that differ as a reader does."""
    own = [Scene(f"settings-{name}", section(name), stand="admin") for name in SECTIONS]
    return [
        *own,
        *(Scene(f"settings-{name}-small", section(name), SMALL, stand="admin") for name in SECTIONS),
        Scene("settings-municipality-below", section("municipality", _below), stand="admin"),
        Scene("settings-safety-below", section("safety", _below), stand="admin"),
        Scene("settings-post-watching", section("post", _watch), stand="admin", clean=_unwatch),
        Scene("settings-post-trouble", section("post", _watch_gone), stand="admin", clean=_unwatch),
        Scene("settings-new-key", section("safety", _new_key), stand="admin"),
        *(Scene(f"another-{n + 1}", section("municipality", _another(n)), stand="admin") for n in (0, 4, 5)),
        Scene("settings-plan-versions", section("plan", _tab(1)), stand="admin"),
        Scene("settings-plan-import", section("plan", _tab(2)), stand="admin"),
        Scene("settings-staff-add", section("staff", lambda _s, made: made.add_person()), stand="admin"),
        Scene("settings-staff-edit", section("staff", _edit_person), stand="admin"),
        Scene("settings-staff-role", section("staff", _give_role), stand="admin"),
        Scene("settings-municipality-read", section("municipality")),
        Scene("settings-staff-read", section("staff")),
        Scene("empty-desk", lambda s: s.open("work"), stand="empty"),
        Scene("empty-arrivals", lambda s: s.open("arrivals"), stand="empty"),
        Scene("empty-cases", lambda s: s.open("cases"), stand="empty"),
        Scene("empty-cases-small", lambda s: s.open("cases"), SMALL, stand="empty"),
    ]
