"""Undo after others have gone on: whatever was done later – by the same commands or by those that are never
undone – a command is taken back exactly, or refused with a reason and nothing changes; no reference breaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cases.test_undo import growing, state
from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET, SECRET_CLASS, World, world
from workbench.cases.arrival_time import CorrectArrival
from workbench.cases.closing import CloseCase, ReopenCase, closing_problems
from workbench.cases.corrections import MergeCases, MoveDocuments, SplitCase, TransferCase, VoidCase
from workbench.cases.edit import EditCase, EnterPhase, HandOver, ReclassifyCase, SetCaseValues
from workbench.cases.intake.commands import PassOn, SetAside, TakeBack, TakeIn
from workbench.cases.intake.destroying import DestroyArrival
from workbench.cases.items import PartyItem
from workbench.cases.papers import AddDocument, AddVersion, DestroyDocument, EditDocument, SetDocumentValues
from workbench.cases.parts import (
    AddAction,
    AddNote,
    AddParty,
    AddTask,
    CompleteAction,
    CompleteTask,
    EditParty,
    LinkCases,
    MarkCase,
    RemoveParty,
    RemoveView,
    SaveView,
    UnlinkCases,
)
from workbench.cases.plan.plan_json import common_plan, plan_to_dict
from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.cases.register import RegisterToCase
from workbench.cases.single_rights import GiveAccess, TakeAccess
from workbench.cases.task_changes import EditTask, RemoveAction, RemoveTask
from workbench.errors import UserError
from workbench.organisation.access import access_of
from workbench.organisation.commands import AddPerson, GiveRole, SetUpMunicipality
from workbench.organisation.model import Role
from workbench.organisation.upkeep import ChangeMunicipality, EditPerson, EndRole, NameOffice
from workbench.store.check import check_store
from workbench.store.commands import Command
from workbench.store.undo import Undo

OFFICES = ("tekninen", "sivistys", "uusi-1", "uusi-2")
DERIVED = {"scope_id"}


@dataclass
class Office:
    """Two people who do what comes to hand: undoable commands and others, valid and not."""

    w: World
    rng: random.Random
    cases: list[str] = field(default_factory=list)
    done: list[tuple[str, str, dict[Any, Any], dict[Any, Any]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def any(self, kind: str, **equal: Any) -> str:
        rows = self.w.rows(kind, **equal)
        living = {c["id"] for c in self.w.rows("case_file") if c["state"] not in ("Päätetty", "Siirretty")}
        if self.rng.random() < 0.8:  # what may still be changed, mostly
            rows = [r for r in rows if r.get("case_id") in living] or rows
        return str(self.rng.choice(rows)["id"]) if rows else "ei ole"

    def case(self) -> str:
        living = [c["id"] for c in self.w.rows("case_file") if c["state"] not in ("Päätetty", "Siirretty")]
        return self.rng.choice(living if living and self.rng.random() < 0.8 else self.cases)

    def person(self) -> str:
        return self.any("person")

    def beside(self, kind: str, row_id: str, other: str) -> str:
        """Something of the same case, mostly."""
        rows = self.w.rows(kind, id=row_id)
        case_id = rows[0]["case_id"] if rows and self.rng.random() < 0.9 else self.case()
        found = self.w.rows(other, case_id=case_id)
        return str(self.rng.choice(found)["id"]) if found else ""

    def edit_document(self) -> Command:
        document_id = self.any("document")
        changes = {
            "type": self.rng.choice(["Kirje", "Lausunto", "Päätös"]),
            "action_id": self.beside("document", document_id, "action"),
        }
        return EditDocument(document_id=document_id, changes=changes)

    def correct_arrival(self) -> Command:
        document_id = self.any("document")
        rows = self.w.rows("document", id=document_id)
        return CorrectArrival(
            case_id=rows[0]["case_id"] if rows else self.case(),
            document_id=document_id,
            arrived_at=datetime(2026, 11, self.rng.randint(1, 20), 8, tzinfo=UTC),
            reason="leima",
        )

    def edit_party(self) -> Command:
        party_id, n = self.any("party"), self.rng.randint(0, 5)
        changes = [
            {"street": f"Katu {n}", "protected": n % 2 == 0},
            {"represented_by": self.beside("party", party_id, "party")},
            {"represented_by": ""},
        ]
        return EditParty(party_id=party_id, changes=self.rng.choice(changes))

    def add_party(self) -> Command:
        case_id = self.case()
        agents = [p["id"] for p in self.w.rows("party", case_id=case_id)]
        agent = self.rng.choice(["", *agents])
        return AddParty(case_id=case_id, party=replace(self.party(), represented_by=agent))

    def party(self) -> PartyItem:
        rng = self.rng
        return PartyItem(
            role=rng.choice(["party", "representative"]),
            name=f"Osapuoli {rng.randint(0, 5)}",
            street="Katu 1",
            protected=rng.random() < 0.4,
        )

    def casework(self) -> list[Callable[[], Command]]:
        w, rng, n = self.w, self.rng, self.rng.randint(0, 5)
        classes = [PUBLIC_CLASS, OTHER_PUBLIC_CLASS, SECRET_CLASS]
        return [
            lambda: EditCase(
                case_id=self.case(), changes={"title": f"Otsikko {n}", "office": rng.choice(OFFICES)}
            ),
            lambda: ReclassifyCase(case_id=self.case(), class_code=rng.choice(classes)),
            lambda: SetCaseValues(case_id=self.case(), values=rng.choice([SECRET, {"publicity": None}])),
            lambda: HandOver(case_id=self.case(), to_id=self.person()),
            lambda: EnterPhase(case_id=self.case(), phase=rng.choice(["valmistelu", "päätöksenteko"])),
            lambda: GiveAccess(case_id=self.case(), person_id=self.person(), reason="apu"),
            lambda: AddDocument(
                case_id=self.case(),
                document=w.letter(
                    f"Uusi {n}",
                    f"sisus {n}",
                    overrides=SECRET if n == 3 else {},
                    attachments=(w.letter("Liite", "liite"),) if n == 4 else (),
                ),
            ),
            lambda: AddVersion(document_id=self.any("document"), file=w.file(f"versio {n} {rng.random()}")),
            self.edit_document,
            lambda: SetDocumentValues(
                document_id=self.any("document"), values=rng.choice([SECRET, {"publicity": None}])
            ),
            lambda: MoveDocuments(
                document_ids=(self.any("document"),), to_case_id=self.case(), reason="väärä"
            ),
            self.add_party,
            self.edit_party,
            lambda: RemoveParty(party_id=self.any("party")),
            lambda: AddAction(case_id=self.case(), phase="valmistelu", name=f"Selvitys {n}"),
            lambda: CompleteAction(action_id=self.any("action"), done_on=date(2026, 11, 1)),
            lambda: AddTask(case_id=self.case(), title=f"Tehtävä {n}"),
            lambda: CompleteTask(task_id=self.any("task")),
            lambda: EditTask(
                task_id=self.any("task"), changes={"title": f"Tehtävä {n}", "assignee_id": self.person()}
            ),
            lambda: RemoveTask(task_id=self.any("task")),
            lambda: RemoveAction(action_id=self.any("action")),
            lambda: TakeAccess(case_id=self.case(), person_id=self.person(), reason="päättyi"),
            self.correct_arrival,
            lambda: AddNote(case_id=self.case(), text=f"Muistiinpano {n}"),
            lambda: LinkCases(case_id=self.case(), other_id=self.case()),
            lambda: UnlinkCases(link_id=self.any("case_link")),
            lambda: MarkCase(case_id=self.case(), mark="watch", on=rng.random() < 0.5),
            lambda: SaveView(name=f"Näkymä {n % 2}", query={"state": f"{n}"}),
            lambda: RemoveView(view_id=self.any("saved_view")),
        ]

    def ends(self) -> list[Callable[[], Command]]:
        return [
            lambda: CloseCase(case_id=self.case()),
            lambda: ReopenCase(case_id=self.case(), reason="uutta tietoa"),
            lambda: VoidCase(case_id=self.case(), reason="virhe"),
            lambda: MergeCases(case_id=self.case(), into_id=self.case(), reason="kaksoiskappale"),
            self.transfer,
            self.split,
            lambda: DestroyDocument(document_id=self.any("document"), reason="säilytysaika"),
        ]

    def transfer(self) -> Command:
        for file in self.w.rows("document_version"):
            self.w.store.blobs.put("236", self.w.store.blobs.read("924", file["sha256"]))
        return TransferCase(case_id=self.case(), municipality="236", reason="väärä kunta")

    def split(self) -> Command:
        case_id = self.case()
        return SplitCase(
            case_id=case_id,
            document_ids=(self.any("document", case_id=case_id),),
            title="Erotettu",
            class_code=self.rng.choice([PUBLIC_CLASS, SECRET_CLASS]),
            reason="oma asia",
        )

    def post(self) -> list[Callable[[], Command]]:
        w, n = self.w, self.rng.randint(0, 5)
        arrival = self.any("arrival", municipality="924")
        return [
            lambda: TakeIn(
                municipality="924",
                channel="email",
                subject=f"Viesti {n}",
                arrived_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
                files=(w.file(f"viesti {n}"),),
            ),
            lambda: RegisterToCase(
                case_id=self.case(), documents=(w.letter("Viesti", f"viesti {n}"),), arrival_id=arrival
            ),
            lambda: SetAside(arrival_id=arrival, reason="Mainos"),
            lambda: TakeBack(arrival_id=arrival),
            lambda: DestroyArrival(arrival_id=arrival, reason="Mainos"),
            self.pass_on,
        ]

    def pass_on(self) -> Command:
        for file in self.w.rows("arrival_file", municipality="924"):
            self.w.store.blobs.put("236", self.w.store.blobs.read("924", file["sha256"]))
        return PassOn(arrival_id=self.any("arrival", municipality="924"), municipality="236")

    def upkeep(self) -> list[Callable[[], Command]]:
        rng, n = self.rng, self.rng.randint(1, 2)
        plan = replace(common_plan(), version=f"oma {n}", valid_from=date(2026, 1, 1))
        return [
            lambda: NameOffice(municipality="924", office=f"uusi-{n}", name=f"Uusi {rng.randint(0, 3)}"),
            lambda: AddPerson(
                values={"name": "Uusi", "home_municipality": "924", "employment": "virka", "active": True},
            ),
            lambda: GiveRole(
                person_id=self.person(),
                municipality="924",
                role=rng.choice([Role.ADMINISTRATOR, Role.PREPARER]),
                office=rng.choice(["", *OFFICES]),
            ),
            lambda: EditPerson(
                person_id=self.person(),
                values=rng.choice([{"title": f"{n}"}, {"active": False}, {"active": True}]),
            ),
            lambda: EndRole(
                role_id=self.any("role", municipality="924", role=rng.choice(["administrator", "preparer"])),
                valid_to=date(2026, 11, 20),
            ),
            lambda: ChangeMunicipality(municipality="924", values={"phone": f"{n}"}),
            lambda: SetUpMunicipality(code="924", values={}, offices={f"uusi-{n}": "Uusi"}),
            lambda: TakePlanIntoUse(municipality="924", content=plan_to_dict(plan)),
        ]

    def do(self) -> None:
        """One more thing done, if it may be; most by the archivist who is registrar too."""
        rng = self.rng
        makers = rng.choice(
            [self.casework, self.casework, self.casework, self.ends, self.post, self.upkeep]
        )()
        who = "admin" if makers and "upkeep" in makers[0].__qualname__ else "all"
        command = rng.choice(makers)()
        before = state(self.w)
        try:
            changes = self.w.run(command, who)
        except UserError:
            return
        name = type(command).__name__
        self.counts[name] = self.counts.get(name, 0) + 1
        self.cases += [r["id"] for r in self.w.rows("case_file") if r["id"] not in self.cases]
        if changes.undoable:
            self.done.append((changes.command_id, who, before, state(self.w)))

    def take_back(self) -> bool:
        """Take back anything done so far: exactly, or not at all."""
        place = self.rng.randrange(len(self.done))
        command_id, who, before, after = self.done.pop(place)
        now, sizes = state(self.w), growing(self.w)
        try:
            changes = self.w.run(Undo(undone=command_id), who)
        except UserError as refusal:
            assert str(refusal).strip() and state(self.w) == now and growing(self.w) == sizes
            return False
        assert plain(state(self.w)) == plain(with_former(now, before, after)), "not exactly what was"
        self.done.append((changes.command_id, who, now, state(self.w)))
        return True


def with_former(now: dict[Any, Any], before: dict[Any, Any], after: dict[Any, Any]) -> dict[Any, Any]:
    """The present state with what changed between two earlier ones put back, and nothing else."""
    expected = {key: dict(row) for key, row in now.items()}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            del expected[key]
        elif new is None and old is not None:
            expected[key] = old
        elif old is not None and new is not None and old != new:
            expected[key] |= {n: v for n, v in old.items() if new[n] != v}
    return expected


def plain(rows: dict[Any, Any]) -> dict[Any, Any]:
    """Without what follows from the rest; whether it does is for the check to tell."""
    return {k: {n: v for n, v in row.items() if n not in DERIVED} for k, row in rows.items()}


def check_whole(w: World) -> None:
    """References, scopes, secrecy and rights fit; what is closed has nothing undone."""
    found = check_store(w.store, thorough=False)
    assert found == [], found
    with w.store.reader() as connection:
        who = access_of(connection, w.session("all"), w.clock.now())
        for case in w.rows("case_file"):
            if case["closed_on"]:
                codes = {p.code for p in closing_problems(connection, case["id"], who)}
                # Destroying may leave a closed case without its documents.
                assert codes <= {"no_documents"}, codes
            if case["handler_id"] and case["restricted"]:
                rights = w.rows("access_right", target=f"case:{case['id']}")
                assert case["handler_id"] in {r["person_id"] for r in rights}
    roles = w.rows("role", municipality="924", role="administrator")
    tomorrow = w.clock.now().date() + timedelta(days=1)
    assert any(r["valid_to"] is None or r["valid_to"] >= tomorrow for r in roles)
    for document in w.rows("document"):
        numbers = [v["number"] for v in w.rows("document_version", document_id=document["id"])]
        assert len(set(numbers)) == len(numbers)


def office(w: World, seed: int) -> Office:
    """One person with every role in the case work, so that rights stop little, and the administrator."""
    values = {"name": "Kaikki", "home_municipality": "924", "employment": "virka", "active": True}
    w.people["all"] = "person-all"
    w.run(AddPerson(values=values, person_id="person-all"), "admin")
    for role in (Role.REGISTRAR, Role.ARCHIVIST):
        w.run(GiveRole(person_id="person-all", municipality="924", role=role, secret=True), "admin")
    made = Office(w, random.Random(seed))
    made.cases = [w.register(f"Asia {n}", "all", handler_id="person-preparer") for n in range(3)]
    made.cases.append(w.register("Salainen", "all", overrides=SECRET))
    return made


def live(folder: Path, seed: int, steps: int) -> tuple[int, int, dict[str, int]]:
    """A random life; returns how many undos went through and how many were refused, and what was done."""
    counts = [0, 0]
    with world(folder) as w:
        made = office(w, seed)
        for _unused in range(steps):
            if made.done and made.rng.random() < 0.35:
                counts[made.take_back()] += 1
                check_whole(w)
            else:
                made.do()
        check_whole(w)
        return counts[True], counts[False], made.counts


_RANDOM = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@_RANDOM
@given(seed=st.integers(0, 10**9))
def test_taken_back_after_others_exactly_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    live(tmp_path_factory.mktemp("u"), seed, 30)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(_RANDOM, max_examples=80)
@given(seed=st.integers(0, 10**9))
def test_long_lives(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    live(tmp_path_factory.mktemp("u"), seed, 90)
