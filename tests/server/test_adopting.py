"""Taking in a register on both databases: numbers are given once, nothing comes that was not allowed, and nothing
comes to what the server keeps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from tests.fakes.world import SECRET, World, world
from tests.server.office import DOMAIN, NOW, Office, statuses
from tests.server.test_hostile import everything, group, op
from workbench.cases.edit import SetCaseValues
from workbench.cases.papers import AddDocument, DestroyDocument
from workbench.cases.parts import AddNote
from workbench.context import Session
from workbench.ids import new_id
from workbench.organisation.series import case_series, document_series
from workbench.server.database import Database
from workbench.server.history import history
from workbench.server.identity.schema import adoption
from workbench.server.principal import Principal
from workbench.server.push import push
from workbench.server.schema import audit, blob, blob_bringer
from workbench.store import adopting
from workbench.store.authority import correct_series, peek_number
from workbench.store.renaming import Named
from workbench.store.resolving import group_with_ops
from workbench.store.schema import outbox_group
from workbench.sync.envelope import groups_of
from workbench.sync.wire import Group

CASES = DOMAIN.kinds.table("case_file")


@dataclass
class Newcomer:
    """A workstation by itself that is about to bring its register to the office's server."""

    office: Office
    own: World
    who: str = "registrar"

    @property
    def client(self) -> str:
        return self.own.store.workstation

    def allow(self) -> None:
        with self.office.database.writing() as connection:
            row = {"token_hash": new_id(), "account_id": "", "person_id": f"person-{self.who}"}
            connection.execute(insert(adoption).values(**row, client_id=self.client, made_at=NOW))

    def bring_contents(self) -> None:
        for municipality, sha256 in self.own.store.named_blobs():
            size = len(self.own.store.blobs.read(municipality, sha256))
            where = {"municipality": municipality, "sha256": sha256}
            with self.office.database.writing() as connection:
                if connection.execute(select(blob.c.size).filter_by(**where)).first() is None:
                    connection.execute(insert(blob).values(**where, size=size, received_at=NOW))
                    connection.execute(insert(blob_bringer).values(**where, person_id=f"person-{self.who}"))

    def queued(self) -> list[Group]:
        """The register as groups of the wire."""
        store = self.own.store
        with store.writing() as connection:
            session = Session(f"person-{self.who}", "")
            adopting.queue_all(connection, DOMAIN.kinds, Named(), session, NOW, store.workstation)
        with store.reader() as connection:
            commands = outbox_group.c.command.in_(sorted(adopting.OF_ADOPTION))
            query = select(outbox_group.c.group_id).where(commands).order_by(outbox_group.c.n)
            stored = [group_with_ops(connection, i) for i in list(connection.execute(query).scalars())]
            return groups_of(connection, DOMAIN.kinds, [one for one in stored if one is not None])

    def push(self, groups: list[Group]) -> list[Any]:
        return self.office.push(groups, self.who, self.client)

    def come(self) -> list[Any]:
        self.allow()
        self.bring_contents()
        return self.push(self.queued())


@pytest.fixture
def newcomer(office: Office, tmp_path: Path) -> Iterator[Newcomer]:
    with another(office, tmp_path) as made:
        yield made


