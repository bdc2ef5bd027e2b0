"""One lexicon for the whole run: built once, by the real builder in its real child process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.words import Analyser, Lexicon, ensure


@pytest.fixture(scope="session")
def lexicon_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    assert ensure(folder), "the lexicon could not be built"
    return folder


@pytest.fixture(scope="session")
def lexicon(lexicon_folder: Path) -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_folder)
    assert lexicon.ready
    yield lexicon
    lexicon.close()


@pytest.fixture(scope="session")
def analyser(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon)
