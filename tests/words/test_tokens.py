"""The words of a text, the same for what is indexed and for what is asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.words import fold, tokens
from workbench.words.tokens import LONGEST_TOKEN

DIARY_NUMBERS = st.builds(
    "{}/{:02}.{:02}.{:02}/{}".format,
    st.integers(1, 99_999),
    st.integers(0, 14),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(1990, 2099),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kokous pidettiin, Vetelissä.", ["kokous", "pidettiin", "vetelissä"]),
        ("maa- ja metsätalous", ["maa", "ja", "metsätalous"]),
        ("EU-hanke", ["eu-hanke", "eu", "hanke"]),
        ("EU\u2011hanke", ["eu-hanke", "eu", "hanke"]),
        ("EU:n ELY:lle", ["eu:n", "eu", "ely:lle", "ely"]),
        ("12/10.03.03/2026", ["12/10.03.03/2026", "12", "10.03.03", "10", "03", "03", "2026"]),
        ("10.03.03", ["10.03.03", "10", "03", "03"]),
        ("Café Åland, Šakki", ["cafe", "åland", "sakki"]),
        ("raken\u00adnus", ["rakennus"]),
        ("rakennus-\nlupa haettiin", ["rakennuslupa", "haettiin"]),
        ("maa-\nja metsätalous", ["maa", "ja", "metsätalous"]),
        ("\ufb01nanssi m²", ["finanssi", "m2"]),
        ("2024–2026", ["2024", "2026"]),
        ("liite_1.pdf", ["liite_1.pdf", "liite", "1.pdf", "1", "pdf"]),
        ("klo 12:30", ["klo", "12:30", "12", "30"]),
        ("§ … !?", []),
        ("", []),
    ],
)
def test_text_to_words(text: str, expected: list[str]) -> None:
    assert list(tokens(text)) == expected


def test_an_address_is_found_whole_and_by_its_parts() -> None:
    found = list(tokens("Lähettäjä: Maija.Mallikas@veteli.fi"))
    assert found[1] == "maija.mallikas@veteli.fi"
    assert {"maija", "mallikas", "veteli", "veteli.fi"} <= set(found)


@given(st.text(max_size=80), DIARY_NUMBERS, st.text(max_size=80))
def test_every_diary_number_is_kept_whole(before: str, number: str, after: str) -> None:
    found = list(tokens(f"{before} ({number}) {after}"))
    assert number in found
    assert set(number.split("/")) <= set(found)


@given(st.text(max_size=200))
def test_tokens_of_tokens_are_the_same_words(text: str) -> None:
    once = list(tokens(text))
    assert set(tokens(" ".join(once))) == set(once)


@given(st.text(max_size=100), st.text(max_size=100))
def test_texts_side_by_side_give_the_words_of_both(one: str, other: str) -> None:
    assert list(tokens(f"{one} ; {other}")) == [*tokens(one), *tokens(other)]


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert unicodedata.is_normalized("NFC", folded)


@given(st.text(alphabet="aåäöéAÅÄÖ-kst ", max_size=40))
def test_composed_and_decomposed_letters_are_the_same_word(text: str) -> None:
    assert list(tokens(unicodedata.normalize("NFD", text))) == list(tokens(text))


def test_an_endless_run_neither_hangs_nor_fills_the_index() -> None:
    found = list(tokens("a." * 50_000 + " " + "x" * 5_000))
    assert set(found) == {"a"}
    assert all(len(token) <= LONGEST_TOKEN for token in found)