@pytest.fixture
def bring(office: Office, tmp_path: Path) -> Iterator[Callable[[], Newcomer]]:
    """Makes one more workstation each time."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(another(office, tmp_path))


@contextmanager
def another(office: Office, folder: Path) -> Iterator[Newcomer]:
    home = folder / f"own-{new_id()}"
    home.mkdir()
    with world(home) as own:
        own.store.workstation = new_id()
        yield Newcomer(office, own)


def cases(office: Office) -> dict[str, dict[str, Any]]:
    with office.database.reading() as connection:
        return {r["id"]: dict(r) for r in connection.execute(select(CASES)).mappings()}


def next_number(office: Office, series: str = "") -> int:
    with office.database.reading() as connection:
        return peek_number(connection, series or case_series("924", 2026))


def test_a_register_founds_the_series_and_the_server_goes_on(office: Office, newcomer: Newcomer) -> None:
    ids = [newcomer.own.register(f"Asia {n}") for n in range(3)]
    results = newcomer.come()
    assert set(statuses(results)) == {"applied"}, results
    assert [cases(office)[i]["running"] for i in ids] == [1, 2, 3]
    assert next_number(office) == 4
    _id, made = office.register()
    (result,) = office.push([made], "registrar")
    assert [r["data"]["running"] for r in result["rows"] if r["kind"] == "case_file"] == [4]
    assert office.faults() == []


def test_a_clash_gets_the_next_number_and_says_so_in_history(office: Office, newcomer: Newcomer) -> None:
    theirs, made = office.register("Palvelimen")
    office.push([made], "registrar")
    mine = newcomer.own.register("Oma")
    number = newcomer.own.row("case_file", mine)["number"]
    results = newcomer.come()
    (told,) = [r for r in results if r.get("rows")]
    (row,) = [r["data"] for r in told["rows"] if r["id"] == mine]
    assert (row["running"], row["former_numbers"]) == (2, [number])
    assert cases(office)[theirs]["running"] == 1 and next_number(office) == 3
    told_of = history(
        office.database, DOMAIN, Principal("person-registrar", "x"), NOW, kind="case_file", row_id=mine
    )
    said = [e["content"]["words"] for e in told_of["entries"] if e["content"].get("words")]
    assert said == [{"former": number, "present": row["number"]}]
    # Places of documents go on after those that were given.
    assert next_number(office, document_series(mine)) == 2
    assert office.faults() == []


def test_the_same_sent_again_is_done_once(office: Office, newcomer: Newcomer) -> None:
    newcomer.own.register("Oma", overrides=SECRET)
    newcomer.allow()
    newcomer.bring_contents()
    groups = newcomer.queued()
    first = newcomer.push(groups[:2])
    again = newcomer.push(groups)
    assert set(statuses(first + again)) == {"applied"}
    before = everything(office)
    assert set(statuses(newcomer.push(groups))) == {"applied"}
    assert everything(office) == before


def test_two_registers_at_once_share_one_series(
    office: Office, bring: Callable[[], Newcomer], again: Callable[[], Database]
) -> None:
    """Both come at the same moment through connections of their own, a few groups at a time."""
    two = [bring(), bring()]
    for n, one in enumerate(two):
        for turn in range(6):
            one.own.register(f"Asia {n}.{turn}")
        one.allow()
        one.bring_contents()
    queues = [(one, one.queued(), again()) for one in two]
    failed: list[Any] = []

    def send(one: Newcomer, groups: list[Group], database: Database) -> None:
        try:
            principal = Principal("person-registrar", one.client)
            for start in range(0, len(groups), 2):
                made = push(database, DOMAIN, principal, groups[start : start + 2], NOW)["results"]
                failed.extend(r for r in made if r["status"] != "applied")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=send, args=queue) for queue in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(c["running"] for c in cases(office).values()) == list(range(1, 13))
    assert len([c for c in cases(office).values() if c["former_numbers"]]) == 6
    assert office.faults() == []


def test_a_series_that_was_only_set_to_go_on_from_elsewhere_is_founded_too(
    office: Office, newcomer: Newcomer
) -> None:
    """The server was told where the workstation's register had got to, before that came."""
    with office.database.writing() as connection:
        correct_series(connection, case_series("924", 2026), 118)
    mine = newcomer.own.register("Oma")
    assert set(statuses(newcomer.come())) == {"applied"}
    assert cases(office)[mine]["running"] == 1 and next_number(office) == 118


def test_whoever_began_first_founds_the_series(office: Office, bring: Callable[[], Newcomer]) -> None:
    first, second = bring(), bring()
    ids = [[one.own.register(f"Asia {n}") for n in range(3)] for one in (first, second)]
    for one in (first, second):
        one.allow()
        one.bring_contents()
    of_first, of_second = first.queued(), second.queued()
    results = first.push(of_first[:1]) + second.push(of_second) + first.push(of_first)
    assert set(statuses(results)) == {"applied"}
    numbers = {i: c["running"] for i, c in cases(office).items()}
    assert [[numbers[i] for i in some] for some in ids] == [[1, 2, 3], [4, 5, 6]]


# -- what is not allowed ---------------------------------------------------------------------------------


def unmoved(office: Office, do: Callable[[], list[Any]]) -> list[str]:
    before = everything(office)
    results = do()
    assert everything(office) == before and office.faults() == []
    assert "applied" not in statuses(results)
    assert all(r.get("code") != "internal" for r in results), results
    return statuses(results)


