"""The watched folder from the settings: chosen, seen to work, its trouble told, turned off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.ui.settings.support import World
from workbench.cases.intake.queries import count_arrivals
from workbench.ui.intake.watcher import watcher_of
from workbench.ui.settings.post import PostSection


def texts(section: PostSection) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisibleTo(section))


def test_a_folder_is_watched_its_trouble_is_told_and_the_watch_ends(world: World, tmp_path: Path) -> None:
    watcher = watcher_of(world.window)
    assert watcher is not None
    watcher._every_s = 0.05
    section = world.open("post")
    assert isinstance(section, PostSection)
    assert section.pill.accessibleName() == "Ei käytössä" and not section.off.isVisible()
    folder = tmp_path / "skanneri"
    folder.mkdir()
    (folder / "tyhja.xyz").write_bytes(b"")
    world.dialogs.folder = folder
    section.choose.click()
    (folder / "kirje.txt").write_text("Pyydän tietoja.", encoding="utf-8")
    world.qtbot.waitUntil(lambda: "1 tiedosto" in texts(section), timeout=20_000)
    assert section.pill.accessibleName() == "Valvotaan" and section.place.text() == str(folder)
    with world.store.read_as(world.session) as reader:
        assert count_arrivals(reader)["new"] == 1
    folder.rename(tmp_path / "muualla")
    world.qtbot.waitUntil(lambda: section.pill.accessibleName() == "Keskeytynyt", timeout=20_000)
    assert "Valvottuun kansioon" in section.trouble.words.text() and section.trouble.isVisible()
    section.off.click()
    assert section.pill.accessibleName() == "Ei käytössä" and not section.trouble.isVisible()
    assert world.window.ui.settings.get("watch_folder") == ""


def test_the_store_s_own_folder_is_never_watched(world: World) -> None:
    section = world.open("post")
    assert isinstance(section, PostSection)
    world.dialogs.folder = world.store.home / "blobs"
    section.choose.click()
    assert "omaa kansiota ei voi valvoa" in section.trouble.words.text()
    assert world.window.ui.settings.get("watch_folder") == ""
