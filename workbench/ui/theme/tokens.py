"""Measures of the one 4/8-pixel grid. Logical pixels: Qt scales them on dense screens."""

from __future__ import annotations

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""Spacing: inside a control, between a label and its control, between controls, groups, sections, pages."""

SECONDARY, BODY, SECTION, TITLE = 12, 13, 16, 20
"""Type scale in pixels; line height is 1.4."""
LINE_HEIGHT = 1.4

RADIUS = 6
FOCUS = 2
BAND = 4
RAIL = 72
TOP = 48
STATUS = 28
ROW = 32
ROW_COMPACT = 26
CONTROL = 32
ICON, ICON_LARGE = 16, 20

SKELETON_AFTER_MS = 150
SIDE_BY_SIDE = 1100
MIN_WIDTH, MIN_HEIGHT = 1024, 700
