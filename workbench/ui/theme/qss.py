"""The one style sheet, written from tokens and colours. No other module sets a style sheet.

Widgets ask for a look by a dynamic property: ``primary``, ``quiet``, ``danger`` on buttons, ``role`` on
labels and frames. Focus is a 2 px ring that replaces the border, so that nothing moves when it comes.
"""

from __future__ import annotations

from workbench.resources import resource_dir
from workbench.ui.theme import tokens as t
from workbench.ui.theme.palettes import Colours


def picture(name: str, c: Colours) -> str:
    """Address of a small shipped picture in this theme's colour (a style sheet takes no icon of ours)."""
    return resource_dir("icons").joinpath(f"{name}-{c.name}.svg").as_posix()


def style_sheet(c: Colours, *, compact: bool = False) -> str:
    """The window's style sheet in these colours."""
    row = t.ROW_COMPACT if compact else t.ROW
    return "\n".join((_ground(c), _buttons(c), _fields(c), _lists(c, row), _bars(c), _shell(c), _labels(c)))


def _ground(c: Colours) -> str:
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QDialog, QWidget#page {{ background: {c.window}; }}
QToolTip {{ background: {c.text}; color: {c.window}; border: 0; padding: 6px 8px; }}
QFrame[role="card"], QWidget[role="surface"], QScrollArea[role="surface"] {{ background: {c.surface}; }}
QFrame[role="card"] {{ border: 1px solid {c.line}; border-radius: {t.RADIUS + 2}px; }}
QFrame[role="card"]:focus {{ border: {t.FOCUS}px solid {c.focus}; }}
QFrame[role="rule"] {{ background: {c.line}; border: 0; }}
QFrame[role="popup"] {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {t.RADIUS + 2}px; }}
QFrame[role="toast"] {{ background: {c.raised}; border: 1px solid {c.edge}; border-radius: {t.RADIUS + 2}px; }}
QFrame[role="notice"] {{ background: {c.sunken}; border: 0; border-bottom: 1px solid {c.line}; }}
QFrame[role="notice"][state="warning"] {{ background: {c.warning.ground}; border-bottom-color: {c.warning.edge}; }}
QFrame[role="notice"][state="waiting"] {{ background: {c.waiting.ground}; border-bottom-color: {c.waiting.edge}; }}
QFrame[role="notice"][state="stop"] {{ background: {c.stop.ground}; border-bottom-color: {c.stop.edge}; }}
QScrollArea {{ border: 0; background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QListWidget#facets {{ background: {c.window}; border-right: 1px solid {c.line}; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:hover {{ background: {c.focus}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
"""


def _buttons(c: Colours) -> str:
    return f"""
QPushButton {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {t.RADIUS}px;
  padding: 0 {t.M}px; min-height: {t.CONTROL - 2}px; font-weight: 500; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.chosen}; }}
QPushButton:focus {{ border: {t.FOCUS}px solid {c.focus}; padding: 0 {t.M - 1}px; min-height: {t.CONTROL - 4}px; }}
QPushButton:disabled {{ color: {c.text_off}; background: {c.sunken}; border-color: {c.line}; }}
QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
  font-weight: 600; padding: 0 {t.L}px; }}
QPushButton[primary="true"]:hover {{ background: {c.accent_hover}; }}
QPushButton[primary="true"]:pressed {{ background: {c.accent_press}; }}
QPushButton[primary="true"]:focus {{ border: {t.FOCUS}px solid {c.text}; padding: 0 {t.L - 1}px; }}
QPushButton[primary="true"]:disabled {{ background: {c.sunken}; color: {c.text_off}; border-color: {c.line}; }}
QPushButton[danger="true"] {{ color: {c.stop.ink}; border-color: {c.stop.ink}; }}
QPushButton[quiet="true"], QToolButton {{ background: transparent; border: 1px solid transparent;
  border-radius: {t.RADIUS}px; padding: 0 {t.S}px; min-height: {t.CONTROL - 2}px; }}
QPushButton[quiet="true"] {{ color: {c.link}; }}
QPushButton[quiet="true"]:hover, QToolButton:hover {{ background: {c.hover}; }}
QPushButton[quiet="true"]:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c.chosen}; }}
QPushButton[quiet="true"]:focus, QToolButton:focus {{ border: {t.FOCUS}px solid {c.focus};
  padding: 0 {t.S - 1}px; min-height: {t.CONTROL - 4}px; }}
