"""Colours that everybody can read, icons that exist, numbers that stand in line."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.resources import resource_dir
from workbench.ui.dialogs import AskDialog
from workbench.ui.theme import tokens
from workbench.ui.theme.contrast import contrast
from workbench.ui.theme.current import colours
from workbench.ui.theme.dress import dress
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.glyphs import GLYPHS
from workbench.ui.theme.icons import character, icon
from workbench.ui.theme.manager import Theme
from workbench.ui.theme.palettes import ALL, Colours
from workbench.ui.theme.qss import style_sheet
from workbench.ui.widgets.searchselect import SearchSelect

every_theme = pytest.mark.parametrize("c", ALL.values(), ids=list(ALL))

TEXT_ON = {
    "text": ("window", "surface", "raised", "sunken", "hover", "chosen", "accent_soft"),
    "text_soft": ("window", "surface", "raised", "sunken", "hover", "chosen"),
    "text_off": ("window", "surface", "sunken"),
    "link": ("window", "surface", "raised"),
    "on_accent": ("accent", "accent_hover", "accent_press"),
    "rail_text": ("rail",),
    "rail_text_chosen": ("rail", "rail_hover", "rail_chosen"),
}


@every_theme
def test_text_reads_at_aa_on_every_ground(c: Colours) -> None:
    poor = [
        (ink, ground, round(contrast(getattr(c, ink), getattr(c, ground)), 2))
        for ink, grounds in TEXT_ON.items()
        for ground in grounds
        if contrast(getattr(c, ink), getattr(c, ground)) < 4.5
    ]
    assert poor == []


@every_theme
def test_states_read_at_aa_in_a_pill_and_on_a_page(c: Colours) -> None:
    for status in (c.ok, c.waiting, c.warning, c.stop):
        for ground in (status.ground, c.surface, c.window):
            assert contrast(status.ink, ground) >= 4.5, (status, ground)


@every_theme
def test_borders_focus_and_bands_stand_out(c: Colours) -> None:
    for ground in (c.window, c.surface):
        assert contrast(c.edge, ground) >= 3
        assert contrast(c.focus, ground) >= 3
        for code, band in c.municipalities:
            assert contrast(band, ground) >= 3, code
    assert contrast(c.rail_mark, c.rail) >= 3


@every_theme
def test_the_five_municipalities_are_told_apart(c: Colours) -> None:
    assert {code for code, _band in c.municipalities} == {"074", "236", "421", "849", "924"}

    def channels(band: str) -> tuple[int, ...]:
        return tuple(int(band[i : i + 2], 16) for i in (1, 3, 5))

    for (_a, one), (_b, other) in combinations(c.municipalities, 2):
        apart = sum((x - y) ** 2 for x, y in zip(channels(one), channels(other), strict=True)) ** 0.5
        assert apart > 70, (one, other)


def test_contrast_counts_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_icon_exists_and_an_unknown_one_fails_at_once(theme: Theme) -> None:
    for meaning in GLYPHS:
        assert character(meaning)
    with pytest.raises(KeyError):
        icon("no-such-thing")


def test_an_icon_is_painted_in_the_theme_s_colour(theme: Theme) -> None:
    image = icon("case", "accent").pixmap(20, 20).toImage()
    inked = {
        image.pixelColor(x, y).name()
        for x in range(20)
        for y in range(20)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert colours().accent in inked


def test_numbers_are_tabular(theme: Theme, qapp: QApplication) -> None:
    metrics = QFontMetrics(sized(qapp.font(), tokens.BODY))
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


@every_theme
def test_the_style_sheet_names_only_pictures_that_ship(c: Colours) -> None:
    sheet = style_sheet(c)
    found = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(found) == 3
    for path in found:
        assert path.startswith(resource_dir("icons").as_posix())
        assert resource_dir("icons").joinpath(path.rsplit("/", 1)[1]).is_file()
    assert f":focus {{ border: {tokens.FOCUS}px solid" in sheet


def test_no_other_module_sets_a_style_sheet() -> None:
    root = resource_dir("..").resolve() / "workbench" / "ui"
    users = [
        path.name for path in root.rglob("*.py") if ".setStyleSheet(" in path.read_text(encoding="utf-8")
    ]
    assert users == ["dress.py"]


def test_windows_without_a_parent_are_dressed_and_others_inherit(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dress(window)
    alone, within = (
        AskDialog(None, "Otsikko", "Teksti", deed="Selvä"),
        AskDialog(window, "Otsikko", "Teksti", deed="Selvä"),
    )
    field = SearchSelect(lambda _typed, _give: None, "Käsittelijä", window)
    qtbot.addWidget(alone)
    popup = field.completer().popup()
    assert popup is not None and popup.parent() is None
    for dressed in (alone, popup):
        assert colours().window in dressed.styleSheet()
    assert within.styleSheet() == ""
    for dialog in (alone, within):
        dialog.ensurePolished()
        dialog.go.ensurePolished()
    assert alone.go.sizeHint() == within.go.sizeHint()


def test_following_the_system_is_the_rule_and_one_s_own_choice_wins(theme: Theme, qapp: QApplication) -> None:
    theme.choose("system")
    assert colours().name in ALL
    theme.choose("contrast")
    assert colours().name == "contrast"
    theme.choose("light")


def test_qt_s_own_words_are_finnish(theme: Theme) -> None:
    assert QLocale().monthName(1, QLocale.FormatType.LongFormat).startswith("tammi")
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy") != "&Copy"


def test_the_theme_changes_at_once(theme: Theme, qapp: QApplication) -> None:
    window = QWidget()
    dress(window)
    theme.choose("dark")
    assert colours().dark and ALL["dark"].window in window.styleSheet()
    theme.choose("light")
    assert ALL["light"].window in window.styleSheet()
    assert not colours().dark
