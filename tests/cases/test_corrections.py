"""Lawful corrections: numbers stay, what was secret stays secret, and every former number leads on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET, SECRET_CLASS, World
from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MergeCases, MoveDocuments, SplitCase, TransferCase, VoidCase
from workbench.cases.detail import load_case, load_history, load_party_secret
from workbench.cases.edit import EditCase, HandOver, OpenSecret, ReclassifyCase, SetCaseValues
from workbench.cases.intake.commands import PassOn, SetAside, TakeIn
from workbench.cases.intake.queries import load_arrival
from workbench.cases.intake.taking_in import carry, pass_on
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.papers import AddDocument, AddVersion, SetDocumentValues
from workbench.cases.parts import AddAction, AddNote, AddTask, EditParty
from workbench.cases.queries import find_case_id
from workbench.cases.search import search
from workbench.errors import NotAllowed, Problems, UserError
from workbench.store.check import check_store

WHY = "kirjattu väärin"
ARRIVED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def number(w: World, case_id: str) -> str:
    return str(w.row("case_file", case_id)["number"])


def arrival(w: World, subject: str = "Kysymys", municipality: str = "924") -> str:
    command = TakeIn(
        municipality=municipality,
        channel="email",
        subject=subject,
        arrived_at=ARRIVED,
        files=(w.file(f"viesti {subject}", municipality),),
        sender_name="Lähettäjä",
    )
    return str(w.run(command, "both", municipality).result)


def opened(w: World, case_id: str, who: str = "registrar") -> object:
    w.run(OpenSecret(kind="case_file", row_id=case_id, reason="työtehtävä"), who)
    with w.read(who) as reader:
        return load_case(reader, case_id)


# -- void ------------------------------------------------------------------------------------------------


def test_a_voided_number_stays_used_and_the_arrival_waits_again(plain: World) -> None:
    arrival_id = arrival(plain)
    case_id = plain.register(arrival_id=arrival_id)
    assert plain.row("arrival", arrival_id)["case_id"] == case_id
    plain.run(VoidCase(case_id=case_id, reason=WHY))
    assert plain.row("arrival", arrival_id)["state"] == "new"
    again = plain.register(arrival_id=arrival_id)
    assert (number(plain, case_id)[0], number(plain, again)[0]) == ("1", "2")
    with plain.read() as reader:
        assert load_history(reader, case_id)[0].reason == WHY
    with pytest.raises(UserError, match="mitätöity"):
        plain.run(EditCase(case_id=case_id, changes={"title": "x"}))
    with pytest.raises(UserError, match="jo rekisteröity"):
        plain.register(arrival_id=arrival_id)


def test_an_arrival_of_another_municipality_is_not_registered_here(plain: World) -> None:
    foreign = arrival(plain, municipality="236")
    with pytest.raises(UserError, match="toisen kunnan"):
        plain.register(arrival_id=foreign)


# -- move ------------------------------------------------------------------------------------------------


def test_a_document_moves_with_attachments_and_versions(plain: World) -> None:
    annex = DocumentItem(title="Liite", type="Liite", file=plain.file("liitteen sisus"))
    letter = plain.letter("Kirje", "vanha sisus", attachments=(annex,))
    source, target = plain.register("Väärä", documents=(letter,)), plain.register("Oikea")
    plain.run(AddVersion(document_id=letter.document_id, file=plain.file("korjattu sisus")))
    # The person chose the letter and its attachment both: the attachment goes along once.
    chosen = (letter.document_id, annex.document_id)
    plain.run(MoveDocuments(document_ids=chosen, to_case_id=target, reason=WHY))
    assert plain.rows("document", case_id=source) == []
    assert len(plain.rows("document_version", case_id=target)) == 4
    moved = {d["title"]: d for d in plain.rows("document", case_id=target)}
    assert moved["Liite"]["attached_to"] == letter.document_id
    assert moved["Kirje"]["identifier"] == f"{number(plain, target)}-2"
    with plain.read() as reader:
        assert [f.case.id for f in search(reader, "korjattu")] == [target]
        detail = load_case(reader, target)
    assert [d.fields["title"] for d in detail.documents] == ["Kirje: Oikea", "Kirje"]
    assert [a.fields["title"] for a in detail.documents[1].attachments] == ["Liite"]
    assert check_store(plain.store) == []


def test_a_documents_number_in_its_case_is_never_given_twice(plain: World) -> None:
    one, two = plain.letter("Yksi"), plain.letter("Kaksi")
    source, target = plain.register(documents=(one, two)), plain.register()
    plain.run(MoveDocuments(document_ids=(two.document_id,), to_case_id=target, reason=WHY))
    plain.run(AddDocument(case_id=source, document=plain.letter("Kolme")))
    identifiers = [d["identifier"] for d in plain.rows("document", case_id=source)]
    assert identifiers == [f"{number(plain, source)}-1", f"{number(plain, source)}-3"]


def test_documents_do_not_move_across_municipalities(plain: World) -> None:
    letter = plain.letter()
    plain.register(documents=(letter,))
    other = plain.register(who="both", municipality="236")
    with pytest.raises(UserError):
        plain.run(MoveDocuments(document_ids=(letter.document_id,), to_case_id=other, reason=WHY), "both")


def test_a_document_moved_out_of_a_secret_case_stays_secret(plain: World) -> None:
    letter = plain.letter("Salainen", "salainen sisus")
    source = plain.register(documents=(letter,), overrides=SECRET)
    target = plain.register("Julkinen")
    plain.run(MoveDocuments(document_ids=(letter.document_id,), to_case_id=target, reason=WHY))
    document = plain.row("document", letter.document_id)
    assert document["restricted"] and document["scope_id"] == f"doc:{letter.document_id}"
    for who, sees in (("registrar", True), ("preparer", True), ("archivist", True), ("decider", False)):
        with plain.read(who) as reader:
            detail = load_case(reader, target)
            assert (letter.document_id in {d.id for d in detail.documents}) is sees, who
            assert bool(search(reader, "salainen sisus")) is sees, who
    # A later change of the new case does not let it out either.
    plain.run(EditCase(case_id=target, changes={"office": "hallinto"}))
    plain.run(ReclassifyCase(case_id=target, class_code=OTHER_PUBLIC_CLASS))
    assert plain.row("document", letter.document_id)["restricted"]
    assert plain.rows("secrecy_scope", target=f"doc:{letter.document_id}")[0]["office"] == "hallinto"
    assert source and check_store(plain.store) == []


# -- transfer and passing on -----------------------------------------------------------------------------


def test_a_matter_of_another_municipality_arrives_there_with_its_arrival_time(plain: World) -> None:
    annex = DocumentItem(
        title="Liite", type="Liite", file=plain.file("liite"), sender="L", arrived_at=ARRIVED
    )
    letter = plain.letter("Naapurikunnan asia", "sisus", attachments=(annex,))
    case_id = plain.register("Naapurikunnan asia", documents=(letter,), arrived_at=ARRIVED)
    command = TransferCase(case_id=case_id, municipality="236", reason=WHY)
    arrival_id = carry(plain.store, plain.session(), command).result
    with plain.read("neighbour", "236") as reader:
        there = load_arrival(reader, arrival_id)
    assert there.row.arrived_at == ARRIVED and there.row.passed_from == "924"
    assert [plain.store.blobs.read("236", f.sha256) for f in there.files] == [b"sisus", b"liite"]
    row = plain.row("case_file", case_id)
    assert row["moved_to"] == "236" and row["number"] == "1/10.03.03/2026"
    with plain.read() as reader:
        assert find_case_id(reader, "1/10.03.03/2026") == case_id
    with pytest.raises(UserError, match="siirretty toiseen kuntaan"):
        plain.run(AddTask(case_id=case_id, title="x"))
    made = plain.register("Asia täällä", "neighbour", "236", arrival_id=arrival_id, documents=(), parties=())
    assert number(plain, made) == "1/10.03.03/2026"  # a register of its own
    assert check_store(plain.store) == []


def test_an_arrival_is_passed_on_with_its_content_and_time(plain: World) -> None:
    arrival_id = arrival(plain, "Toisen kunnan posti")
    new_id = pass_on(plain.store, plain.session(), arrival_id, "236").result
    old, new = plain.row("arrival", arrival_id), plain.row("arrival", new_id)
    assert new["arrived_at"] == old["arrived_at"] == ARRIVED and new["body"] == old["body"]
    assert old["state"] == "set_aside" and "HL 21 §" in old["set_aside_why"]
    file = plain.rows("arrival_file", arrival_id=new_id)[0]
    assert plain.store.blobs.read("236", file["sha256"]) == b"viesti Toisen kunnan posti"
    with pytest.raises(UserError, match="jo käsitelty"):
        plain.run(PassOn(arrival_id=arrival_id, municipality="421"))


class Refusal(NamedTuple):
    """What is refused, and why."""

    who: str
    municipality: str
    reason: str
    words: str


REFUSALS = [
    Refusal("preparer", "236", WHY, "oikeutta"),
    Refusal("neighbour", "236", WHY, "toiseen kuntaan"),
    Refusal("registrar", "924", WHY, "jo tässä kunnassa"),
    Refusal("registrar", "236", "", "peruste"),
    Refusal("registrar", "999", WHY, "ei enää löydy"),
]


@pytest.mark.parametrize("how", REFUSALS, ids=lambda r: f"{r.who}-{r.municipality}-{r.words}")
def test_a_refused_transfer_copies_nothing(plain: World, how: Refusal) -> None:
    case_id = plain.register()
    before = set(plain.store.blobs.names())
    session = plain.session(how.who, "236" if how.who == "neighbour" else "924")
    command = TransferCase(case_id=case_id, municipality=how.municipality, reason=how.reason)
    with pytest.raises(UserError, match=how.words):
        carry(plain.store, session, command)
    assert set(plain.store.blobs.names()) == before and plain.row("case_file", case_id)["moved_to"] is None


def test_a_refused_passing_on_copies_nothing(plain: World) -> None:
    arrival_id = arrival(plain, "Toisen kunnan posti")
    before = set(plain.store.blobs.names())
    with pytest.raises(NotAllowed):
        pass_on(plain.store, plain.session("preparer"), arrival_id, "236")
    with pytest.raises(UserError, match="jo tässä kunnassa"):
        pass_on(plain.store, plain.session(), arrival_id, "924")
    plain.run(SetAside(arrival_id=arrival_id, reason=WHY))
    with pytest.raises(UserError, match="jo käsitelty"):
        pass_on(plain.store, plain.session(), arrival_id, "236")
    assert set(plain.store.blobs.names()) == before


def test_what_was_copied_for_nothing_is_taken_away_but_not_what_was_there(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another closes the matter while its content is being copied."""
    letter = plain.letter("Naapurin asia", "naapurin sisus", attachments=(plain.letter("Liite", "yhteinen"),))
    case_id = plain.register(documents=(letter,))
    plain.run(VoidCase(case_id=plain.register("Toinen"), reason=WHY))
    plain.register(
        "Heidän", "neighbour", "236", documents=(plain.letter("x", "yhteinen", municipality="236"),)
    )
    before = set(plain.store.blobs.names())
    copied: list[str] = []
    copy = plain.store.blobs.copy

    def and_void(source: str, sha256: str, target: str) -> None:
        copy(source, sha256, target)
        copied.append(sha256)
        plain.run(VoidCase(case_id=case_id, reason=WHY))

    monkeypatch.setattr(plain.store.blobs, "copy", and_void)
    command = TransferCase(case_id=case_id, municipality="236", reason=WHY)
    with pytest.raises(UserError, match="mitätöity"):
        carry(plain.store, plain.session(), command)
    assert letter.file is not None and copied == [letter.file.sha256]
    assert set(plain.store.blobs.names()) == before and check_store(plain.store) == []