QPushButton[quiet="true"]:disabled, QToolButton:disabled {{ color: {c.text_off}; background: transparent;
  border-color: transparent; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton[chip="true"] {{ border: 1px solid {c.line}; border-radius: 13px; min-height: 24px; padding: 0 {t.M}px;
  background: {c.surface}; color: {c.text_soft}; }}
QPushButton[chip="true"]:hover {{ border-color: {c.edge}; color: {c.text}; }}
QPushButton[chip="true"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; color: {c.text}; }}
QPushButton[chip="true"]:focus {{ border: {t.FOCUS}px solid {c.focus}; padding: 0 {t.M - 1}px; min-height: 22px; }}
QPushButton[offer="true"] {{ border: 1px solid transparent; border-radius: {t.XS}px; min-height: 22px;
  padding: 0 {t.S}px; background: transparent; color: {c.link}; text-align: left; font-weight: 400; }}
QPushButton[offer="true"]:hover {{ background: {c.hover}; }}
QCheckBox, QRadioButton {{ spacing: {t.S}px; padding: 3px {t.XS}px; border: {t.FOCUS}px solid transparent;
  border-radius: {t.RADIUS}px; min-height: 20px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {c.edge};
  background: {c.surface}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QListView::indicator {{ width: 16px; height: 16px; border: 1px solid {c.edge}; border-radius: 4px;
  background: {c.surface}; }}
QListView[framed="true"] {{ border: 1px solid {c.edge}; border-radius: {t.RADIUS}px; padding: 1px; }}
QListView[framed="true"]:focus {{ border: {t.FOCUS}px solid {c.focus}; padding: 0; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url("{picture("check", c)}"); }}
QRadioButton::indicator:checked {{ border-color: {c.accent}; image: url("{picture("dot", c)}"); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {c.line}; background: {c.sunken}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.text_off}; }}
"""


def _fields(c: Colours) -> str:
    kinds = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox"
    focus = ", ".join(f"{kind.strip()}:focus" for kind in kinds.split(","))
    off = ", ".join(f"{kind.strip()}:disabled" for kind in kinds.split(","))
    wrong = ", ".join(f'{kind.strip()}[wrong="true"]' for kind in kinds.split(","))
    return f"""
{kinds} {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {t.RADIUS}px;
  padding: 1px {t.S}px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c.text_off}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {t.CONTROL - 4}px; }}
QComboBox {{ padding-left: {t.S + 2}px; }}
QPlainTextEdit, QTextEdit {{ padding: {t.XS}px 6px; }}
QPlainTextEdit[paper="true"] {{ border: {t.FOCUS}px solid transparent; border-radius: 0; padding: 0; }}
QTextBrowser[marked="true"] {{ border: {t.FOCUS}px solid transparent; border-radius: {t.XS}px; padding: 0;
  background: transparent; }}
{wrong} {{ border: {t.FOCUS}px solid {c.stop.ink}; padding: 0 {t.S - 1}px; }}
{focus} {{ border: {t.FOCUS}px solid {c.focus}; padding: 0 {t.S - 1}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {t.XS - 1}px 5px; }}
QPlainTextEdit[growing="true"] {{ padding: 1px 2px; }}
QPlainTextEdit[growing="true"]:focus, QPlainTextEdit[growing="true"][wrong="true"] {{ padding: 0 1px; }}
QPlainTextEdit[paper="true"]:focus, QTextBrowser[marked="true"]:focus {{ border: {t.FOCUS}px solid {c.focus};
  padding: 0; }}
