"""The program's Finnish: translatable, whole sentences, one term for one thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import tree

PACKAGE = Path(__file__).resolve().parents[1] / "workbench"
MARKS = {"_", "N_", "ngettext"}

# Words an official would not use, or a second word for a thing that has one; and what to say instead.
BANNED = {
    r"dokument": "asiakirja",
    r"\btietue": "asia, asiakirja, rivi",
    r"\bklik": "valitse, paina",
    r"diaarinumero|\bdnro": "asiatunnus",
    r"\bdeletoi|\bdeleto": "poista, hävitä",
    r"\berror\b|\bfail": "virhe, ei onnistunut",
    r"\buser\b|\bkäyttäjätunn": "henkilö",
    r"\bpäivitä tietokanta": "tallenna",
    r"\bcase\b|\bcasea": "asia",
    r"varahenkilö|varamies": "sijainen",
    r"\bok\b": "selvä",
    r"syöttää|syötä\b": "kirjoita, anna",
}


def messages() -> Iterator[tuple[str, int, ast.Call]]:
    """Every call that marks a message: file, line, call."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                yield str(path.relative_to(PACKAGE)), node.lineno, node


def texts() -> list[tuple[str, int, str]]:
    found = []
    for file, line, call in messages():
        count = 2 if isinstance(call.func, ast.Name) and call.func.id == "ngettext" else 1
        for argument in call.args[:count]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.append((file, line, argument.value))
    return found


def test_there_are_messages_to_look_at() -> None:
    assert len(texts()) > 500


def test_a_message_is_one_literal_never_built() -> None:
    built = [
        f"{file}:{line}"
        for file, line, call in messages()
        for argument in call.args[: 2 if getattr(call.func, "id", "") == "ngettext" else 1]
        if isinstance(argument, (ast.JoinedStr, ast.BinOp))
    ]
    assert built == [], "a translated sentence is one message with named places"


def test_places_in_messages_are_named() -> None:
    unnamed = [f"{f}:{n}: {t}" for f, n, t in texts() if re.search(r"(?<!\{)\{\}|\{\d+\}|%[sd]", t)]
    assert unnamed == []


@pytest.mark.parametrize("pattern", BANNED, ids=list(BANNED))
def test_one_term_for_one_thing(pattern: str) -> None:
    # Places, options and commands are not Finnish words.
    plain = ((f, n, re.sub(r"\{[^}]*\}|--[\w-]+|workbench \w+", "", t)) for f, n, t in texts())
    wrong = [f"{f}:{n}: {t}" for f, n, t in plain if re.search(pattern, t, re.IGNORECASE)]
    assert wrong == [], f"say: {BANNED[pattern]}"


def test_finnish_sentences_have_no_straight_quotes_or_doubled_blanks() -> None:
    odd = [f"{f}:{n}: {t}" for f, n, t in texts() if '"' in t or "  " in t.strip()]
    assert odd == [], "Finnish quotes are ”…”"
