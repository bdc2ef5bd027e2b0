"""Settings survive a restart, a damaged file and a newer version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.ui.models.settings import REGISTRY, Forgetful, Settings


def test_a_setting_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).set("theme", "dark")
    assert Settings(path).get("theme") == "dark"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_a_damaged_file_is_set_aside_and_the_program_starts(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{rikki", encoding="utf-8")
    settings = Settings(path)
    assert settings.get("scale") == 100 and settings.damaged is not None and settings.damaged.exists()


def test_a_wrong_type_falls_back_and_a_newer_version_s_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"scale": "iso", "theme": "violetti", "future": 1}), encoding="utf-8")
    settings = Settings(path)
    assert settings.get("scale") == 100 and settings.get("theme") == "system"
    settings.set("compact", True)
    assert json.loads(path.read_text(encoding="utf-8")) == {"compact": True, "future": 1}


def test_an_impossible_value_is_a_bug() -> None:
    with pytest.raises(ValueError, match="theme"):
        Forgetful().set("theme", "violetti")


def test_changing_what_was_read_does_not_change_what_is_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    settings.get("dividers")["x"] = 1
    assert settings.get("dividers") == {} and REGISTRY["dividers"].default == {}