def test_nothing_comes_without_being_allowed(office: Office, newcomer: Newcomer) -> None:
    newcomer.own.register("Oma")
    newcomer.bring_contents()
    groups = newcomer.queued()
    assert set(unmoved(office, lambda: newcomer.push(groups))) == {"blocked"}
    # Allowed to her at another workstation, or to another at this one, is not allowed here.
    newcomer.allow()
    other = Newcomer(office, newcomer.own, "preparer")
    for made in groups:
        made["actor"] = "person-preparer"
    unmoved(office, lambda: other.push(groups))
    for made in groups:
        made["actor"] = "person-registrar"
    unmoved(office, lambda: office.push(groups, "registrar", new_id()))


def test_it_begins_before_anything_comes_and_ends_for_good(office: Office, newcomer: Newcomer) -> None:
    newcomer.own.register("Oma")
    newcomer.allow()
    newcomer.bring_contents()
    groups = newcomer.queued()
    assert set(unmoved(office, lambda: newcomer.push(groups[1:]))) == {"blocked"}
    assert set(statuses(newcomer.push(groups))) == {"applied"}
    late = case_group({"title": "Myöhässä"})
    assert unmoved(office, lambda: newcomer.push([late])) == ["blocked"]
    newcomer.allow()  # another code for the same workstation: what has come does not come again
    assert unmoved(office, lambda: newcomer.push([late])) == ["blocked"]


def case_group(values: dict[str, Any], *more: Any, series: Any = None, municipality: str = "924") -> Group:
    """A register's case, as a program that lies might send it."""
    row_id = new_id()
    patch = {
        "municipality": municipality, "number": "700/10.03.03/2026", "year": 2026, "running": 700, "title": "x",
        "case_type": "hakemus", "class_code": "10.03.03", "office": "tekninen", "state": "Vireillä",
        "phase": "vireilletulo", "opened_on": "2026-11-20", "registered_at": "2026-11-20T08:00:00.000000Z",
        "language": "fi", "publicity": "Julkinen", "restricted": False,
    } | values  # fmt: skip
    ops = [op("create", "case_file", row_id, patch=patch), *more]
    return group("sync.adopt", {"series": series or {}}, ops, "registrar", municipality=municipality)


@pytest.fixture
def begun(office: Office, newcomer: Newcomer) -> Newcomer:
    """A register that has begun to come; the server holds a secret case besides."""
    newcomer.allow()
    begin = newcomer.queued()[0]
    assert begin["command"] == adopting.BEGIN
    assert statuses(newcomer.push([begin])) == ["applied"]
    return newcomer


def test_a_case_as_it_is_made_comes(begun: Newcomer, office: Office) -> None:
    made = case_group({})
    case_id, row_id = made["ops"][0]["id"], new_id()
    paper = {
        "case_id": case_id,
        "identifier": "700/10.03.03/2026-3",
        "position": 3,
        "title": "x",
        "type": "Kirje",
    }
    more = {"direction": "received", "state": "final", "publicity": "Julkinen", "restricted": False}
    made["ops"].append(op("create", "document", row_id, patch=paper | more))
    assert statuses(begun.push([made])) == ["applied"]
    # Series go on above it, whether the register said so or not.
    assert next_number(office) == 701 and next_number(office, document_series(case_id)) == 4


def test_a_place_of_a_document_that_is_gone_is_not_given_again(newcomer: Newcomer, office: Office) -> None:
    own = newcomer.own
    case_id = own.register("Oma")
    own.run(AddDocument(case_id=case_id, document=own.letter("Tuhottava", "x")))
    (last,) = [d["id"] for d in own.rows("document") if d["position"] == 2]
    own.run(DestroyDocument(document_id=last, reason="hävitys"), "archivist")
    assert set(statuses(newcomer.come())) == {"applied"}
    assert next_number(office, document_series(case_id)) == 3


