"""The system's refusals are told in Finnish."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from workbench.oswords import os_reason


def test_a_real_refusal_is_told_in_finnish(tmp_path: Path) -> None:
    with pytest.raises(OSError) as missing:
        (tmp_path / "ei-ole" / "x").read_bytes()
    assert os_reason(missing.value) == "kansiota tai tiedostoa ei ole"


def test_what_we_have_no_words_for_is_told_in_the_system_s_own() -> None:
    assert os_reason(OSError(errno.ENOSPC, "No space left on device")) == "levy on täynnä"
    assert os_reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
