"""Differences are marked within words, and a proposal has both people's edits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.sync.differing import Piece, Proposal, differences, proposal

TEXTS = st.text(alphabet="aå b.\n", max_size=30)


def marked(old: str, new: str) -> str:
    return "".join(f"[{p.text}]" if p.changed else p.text for p in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("Poikkeamislupa", "Poikkeamislupa", "Poikkeamislupa"),
        ("Poikkeamislupa, Kivelä", "Poikkeamislupa, Kivilä", "Poikkeamislupa, Kiv[i]lä"),
        ("Haetaan lupaa.", "Haetaan uutta lupaa.", "Haetaan[ uutta] lupaa."),
        ("vastaus", "päätös", "[päätös]"),
        ("", "Uusi", "[Uusi]"),
        ("Vanha", "", ""),
        ("erä 1.2.2026", "erä 1.3.2026", "erä 1.[3].2026"),
    ],
)
def test_what_is_new_is_marked(old: str, new: str, seen: str) -> None:
    assert marked(old, new) == seen


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_text(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces) == new
    assert all(a.changed != b.changed for a, b in pairwise(pieces))
    if old == new:
        assert pieces in ((), (Piece(new, False),))


def test_edits_in_different_places_join() -> None:
    made = proposal(
        "Hakija hakee lupaa. Naapuria kuullaan.",
        "Hakija hakee poikkeamislupaa. Naapuria kuullaan.",
        "Hakija hakee lupaa. Naapureita kuullaan.",
    )
    assert made == Proposal("Hakija hakee poikkeamislupaa. Naapureita kuullaan.", True)


def test_edits_of_the_same_word_both_stand_and_it_is_said() -> None:
    base = "Asia {what}. Kirje saapui. Naapurit kuullaan."
    made = proposal(
        base.format(what="tuli vireille"),
        base.format(what="tuli vireille").replace("Kirje", "Hakemus"),
        base.format(what="tuli vireille eilen").replace("Kirje", "Valitus"),
    )
    assert made == Proposal(
        "Asia tuli vireille. Hakemus saapui. / Asia tuli vireille eilen. Valitus saapui. Naapurit kuullaan.",
        False,
    )


def test_a_long_text_is_compared_by_lines() -> None:
    base = "".join(f"Rivi {n} on tässä.\n" for n in range(2000))
    mine = base.replace("Rivi 7 on", "Rivi seitsemän on")
    assert marked(base, mine).count("[") == 1
    assert "[Rivi seitsemän on tässä.\n]" in marked(base, mine)
    assert proposal(base, mine, base + "Loppu.\n") == Proposal(mine + "Loppu.\n", True)


@given(TEXTS, TEXTS)
def test_one_persons_edit_is_the_proposal(base: str, mine: str) -> None:
    assert proposal(base, mine, base) == Proposal(mine, True)
    assert proposal(base, base, mine) == Proposal(mine, True)
    assert proposal(base, mine, mine) == Proposal(mine, True)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_either_wrote_is_left_out(base: str, mine: str, theirs: str) -> None:
    made = proposal(base, mine, theirs)
    swapped = proposal(base, theirs, mine)
    assert made.clean == swapped.clean
    if made.clean:
        assert made.text == swapped.text
    for other in (mine, theirs):
        for piece in differences(base, other):
            if piece.changed:
                assert piece.text.strip() in made.text
