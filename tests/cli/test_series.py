"""The shell and number series that the workstation holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell, read
from tests.fakes.decisions import Decide, deciding_domain, series_of
from tests.sync.reaching import reached_region
from tests.sync.stations import Region
from workbench import opening
from workbench.cli.desk import opened
from workbench.context import Session
from workbench.server import held
from workbench.server.principal import ADMINISTRATION

BOARD = series_of("hallitus")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    monkeypatch.setattr(opening, "whole_domain", deciding_domain)
    with reached_region(tmp_path / "region", monkeypatch, deciding_domain()) as made:
        yield made


def decide(home: Path) -> Any:
    with opened(home) as store:
        return store.execute(Decide(body="hallitus", title="Päätös"), Session("person-both", "924")).result


def test_hold_number_give_back_and_hear_of_a_broken_hold(
    shell: Shell, place: Region, home: Path, tmp_path: Path
) -> None:
    token = tmp_path / "koodi"
    token.write_text("koodi")
    shell("join", "https://server.example", "--token-file", token, who="")
    assert "ei ole varattu sarjoja" in shell("series", "list", who="").stderr
    assert "ei voi varata" in shell("series", "hold", "case:924:2026", code=1, who="").stderr
    assert "Seuraava numero on 1" in shell("series", "hold", BOARD, who="").stderr
    assert (decide(home), decide(home)) == (1, 2)
    (listed,) = read(shell("series", "list", "--json", who=""))
    assert (listed["series"], listed["next"], listed["waiting"], listed["confirmed"]) == (BOARD, 3, 2, True)
    assert "palautettu" in shell("series", "give-back", BOARD, who="").stderr
    assert read(shell("series", "list", "--json", who="")) == []
    shell("series", "hold", BOARD, who="")
    server = place.server
    held.break_hold(server.database, server.domain, ADMINISTRATION, server.at, BOARD)
    assert "ei ole enää varattu tälle työasemalle" in shell("sync", who="").stderr
    assert read(shell("sync", "--json", who=""))["lost_holds"] == []