def test_a_transfer_copies_only_what_goes_along(plain: World) -> None:
    letter = plain.letter("Kirje", "ensimmäinen")
    own = plain.letter("Muistio", "oma muistio", direction="own", author="A", sender="")
    case_id = plain.register(documents=(letter, own))
    plain.run(AddVersion(document_id=letter.document_id, file=plain.file("toinen")))
    carry(plain.store, plain.session(), TransferCase(case_id=case_id, municipality="236", reason=WHY))
    there = [
        plain.store.blobs.read("236", sha) for code, sha, _path in plain.store.blobs.names() if code == "236"
    ]
    assert there == [b"toinen"]


# -- merge and split -------------------------------------------------------------------------------------


def test_both_numbers_lead_to_the_survivor_through_chains(plain: World) -> None:
    a, b, c = (plain.register(t) for t in ("Ensimmäinenkin", "Toinenkin", "Kolmaskin"))
    numbers = [number(plain, x) for x in (a, b, c)]
    plain.run(AddNote(case_id=a, text="muistettavaa"))
    plain.run(MergeCases(case_id=a, into_id=b, reason=WHY))
    plain.run(MergeCases(case_id=b, into_id=c, reason=WHY))
    plain.index()
    with plain.read() as reader:
        assert [find_case_id(reader, n) for n in numbers] == [c, c, c]
        for words in (*numbers, "Ensimmäinenkin", "muistettavaa", "sisus Ensimmäinenkin"):
            assert [f.case.id for f in search(reader, words, typing=False)] == [c], words
        detail = load_case(reader, c)
    assert plain.row("case_file", c)["former_numbers"] == [numbers[1], numbers[0]]
    assert len(detail.documents) == 3 and len(detail.notes) == 1
    assert [p["name"] for p in detail.parties] == ["Liisa Lähettäjä"]  # the same party once
    assert check_store(plain.store) == []


