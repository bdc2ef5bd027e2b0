"""Scenes of the settings, for one who may change them and for one who may only read, and of a new home."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def scenes() -> list[Scene]:
    """Every section as the administrator sees it, the ones that differ as a reader does."""
    own = [Scene(f"settings-{name}", section(name), stand="admin") for name in SECTIONS]
    return [
        *own,
        *(Scene(f"settings-{name}-small", section(name), SMALL, stand="admin") for name in SECTIONS),
        Scene("settings-municipality-below", section("municipality", _below), stand="admin"),
        Scene("settings-safety-below", section("safety", _below), stand="admin"),
        Scene("settings-plan-versions", section("plan", _tab(1)), stand="admin"),
        Scene("settings-plan-import", section("plan", _tab(2)), stand="admin"),
        Scene("settings-staff-add", section("staff", lambda _s, made: made.add_person()), stand="admin"),
        Scene("settings-staff-role", section("staff", _give_role), stand="admin"),
        Scene("settings-municipality-read", section("municipality")),
        Scene("settings-staff-read", section("staff")),
        Scene("empty-desk", lambda s: s.open("work"), stand="empty"),
        Scene("empty-arrivals", lambda s: s.open("arrivals"), stand="empty"),
        Scene("empty-cases", lambda s: s.open("cases"), stand="empty"),
        Scene("empty-cases-small", lambda s: s.open("cases"), SMALL, stand="empty"),
    ]
