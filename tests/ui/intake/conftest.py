"""The office that the tests of Saapuneet sit in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.intake.office import Office, office
from workbench.ui.theme.manager import Theme


@pytest.fixture
def desk_office(tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[Office]:
    with office(tmp_path, qtbot, theme) as made:
        yield made