def test_a_protected_address_goes_along_in_a_merge(plain: World) -> None:
    hidden = PartyItem(role="party", name="Suojattu Henkilö", street="Piilokatu 7", protected=True)
    a, b = plain.register("A", parties=(hidden,)), plain.register("B")
    plain.run(MergeCases(case_id=a, into_id=b, reason=WHY))
    secret = plain.rows("party_secret")[0]
    plain.run(OpenSecret(kind="party_secret", row_id=secret["id"], reason="kirje"))
    with plain.read() as reader:
        assert load_party_secret(reader, hidden.party_id)["street"] == "Piilokatu 7"


def test_a_secret_case_is_not_merged_into_the_open(plain: World) -> None:
    secret, public = plain.register("Salainen", overrides=SECRET), plain.register("Julkinen")
    with pytest.raises(UserError, match="salassa pidettävä"):
        plain.run(MergeCases(case_id=secret, into_id=public, reason=WHY))
    plain.run(MergeCases(case_id=public, into_id=secret, reason=WHY))
    assert {d["scope_id"] for d in plain.rows("document")} == {f"case:{secret}"}
    with plain.read("decider") as reader:
        assert find_case_id(reader, number(plain, public)) is None


def test_a_split_case_gets_its_own_number_and_knows_where_it_came_from(plain: World) -> None:
    one, two = plain.letter("Yksi"), plain.letter("Kaksi")
    case_id = plain.register(documents=(one, two), arrived_at=ARRIVED)
    made = plain.run(
        SplitCase(
            case_id=case_id,
            document_ids=(two.document_id,),
            title="Oma",
            class_code=OTHER_PUBLIC_CLASS,
            reason=WHY,
        )
    ).result
    assert made.number == "2/10.03.01/2026"
    assert [d["title"] for d in plain.rows("document", case_id=made.case_id)] == ["Kaksi"]
    new = plain.row("case_file", made.case_id)
    assert new["split_from"] == case_id and new["arrived_at"] == ARRIVED
    with plain.read() as reader:
        assert [x["number"] for x in load_case(reader, made.case_id).links] == ["1/10.03.03/2026"]
    assert check_store(plain.store) == []


