"""The window opens fast: nothing is imported that the first page does without, and what the others are made of is
imported before anybody asks for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.world import World
from workbench.resources import resource_dir

ROOT = resource_dir("..").resolve()
HEAVY = (
    "numpy", "lxml", "requests", "sqlalchemy", "qtawesome", "qtpy", "docx", "docxtpl", "reportlab",
    "simplemma", "holidays", "openpyxl", "cryptography", "babel", "jinja2", "PySide6.QtPdf",
    "PySide6.QtNetwork",
)  # fmt: skip
NOT_YET = (
    *(name for name in HEAVY if name not in ("sqlalchemy", "cryptography")),
    "typer", "click", "rich", "jsonschema", "oxmsg", "olefile", "tnefparse", "pypdfium2", "striprtf",
    "charset_normalizer", "keyring", "workbench.cli", "workbench.setup", "workbench.words.build",
    "workbench.cases.intake.suggesting", "workbench.documents.reading.office",
    "workbench.ui.cases.view", "workbench.ui.intake.page", "workbench.ui.papers.viewer",
    "workbench.ui.settings.page", "workbench.ui.start", "workbench.ui.work.page",
)  # fmt: skip


def test_the_shell_imports_nothing_heavy() -> None:
    code = f"import sys, workbench.ui.shell; print([m for m in {HEAVY!r} if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


def test_the_program_loads_what_its_first_page_needs_then_the_rest_before_it_is_asked_for(
    plain: World, tmp_path: Path
) -> None:
    plain.register("Kaivon rakentaminen")
    plain.store.set_meta("user", plain.people["registrar"])
    home = plain.store.home
    plain.store.close()
    (home / "settings.json").write_text(json.dumps({"last_page": "cases"}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.started"], cwd=ROOT, capture_output=True, text=True, timeout=90,
        check=False, env=os.environ | {
            "WORKBENCH_HOME": str(home), "WORKBENCH_CACHE": str(tmp_path / "cache"),
            "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "workbench.ui.cases.listing" in found["loaded"]
    assert [name for name in NOT_YET if name in found["loaded"]] == []
    assert found["later"] == []
    assert found["complaints"] == []


@pytest.mark.slow
def test_the_shell_s_first_paint_is_near_a_bare_window_s() -> None:
    from benchmarks.ui_startup import measure

    bare, shell = measure(3)
    assert shell / bare < 3
