"""A small region to test in: three municipalities, their offices, people of every role.

It is built once per process by the ordinary commands and copied for each test, so that a world costs
milliseconds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.fakes.clock import FakeClock
from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.setup.municipality import SetUp, set_up
from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.store.store import Reader, Store

CODES = ("924", "236", "421")
PUBLIC_CLASS, OTHER_PUBLIC_CLASS, SECRET_CLASS = "10.03.03", "10.03.01", "05.01.02"
SECRET = {
    "publicity": "Salassa pidettävä",
    "secrecy_years": 25,
    "secrecy_basis": "JulkL (621/1999) 24.1 § 20 kohta",
}
"""Values that make a case or a document secret, said by a person."""

# name → roles as (municipality, role, office, secret, valid_to)
STAFF: dict[str, tuple[tuple[str, Role, str, bool, date | None], ...]] = {
    "admin": tuple((code, Role.ADMINISTRATOR, "", False, None) for code in CODES),
    "registrar": (("924", Role.REGISTRAR, "", False, None),),
    "preparer": (("924", Role.PREPARER, "tekninen", False, None),),
    "teacher": (("924", Role.PREPARER, "sivistys", False, None),),
    "decider": (("924", Role.DECIDER, "tekninen", False, None),),
    "secretary": (("924", Role.SECRETARY, "hallinto", False, None),),
    "manager": (("924", Role.MANAGER, "", False, None),),
    "archivist": (("924", Role.ARCHIVIST, "", True, None),),
    "confidant": (("924", Role.PREPARER, "tekninen", True, None),),
    "former": (("924", Role.REGISTRAR, "", True, date(2026, 11, 1)),),
    "neighbour": (("236", Role.REGISTRAR, "", True, None), ("236", Role.ARCHIVIST, "", True, None)),
    "both": (
        ("924", Role.REGISTRAR, "", False, None),
        ("236", Role.REGISTRAR, "", False, None),
        ("421", Role.PREPARER, "tekninen", True, None),
    ),
}


@dataclass
class World:
    """An opened store with its people and a clock."""

    home: Path
    store: Store
    clock: FakeClock
    ring: FakeRing
    recovery: str
    people: dict[str, str] = field(default_factory=dict)

    def session(self, who: str = "registrar", municipality: str = "924") -> Session:
        return Session(self.people[who], municipality)

    def run(self, command: Command, who: str = "registrar", municipality: str = "924") -> Changes:
        return self.store.execute(command, self.session(who, municipality))

    @contextmanager
    def read(self, who: str = "registrar", municipality: str = "924") -> Iterator[Reader]:
        with self.store.read_as(self.session(who, municipality)) as reader:
            yield reader

    def row(self, kind: str, row_id: str) -> dict[str, Any]:
        found = self.rows(kind, id=row_id)
        assert len(found) == 1, f"{kind} {row_id}: {len(found)} rows"
        return found[0]

    def rows(self, kind: str, **equal: Any) -> list[dict[str, Any]]:
        table = self.store.domain.kinds.table(kind)
        query = select(table).order_by(table.c.k)
        for name, value in equal.items():
            query = query.where(table.c[name] == value)
        with self.store.reader() as connection:
            return [dict(r) for r in connection.execute(query).mappings()]

    def file(self, content: bytes | str = b"sisus", municipality: str = "924", **more: Any) -> FileItem:
        data = content.encode() if isinstance(content, str) else content
        ref = self.store.blobs.put(municipality, data)
        values = {"filename": "kirje.txt", "media_type": "text/plain", "text": data.decode("utf-8", "ignore")}
        return FileItem(sha256=ref.sha256, size=ref.size, text_state="done", **(values | more))

    def letter(self, title: str = "Kirje", content: bytes | str = "sisus", **more: Any) -> DocumentItem:
        municipality = more.pop("municipality", "924")
        values: dict[str, Any] = {
            "type": "Kirje",
            "sender": "Liisa Lähettäjä",
            "channel": "letter",
            "arrived_at": datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
        }
        return DocumentItem(title=title, file=self.file(content, municipality), **(values | more))

    def register(
        self, title: str = "Tontin vuokraus", who: str = "registrar", municipality: str = "924", **more: Any
    ) -> str:
        """A case with one letter and an initiator; returns its id."""
        values: dict[str, Any] = {
            "class_code": PUBLIC_CLASS,
            "office": "tekninen",
            "handler_id": self.people["preparer"] if municipality == "924" else "",
            "documents": (
                self.letter(f"Kirje: {title}", f"kirjeen sisus {title}", municipality=municipality),
            ),
            "parties": (PartyItem(role="initiator", name="Liisa Lähettäjä"),),
        }
        command = RegisterCase(municipality=municipality, title=title, **(values | more))
        return str(self.run(command, who, municipality).result.case_id)

    def index(self) -> None:
        """Give lemmas to everything that waits."""
        while self.store.analyse_waiting():
            pass

    def reopen(self) -> None:
        """Close the store and open it again."""
        self.store.close()
        self.store = Store.open(self.home, whole_domain(), self.clock, FakeWords(), ring=self.ring)


@cache
def _template(encrypted: bool, prefix: str) -> World:
    home = Path(tempfile.mkdtemp(prefix="seutupoyta-world-")) / "home"
    clock, ring = FakeClock(), FakeRing()
    store, recovery = Store.create(home, whole_domain(), clock, FakeWords(), ring=ring, encrypted=encrypted)
    people = {name: f"{prefix}{name}" for name in STAFF}
    session = Session(people["admin"], "")
    for code in CODES:
        set_up(store, session, SetUp(code=code))
    for name, roles in STAFF.items():
        values = {
            "name": f"{name.title()} Testinen",
            "home_municipality": roles[0][0],
            "email": f"{name}@example.fi",
            "employment": "virka",
            "active": True,
        }
        store.execute(AddPerson(values=values, person_id=people[name]), session)
        for code, role, office, secret, valid_to in roles:
            store.execute(
                GiveRole(
                    person_id=people[name],
                    municipality=code,
                    role=role,
                    office=office,
                    secret=secret,
                    valid_to=valid_to,
                ),
                Session(people["admin"], code),
            )
    store.close()
    return World(home, store, clock, ring, recovery, people)


@contextmanager
def world(folder: Path, *, encrypted: bool = False, prefix: str = "person-") -> Iterator[World]:
    """A fresh world in ``folder``, closed at the end. Another ``prefix`` of people's ids: as two workstations
    that were taken into use apart know the same people."""
    made = _template(encrypted, prefix)
    home = folder / "home"
    shutil.copytree(made.home, home)
    ring = FakeRing()
    ring.secrets.update(made.ring.secrets)
    clock = FakeClock()
    clock.move(hours=1)
    store = Store.open(home, whole_domain(), clock, FakeWords(), ring=ring)
    found = World(home, store, clock, ring, made.recovery, dict(made.people))
    try:
        yield found
    finally:
        found.store.close()
