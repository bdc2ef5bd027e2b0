"""Saapuneet grows with longer words, speaks to screen readers, and never makes the registrar wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import nameless
from tests.ui.intake.office import LETTERS, Office, letter, office
from tools.clipping import find_clipped
from workbench.i18n import use_language
from workbench.setup.letters import docx, pdf
from workbench.ui.actions import texts_missing
from workbench.ui.tasks import ForeignChange
from workbench.ui.theme.manager import Theme


@pytest.fixture(params=["fi", "xx"])
def full(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[Office]:
    """The page with a mail of three attachments in hand, in Finnish and in longer words."""
    use_language(request.param)
    with office(tmp_path, qtbot, theme) as made:
        files = (("Hakemus.pdf", pdf("Hakemus", "Pyydän")), ("Selvitys.docx", docx("Selvitys", "Asia")),
                 ("rikki.pdf", b"%PDF-1.7 rikki"))  # fmt: skip
        made.take_in(letter(made.folder, 1, *LETTERS[1], files=files))
        made.open()
        made.until_in_hand(LETTERS[1][0])
        made.settle()
        yield made


@pytest.mark.parametrize("size", [(1280, 800), (1100, 700), (1024, 700)])
def test_nothing_is_cut(full: Office, size: tuple[int, int]) -> None:
    full.window.resize(*size)
    full.settle()
    assert find_clipped(full.page) == []
    assert (full.window.width(), full.window.height()) == size


def test_whatever_takes_the_keyboard_has_a_name(full: Office) -> None:
    assert nameless(full.page) == []


def test_every_action_has_a_text_an_icon_and_help(full: Office) -> None:
    mine = [spec for spec in full.window.actions_.all() if spec.id.startswith("arrivals.")]
    assert len(mine) > 15 and texts_missing(mine) == []


def test_the_rail_tells_how_many_wait(full: Office) -> None:
    seen: list[int] = []
    full.intake._set_count = lambda _page, n: seen.append(n)
    full.post(2, first=3)
    full.tasks.store_changed.emit(ForeignChange(), None)
    full.qtbot.waitUntil(lambda: seen[-1:] == [3])