QComboBox:focus {{ padding-left: {t.S + 1}px; }}
{off} {{ background: {c.sunken}; color: {c.text_off}; border-color: {c.line}; }}
QLineEdit[readOnly="true"] {{ background: transparent; border-color: {c.line}; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox::down-arrow {{ image: url("{picture("caret", c)}"); width: 14px; height: 14px; }}
QLineEdit > QToolButton, QLineEdit > QToolButton:focus {{ min-height: 0; padding: 0; border: 0; }}
QLineEdit > QToolButton:hover {{ background: transparent; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.edge}; padding: {t.XS}px;
  selection-background-color: {c.chosen}; selection-color: {c.text}; outline: 0; }}
"""


def _lists(c: Colours, row: int) -> str:
    return f"""
QAbstractItemView {{ background: {c.surface}; border: 0; outline: 0; selection-background-color: {c.chosen};
  selection-color: {c.text}; alternate-background-color: {c.surface}; }}
QListView::item, QTreeView::item {{ min-height: {row}px; padding: 0 {t.S}px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {c.hover}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {c.chosen}; color: {c.text}; }}
QTableView {{ gridline-color: transparent; }}
QHeaderView {{ background: {c.surface}; border: 0; }}
QHeaderView::section {{ background: {c.surface}; color: {c.text_soft}; border: 0; border-bottom: 1px solid {c.line};
  padding: 0 {t.S}px; min-height: {row - 2}px; font-size: {t.SECONDARY}px; font-weight: 600; text-align: left; }}
QHeaderView::section:hover {{ color: {c.text}; background: {c.hover}; }}
QTableCornerButton::section {{ background: {c.surface}; border: 0; }}
"""


def _bars(c: Colours) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.scroll}; border-radius: 3px; margin: 3px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.edge}; margin: 2px; border-radius: 4px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {c.raised}; border: 1px solid {c.line}; padding: {t.XS}px; }}
QMenu::item {{ padding: 6px {t.XL}px 6px {t.S}px; border-radius: {t.XS}px; min-height: 18px; }}
QMenu::item:selected {{ background: {c.chosen}; }}
QMenu::item:disabled {{ color: {c.text_off}; }}
QMenu::icon {{ padding-left: {t.S}px; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {t.XS}px {t.S}px; }}
QTabBar {{ background: transparent; border: 0; }}
QTabBar::tab {{ background: transparent; color: {c.text_soft}; padding: 0 {t.M}px; min-height: {t.CONTROL}px;
  border: 0; border-bottom: {t.FOCUS}px solid transparent; font-weight: 500; }}
QTabBar::tab:hover {{ color: {c.text}; background: {c.hover}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; font-weight: 600; }}
QTabBar::tab:selected:focus {{ border: {t.FOCUS}px solid {c.focus}; border-radius: {t.XS}px; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
QProgressBar {{ background: {c.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""


def _shell(c: Colours) -> str:
    return f"""
QWidget#rail {{ background: {c.rail}; }}
QToolButton[rail="true"] {{ color: {c.rail_text}; font-size: 11px; border: {t.FOCUS}px solid transparent;
  border-radius: {t.RADIUS + 2}px; padding: 6px 0 5px 0; min-height: 0; }}
QToolButton[rail="true"]:hover {{ background: {c.rail_hover}; color: {c.rail_text_chosen}; }}
QToolButton[rail="true"]:checked {{ background: {c.rail_chosen}; color: {c.rail_text_chosen}; font-weight: 500; }}
QToolButton[rail="true"]:focus {{ border-color: {c.rail_mark}; padding: 6px 0 5px 0; min-height: 0; }}
QWidget#top {{ background: {c.surface}; border-bottom: 1px solid {c.line}; }}
QWidget#status {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
QWidget#status QLabel, QWidget#status QToolButton {{ color: {c.text_soft}; font-size: {t.SECONDARY}px; }}
QWidget#status QToolButton {{ min-height: 20px; padding: 0 {t.S}px; border: {t.FOCUS}px solid transparent; }}
QWidget#status QToolButton:focus {{ border-color: {c.focus}; min-height: 20px; padding: 0 {t.S}px; }}
QPushButton#command {{ background: {c.sunken}; border: 1px solid {c.line}; color: {c.text_soft}; text-align: left;
  font-weight: 400; padding: 0 {t.M}px; }}
QPushButton#command:hover {{ border-color: {c.edge}; background: {c.surface}; }}
QPushButton#command:focus {{ border: {t.FOCUS}px solid {c.focus}; padding: 0 {t.M - 1}px; }}
QLineEdit#palette {{ border: 0; border-bottom: 1px solid {c.line}; border-radius: 0; background: transparent;
  font-size: {t.SECTION}px; min-height: 44px; padding: 0 {t.S}px; }}
QToolButton#sync {{ color: {c.text_soft}; font-size: {t.SECONDARY}px; padding: 0 {t.S}px; }}
QToolButton#acting {{ font-size: 14px; font-weight: 600; padding: 0 {t.S}px 0 {t.XS}px; }}
QWidget#banner {{ background: {c.warning.ground}; border-bottom: 1px solid {c.warning.edge}; }}
QWidget#banner QLabel {{ color: {c.warning.ink}; }}
"""


def _labels(c: Colours) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {t.TITLE}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {t.SECTION}px; font-weight: 600; }}
QLabel[role="group"] {{ font-size: {t.SECONDARY}px; font-weight: 600; color: {c.text_soft}; }}
QLabel[role="soft"] {{ color: {c.text_soft}; }}
QLabel[role="small"] {{ color: {c.text_soft}; font-size: {t.SECONDARY}px; }}
QLabel[role="small"][level="unsure"] {{ color: {c.warning.ink}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="error"] {{ color: {c.stop.ink}; font-size: {t.SECONDARY}px; }}
QLabel[role="figure"] {{ font-size: 32px; font-weight: 600; }}
QLabel[role="key"] {{ color: {c.text_soft}; border: 1px solid {c.line}; border-radius: {t.XS}px; padding: 0 5px;
  font-size: 11px; background: {c.sunken}; }}
QLabel[role="demo"] {{ color: {c.warning.ink}; background: {c.warning.ground}; border: 1px solid {c.warning.edge};
  border-radius: {t.XS}px; padding: 2px {t.S}px; font-size: 11px; font-weight: 600; }}
"""