def test_what_is_split_from_a_secret_case_stays_secret(plain: World) -> None:
    letter = plain.letter("Salainen")
    case_id = plain.register(documents=(letter, plain.letter("Toinen")), overrides=SECRET)
    made = plain.run(
        SplitCase(
            case_id=case_id,
            document_ids=(letter.document_id,),
            title="Oma",
            class_code=PUBLIC_CLASS,
            reason=WHY,
        )
    ).result
    document = plain.row("document", letter.document_id)
    assert document["restricted"] and document["scope_id"] == f"doc:{letter.document_id}"
    with plain.read("decider") as reader:
        assert load_case(reader, made.case_id).documents == ()
    assert check_store(plain.store) == []


# -- closing ---------------------------------------------------------------------------------------------


def test_closing_lists_everything_that_stops_it(plain: World) -> None:
    papers = (
        plain.letter("Lähettäjätön", sender=""),
        DocumentItem(title="Luonnos", type="Muistio", direction="own", state="draft"),
    )
    case_id = plain.register(handler_id="", parties=(), documents=papers)
    plain.run(AddTask(case_id=case_id, title="Soita"))
    plain.run(AddAction(case_id=case_id, phase="valmistelu", name="Lausunto"))
    with pytest.raises(Problems) as refused:
        plain.run(CloseCase(case_id=case_id))
    codes = {p.code for p in refused.value.problems}
    assert codes >= {
        "no_handler",
        "open_task",
        "planned_action",
        "no_sender",
        "draft",
        "no_file",
        "no_author",
        "no_initiator",
    }
    assert all(p.kind and p.id and p.message for p in refused.value.problems)
    empty = plain.register(documents=())
    with pytest.raises(Problems, match="yhtään asiakirjaa"):
        plain.run(CloseCase(case_id=empty))
    assert plain.row("case_file", case_id)["closed_on"] is None


