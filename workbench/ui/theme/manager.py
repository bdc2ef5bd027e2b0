"""Applies the theme to the application: follows the system, or the person's own choice.

High contrast wins when the system asks for it. Scale is Qt's scale factor and is read before the
application object is made, so a change takes effect at the next start.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from workbench.ui.theme.current import colours, use
from workbench.ui.theme.dress import change
from workbench.ui.theme.fonts import ui_font
from workbench.ui.theme.palettes import ALL, DARK, HIGH_CONTRAST, LIGHT, Colours
from workbench.ui.theme.qss import style_sheet

_MOTIONS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
SCALES = (100, 125, 150, 175, 200)


def prepare_scale(percent: int) -> None:
    """Set the window's scale; call before QApplication is made. The user's own environment wins."""
    if percent != 100 and percent in SCALES:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{percent / 100:g}")


class Theme(QObject):
    """The theme of one application. ``choice``: ``system``, ``light``, ``dark`` or ``contrast``."""

    changed = Signal()

    def __init__(
        self, app: QApplication, choice: str = "system", *, compact: bool = False, language: str = "fi"
    ) -> None:
        super().__init__(app)
        speak(app, language)
        self._app, self._choice, self._compact = app, choice, compact
        app.setStyle("Fusion")
        app.setFont(ui_font())
        for effect in _MOTIONS:  # nothing moves in this window, whatever the system allows
            app.setEffectEnabled(effect, False)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow())
        self.apply()

    def choose(self, choice: str) -> None:
        """Change the theme at once."""
        self._choice = choice
        self.apply()

    def set_compact(self, compact: bool) -> None:
        """Change the density of rows at once."""
        self._compact = compact
        self.apply()

    def apply(self) -> None:
        """Put colours, palette and style sheet in force."""
        use(self._picked())
        self._app.setPalette(qt_palette(colours()))
        change(style_sheet(colours(), compact=self._compact))
        self.changed.emit()

    def _follow(self) -> None:
        if self._choice == "system":
            self.apply()

    def _picked(self) -> Colours:
        if self._choice in ALL:
            return ALL[self._choice]
        hints = self._app.styleHints()
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:  # Qt 6.10 and later tell the system's contrast preference
            wanted = accessibility().contrastPreference()
            if wanted == Qt.ContrastPreference.HighContrast:
                return HIGH_CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def speak(app: QApplication, language: str) -> None:
    """Qt's own words (a field's menu, the calendar) in the language in use, Finnish week and number forms."""
    QLocale.setDefault(QLocale(f"{language}_FI"))
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(f"qtbase_{language}", folder):
        app.installTranslator(words)


def qt_palette(c: Colours) -> QPalette:
    """The palette that natively drawn parts (check marks, arrows, placeholders) follow."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, c.window), (role.WindowText, c.text), (role.Base, c.surface), (role.Text, c.text),
        (role.AlternateBase, c.sunken), (role.Button, c.surface), (role.ButtonText, c.text),
        (role.BrightText, c.stop.ink), (role.Highlight, c.accent), (role.HighlightedText, c.on_accent),
        (role.ToolTipBase, c.text), (role.ToolTipText, c.window), (role.Link, c.link),
        (role.LinkVisited, c.link), (role.PlaceholderText, c.text_off), (role.Accent, c.accent),
        (role.Light, c.raised), (role.Midlight, c.hover), (role.Mid, c.line), (role.Dark, c.edge),
        (role.Shadow, c.shadow),
    ):  # fmt: skip
        made.setColor(where, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(off, where, QColor(c.text_off))
    return made