def test_nothing_is_added_to_what_the_server_keeps(begun: Newcomer, office: Office) -> None:
    case_id, made = office.register("Palvelimen")
    secret, hidden = office.register("Salainen")
    close = office.run(SetCaseValues(case_id=secret, values=SECRET))
    office.push([made, hidden, close], "registrar")
    at = "2026-11-20T08:00:00.000000Z"
    note = {"case_id": case_id, "text": "ujutettu", "made_at": at}
    right = {"target": f"case:{secret}", "person_id": "person-teacher", "municipality": "924", "basis": "x"}
    party = {"case_id": case_id, "role": "party", "name": "x", "entity": "person", "protected": False}
    role = {"person_id": "person-registrar", "municipality": "924", "office": "", "role": "archivist"}
    place = {"target": f"case:{secret}", "municipality": "924", "office": "tekninen"}
    attempts = [
        [op("create", "note", new_id(), patch=note)],
        [op("create", "access_right", new_id(), patch=right)],
        [op("create", "secrecy_scope", new_id(), patch=place)],
        [op("create", "party", new_id(), patch=party)],
        [op("create", "role", new_id(), patch=role | {"secret": True})],
        [op("patch", "case_file", case_id, base_rev=1, patch={"title": "y"})],
        [op("delete", "note", new_id(), base_rev=1)],
        [op("create", "case_file", case_id, patch={})],
        [],
    ]
    for ops in attempts:
        made_of = group("sync.adopt", {"series": {}}, ops, "registrar")
        assert unmoved(office, lambda made_of=made_of: begun.push([made_of])) in (["rejected"], ["conflict"])
        with_case = case_group({}, *ops)
        if ops:
            assert unmoved(office, lambda made_of=with_case: begun.push([made_of])) in (
                ["rejected"],
                ["conflict"],
            )
    there = office.run(AddNote(case_id=case_id, text="palvelimen"))
    assert statuses(office.push([there], "registrar")) == ["applied"]
    gone = op("delete", "note", there["ops"][0]["id"], base_rev=1)
    # Rows under another command of adoption, and a municipality that is not hers.
    for command in (adopting.BEGIN, adopting.JOURNAL, adopting.END):
        for ops in (attempts[0], [gone]):
            lies = group(command, {}, ops, "registrar")
            assert unmoved(office, lambda lies=lies: begun.push([lies])) == ["rejected"]
    assert unmoved(office, lambda: begun.push([case_group({}, municipality="236")])) == ["rejected"]


@pytest.mark.parametrize(
    "series",
    [
        {"case:924:2026": 5_000},
        {"case:924:2026": 2**70},
        {"case:924:2026": "9"},
        {"case:924:2026": True},
        ["case:924:2026"],
        "x",
        {"a\0b": 2},
        {"document:" + "0" * 36: 9},
    ],
)
def test_no_series_is_moved_by_an_object_that_is_not_its_own(
    begun: Newcomer, office: Office, series: Any
) -> None:
    assert unmoved(office, lambda: begun.push([case_group({}, series=series)])) == ["rejected"]
    assert next_number(office) == 1


@pytest.mark.parametrize(
    "args",
    [{"series": []}, {"series": {"case:924:2026": 10**9}}, {"series": {"x\n": 2}}, {"series": {"": -1}}],
)
def test_a_register_whose_series_make_no_sense_does_not_begin(
    newcomer: Newcomer, office: Office, args: Any
) -> None:
    newcomer.allow()
    made = group(adopting.BEGIN, args, [], "registrar")
    assert unmoved(office, lambda: newcomer.push([made])) == ["rejected"]


def test_a_head_that_is_none_is_refused(begun: Newcomer, office: Office) -> None:
    for args in (
        {},
        {"chain": "924", "entries": "9", "head": "0" * 64},
        {"chain": "924", "entries": 9, "head": "x"},
    ):
        made = group(adopting.JOURNAL, args, [], "registrar")
        assert unmoved(office, lambda made=made: begun.push([made])) == ["rejected"]


def test_what_was_refused_leaves_no_number_used(begun: Newcomer, office: Office) -> None:
    """A group whose last row is refused takes its number back."""
    bad = case_group({}, op("create", "note", new_id(), patch={"case_id": new_id(), "text": "x"}))
    assert unmoved(office, lambda: begun.push([bad])) in (["rejected"], ["conflict"])
    assert next_number(office) == 1
    with office.database.reading() as connection:
        assert connection.execute(select(audit.c.n).where(audit.c.command == "sync.adopt")).first() is None
