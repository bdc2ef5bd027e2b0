"""Public entries identify documents and give away nothing secret, not yet public, or personal."""

from __future__ import annotations

from datetime import date

from tests.fakes.world import SECRET, World
from workbench.cases.corrections import VoidCase
from workbench.cases.edit import EditCase
from workbench.cases.items import PartyItem
from workbench.cases.public_register import describe, load_public_entries

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def test_entries_tell_what_anybody_may_know(plain: World) -> None:
    papers = (
        plain.letter("Hakemus"),
        plain.letter("Luonnostelma", state="draft"),
        plain.letter("Salainen liite", overrides=SECRET),
    )
    plain.register(
        "Kaavan muutos", documents=papers, parties=(PartyItem(role="initiator", name="Yksityinen"),)
    )
    plain.register("Henkilöasia Virtanen", overrides=SECRET)
    named = plain.register("Toinen Virtanen", overrides=SECRET)
    plain.run(EditCase(case_id=named, changes={"public_title": "Henkilöasia"}))
    plain.run(VoidCase(case_id=plain.register("Virhe"), reason="virhe"))
    with plain.read("archivist") as reader:
        entries = load_public_entries(reader, FIRST, LAST)
        assert load_public_entries(reader, date(2026, 12, 1), date(2026, 12, 31)) == []
    assert [(e.number, e.title) for e in entries] == [
        ("1/10.03.03/2026", "Kaavan muutos"),
        ("2/10.03.03/2026", "(salassa pidettävä)"),
        ("3/10.03.03/2026", "Henkilöasia"),
        ("4/10.03.03/2026", "Virhe"),
    ]
    assert entries[3].state == "Mitätöity" and entries[0].class_name
    assert [(d.identifier, d.type, d.title) for d in entries[0].documents] == [
        ("1/10.03.03/2026-1", "Kirje", "Hakemus"),
        ("1/10.03.03/2026-2", "Kirje", ""),
        ("1/10.03.03/2026-3", "Kirje", ""),
    ]
    assert entries[0].documents[0].on == date(2026, 11, 20) and entries[1].documents == ()
    told = repr(entries)
    assert all(word not in told for word in ("Virtanen", "Yksityinen", "Luonnostelma", "Salainen liite"))


def test_what_the_reader_may_not_see_is_not_among_them(plain: World) -> None:
    plain.register("Avoin", documents=(plain.letter(), plain.letter("Salainen", overrides=SECRET)))
    plain.register("Salainen", overrides=SECRET)
    with plain.read("decider") as reader:
        (entry,) = load_public_entries(reader, FIRST, LAST)
    assert entry.title == "Avoin" and len(entry.documents) == 1


def test_the_description_names_what_the_law_asks(plain: World) -> None:
    with plain.read("archivist") as reader:
        text = describe(reader, "hallintojohtaja")
    for words in (
        "Veteli",
        "päättää hallintojohtaja.",
        "10 Maankäyttö, rakentaminen ja asuminen",
        "- Asia: kunta, asiatunnus",
        "luokka, käsittelijä",
        "rajapinta",
    ):
        assert words in text, words
