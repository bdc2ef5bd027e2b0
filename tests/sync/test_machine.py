"""Whatever people do at once, on networks that fail, with rights that come and go: nothing is lost or written
over unseen, and when it is quiet everybody holds exactly what is hers to see."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.fakes.server import Faults
from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET
from tests.sync.stations import Region, Station, region
from workbench.cases.edit import EditCase, HandOver, ReclassifyCase, SetCaseValues
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.papers import AddDocument, DestroyDocument
from workbench.cases.parts import AddNote, AddTask, EditParty, MarkCase, SaveView
from workbench.cases.single_rights import GiveAccess, TakeAccess
from workbench.cases.task_changes import EditTask, RemoveTask
from workbench.errors import UserError
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EndRole
from workbench.server.schema import audit
from workbench.store.commands import Command
from workbench.store.rebase import Rebasing
from workbench.store.undo import Undo
from workbench.store.unit import row_data
from workbench.sync.conflicts import (
    WHOLE,
    DiscardWork,
    OfferAgain,
    ResolveConflict,
    load_conflicts,
    load_quarantine,
)
from workbench.sync.errors import SyncError

PEOPLE = ("registrar", "both", "preparer", "registrar")
CASE_FIELDS = ("title", "summary", "public_title")


class Machine:
    """Four workstations, two of one person."""

    def __init__(self, place: Region, seed: int) -> None:
        self.place, self.rng = place, random.Random(seed)
        self.faults = [Faults(self.rng) for _who in PEOPLE]
        self.stations = [
            place.join(who, faults=faults) for who, faults in zip(PEOPLE, self.faults, strict=True)
        ]
        self.admin = place.join("admin")
        self.done: dict[str, int] = {}
        self.undoable: list[tuple[Station, str]] = []
        for station in self.stations:
            station.wire.rows = 500
            station.sync()
            station.wire.rows = self.rng.choice([1, 2, 5, 20, 500])
        for faults in self.faults:
            faults.rate = 0.04

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def any(self, station: Station, kind: str) -> dict[str, Any]:
        rows = station.rows(kind)
        return self.rng.choice(rows) if rows else {"id": "ei ole"}

    def command(self, station: Station) -> Command:
        rng, n = self.rng, self.rng.randint(0, 9)
        case_id = self.any(station, "case_file")["id"]
        ref = station.store.blobs.put("924", f"sisus {n}".encode())
        file = FileItem(
            filename=f"k{n}.txt",
            media_type="text/plain",
            sha256=ref.sha256,
            size=ref.size,
            text=f"teksti {n}",
        )
        makers = [
            lambda: EditCase(case_id=case_id, changes={rng.choice(CASE_FIELDS): f"arvo {n}"}),
            lambda: EditCase(case_id=case_id, changes={rng.choice(CASE_FIELDS): f"arvo {n}"}),
            lambda: ReclassifyCase(
                case_id=case_id, class_code=rng.choice([PUBLIC_CLASS, OTHER_PUBLIC_CLASS])
            ),
            lambda: SetCaseValues(case_id=case_id, values=rng.choice([SECRET, {"publicity": None}])),
            lambda: HandOver(case_id=case_id, to_id=rng.choice(["person-preparer", "person-registrar"])),
            lambda: AddNote(case_id=case_id, text=f"Muistiinpano {n}"),
            lambda: AddTask(case_id=case_id, title=f"Tehtävä {n}"),
            lambda: EditTask(task_id=self.any(station, "task")["id"], changes={"title": f"Tehtävä {n}"}),
            lambda: RemoveTask(task_id=self.any(station, "task")["id"]),
            lambda: MarkCase(case_id=case_id, mark="watch", on=rng.random() < 0.6),
            lambda: SaveView(name=f"Näkymä {n % 2}", query={"state": f"{n}"}),
            lambda: EditParty(party_id=self.any(station, "party")["id"], changes={"protected": n % 2 == 0}),
            lambda: AddDocument(
                case_id=case_id,
                document=DocumentItem(
                    title=f"Kirje {n}", type="Kirje", file=file, overrides=SECRET if n == 3 else {}
                ),
            ),
            lambda: DestroyDocument(document_id=self.any(station, "document")["id"], reason="säilytysaika"),
            lambda: GiveAccess(case_id=case_id, person_id="person-preparer", reason="apu"),
            lambda: TakeAccess(case_id=case_id, person_id="person-preparer", reason="päättyi"),
        ]
        return rng.choice(makers)()

    def work(self) -> None:
        station = self.rng.choice(self.stations)
        for _turn in range(self.rng.randint(1, 3)):
            try:
                if self.rng.random() < 0.08:
                    station.register(f"Uusi {self.rng.randint(0, 99)}")
                    self.count("RegisterCase")
                elif self.rng.random() < 0.1 and self.undoable:
                    where, command_id = self.rng.choice(self.undoable)
                    where.run(Undo(undone=command_id))
                    self.count("Undo")
                else:
                    command = self.command(station)
                    changes = station.run(command)
                    self.count(type(command).__name__)
                    if changes.undoable:
                        self.undoable.append((station, changes.command_id))
            except UserError:
                self.count("refused")

    def rights(self) -> None:
        """An administrator gives or ends a role, through the log as everybody."""
        self.admin.sync()
        roles = [
            r
            for r in self.admin.rows("role", municipality="924")
            if r["person_id"] in ("person-preparer", "person-both")
        ]
        try:
            if roles and self.rng.random() < 0.6:
                role = self.rng.choice(roles)
                day = self.place.server.at.date().replace(day=self.rng.choice([20, 23]))
                self.admin.run(EndRole(role_id=role["id"], valid_to=day))
            else:
                who, what = self.rng.choice(
                    [("person-preparer", Role.PREPARER), ("person-both", Role.REGISTRAR)]
                )
                office = "tekninen" if what is Role.PREPARER else ""
                self.admin.run(GiveRole(person_id=who, municipality="924", role=what, office=office))
            self.count("rights")
        except UserError:
            self.count("refused")
        self.admin.sync()

    def sync(self, station: Station) -> None:
        def between() -> None:
            if self.rng.random() < 0.05:
                station.wire.between = lambda: None
                self.rng.choice([self.rights, self.other_syncs])()

        station.wire.between = between
        try:
            report = station.engine.run()
            assert report is not None
            self.count("sync")
            self.done["conflicts"] = self.done.get("conflicts", 0) + report.conflicts
            self.done["quarantined"] = self.done.get("quarantined", 0) + report.quarantined
            self.done["applied"] = self.done.get("applied", 0) + report.applied
        except SyncError:
            self.count("offline")
        station.wire.between = lambda: None

    def other_syncs(self) -> None:
        other = self.rng.choice(self.stations)
        try:
            other.engine.run()
        except SyncError:
            self.count("offline")

    def decide(self, station: Station, *, always: bool = False) -> None:
        with station.store.read_as(station.session) as reader:
            conflicts, aside = load_conflicts(reader), load_quarantine(reader, days=30)
        for conflict in conflicts:
            if conflict.chosen:
                continue
            choices: dict[str, dict[str, Any]] = {
                f.name: {"take": self.rng.choice(["mine", "theirs"])} for f in conflict.fields if f.clashes
            }
            if not always and self.rng.random() < 0.5 and choices:
                name = next(iter(choices))
                if name != WHOLE:
                    choices[name] = {"take": "edit", "value": "sovittu"}
            try:
                station.run(
                    ResolveConflict(
                        kind=conflict.kind, row_id=conflict.row_id, choices=choices, rev=conflict.rev
                    )
                )
                self.count("resolved")
            except UserError:
                try:
                    station.run(DiscardWork(group_id=conflict.group_id))
                    self.count("discarded")
                except UserError:
                    self.count("refused")
        for one in aside:
            try:
                if self.rng.random() < 0.5 and not always:
                    station.run(OfferAgain(group_id=one.group_id))
                else:
                    station.run(DiscardWork(group_id=one.group_id))
            except UserError:
                self.count("refused")

    # -- what must hold ----------------------------------------------------------------------------------

    def check(self, station: Station) -> None:
        """The row a person sees is the server's row and her waiting operations, in order; nothing else waits."""
        shown: dict[tuple[str, str], None] = {}
        for op in station.ops():
            if op["state"] in ("queued", "conflict"):
                shown[op["kind"], op["row_id"]] = None
        kinds = station.store.domain.kinds
        with station.store.reader() as connection:
            rebasing = Rebasing(connection, kinds)
            for kind_name, row_id in shown:
                kind = kinds[kind_name]
                base = rebasing.base(kind_name, row_id) or {"data": None, "rev": 0, "scope_id": "", "seq": 0}
                ops = rebasing._ops(kind_name, row_id)
                data, scope = rebasing._on_top(kind, row_id, base, ops)
                rows = station.rows(kind_name, id=row_id)
                if data is None:
                    assert rows == [], (kind_name, row_id)
                elif rows:
                    want = {n: v for n, v in data.items() if v is not None}
                    assert row_data(kind, rows[0]) == want and rows[0]["scope_id"] == scope, kind_name
                    assert rows[0]["sync_state"] in (1, 2)
                else:
                    assert kind.unique, f"{kind_name} is not shown"
        for kind in kinds:
            for row in station.rows(kind.name):
                waits = (kind.name, row["id"]) in shown
                assert (row["sync_state"] != 0) == waits, (kind.name, row["id"], row["sync_state"])

    def nothing_vanished(self, station: Station) -> None:
        """Every operation is settled – and then the server's audit has it, once – or waits, or a person let it go."""
        with self.place.server.database.reading() as connection:
            known = list(connection.execute(select(audit.c.op_id)).scalars())
        held = set(known)
        assert len(known) == len(held)
        groups = {g["group_id"]: g["state"] for g in station.groups()}
        for op in station.ops():
            state = groups[op["group_id"]]
            if op["state"] == "settled":
                assert state == "settled"
                assert op["op_id"] in held or op["result"]["rev"] == 0, op
            elif op["state"] in ("queued", "conflict", "discarded"):
                assert state == op["state"]

    def sent_alike(self, station: Station) -> None:
        import json

        seen: dict[str, str] = {}
        for text in station.wire.pushed:
            group_id = json.loads(text)["group_id"]
            assert seen.setdefault(group_id, text) == text

    def quiet(self) -> None:
        for faults in self.faults:
            faults.rate = 0.0
        for _round in range(6):
            for station in self.stations:
                station.engine.run()
                self.decide(station, always=True)
        for station in (*self.stations, *self.stations):
            report = station.sync()
            assert report.fetched_again == [], station.who
        for station in self.stations:
            self.check(station)
            self.nothing_vanished(station)
            self.sent_alike(station)
            waiting = [g for g in station.groups() if g["state"] == "queued"]
            assert waiting == [], [(g["command"], g["result"]) for g in waiting]
            if not [g for g in station.groups() if g["state"] == "conflict"]:
                self.place.assert_converged(station)


def run(folder: Path, seed: int, steps: int) -> dict[str, int]:
    with region(folder) as place:
        machine = Machine(place, seed)
        for _step in range(steps):
            chance = machine.rng.random()
            station = machine.rng.choice(machine.stations)
            if chance < 0.45:
                machine.work()
            elif chance < 0.8:
                machine.sync(station)
            elif chance < 0.92:
                machine.decide(station)
            elif chance < 0.97:
                machine.rights()
            else:
                place.server.move(hours=30)
                for each in place.stations:
                    each.clock.at = place.server.at
            machine.check(station)
        machine.quiet()
        return machine.done


_SETTINGS = settings(max_examples=5, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@_SETTINGS
@given(seed=st.integers(0, 10**9))
def test_nothing_is_lost_and_all_hold_what_is_theirs(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    run(tmp_path_factory.mktemp("m"), seed, 40)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(_SETTINGS, max_examples=150)
@given(seed=st.integers(0, 10**9))
def test_the_same_for_longer(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    run(tmp_path_factory.mktemp("m"), seed, 120)
