"""How the window looks: tokens, palettes, one style sheet, fonts and icons.

Widgets ask :func:`workbench.ui.theme.current.colours` when they paint; nothing else holds a colour.
"""
