"""A server with people and an open case for each municipality, and workstations joined to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sync.domain import domain
from workbench.cases.register import RegisterCase
from workbench.clock import SystemClock
from workbench.opening import LazyWords, words_folder
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.server.administration import execute
from workbench.server.cli import people
from workbench.server.desk import Desk
from workbench.server.identity import accounts
from workbench.server.place import Place, Settings, found_place, opened
from workbench.store.store import Store
from workbench.sync.engine import Engine
from workbench.sync.joining import engine_of, join

CODES = ("924", "236", "849", "074", "421")
CLASS, OFFICE = "10.03.03", "tekninen"


@dataclass(frozen=True)
class Person:
    """Somebody with a joining code."""

    person_id: str
    municipality: str
    code: str


@dataclass(frozen=True)
class Made:
    """A server that can be started."""

    folder: Path
    people: tuple[Person, ...]
    cases: dict[str, str]  # by municipality


def make_server(folder: Path, database: str, persons: int) -> Made:
    """A server whose people are spread over the municipalities; each of these has one case."""
    place = Place(folder)
    found_place(place, Settings(database=database), domain())
    with opened(place, domain(), SystemClock()) as desk:
        for code in CODES:
            people.add_unit(desk, code, "", "", [], 1)
        cases = {code: _open_case(desk, code) for code in CODES}
        made = tuple(_person(desk, n, CODES[n % len(CODES)]) for n in range(persons))
    return Made(folder, made, cases)


def _open_case(desk: Desk, code: str) -> str:
    command = RegisterCase(municipality=code, class_code=CLASS, title="Mittaus", office=OFFICE)
    return str(_run(desk, command, code).case_id)


def _person(desk: Desk, n: int, code: str) -> Person:
    values = {"name": f"Mittaaja {n}", "home_municipality": code, "employment": "virka", "active": True}
    made = str(_run(desk, AddPerson(values=values), code))
    _run(
        desk, GiveRole(person_id=made, municipality=code, office="", role=Role.REGISTRAR, secret=False), code
    )
    now = desk.clock.now()
    account = desk.database.write(
        lambda c: accounts.create_account(c, desk.policy, f"mittaaja.{n}", made, now)
    )
    return Person(made, code, people.joining_code(desk, account))


def _run(desk: Desk, command: Any, code: str) -> Any:
    return execute(desk.database, desk.domain, command, desk.clock.now(), municipality=code)


class Ring:
    """A key ring of the run's own."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._kept.get(name)

    def set(self, name: str, secret: str) -> bool:
        self._kept[name] = secret
        return True


@dataclass
class Station:
    """A workstation: an encrypted store, and what synchronises it."""

    store: Store
    engine: Engine
    person: Person


def workstation(home: Path, url: str, person: Person) -> Station:
    """A new one, joined; its first fetch is done when this returns."""
    store, ring = new_store(home)
    join(store, url, person.code, ring)
    return Station(store, engine_of(store, ring), person)


def new_store(home: Path) -> tuple[Store, Ring]:
    """An empty store, encrypted as every workstation's is."""
    ring = Ring()
    store, _recovery = Store.create(home, domain(), SystemClock(), LazyWords(words_folder()), ring=ring)
    return store, ring


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]
