"""The look for what is cut sees what is cut, and only that."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tools.clipping import find_clipped
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.shortbutton import ShortButton
from workbench.ui.widgets.text import label

LONG = "Oikaisuvaatimus ympäristöterveyslautakunnan päätöksestä"


def shown(qtbot: QtBot, *widgets: QWidget, width: int) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for widget in widgets:
        widget.setMaximumWidth(width)
        column.addWidget(widget)
    column.addStretch(1)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def test_cut_words_are_found(qtbot: QtBot) -> None:
    combo = QComboBox()
    combo.addItem(LONG)
    for widget in (QLabel(LONG), QPushButton(LONG), QCheckBox(LONG), QLineEdit(LONG), combo):
        found = find_clipped(shown(qtbot, widget, width=120))
        assert len(found) == 1 and "Oikaisuvaatimus" in found[0], type(widget).__name__
    pill = Pill("warning", LONG)
    pill.setFixedSize(60, 22)
    assert any("pill" in fault for fault in find_clipped(shown(qtbot, pill, width=60)))


def test_what_has_its_room_or_is_made_to_shorten_is_not(qtbot: QtBot) -> None:
    box = ChoiceBox("Laji", [("1", LONG)])
    box.setCurrentIndex(0)
    tip = QLineEdit(LONG)
    tip.setToolTip(LONG)
    assert find_clipped(shown(qtbot, QLabel(LONG), QPushButton(LONG), width=500)) == []
    assert find_clipped(shown(qtbot, label(LONG, wrap=True), box, tip, ShortButton(LONG), width=200)) == []


def test_content_wider_than_its_scrolling_room_is_found(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    inside.setMinimumWidth(500)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    found = find_clipped(shown(qtbot, area, width=200))
    assert any("content is 500 px wide" in fault for fault in found)
