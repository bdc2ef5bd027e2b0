"""The read rule on every path, in random worlds: nobody meets what ``may_read`` denies, and everybody
meets what it grants – in lists, facets, one case, its history, search, arrivals, protected addresses."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.fakes.world import CODES, OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET, SECRET_CLASS, World, world
from workbench.cases.detail import load_case, load_history, load_party_secret, needs_opening
from workbench.cases.edit import OpenSecret
from workbench.cases.intake.commands import TakeIn
from workbench.cases.intake.queries import find_arrivals, load_arrival, load_arrivals
from workbench.cases.items import PartyItem
from workbench.cases.openings import opened_today
from workbench.cases.papers import EditDocument, SetDocumentValues
from workbench.cases.parts import AddNote, EditParty
from workbench.cases.queries import (
    CaseFilter,
    find_case_id,
    find_cases,
    find_cases_first,
    load_cases,
    load_cases_by_id,
    load_facets,
)
from workbench.cases.search import search
from workbench.cli import shapes
from workbench.cli.output import _plain
from workbench.context import Session
from workbench.errors import NotAllowed, UserError
from workbench.organisation.access import acl_terms, may_read, visible
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for
from workbench.store.schema import search_entry
from workbench.store.search import match
from workbench.store.search.index import index_touched
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork

OFFICES = ("hallinto", "tekninen", "sivistys")
TODAY = date(2026, 11, 24)
KINDS = ("case_file", "document", "document_version", "party", "party_secret", "note", "arrival", "action")


# A smaller seed is not a simpler world.
_NO_SHRINKING = (Phase.explicit, Phase.generate)


class Region:
    """A random world whose every row holds a word of its own, so that a leak is a word found."""

    def __init__(self, w: World, seed: int) -> None:
        self.w, self.rng = w, random.Random(seed)
        self.n = 0
        self.words: dict[str, tuple[str, str]] = {}  # word → (kind, row id) it belongs to
        self.first: dict[str, str] = {}
        for i in range(4):
            self._person(f"extra{i}")
        for code in CODES:
            for _unused in range(3):
                self._case(code)
            self._arrival(code)
        self._rights()
        w.index()

    def word(self, kind: str, row_id: str) -> str:
        self.n += 1
        word = f"sana{self.n:03}q"
        self.words[word] = (kind, row_id)
        return word

    def _person(self, name: str) -> None:
        w, rng = self.w, self.rng
        w.people[name] = f"person-{name}"
        admin = Session(w.people["admin"], "924")
        values = {"name": name, "home_municipality": "924", "employment": "virka", "active": True}
        w.store.execute(AddPerson(values=values, person_id=w.people[name]), admin)
        for _unused in range(rng.randint(0, 3)):
            code = rng.choice(CODES)
            w.store.execute(
                GiveRole(
                    person_id=w.people[name],
                    municipality=code,
                    role=rng.choice(list(Role)),
                    office=rng.choice(("", *OFFICES)),
                    secret=rng.random() < 0.3,
                    valid_from=rng.choice((None, TODAY, TODAY + timedelta(1), TODAY - timedelta(9))),
                    valid_to=rng.choice((None, TODAY, TODAY - timedelta(1), TODAY + timedelta(9))),
                ),
                Session(w.people["admin"], code),
            )

    def _case(self, code: str) -> None:
        w, rng = self.w, self.rng
        who = "both" if code in ("924", "236") else self._registrar(code)
        case_id, open_party, hidden = f"case-{self.n}-{code}", f"party-{self.n}", f"hidden-{self.n}"
        docs = [f"doc-{self.n}-{i}" for i in range(3)]
        items = [
            w.letter(
                self.word("document", doc),
                self.word("document_version", doc),
                municipality=code,
                document_id=doc,
                overrides=SECRET if i == 1 else {},
                state="draft" if i else "final",
                sender="" if i == 1 else "Lähettäjä",
            )
            for i, doc in enumerate(docs)
        ]
        secret = rng.random() < 0.4
        w.register(
            self.word("case_file", case_id),
            who,
            code,
            case_id=case_id,
            office=rng.choice(OFFICES),
            handler_id=rng.choice(("", *w.people.values())),
            class_code=SECRET_CLASS
            if secret and rng.random() < 0.5
            else rng.choice((PUBLIC_CLASS, OTHER_PUBLIC_CLASS)),
            overrides=SECRET if secret else {},
            documents=tuple(items),
            parties=(
                PartyItem(
                    role="party",
                    name=self.word("party", hidden),
                    street=self.word("party_secret", hidden),
                    protected=True,
                    party_id=hidden,
                ),
                PartyItem(
                    role="initiator",
                    name=self.word("party", open_party),
                    street=self.word("party_secret" if rng.random() < 0.5 else "party", open_party),
                    party_id=open_party,
                ),
            ),
        )
        note = f"note-{self.n}"
        w.run(AddNote(case_id=case_id, text=self.word("note", note), note_id=note), who, code)
        # What was once open and is no more: a title before the document was made secret, an address
        # before it was protected.
        street = (
            next(word for word, owner in self.words.items() if owner[1] == open_party and owner[0] != "party")
            if (("party_secret", open_party) in self.words.values())
            else ""
        )
        if street:
            w.run(EditParty(party_id=open_party, changes={"protected": True}), who, code)
        w.run(EditDocument(document_id=docs[2], changes={"title": self.word("document", docs[2])}), who, code)
        w.run(
            SetDocumentValues(document_id=docs[2], values=SECRET, secret_part=self.word("document", docs[2])),
            who,
            code,
        )

    def _registrar(self, code: str) -> str:
        name = f"registrar{code}"
        if name not in self.w.people:
            self.w.people[name] = f"person-{name}"
            admin = Session(self.w.people["admin"], code)
            values = {"name": name, "home_municipality": code, "employment": "virka", "active": True}
            self.w.store.execute(AddPerson(values=values, person_id=self.w.people[name]), admin)
            self.w.store.execute(
                GiveRole(person_id=self.w.people[name], municipality=code, role=Role.REGISTRAR), admin
            )
        return name

    def _arrival(self, code: str) -> None:
        arrival = f"arrival-{code}"
        self.w.run(
            TakeIn(
                municipality=code,
                channel="email",
                subject=self.word("arrival", arrival),
                body=self.word("arrival", arrival),
                arrived_at=datetime(2026, 11, 20, tzinfo=UTC),
                files=(self.w.file(self.word("arrival", arrival), code),),
                arrival_id=arrival,
            ),
            "both" if code in ("924", "236") else self._registrar(code),
            code,
        )

    def _rights(self) -> None:
        """Rights to single secrets, some of them expired; as sync would bring them, past any command."""
        store = self.w.store
        targets = [(r["target"], r["municipality"]) for r in self.w.rows("secrecy_scope")]
        seen = {(r["target"], r["person_id"]) for r in self.w.rows("access_right")}
        with store.transaction() as connection:
            uow = UnitOfWork(
                connection,
                kinds=store.domain.kinds,
                session=Session("sync", ""),
                at=store.clock.now(),
                authority=store.authority,
                writes=frozenset({"access_right"}),
                command_type="sync",
            )
            for person in self.w.people.values():
                for target, code in targets:
                    if self.rng.random() < 0.15 and (target, person) not in seen:
                        ends = self.rng.choice((None, TODAY, TODAY - timedelta(1), TODAY + timedelta(5)))
                        values = {"target": target, "person_id": person, "municipality": code, "basis": "x"}
                        uow.insert("access_right", values | {"valid_to": ends})
            index_touched(uow, store.words, store.domain.readers)

    def scope_of_word(self, word: str) -> str:
        kind, row_id = self.words[word]
        if kind == "document_version":
            return str(self.w.rows("document_version", document_id=row_id)[0]["scope_id"])
        if kind == "party_secret":
            return str(self.w.rows("party_secret", party_id=row_id)[0]["scope_id"])
        return str(self.w.row(kind, row_id)["scope_id"])


def refused(call: Any, *args: Any) -> str:
    """Code of the refusal, or "" when it went through."""
    try:
        call(*args)
    except NotAllowed:
        return "forbidden"
    except UserError as error:
        return error.code
    return ""


def check_person(region: Region, who: str, municipality: str) -> None:
    w = region.w
    with w.read(who, municipality) as reader:
        access = access_for(reader)
        rows = {kind: w.rows(kind) for kind in KINDS}

        def may(scope: str) -> bool:
            return may_read(reader.connection, access, scope)

        for kind, all_rows in rows.items():
            table = w.store.domain.kinds.table(kind)
            seen = set(
                reader.connection.execute(
                    select(table.c.id).where(visible(table.c.scope_id, access))
                ).scalars()
            )
            assert seen == {r["id"] for r in all_rows if may(r["scope_id"])}, kind
        _check_index(region, reader, may)
        _check_lists(reader, rows["case_file"], municipality, may)
        _check_arrivals(reader, rows["arrival"], municipality, may)
        _check_search(region, reader, municipality, may)
    for case in rows["case_file"]:
        _check_case(region, who, municipality, case)
    for secret in rows["party_secret"]:
        _check_address(region, who, municipality, secret)


def _check_index(region: Region, reader: Reader, may: Any) -> None:
    """The index alone gives all that one may read, and besides only secrets whose right of one's own has
    ended; what it is asked is short whatever the number of secrets."""
    access = access_for(reader)
    terms = acl_terms(access)
    assert len(terms) <= 2 + 3 * len(access.reading())
    here = {g.municipality for g in access.reading()}
    ended = {
        right["target"]
        for right in region.w.rows("access_right", person_id=access.person_id)
        if right["valid_to"] and right["valid_to"] < TODAY and right["municipality"] in here
    }
    for entry in reader.connection.execute(select(search_entry)).mappings():
        word = next(x for x in f"{entry['title']} {entry['body']}".split() if x.startswith("sana"))
        found = match.newest(reader.connection, match.expression(word, terms, reader.words, typing=False))
        if may(entry["scope_id"]):
            assert entry["k"] in found, entry["kind"]
        else:
            assert entry["k"] not in found or entry["scope_id"] in ended, entry["kind"]


def _check_lists(reader: Reader, cases: list[dict[str, Any]], municipality: str, may: Any) -> None:
    mine = {c["k"]: c for c in cases if may(c["scope_id"])}
    here = {k for k, c in mine.items() if not municipality or c["municipality"] == municipality}
    everything = CaseFilter(state="all")
    assert set(find_cases(reader, everything)) == here
    assert [list(ids) for ids in find_cases_first(reader, everything, 2)][-1] == list(
        find_cases(reader, everything)
    )
    assert {r.k for r in load_cases(reader, [c["k"] for c in cases])} == set(mine)
    assert {r.k for r in load_cases_by_id(reader, [c["id"] for c in cases])} == set(mine)
    facets = load_facets(reader, everything)
    for name, values in facets.items():
        total = sum(f.count for f in values)
        # Not every case has a day to keep or a mark; every case has the others.
        assert total <= len(here) if name in ("due", "mark") else total == len(here), name
    for number in {c["number"] for c in cases}:
        own = [k for k in here if mine[k]["number"] == number]
        if len(own) > 1:
            assert refused(find_case_id, reader, number) == "ambiguous"
        else:
            assert find_case_id(reader, number) == (mine[own[0]]["id"] if own else None)


def _check_arrivals(reader: Reader, arrivals: list[dict[str, Any]], municipality: str, may: Any) -> None:
    mine = {a["k"]: a for a in arrivals if may(a["scope_id"])}
    here = {k for k, a in mine.items() if not municipality or a["municipality"] == municipality}
    assert set(find_arrivals(reader)) == here
    assert {r.k for r in load_arrivals(reader, [a["k"] for a in arrivals])} == set(mine)
    for a in arrivals:
        assert refused(load_arrival, reader, a["id"]) == ("" if a["k"] in mine else "not_found")


def _check_search(region: Region, reader: Reader, municipality: str, may: Any) -> None:
    for word, (kind, row_id) in region.words.items():
        found = search(reader, word, typing=False)
        if kind in ("arrival", "party_secret"):
            assert found == [], f"{kind} found by {word}"
            continue
        if found:
            scope = region.scope_of_word(word)
            assert may(scope), f"{word} of {kind} {row_id} leaked"
            assert len(found) == 1
            if kind == "document_version" and scope.startswith("doc:"):
                quoted = word in found[0].excerpt
                assert quoted == (
                    opened_today(reader, "case_file", found[0].case.id)
                    or opened_today(reader, "document", row_id)
                )


def _check_case(region: Region, who: str, municipality: str, case: dict[str, Any]) -> None:
    w, case_id = region.w, case["id"]
    with w.read(who, municipality) as reader:
        readable = may_read(reader.connection, access_for(reader), case["scope_id"])
        if not readable:
            assert refused(load_case, reader, case_id) == "not_found"
            assert refused(load_history, reader, case_id) == "not_found"
            assert refused(needs_opening, reader, case_id) == "not_found"
    opening = OpenSecret(kind="case_file", row_id=case_id, reason="asian hoitaminen")
    acting = Session(w.people[who], case["municipality"])
    if not readable:
        if municipality in ("", case["municipality"]):
            with pytest.raises(UserError):
                w.store.execute(opening, Session(w.people[who], municipality))
        return
    with w.read(who, municipality) as reader:
        if needs_opening(reader, case_id):
            assert case["restricted"]
            assert refused(load_case, reader, case_id) == "forbidden"
            assert refused(load_history, reader, case_id) == "forbidden"
        elif not opened_today(reader, "case_file", case_id):
            told = repr(load_case(reader, case_id)) + repr(load_history(reader, case_id))
            secret = {d["id"] for d in w.rows("document", case_id=case_id) if d["restricted"]}
            for word, (kind, row_id) in region.words.items():
                if kind == "document_version" and row_id in secret:
                    assert word not in told, f"content of {row_id} shown to {who} without a reason"
    w.store.execute(opening, acting)
    with w.read(who, municipality) as reader:
        access = access_for(reader)
        detail = load_case(reader, case_id)
        told = json.dumps(
            [shapes.case_detail(detail, "x", "y"), [e.__dict__ for e in load_history(reader, case_id)]],
            default=lambda v: v.__dict__ if hasattr(v, "__dict__") else _plain(v),
            ensure_ascii=False,
        )
        told += repr(detail.timeline()) + repr(detail)
        for word in region.words:
            if word in told:
                assert may_read(reader.connection, access, region.scope_of_word(word)), (
                    f"{word} of {region.words[word]} shown to {who}"
                )
        shown = {d.id for d in detail.documents}
        there = w.rows("document", case_id=case_id)
        mine = {d["id"] for d in there if may_read(reader.connection, access, d["scope_id"])}
        assert shown == mine and detail.hidden_documents == len(there) - len(mine)
        assert all(d.versions for d in detail.documents)


def _check_address(region: Region, who: str, municipality: str, secret: dict[str, Any]) -> None:
    w = region.w
    with w.read(who, municipality) as reader:
        readable = may_read(reader.connection, access_for(reader), secret["scope_id"])
        expected = "forbidden" if readable else "not_found"
        assert refused(load_party_secret, reader, secret["party_id"]) in (
            expected,
            "" if readable else expected,
        )
    if readable:
        code = w.row("case_file", secret["case_id"])["municipality"]
        opening = OpenSecret(kind="party_secret", row_id=secret["id"], reason="kirjeen lähettäminen")
        w.store.execute(opening, Session(w.people[who], code))
        with w.read(who, municipality) as reader:
            assert load_party_secret(reader, secret["party_id"])["street"] == secret["street"]


@settings(max_examples=2, phases=_NO_SHRINKING, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_no_path_shows_what_is_denied_and_each_shows_what_is_granted(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _random_world(tmp_path_factory.mktemp("a"), seed, share=0.1)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=25, phases=_NO_SHRINKING, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_no_path_shows_what_is_denied_in_many_worlds(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _random_world(tmp_path_factory.mktemp("a"), seed, share=1.0)


def _random_world(folder: Path, seed: int, *, share: float) -> None:
    with world(folder) as w:
        region = Region(w, seed)
        pairs = [(who, code) for who in w.people for code in ("", *CODES)]
        for who, code in region.rng.sample(pairs, int(len(pairs) * share)):
            check_person(region, who, code)
