"""Joining a server: what was here before is kept whole, and nothing changes unless all goes well."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.ring import FakeRing
from tests.fakes.world import World
from tests.sync.reaching import reach
from tests.sync.stations import Region
from workbench.errors import UserError
from workbench.store.adopting import ADOPT
from workbench.store.check import check_store
from workbench.sync.engine import Engine
from workbench.sync.errors import Offline, Refused
from workbench.sync.joining import join
from workbench.sync.wire import ADOPTION


def test_a_store_that_holds_only_settings_takes_the_servers(
    place: Region, plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, place.server, plain)
    made = join(plain.store, "https://server.example", "koodi", FakeRing())
    assert made.person_id == "person-registrar" and made.adopted == 0
    assert plain.store.is_joined and plain.store.meta("user") == "person-registrar"
    assert len(plain.rows("case_file")) == 3
    have = {(k, r["id"]) for k in plain.store.domain.kinds.names() for r in plain.rows(k)}
    assert have == set(place.visible("person-registrar"))
    with pytest.raises(UserError, match="jo liitetty"):
        join(plain.store, "https://server.example", "koodi", FakeRing())


def test_a_wrong_code_or_an_old_server_change_nothing(
    place: Region, plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = plain.register()
    before = plain.rows("case_file")
    wire = reach(monkeypatch, place.server, plain, wrong=True)
    with pytest.raises(Refused):
        join(plain.store, "https://server.example", "koodi", FakeRing())
    wire.wrong = False
    for wire.features, why in (((), "päivittämään palvelin"), ((ADOPTION,), "koodi, joka sallii sen")):
        with pytest.raises(UserError, match=f"Mitään ei muutettu.*{why}"):
            join(plain.store, "https://server.example", "koodi", FakeRing())
    assert not plain.store.is_joined and plain.rows("case_file") == before and wire.signed_out
    assert plain.register("Jatkuu") != case_id
    assert check_store(plain.store) == []


def test_what_was_registered_here_stays_and_waits_for_the_server(
    place: Region, plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {plain.register(f"Oma {n}") for n in range(3)}
    numbers = {r["id"]: r["number"] for r in plain.rows("case_file")}
    wire = reach(monkeypatch, place.server, plain)
    place.server.allow_adoption("person-registrar", plain.store.workstation)

    def off(_epoch: str, _groups: Any) -> dict[str, Any]:
        raise Offline("verkko katkesi")

    monkeypatch.setattr(wire, "push", off)
    made = join(plain.store, "https://server.example", "koodi", FakeRing())
    assert (made.adopted, made.waiting, made.trouble) == (3, True, "verkko katkesi")
    assert plain.store.is_joined
    # Numbers given are kept as they were, though the server has cases of the same number.
    own = [r for r in plain.rows("case_file") if r["id"] in ids]
    assert len(own) == 3 and all(numbers[r["id"]] == r["number"] for r in own)
    assert check_store(plain.store) == []
    # A server that cannot take them in is not sent them; the rest goes on.
    wire.features = ()
    monkeypatch.undo()
    report = Engine(plain.store, wire, "person-registrar").run()
    assert report is not None and report.sent == 0
    with plain.store.reader() as connection:
        from workbench.store.sending import groups_of_commands

        assert len(groups_of_commands(connection, [ADOPT])) >= 3


def test_a_demonstration_does_not_join(place: Region, plain: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reach(monkeypatch, place.server, plain)
    plain.store.set_meta("demo", "1")
    with pytest.raises(UserError, match="Esittelyaineistoa"):
        join(plain.store, "https://server.example", "koodi", FakeRing())
