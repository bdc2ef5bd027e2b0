"""Whatever arrives is handled, or kept whole with a plain reason, or refused with one. Nothing is lost."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpora.hostile import HostileCase, build
from tests.corpora.hostile_files import recipes as file_recipes
from tests.corpora.hostile_mail import recipes as mail_recipes
from tests.corpora.hostile_messages import recipes as message_recipes
from workbench.documents.reading.model import ParsedArrival, ParsedFile
from workbench.documents.reading.read import read_arrival
from workbench.errors import UserError

NAMES = [recipe.name for recipe in (*mail_recipes(), *message_recipes(), *file_recipes())] + ["large"]
SENTENCE = re.compile(r"^[A-ZÅÄÖ0-9{].{15,}[.]$", re.S)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, HostileCase]]:
    folder = tmp_path_factory.mktemp("hostile")
    yield {case.name: case for case in build(folder)}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading fetches nothing, whatever a file refers to."""

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("the reader used the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def spoken(arrival: ParsedArrival) -> list[str]:
    """Every sentence that the arrival tells a person."""
    return [*arrival.warnings, *(file.note for file in arrival.walk() if file.note)]


def texts(arrival: ParsedArrival) -> str:
    return "\n".join([arrival.body_text, *(file.text for file in arrival.walk())])


def test_the_corpus_is_large_and_named_once() -> None:
    assert len(NAMES) >= 60
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_arrival(name: str, corpus: dict[str, HostileCase]) -> None:
    case = corpus[name]
    if case.expectation == "refused":
        with pytest.raises(UserError, match=re.escape(case.reason)) as refused:
            read_arrival(case.path)
        assert SENTENCE.match(str(refused.value))
        return
    arrival = read_arrival(case.path)
    assert arrival.original.sha256 == sha256(case.path)
    assert arrival.original.size == case.path.stat().st_size
    for expected in case.says:
        assert expected in texts(arrival)
    if case.expectation == "kept":
        assert arrival.original.note or arrival.warnings
    if case.reason:
        assert any(case.reason in sentence for sentence in spoken(arrival)), spoken(arrival)
    assert "root:x:0" not in texts(arrival)  # what the hostile entities point to
    if case.files is not None:
        assert tuple(file.filename for file in arrival.files) == case.files
    if case.media_type:
        assert arrival.original.media_type == case.media_type
    for file in arrival.walk():
        check_kept(file)
    for sentence in spoken(arrival):
        assert SENTENCE.match(sentence), sentence


def check_kept(file: ParsedFile) -> None:
    """Its bytes are there, its text can be stored, and it says why there is none."""
    if file.size < 10_000_000:
        assert hashlib.sha256(file.content).hexdigest() == file.sha256
        assert len(file.content) == file.size
    assert file.text_state == "ok" or file.note
    assert file.text_state != "ok" or file.text
    file.text.encode("utf-8")
    assert "\x00" not in file.text
