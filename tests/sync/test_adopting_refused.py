"""A register that does not fit the server: all that is wrong is said before anything changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, update

from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from tests.fakes.world import World
from tests.sync.adopting import KINDS, adopt, everything, groups_of, registered, served
from tests.sync.stations import Region
from workbench.domain import whole_domain
from workbench.errors import Problems, UserError
from workbench.organisation.upkeep import EditPerson
from workbench.server.schema import entry
from workbench.store import adopting
from workbench.store.check import check_store
from workbench.store.store import Store
from workbench.sync import joining
from workbench.sync.joining import join


def refused(place: Region, own: World, monkeypatch: pytest.MonkeyPatch, who: str = "registrar") -> str:
    """What joining says; the store works on by itself, as it was."""
    mine, serves = registered(own), everything(place.server)
    with pytest.raises(Problems) as told:
        adopt(monkeypatch, place.server, own, who)
    assert not own.store.is_joined and registered(own) == mine and everything(place.server) == serves
    assert check_store(own.store) == []
    own.register("Jatkuu")
    assert "Mitään ei muutettu" in str(told.value)
    return str(told.value)


def test_everything_that_does_not_fit_is_said_at_once(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.server.database.writing() as connection:
        person, office = KINDS.table("person"), KINDS.table("office")
        connection.execute(
            update(person).where(person.c.id == "person-preparer").values(name="Muu", email=None)
        )
        connection.execute(
            update(person).where(person.c.id == "person-decider").values(name="Confidant Testinen")
        )
        connection.execute(update(person).where(person.c.id == "person-decider").values(email=None))
        connection.execute(update(person).where(person.c.id == "person-confidant").values(email=None))
        connection.execute(update(office).where(office.c.id == "924/sivistys").values(code="koulu"))
    own.register("Yksi")
    own.register("Toinen", office="sivistys", handler_id="own-confidant")
    own.register("Kolmas", "both", "236", handler_id="")
    said = refused(place, own, monkeypatch)
    assert "Henkilöä Preparer Testinen ei ole palvelimella" in said
    assert "usea Confidant Testinen" in said
    assert "924 toimialaa ”sivistys” ei ole" in said and "--office sivistys=Nimi" in said
    assert "ei ole palvelimella roolia kunnassa 236" in said
    # The server that lacks the municipality, and the class.
    with place.server.database.writing() as connection:
        connection.execute(delete(entry).where(entry.c.kind == "municipality", entry.c.row_id == "236"))
    said = refused(place, own, monkeypatch)
    assert "Kuntaa 236" in said and "workbench-server unit add 236" in said


def test_a_code_of_another_person_is_refused(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    said = refused(place, own, monkeypatch, "secretary")
    assert "käyttäjä on Registrar Testinen, mutta liittymiskoodi on henkilön Secretary Testinen" in said


def test_people_are_known_by_mail_or_name_and_namesakes_are_two(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only has a name there is known by it; one who has the name and another address is somebody else."""
    own.register("Yksi", handler_id="own-preparer")
    own.register("Toinen", handler_id="own-confidant")
    person = KINDS.table("person")
    with place.server.database.writing() as connection:
        connection.execute(update(person).where(person.c.id == "person-preparer").values(email=None))
        other = {"email": "toinen@example.fi"}
        connection.execute(update(person).where(person.c.id == "person-confidant").values(**other))
    said = refused(place, own, monkeypatch)
    assert "Confidant Testinen ei ole palvelimella" in said and "Preparer" not in said
    own.run(EditPerson(person_id="own-confidant", values=other | {"name": "Uusi Nimi"}), "admin")
    adopt(monkeypatch, place.server, own)
    handlers = {c["title"]: c["handler_id"] for c in served(place.server).values()}
    assert (handlers["Yksi"], handlers["Toinen"]) == ("person-preparer", "person-confidant")


def test_two_people_here_are_not_one_there(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi", handler_id="own-confidant")
    own.register("Toinen")
    own.run(EditPerson(person_id="own-confidant", values={"email": "preparer@example.fi"}), "admin")
    assert "palvelimella sama henkilö" in refused(place, own, monkeypatch)


def test_a_class_the_servers_plan_lacks_is_named(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    monkeypatch.setattr("workbench.cases.fitting.common_plan", lambda: SimpleNamespace(classes=()))
    assert "tehtäväluokkia ei ole palvelimen tiedonohjaussuunnitelmassa: 10.03.03" in refused(
        place, own, monkeypatch
    )


def test_a_store_that_is_not_whole_does_not_join(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    with own.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE journal SET title_key = 'muu' WHERE position = 2")
    with pytest.raises(Problems, match=r"ei ole ehjä: Tapahtumaloki.*muutettu"):
        adopt(monkeypatch, place.server, own)
    assert not own.store.is_joined


def test_a_store_that_is_open_in_a_window_does_not_join(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    other = Store.open(own.home, whole_domain(), own.clock, FakeWords(), ring=own.ring)
    try:
        with pytest.raises(UserError, match="auki toisessa ikkunassa"):
            adopt(monkeypatch, place.server, own)
    finally:
        other.close()
    assert adopt(monkeypatch, place.server, own).adopted == 1


def test_a_register_that_changes_while_it_is_looked_at_does_not_join_by_halves(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window may register on while the server is asked."""
    own.register("Yksi")
    looked = joining.fit

    def meanwhile(*about: Any) -> Any:
        named = looked(*about)
        own.register("Kesken", handler_id="own-confidant")
        return named

    monkeypatch.setattr(joining, "fit", meanwhile)
    with pytest.raises(UserError, match="kesken liittämisen"):
        adopt(monkeypatch, place.server, own)
    assert not own.store.is_joined and check_store(own.store) == []


def test_a_stop_in_the_middle_changes_nothing(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    mine, groups, found = registered(own), groups_of(own), adopting.heads

    def stopped(_connection: Any) -> Any:
        raise RuntimeError("virta katkesi")

    monkeypatch.setattr(adopting, "heads", stopped)  # asked when rows have been renamed and queued
    with pytest.raises(RuntimeError):
        adopt(monkeypatch, place.server, own)
    assert (registered(own), groups_of(own)) == (mine, groups)
    assert not own.store.is_joined and check_store(own.store) == []
    monkeypatch.setattr(adopting, "heads", found)
    assert adopt(monkeypatch, place.server, own).adopted == 1


def test_a_copy_of_a_workstation_whose_register_has_come_is_told_so(
    place: Region, own: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    copy = tmp_path / "copy"
    shutil.copytree(own.home, copy)
    adopt(monkeypatch, place.server, own)
    serves = everything(place.server)
    store = Store.open(copy, whole_domain(), own.clock, FakeWords(), ring=own.ring)
    try:
        place.server.allow_adoption("person-registrar", store.workstation)
        with pytest.raises(UserError, match="jo otettu palvelimelle"):
            join(store, "https://server.example", "koodi", FakeRing())
        assert not store.is_joined and everything(place.server) == serves
    finally:
        store.close()