def test_what_stops_closing_does_not_tell_the_title_of_a_secret_document(plain: World) -> None:
    hidden = plain.letter("Arkaluonteinen", overrides=SECRET, state="draft")
    case_id = plain.register(documents=(plain.letter(), hidden))
    with plain.read("decider") as reader:
        problems = load_case(reader, case_id).problems
    assert any(p.code == "draft" for p in problems)
    assert all("Arkaluonteinen" not in p.message for p in problems)
    with pytest.raises(Problems) as refused:
        plain.run(CloseCase(case_id=case_id), "decider")
    assert "Arkaluonteinen" not in str(refused.value)


def test_a_closed_case_is_opened_again_with_a_reason(plain: World) -> None:
    case_id = plain.register()
    plain.run(CloseCase(case_id=case_id), "preparer")
    with pytest.raises(UserError, match="Avaa se ensin"):
        plain.run(AddTask(case_id=case_id, title="x"))
    with pytest.raises(UserError, match="peruste"):
        plain.run(ReopenCase(case_id=case_id), "preparer")
    plain.run(ReopenCase(case_id=case_id, reason="uusi selvitys"), "preparer")
    assert plain.row("case_file", case_id)["closed_on"] is None


# -- class, publicity, handler ---------------------------------------------------------------------------


def test_a_new_class_keeps_the_number_and_may_make_secret_and_back(plain: World) -> None:
    case_id = plain.register()
    plain.run(AddNote(case_id=case_id, text="muistio"))
    plain.run(ReclassifyCase(case_id=case_id, class_code=SECRET_CLASS))
    row = plain.row("case_file", case_id)
    assert row["number"] == "1/10.03.03/2026" and row["restricted"]
    own = f"case:{case_id}"
    for kind in ("party", "action", "document", "document_version", "note"):
        assert {r["scope_id"] for r in plain.rows(kind, case_id=case_id)} == {own}, kind
    with plain.read("decider") as reader:
        assert search(reader, "muistio") == [] and find_case_id(reader, row["number"]) is None
    plain.run(ReclassifyCase(case_id=case_id, class_code=PUBLIC_CLASS), "archivist")
    for kind in ("party", "action", "document", "document_version", "note"):
        assert {r["scope_id"] for r in plain.rows(kind, case_id=case_id)} == {"unit:924/tekninen/10"}, kind
    assert plain.rows("secrecy_scope") == [] and plain.rows("access_right") == []
    assert check_store(plain.store) == []


def test_anyone_tightens_only_the_archivist_loosens(plain: World) -> None:
    case_id = plain.register()
    plain.run(SetCaseValues(case_id=case_id, values=SECRET), "preparer")
    with pytest.raises(NotAllowed, match="väljentää saa arkistonhoitaja"):
        plain.run(SetCaseValues(case_id=case_id, values={"publicity": "Julkinen"}), "preparer")
    with pytest.raises(Problems, match="Salassapitoperuste puuttuu"):
        plain.run(
            SetCaseValues(case_id=plain.register(), values={"publicity": "Salassa pidettävä"}), "preparer"
        )
    assert plain.row("case_file", case_id)["restricted"]


