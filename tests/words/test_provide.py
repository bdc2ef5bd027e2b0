"""The lexicon is built by itself, whole or not at all, and a damaged one is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench.words import Lexicon, build_in_background, ensure
from workbench.words.build import build, source_forms, write_lexicon
from workbench.words.complete import Paradigms
from workbench.words.edits import edit_between
from workbench.words.lexicon import RECORDS_OFFSET, is_intact, lexicon_path

SAMPLE = [
    *[
        (f"kokou{ending}", "kokous")
        for ending in ("s", "ksen", "ksessa", "sta", "kset", "kseen", "ksia", "ksi")
    ],
    ("Vetelin", "Veteli"),
    ("Veteli", "Veteli"),
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build from a handful of forms: these tests are about files, not about Finnish."""
    monkeypatch.setattr("workbench.words.build.source_forms", lambda: iter(SAMPLE))


def test_a_built_lexicon_answers(tmp_path: Path, small: None) -> None:
    assert build(tmp_path) == lexicon_path(tmp_path)
    lexicon = Lexicon(tmp_path)
    assert lexicon.ready
    assert [entry.lemma for entry in lexicon.lookup("kokouksessa")] == ["kokous"]
    assert [entry.lemma for entry in lexicon.lookup("vetelin")] == ["veteli"]
    assert lexicon.lookup("rakennus") == ()
    lexicon.close()


def test_a_closed_lexicon_answers_nothing_and_opens_again(tmp_path: Path, small: None) -> None:
    build(tmp_path)
    lexicon = Lexicon(tmp_path)
    assert lexicon.ready
    lexicon.close()
    assert lexicon.lookup("kokous") == ()
    assert lexicon.ready
    lexicon.close()


@pytest.mark.parametrize("place", ["header", "index", "records", "tables", "cut", "empty"])
def test_a_damaged_file_is_built_anew(tmp_path: Path, small: None, place: str) -> None:
    path = build(tmp_path)
    sound = path.read_bytes()
    damaged = bytearray(sound)
    if place in {"cut", "empty"}:
        damaged = damaged[: len(damaged) // 2 if place == "cut" else 0]
    else:
        at = {"header": 2, "index": 5_000, "records": RECORDS_OFFSET + 3, "tables": len(damaged) - 5}[place]
        damaged[at] ^= 0x5A
    path.write_bytes(damaged)
    assert not is_intact(path)
    if place != "records":  # the quick look at opening does not read all records; ``ensure`` does
        assert not Lexicon(tmp_path).ready
    build(tmp_path)
    assert path.read_bytes() == sound
    assert is_intact(path)


def test_a_lexicon_that_saw_damage_takes_up_the_mended_file(tmp_path: Path, small: None) -> None:
    path = build(tmp_path)
    sound = path.read_bytes()
    path.write_bytes(b"rubbish")
    lexicon = Lexicon(tmp_path)
    assert not lexicon.ready
    path.write_bytes(sound)
    assert lexicon.ready
    lexicon.close()


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        yield from SAMPLE
        raise OSError("disk full")

    monkeypatch.setattr("workbench.words.build.source_forms", broken)
    with pytest.raises(OSError, match="disk full"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_old_versions_and_old_leavings_are_swept(tmp_path: Path, small: None) -> None:
    old = tmp_path / "fi-0.9.1-1.lexicon"
    crashed = tmp_path / "fi-2.0.0-1.lexicon.77-ab.part"
    fresh = tmp_path / "fi-2.0.0-1.lexicon.78-cd.part"
    other = tmp_path / "notes.txt"
    for path in (old, crashed, fresh, other):
        path.write_bytes(b"x")
    os.utime(crashed, (0, 0))
    build(tmp_path)
    assert not old.exists()
    assert not crashed.exists()
    assert fresh.exists()
    assert other.exists()


def test_trouble_is_answered_with_no_not_with_an_exception(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert ensure(blocked / "words") is False


def test_the_window_is_told_when_the_words_are_there(lexicon_folder: Path) -> None:
    told: list[bool] = []
    here = threading.Event()

    def done(outcome: bool) -> None:
        told.append(outcome)
        here.set()

    build_in_background(lexicon_folder, done).join(60)
    assert here.is_set()
    assert told == [True]


def test_both_ways_of_reading_the_source_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    from simplemma.strategies.dictionaries import dictionary_factory

    some = {"kokouksen": "kokous", "Vetelin": "Veteli"}

    class Factory:
        def get_dictionary(self, _language: str) -> dict[str, str]:
            return some

    streamed = {form: lemma for form, lemma in source_forms() if form in some}
    monkeypatch.delattr(dictionary_factory, "_read_decompressed")
    monkeypatch.setattr(dictionary_factory, "DefaultDictionaryFactory", Factory)
    assert dict(source_forms()) == streamed == some


def test_a_form_lost_to_another_word_comes_back(tmp_path: Path) -> None:
    """``sillan`` is given for ``silla`` only, yet words like ``silta`` have it."""
    stems = ["kulta", "valta", "ilta", "lauta", "kilta", "multa", "valta", "tulta"]
    endings = {
        "a": "ta",
        "an": "lan",
        "assa": "lassa",
        "at": "lat",
        "alla": "lalla",
        "alta": "lalta",
        "ana": "tana",
    }
    forms = [
        (word[:-2] + change, word)
        for word in [*stems, "silta"]
        if word.endswith("lta")
        for change in endings.values()
    ]
    forms = [pair for pair in forms if pair != ("sillan", "silta")]
    forms += [("silta" + ending, "silta") for ending in ("a", "na", "mme", "nne")] + [("sillan", "silla")]
    target = tmp_path / "x.lexicon"
    write_lexicon(iter(forms), target)
    lexicon = Lexicon(tmp_path)
    lexicon.path = target
    assert lexicon.ready
    assert {entry.lemma for entry in lexicon.lookup("sillan")} == {"silla", "silta"}
    lexicon.close()


def test_rare_endings_teach_nothing() -> None:
    paradigms = Paradigms()
    paradigms.take("teiden", "tie")
    assert list(paradigms.forms("tie")) == []


@pytest.mark.parametrize(
    ("form", "lemma", "edit"),
    [
        ("kokouksen", "kokous", (4, "s")),
        ("kokous", "kokous", (0, "")),
        ("sa", "sana", (0, "na")),
        ("", "x", (0, "x")),
    ],
)
def test_edits_lead_from_form_to_lemma(form: str, lemma: str, edit: tuple[int, str]) -> None:
    assert edit_between(form, lemma) == edit
    assert form[: len(form) - edit[0]] + edit[1] == lemma


def _build_twice_at_once(folder: Path, program: list[str]) -> None:
    root = Path(__file__).resolve().parents[2]
    builders = [
        subprocess.Popen([sys.executable, *program, str(folder)], cwd=root, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for builder in builders:
        _, trouble = builder.communicate(timeout=300)
        assert builder.returncode == 0, trouble.decode()
    assert [path.name for path in folder.iterdir()] == [lexicon_path(folder).name]
    assert is_intact(lexicon_path(folder))


FEWER_FORMS = """
import itertools, sys
from workbench.words import build
everything = build.source_forms
build.source_forms = lambda: itertools.islice(everything(), 60_000)
sys.exit(build.main(sys.argv[1:]))
"""


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    _build_twice_at_once(tmp_path, ["-c", FEWER_FORMS])


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_processes_may_build_the_whole_at_once(tmp_path: Path) -> None:
    _build_twice_at_once(tmp_path, ["-m", "workbench.words.build"])
