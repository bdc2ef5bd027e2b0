"""A searcher finds a word by its basic form and by the parts of a compound."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words.vocabulary import COMPOUNDS, INFLECTED, WHOLE_WORDS
from workbench.words import Analyser, Lexicon


@pytest.mark.parametrize(("form", "lemma"), INFLECTED)
def test_an_inflected_form_is_found_by_its_lemma(analyser: Analyser, form: str, lemma: str) -> None:
    assert lemma in analyser.analyse(form)


def test_the_lemma_comes_first_nearly_always(analyser: Analyser) -> None:
    wrong = [(form, lemma) for form, lemma in INFLECTED if analyser.analyse(form)[0] != lemma]
    assert len(wrong) <= len(INFLECTED) * 0.03, wrong


def test_a_lemma_is_its_own_lemma(analyser: Analyser) -> None:
    assert [lemma for _, lemma in INFLECTED if lemma not in analyser.analyse(lemma)] == []


@pytest.mark.parametrize("form", COMPOUNDS)
def test_a_compound_is_found_by_its_parts(analyser: Analyser, form: str) -> None:
    assert set(COMPOUNDS[form].split()) <= set(analyser.analyse(form))


@pytest.mark.parametrize("word", WHOLE_WORDS)
def test_a_plain_word_is_not_taken_apart(analyser: Analyser, word: str) -> None:
    assert analyser.analyse(word) == (word,)


def test_the_table_is_as_large_as_promised() -> None:
    assert len(dict(INFLECTED)) >= 150
    assert len(COMPOUNDS) >= 60
    assert len(set(WHOLE_WORDS)) >= 40


@pytest.mark.parametrize(
    "code",
    ["10.03.03", "12/10.03.03/2026", "2026", "2026-11-24", "maija.mallikas@veteli.fi", "a4", "1234567-8"],
)
def test_codes_stay_as_they_are(analyser: Analyser, code: str) -> None:
    assert analyser.analyse(code) == (code,)


def test_a_number_before_a_hyphen_does_not_stop_the_analysis(analyser: Analyser) -> None:
    assert "2020-luku" in analyser.analyse("2020-luvulla")


@pytest.mark.parametrize(
    "forms",
    [
        ("virtaharju", "virtaharjun", "virtaharjulla", "virtaharjulle"),
        ("rahkonen", "rahkosen", "rahkoselle", "rahkosta"),
        ("pulkkisenperä", "pulkkisenperän", "pulkkisenperällä"),
        ("ylä-emmes", "ylä-emmeksen"),
        ("halsualainen", "halsualaisen", "halsualaiset", "halsualaisille"),
        ("norppaniemi", "norppaniemen", "norppaniemellä"),
    ],
)
def test_forms_of_a_name_nobody_listed_meet(analyser: Analyser, forms: tuple[str, ...]) -> None:
    shared = set.intersection(*(set(analyser.analyse(form)) for form in forms))
    assert forms[0] in shared


def test_capitals_and_accents_make_no_difference(analyser: Analyser) -> None:
    assert analyser.analyse("KOKOUKSESSA") == analyser.analyse("kokouksessa")
    assert analyser.analyse("idéan") == analyser.analyse("idean")


def test_a_place_of_the_region_is_not_an_adjective(analyser: Analyser) -> None:
    for form in ("Vetelin", "Vetelissä", "Vetelistä", "Vetelille", "Vetelikin"):
        assert analyser.analyse(form) == ("veteli",), form
    assert "vetelä" in analyser.analyse("vetelää")


def test_without_a_lexicon_the_form_stands_for_itself_until_it_is_built(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    waiting = Analyser(Lexicon(tmp_path))
    assert not waiting.ready
    assert waiting.analyse("Kokouksessa") == ("kokouksessa",)
    (tmp_path / lexicon.path.name).write_bytes(lexicon.path.read_bytes())
    assert waiting.ready
    assert waiting.analyse("Kokouksessa") == ("kokous",)
    waiting.lexicon.close()


def test_many_forms_at_once_give_the_same_answers(analyser: Analyser) -> None:
    forms = [form for form, _ in INFLECTED]
    assert analyser.analyse_many([*forms, *forms]) == {form: analyser.analyse(form) for form in forms}


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(analyser: Analyser, text: str) -> None:
    answer = analyser.analyse(text)
    assert answer
    assert answer == Analyser(analyser.lexicon).analyse(text)


@given(
    st.lists(
        st.sampled_from(["kunnan", "vesi", "lupa", "talous", "rakennus", "tie", "maa", "päätös"]), min_size=2
    )
)
def test_long_chains_of_words_end_soon(analyser: Analyser, parts: list[str]) -> None:
    began = time.perf_counter()
    assert analyser.analyse("".join(parts))
    assert time.perf_counter() - began < 1.0


def test_it_is_fast_enough_for_indexing(lexicon: Lexicon) -> None:
    """A tenth of the measured speed: a slow machine passes, a quadratic rule does not."""
    fresh = Analyser(lexicon)
    forms = [form for form, _ in INFLECTED] + list(COMPOUNDS)
    began = time.perf_counter()
    fresh.analyse_many(forms)
    assert len(forms) / (time.perf_counter() - began) > 1_000
    began = time.perf_counter()
    for _ in range(20):
        for form in forms:
            fresh.analyse(form)
    assert 20 * len(forms) / (time.perf_counter() - began) > 20_000