def test_a_secret_document_stays_reachable_when_its_secret_case_is_opened_up(plain: World) -> None:
    letter = plain.letter("Salainen", overrides=SECRET)
    case_id = plain.register(documents=(letter,), overrides=SECRET)
    opened(plain, case_id, "archivist")
    from dataclasses import replace

    from workbench.organisation.commands import GiveRole
    from workbench.organisation.model import Role

    give = GiveRole(person_id=plain.people["archivist"], municipality="924", role=Role.PREPARER, secret=True)
    plain.run(replace(give), "admin")
    back = dict.fromkeys(SECRET)
    plain.run(SetCaseValues(case_id=case_id, values=back), "archivist")
    document = plain.row("document", letter.document_id)
    assert document["restricted"] and not plain.row("case_file", case_id)["restricted"]
    with plain.read("preparer") as reader:
        assert [d.id for d in load_case(reader, case_id).documents] == [letter.document_id]


@pytest.mark.parametrize("whole", [True, False], ids=["secret case", "secret document and address"])
def test_a_handover_moves_the_right_to_what_is_secret(plain: World, whole: bool) -> None:
    letter = plain.letter("Salainen", overrides={} if whole else SECRET)
    hidden = PartyItem(role="party", name="Suojattu", street="Piilokatu 7", protected=True)
    case_id = plain.register(documents=(letter,), parties=(hidden,), overrides=SECRET if whole else {})
    plain.run(HandOver(case_id=case_id, to_id=plain.people["teacher"], message="siirtyy"), "registrar")
    secret = plain.rows("party_secret")[0]["id"]

    def sees(who: str) -> bool:
        try:
            plain.run(OpenSecret(kind="document", row_id=letter.document_id, reason="työ"), who)
            plain.run(OpenSecret(kind="party_secret", row_id=secret, reason="työ"), who)
        except NotAllowed:
            return False
        return True

    assert sees("teacher") if whole else True
    rights = {r["person_id"] for r in plain.rows("access_right")}
    assert rights == {plain.people["registrar"], plain.people["teacher"]}
    assert not sees("preparer") and sees("registrar")
    assert [h["message"] for h in plain.rows("handover")] == ["siirtyy"]


# -- protected addresses ---------------------------------------------------------------------------------


def test_a_protected_address_is_met_nowhere_but_in_its_opened_row(plain: World) -> None:
    import json

    from workbench.cli import shapes
    from workbench.cli.output import _plain as to_json

    party = PartyItem(
        role="initiator", name="Suojattu Henkilö", street="Piilokatu 7", town="Salola", phone="0401112223"
    )
    case_id = plain.register(parties=(party,))
    plain.run(EditParty(party_id=party.party_id, changes={"protected": True}))
    plain.run(EditParty(party_id=party.party_id, changes={"street": "Uusipiilo 9"}))
    plain.index()
    secrets = ("Piilokatu", "Salola", "0401112223", "Uusipiilo")
    for who in ("decider", "manager"):
        with plain.read(who) as reader:
            detail, history = load_case(reader, case_id), load_history(reader, case_id)
            told = json.dumps(shapes.case_detail(detail, "x", "y"), default=to_json) + repr(detail)
            told += repr(history)
            assert all(not search(reader, s) for s in secrets)
        assert all(s not in told for s in secrets), who
    with plain.store.reader() as connection:
        words = connection.exec_driver_sql(
            "SELECT group_concat(title || body) FROM search_entry"
        ).scalar_one()
    assert all(s not in words for s in secrets)
    secret = plain.rows("party_secret")[0]
    with plain.read() as reader, pytest.raises(NotAllowed, match="peruste"):
        load_party_secret(reader, party.party_id)
    plain.run(OpenSecret(kind="party_secret", row_id=secret["id"], reason="kirjeen lähettäminen"))
    with plain.read() as reader:
        found = load_party_secret(reader, party.party_id)
    assert (found["street"], found["town"]) == ("Uusipiilo 9", "Salola")


def test_former_titles_of_a_document_made_secret_are_hidden_from_history(plain: World) -> None:
    letter = plain.letter("Arkaluonteinen nimi")
    case_id = plain.register(documents=(letter,))
    plain.run(SetDocumentValues(document_id=letter.document_id, values=SECRET))
    with plain.read("decider") as reader:
        assert "Arkaluonteinen" not in repr(load_history(reader, case_id))
    with plain.read("preparer") as reader:
        assert "Arkaluonteinen" in repr(load_history(reader, case_id))
