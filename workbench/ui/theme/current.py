"""The colours in use. One window, one theme: the theme manager sets it, painters read it."""

from __future__ import annotations

from workbench.ui.theme.palettes import LIGHT, Colours

_colours: Colours = LIGHT


def colours() -> Colours:
    """Colours of the theme in use."""
    return _colours


def use(palette: Colours) -> None:
    """Switch the colours that painters read; only the theme manager calls this."""
    global _colours  # noqa: PLW0603 - one theme per process, like the language
    _colours = palette
