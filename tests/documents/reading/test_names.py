"""A stranger's file name is safe to show and to save under, and keeps what is harmless of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.documents.reading.names import MAX_CHARACTERS, safe_filename, unique_filenames

DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")}
AWKWARD = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from(list('./\\:*?"<>| \x00\x7f\u202e\u200b\u0301🌲')),
        st.sampled_from(["CON", "NUL", "com1", "..", ".pdf", "LPT³"]).map(lambda word: word[0]),
    ),
    max_size=400,
)
NAMES = st.one_of(AWKWARD, st.sampled_from(sorted(DEVICES)).flatmap(lambda d: AWKWARD.map(lambda t: d + t)))


def assert_legal(name: str) -> None:
    assert 0 < len(name) <= MAX_CHARACTERS
    assert len(name.encode("utf-8")) <= 255  # Linux; also refuses lone surrogates
    assert len(name.encode("utf-16-le")) // 2 <= 255  # Windows
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in name)
    assert name not in (".", "..")
    assert name == name.strip(" ")
    assert not name.endswith(".")
    assert name.split(".")[0].rstrip(" ").upper() not in DEVICES
    assert unicodedata.is_normalized("NFC", name)


@given(NAMES)
@example("CON" + " " * 200 + ".txt")
@example("a" * 149 + ". .pdf")
@example("🌲" * 200 + ".pdf")
@example("e\u200b\u0301.txt")
@example("..\u202e")
@example("x." + "y" * 300)
def test_always_legal_and_its_own_safe_form(name: str) -> None:
    safe = safe_filename(name)
    assert_legal(safe)
    assert safe_filename(safe) == safe


@given(st.lists(NAMES, max_size=12))
def test_siblings_get_names_of_their_own(names: list[str]) -> None:
    unique = unique_filenames(safe_filename(name) for name in names)
    assert len({name.casefold() for name in unique}) == len(names)
    for name in unique:
        assert_legal(name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Rakennuslupahakemus.pdf", "Rakennuslupahakemus.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.txt", "x.txt"),
        ("C:\\Users\\aino\\Työpöytä\\lausunto.docx", "lausunto.docx"),
        ("C:lausunto.docx", "C_lausunto.docx"),
        ("Kokous 12/2026.pdf", "Kokous 12-2026.pdf"),
        ("con.TXT", "_con.TXT"),
        ("NUL", "_NUL"),
        ("COM1.tar.gz", "_COM1.tar.gz"),
        ("Conrad.txt", "Conrad.txt"),
        ("lasku\u202efdp.exe", "laskufdp.exe"),
        ("Lä\u0308hio\u0308.txt", "Lä\u0308hiö.txt"),
        ("raportti.pdf...  ", "raportti.pdf"),
        (".pdf", "nimetön.pdf"),
        ("", "nimetön"),
        ("  \x00\u202e ", "nimetön"),
        ("...", "nimetön"),
        ("<script>alert(1).js", "_script_alert(1).js"),
    ],
)
def test_examples(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    safe = safe_filename("Lausunto asemakaavan muutoksesta " * 20 + ".docx")
    assert len(safe) <= MAX_CHARACTERS
    assert safe.startswith("Lausunto asemakaavan")
    assert safe.endswith(".docx")
