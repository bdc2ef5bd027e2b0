"""The office whose documents are looked at."""

from __future__ import annotations

from tests.ui.intake.conftest import desk_office

__all__ = ["desk_office"]
