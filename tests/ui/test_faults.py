"""A bug report tells where, never what."""

from __future__ import annotations

import sys

import pytest

from workbench.ui.faults import Fault, catch, fault


def test_the_report_names_our_code_and_no_values() -> None:
    try:
        try:
            raise KeyError("Aino Aho")
        except KeyError as inner:
            raise RuntimeError("010101-123N") from inner
    except RuntimeError as error:
        made = fault("RegisterCase", error)
    assert "RegisterCase" in made.report and "caused by: KeyError" in made.report
    assert "Aino" not in made.report and "010101" not in made.report


def test_an_error_nobody_caught_is_shown_and_the_program_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    shown: list[Fault] = []
    catch(shown.append)
    error = ValueError("salaisuus")
    sys.excepthook(ValueError, error, None)
    assert shown[0].kind == "ValueError"
