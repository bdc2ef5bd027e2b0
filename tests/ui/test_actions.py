"""Actions: data that makes menus, buttons, shortcuts and the palette, and that can say why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from workbench.ui.actions import ActionRegistry, ActionSpec, shortcut_text, texts_missing, tooltip
from workbench.ui.fuzzy import plain, score


def spec(id_: str, **more: object) -> ActionSpec:
    return ActionSpec(id_, "Uusi asia", "add", "Avaa uusi asia", lambda: None, **more)  # type: ignore[arg-type]


def test_a_shortcut_belongs_to_one_action_within_a_page(qtbot: QtBot) -> None:
    registry = ActionRegistry()
    registry.add(spec("a", shortcut="Ctrl+N"), spec("p1", shortcut="Ctrl+R", scope="one"))
    registry.add(spec("p2", shortcut="Ctrl+R", scope="two"))
    with pytest.raises(ValueError, match=r"Ctrl\+N"):
        registry.add(spec("b", shortcut="Ctrl+N", scope="one"))
    with pytest.raises(ValueError, match="twice"):
        registry.add(spec("a"))


def test_a_disabled_action_says_why_in_its_tooltip_menu_and_when_asked(qtbot: QtBot) -> None:
    why = "Päätöstä ei voi allekirjoittaa: toimivaltasi päättyi 14.7."
    ran: list[int] = []
    registry = ActionRegistry()
    registry.add(
        ActionSpec(
            "sign",
            "Allekirjoita",
            "sign",
            "Allekirjoita päätös",
            lambda: ran.append(1),
            "Ctrl+Return",
            lambda: why,
        )
    )
    button = registry.button("sign", primary=True)
    qtbot.addWidget(button)
    assert not button.isEnabled() and button.toolTip() == why
    menu = registry.menu(["sign"], button)
    assert menu.actions()[0].toolTip() == why and menu.toolTipsVisible()
    with qtbot.waitSignal(registry.refused) as said:
        assert registry.trigger("sign") is False
    assert said.args == [why] and ran == []


def test_one_s_own_keys_win_unless_they_are_taken(qtbot: QtBot) -> None:
    registry = ActionRegistry(own_shortcuts={"b": "Ctrl+B", "c": "Ctrl+B"})
    registry.add(spec("a", shortcut="Ctrl+N"), spec("b", shortcut="Ctrl+M"), spec("c", shortcut="Ctrl+L"))
    assert [registry.get(id_).shortcut for id_ in "abc"] == ["Ctrl+N", "Ctrl+B", "Ctrl+L"]


def test_enabledness_is_asked_when_one_acts(qtbot: QtBot) -> None:
    allowed = {"now": False}
    ran: list[int] = []
    registry = ActionRegistry()
    registry.add(
        ActionSpec(
            "x",
            "X",
            "add",
            "Tee",
            lambda: ran.append(1),
            enabled=lambda: True if allowed["now"] else "Ei vielä.",
        )
    )
    button = registry.button("x")
    qtbot.addWidget(button)
    allowed["now"] = True
    assert registry.trigger("x") and ran == [1]
    assert not button.isEnabled()
    registry.refresh()
    assert button.isEnabled()


def test_the_tooltip_knows_the_keys() -> None:
    assert tooltip(spec("a", shortcut="Ctrl+Return")) == "Avaa uusi asia (Ctrl+Enter)"
    assert shortcut_text("Alt+Left") == "Alt+←"


def test_an_action_without_help_is_found() -> None:
    assert texts_missing([ActionSpec("bare", "X", "add", "", lambda: None), spec("good")]) == ["bare"]


def test_a_few_letters_find_a_command() -> None:
    assert score("rek", "Rekisteröi saapunut asiakirja") > score("asia", "Rekisteröi saapunut asiakirja")
    assert score("uk", "Uusi kirje") > 0
    assert score("paatos", "Allekirjoita päätös") > 0
    assert score("xyz", "Uusi kirje") == 0


@given(st.text(max_size=20), st.text(max_size=30))
def test_scoring_never_fails_and_a_text_finds_itself(query: str, text: str) -> None:
    assert score(query, text) >= 0
    if plain(text).split():
        assert score(text.split()[0] if text.split() else text, text) > 0
