"""Every widget in the gallery: named for a screen reader, uncut when words grow, reached by Tab in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import nameless
from tools.clipping import find_clipped
from tools.gallery import build
from workbench.i18n import use_language
from workbench.ui.shell import MainWindow
from workbench.ui.shots import picture, shoot
from workbench.ui.theme.manager import Theme


@pytest.fixture(params=["fi", "xx"])
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[MainWindow]:
    use_language(request.param)
    made = build()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close()


PAGES = ("desk", "arrivals", "cases", "archive")


def test_no_label_or_button_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    cut = []
    for page in PAGES:
        window.open_page(page)
        for _round in range(3):
            QApplication.processEvents()
        # The gallery's own pages are wider than they would be; the real ones are looked at elsewhere.
        cut += [(page, f) for f in find_clipped(window) if "sideways" not in f and "content is" not in f]
    assert cut == []


def test_whatever_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    found = []
    for page in PAGES:
        window.open_page(page)
        found += [(page, *who) for who in nameless(window)]
    assert found == []


def test_tab_goes_in_reading_order(qtbot: QtBot) -> None:
    window = build()
    qtbot.addWidget(window)
    window.show()
    window.open_page("arrivals")
    page = window.host.currentWidget()
    at, names = page.nextInFocusChain(), []
    while at is not None and page.isAncestorOf(at):
        if at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and at.isVisibleTo(page):
            names.append(at.accessibleName() or getattr(at, "text", str)())
        at = at.nextInFocusChain()
    assert [name for name in names if name in _ORDER] == _ORDER
    window.close()


_ORDER = [
    "Allekirjoita", "Näytä kaikki", "Hävitä", "3 uutta", "Otsikko", "Y-tunnus", "Käsittelijä",
    "Julkisuusluokka", "Muistiinpano", "Sisältää henkilötietoja", "Kiireellinen", "Posti", "Sähköposti",
]  # fmt: skip


def test_at_200_percent_on_a_small_screen_everything_is_still_there(qtbot: QtBot) -> None:
    window = build()
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(960, 500)  # 1920 x 1000 at 200 %
    window.show()
    for page in PAGES:
        window.open_page(page)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (960, 500)
        for button in window.rail.findChildren(QAbstractButton):
            assert window.rail.rect().contains(button.geometry()), button.accessibleName()
    window.close()


def test_pictures_have_the_size_of_their_scale(window: MainWindow, theme: Theme, tmp_path: object) -> None:
    image = picture(window, 1.5)
    assert (image.width(), image.height()) == (1920, 1200)
    made = shoot("x", window, theme, tmp_path, themes=("light", "dark"), scales=(100,))  # type: ignore[arg-type]
    theme.choose("light")
    assert [path.name for path in made] == ["x-light-100.png", "x-dark-100.png"]
    assert made[0].read_bytes() != made[1].read_bytes()
