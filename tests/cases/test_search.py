"""What a search gives: each person her own, newest first, as many as asked, with a piece of the text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, World
from workbench.cases.corrections import MergeCases
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote
from workbench.cases.search import find_by_words, search
from workbench.clock import today
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role


def found(
    w: World, text: str, who: str = "registrar", municipality: str = "924", limit: int = 50
) -> list[str]:
    """Ids of the cases a person finds."""
    with w.read(who, municipality) as reader:
        return [hit.case.id for hit in search(reader, text, limit=limit)]


def excerpt(w: World, title: str, content: str, text: str) -> str:
    """The piece of a letter's text that is shown to one who searches for the text."""
    w.register("Muu", documents=(w.letter(title, content),))
    with w.read() as reader:
        (hit,) = search(reader, text)
    return hit.excerpt


# -- whose answer --------------------------------------------------------------------------------------


def test_the_same_words_give_each_person_what_is_hers(plain: World) -> None:
    here, there = plain.register("Kaivolupa"), plain.register("Kaivolupa", "neighbour", "236")
    for _again in range(2):
        assert found(plain, "kaivolupa", "registrar") == [here]
        assert found(plain, "kaivolupa", "neighbour", "236") == [there]
        assert found(plain, "kaivolupa", "both", "924") == [here]
        assert found(plain, "kaivolupa", "both", "236") == [there]
        assert found(plain, "kaivolupa", "both", "") == [there, here]
        assert found(plain, "kaivolupa", "teacher") == found(plain, "kaivolupa", "admin") == []


def test_own_cases_are_those_of_whoever_asks(plain: World) -> None:
    mine = {who: plain.register("Kaivolupa", handler_id=plain.people[who]) for who in ("preparer", "decider")}
    for _again in range(2):
        for who, case_id in mine.items():
            assert found(plain, "käsittelijä:minä kaivolupa", who) == [case_id]


def test_a_right_that_ends_or_begins_counts_from_the_next_search(plain: World) -> None:
    case_id, day = plain.register("Kaivolupa"), today(plain.clock)
    assert found(plain, "kaivolupa", "neighbour") == []
    plain.run(
        GiveRole(person_id=plain.people["neighbour"], municipality="924", role=Role.REGISTRAR, valid_to=day),
        "admin",
    )
    assert found(plain, "kaivolupa", "neighbour") == [case_id]
    plain.clock.move(days=1)
    assert found(plain, "kaivolupa", "neighbour") == []


def test_what_is_late_is_late_from_its_day_on(plain: World) -> None:
    case_id = plain.register("Kaivolupa")
    plain.run(EditCase(case_id=case_id, changes={"due_on": today(plain.clock) + timedelta(days=1)}))
    for late in ([], [], [case_id]):
        assert found(plain, "määräaika:myöhässä kaivolupa") == late
        plain.clock.move(days=1)


# -- which and in what order ---------------------------------------------------------------------------


def test_newest_first_and_each_case_once(plain: World) -> None:
    letters = [(plain.letter("Kaivolupa", f"kaivolupa {n}"), plain.letter("Kaivolupa")) for n in range(3)]
    oldest, middle, newest = (plain.register("Kaivolupa", documents=own) for own in letters)
    assert found(plain, "kaivolupa") == [newest, middle, oldest]
    assert found(plain, "kaivolupa", limit=2) == [newest, middle]
    plain.run(AddNote(case_id=oldest, text="kaivolupa luvattu"))
    assert found(plain, "kaivolupa", limit=2) == [oldest, newest]
    with plain.read() as reader:
        assert find_by_words(reader, "kaivolupa") == [oldest, newest, middle]


def test_a_filter_is_looked_for_beyond_the_newest(plain: World) -> None:
    wanted = [plain.register("Kaivolupa", class_code=OTHER_PUBLIC_CLASS) for _n in range(2)]
    for _n in range(6):
        plain.register("Kaivolupa", class_code=PUBLIC_CLASS)
    assert found(plain, f"luokka:{OTHER_PUBLIC_CLASS} kaivolupa", limit=2) == wanted[::-1]


def test_merged_cases_take_no_room_from_others(plain: World) -> None:
    oldest, survivor, *merged, newest = (plain.register(f"Kaivolupa {n}") for n in range(6))
    for case_id in merged:
        plain.run(MergeCases(case_id=case_id, into_id=survivor, reason="Sama asia"))
    assert found(plain, "kaivolupa", limit=2) == [newest, survivor]
    assert found(plain, "kaivolupa", limit=3) == [newest, survivor, oldest]
    with plain.read() as reader:
        # What was merged brings its documents along: of all that leads to the survivor the newest is quoted.
        assert "Kaivolupa 4" in search(reader, "kaivolupa")[1].excerpt


def test_what_comes_after_a_search_that_stopped_early_is_found_next(plain: World) -> None:
    former = [plain.register("Kaivolupa") for _n in range(4)]
    assert found(plain, "kaivolupa", limit=1) == [former[-1]]
    later = plain.register("Kaivolupa")
    assert found(plain, "kaivolupa", limit=2) == [later, former[-1]]


# -- excerpts ------------------------------------------------------------------------------------------

_LONG = "Tämä on pitkä alku, josta ei löydy mitään. " * 30


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (f"{_LONG}Naapurin kaivolupa puuttuu. {_LONG}", "Naapurin kaivolupa puuttuu."),
        (f"{_LONG}NAAPURIN KAIVOLUVAN EHDOT. {_LONG}", "NAAPURIN KAIVOLUVAN EHDOT."),
        (f"{'İ ' * 200}Naapurin kaivolupa. {_LONG}", "Naapurin kaivolupa."),
        (f"{_LONG}\n\n\tNaapurin  \n  kaivolupa{' ' * 400}puuttuu\n{_LONG}", "Naapurin kaivolupa puuttuu"),
    ],
)
def test_an_excerpt_is_cut_around_the_word(plain: World, content: str, shown: str) -> None:
    piece = excerpt(plain, "Kirje", content, "kaivolu")
    assert shown in piece and piece.startswith("… ") and piece.endswith(" …")
    assert len(piece) <= 164 and piece.split()[1] in content.split()  # it begins with a whole word


def test_a_short_text_is_shown_whole(plain: World) -> None:
    piece = excerpt(plain, "Kirje", "Haen kaivolupaa.", "kaivolu")
    assert piece.startswith("Kirje. Haen kaivolupaa.") and "…" not in piece
