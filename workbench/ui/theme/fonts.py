"""The letter: the system's own UI font where it is a good one, else Inter, which we ship (OFL).

Numbers are tabular (equal widths), so that columns of numbers, dates and times stand straight.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from workbench.resources import resource_dir
from workbench.ui.theme.tokens import BODY

GOOD_SYSTEM_FONTS = frozenset(
    {"Segoe UI", "Segoe UI Variable", "Segoe UI Variable Text", ".AppleSystemUIFont", "SF Pro Text",
     "Inter", "Cantarell", "Adwaita Sans", "Ubuntu", "Noto Sans", "Open Sans"}
)  # fmt: skip
SHIPPED = "Inter"


def ui_font() -> QFont:
    """The body font of the window."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if family not in GOOD_SYSTEM_FONTS:
        for path in sorted(resource_dir("fonts").glob("Inter-*.otf")):
            QFontDatabase.addApplicationFont(str(path))
        family = SHIPPED
    return sized(QFont(family), BODY)


def sized(font: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The same letter at a step of the type scale, with tabular numbers."""
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
