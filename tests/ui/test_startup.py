"""The window opens fast: nothing heavy is imported, and the shell costs little beside a bare window."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "numpy", "lxml", "requests", "sqlalchemy", "qtawesome", "qtpy", "docx", "docxtpl", "reportlab",
    "simplemma", "holidays", "openpyxl", "cryptography", "babel", "jinja2", "PySide6.QtPdf",
    "PySide6.QtNetwork",
)  # fmt: skip


def test_the_shell_imports_nothing_heavy() -> None:
    code = f"import sys, workbench.ui.shell; print([m for m in {HEAVY!r} if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_shell_s_first_paint_is_near_a_bare_window_s() -> None:
    from benchmarks.ui_startup import measure

    bare, shell = measure(3)
    assert shell / bare < 3
