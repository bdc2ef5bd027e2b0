"""A register kept by one workstation comes to a server from the window itself: real window, real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_two_registers import SERVER, code, keep_a_register
from tests.journeys.test_two_windows import Window
from tests.journeys.test_two_workstations import Place
from tests.words.conftest import lexicon_folder  # noqa: F401 - the fixture, shared with the word tests


@pytest.fixture
def place(tmp_path: Path, lexicon_folder: Path) -> Iterator[Place]:  # noqa: F811 - the fixture's own name
    # The words of the language are not what is tried here; each window would build them anew.
    shutil.copytree(lexicon_folder, tmp_path / "cache" / "words")
    made = Place(tmp_path)
    made.environment |= {"WORKBENCH_CACHE": str(tmp_path / "cache")}
    made.run(SERVER, "init", "--data", "server")
    made.run(SERVER, "unit", "add", "924", "--data", "server")
    made.run(SERVER, "unit", "add", "074", "--data", "server")
    yield made
    made.stop()


@pytest.mark.timeout(300)
def test_the_window_goes_on_as_the_servers_with_all_that_was_registered(place: Place) -> None:
    (number,) = keep_a_register(place, "a", ["Venevalkama"])
    code(place, "a")
    place.serve()
    made = Window(place.folder / "a", place.environment)
    try:
        made.sees("Työpöytä")
        made.key("Ctrl+,")
        made.choose("Palvelin")
        made.sees("pääkäyttäjä")

        # A code that brings no register along: said at its field, and all stays as it is.
        made.write("Palvelimen osoite", place.url)
        made.write("Liittymiskoodi", (place.folder / "a.code").read_text("utf-8").strip())
        made.press("Liitä palvelimeen")
        made.sees("--adopts")

        code(place, "a", "--adopts")
        made.write("Liittymiskoodi", (place.folder / "a.code").read_text("utf-8").strip())
        made.press("Liitä palvelimeen")
        made.sees("ajan tasalla ")
        # The window is another now: whoever the code was for acts in it, by her role; the case is where it was.
        made.key("Ctrl+3")
        made.choose("Venevalkama", twice=True)
        made.sees(number)
        made.sees("kirjaaja")
        made.close()
    finally:
        made.end()
    shown = place.at("a", "case", "show", number, "--json")
    assert shown["title"] == "Venevalkama"
    place.at("a", "check")
    place.run(SERVER, "verify", "--data", "server")
