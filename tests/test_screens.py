"""Every scene of the screenshots is played and looked at: nothing is cut, nothing scrolls sideways."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("factor", ["1", "1.5"])
def test_nothing_is_cut_on_any_screen(tmp_path: Path, factor: str) -> None:
    """In a process of its own: the scale is read before the window system starts."""
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.screenshots", "--home", tmp_path / "koti", "--out", tmp_path / "kuvat",
         "--themes", "light", "--scales", "100"],
        cwd=ROOT, env=environment | {"QT_SCALE_FACTOR": factor}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults = [line for line in done.stderr.splitlines() if "plugin does not support" not in line]
    assert faults == [] and done.returncode == 0
