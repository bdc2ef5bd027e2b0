"""Generated documents follow the code."""

from __future__ import annotations

from tools.data_model import TARGET, text


def test_the_data_model_page_says_what_the_kinds_say() -> None:
    assert TARGET.read_text(encoding="utf-8") == text(), "run python -m tools.data_model"
