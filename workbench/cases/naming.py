"""How a case is named where people read it."""

from __future__ import annotations

from workbench.i18n import _


def shown_number(number: str | None) -> str:
    """A case's number (asiatunnus), or in its place the words for one that the server has not given yet: never
    anything that could be taken for a number."""
    return number or _("odottaa numeroa")
