"""What people do in the random region: one function for each thing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET
from tests.sync.stations import Station
from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MergeCases
from workbench.cases.edit import EditCase, HandOver, ReclassifyCase, SetCaseValues
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.papers import AddDocument, EditDocument
from workbench.cases.parts import (
    AddNote,
    AddParty,
    AddTask,
    CompleteTask,
    EditParty,
    MarkCase,
    RemoveParty,
    SaveView,
)
from workbench.cases.single_rights import GiveAccess, TakeAccess
from workbench.cases.task_changes import EditTask, RemoveTask
from workbench.store.undo import Undo


@dataclass(frozen=True)
class Deed:
    """Who does it, to which case, and what else is picked."""

    station: Station
    rng: random.Random
    case: str
    other: str
    pick: int
    text: str

    def edit(self, **changes: Any) -> None:
        self.station.run(EditCase(case_id=self.case, changes=changes))


def register(d: Deed) -> None:
    d.station.register(d.text, parties=(PartyItem(role="initiator", name="Liisa"),))


def describe(d: Deed) -> None:
    d.edit(summary=d.text)


def name_publicly(d: Deed) -> None:
    d.edit(public_title=d.text)


def describe_alike(d: Deed) -> None:
    d.edit(summary=d.rng.choice(["sama", d.text]), language="sv")


def note(d: Deed) -> None:
    d.station.run(AddNote(case_id=d.case, text=d.text))


def give_task(d: Deed) -> None:
    d.station.run(AddTask(case_id=d.case, title=d.text, assignee_id=d.station.person_id))


def finish_task(d: Deed) -> None:
    tasks = [t for t in d.station.rows("task") if t["done_at"] is None]
    if tasks:
        d.station.run(CompleteTask(task_id=tasks[d.pick % len(tasks)]["id"]))


def restrict_or_open(d: Deed) -> None:
    secret = not d.station.row("case_file", d.case)["restricted"]
    public = {"publicity": "Julkinen", "secrecy_years": None, "secrecy_basis": None}
    d.station.run(SetCaseValues(case_id=d.case, values=SECRET if secret else public))


def hand_over(d: Deed) -> None:
    to_id = d.rng.choice(["person-preparer", "person-decider", d.station.person_id])
    d.station.run(HandOver(case_id=d.case, to_id=to_id))


def add_document(d: Deed) -> None:
    ref = d.station.store.blobs.put(d.station.municipality, d.text.encode())
    stored = {"sha256": ref.sha256, "size": ref.size, "text": d.text, "text_state": "done"}
    file = FileItem(filename="k.txt", media_type="text/plain", **stored)
    item = DocumentItem(title=d.text, type="Kirje", sender="Liisa", channel="letter", file=file)
    d.station.run(AddDocument(case_id=d.case, document=item))


def change_parties(d: Deed) -> None:
    parties = d.station.rows("party", case_id=d.case)
    if parties:
        d.station.run(RemoveParty(party_id=parties[d.pick % len(parties)]["id"]))
    else:
        d.station.run(AddParty(case_id=d.case, party=PartyItem(role="initiator", name=d.text)))


def close_or_reopen(d: Deed) -> None:
    closed = d.station.row("case_file", d.case)["closed_on"]
    d.station.run(ReopenCase(case_id=d.case, reason="x") if closed else CloseCase(case_id=d.case))


def undo(d: Deed) -> None:
    mine = [g for g in d.station.groups(actor_id=d.station.person_id) if g["state"] in ("queued", "settled")]
    if mine:
        d.station.run(Undo(undone=mine[-1]["group_id"]))


def mark(d: Deed) -> None:
    d.station.run(MarkCase(case_id=d.case, mark="favourite", on=True))


def name_document(d: Deed) -> None:
    documents = d.station.rows("document", case_id=d.case)
    if documents:
        d.station.run(EditDocument(document_id=documents[0]["id"], changes={"title": d.text}))


def merge(d: Deed) -> None:
    if d.case != d.other:
        d.station.run(MergeCases(case_id=d.case, into_id=d.other, reason="x"))


def reclassify(d: Deed) -> None:
    d.station.run(ReclassifyCase(case_id=d.case, class_code=d.rng.choice([PUBLIC_CLASS, OTHER_PUBLIC_CLASS])))


def change_task(d: Deed) -> None:
    tasks = d.station.rows("task", case_id=d.case)
    if tasks:
        task_id = tasks[d.pick % len(tasks)]["id"]
        remove = d.rng.random() < 0.4
        d.station.run(
            RemoveTask(task_id=task_id) if remove else EditTask(task_id=task_id, changes={"title": d.text})
        )


def save_view(d: Deed) -> None:
    d.station.run(SaveView(name=f"Näkymä {d.pick % 2}", query={"state": d.text}))


def protect_party(d: Deed) -> None:
    parties = d.station.rows("party", case_id=d.case)
    if parties:
        wanted = not parties[0]["protected"]
        d.station.run(EditParty(party_id=parties[0]["id"], changes={"protected": wanted}))


def add_secret_document(d: Deed) -> None:
    item = DocumentItem(title=d.text, type="Kirje", sender="Liisa", channel="letter", overrides=SECRET)
    d.station.run(AddDocument(case_id=d.case, document=item))


def give_or_take_access(d: Deed) -> None:
    give = d.rng.random() < 0.6
    command = GiveAccess if give else TakeAccess
    d.station.run(command(case_id=d.case, person_id="person-preparer", reason="apu"))


DEEDS = (
    register, describe, name_publicly, describe_alike, note, give_task, finish_task, restrict_or_open, hand_over,
    add_document, change_parties, close_or_reopen, undo, mark, name_document, merge,
    reclassify, change_task, save_view, protect_party, add_secret_document, give_or_take_access,
)  # fmt: skip
