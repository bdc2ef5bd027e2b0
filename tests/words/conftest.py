"""One lexicon for all runs: built by the real builder in its real child process.

It is kept while the builder stays as it is, so that only the first run waits for it.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench.words
from workbench.words import Analyser, Lexicon, ensure

_BUILDER = ("build.py", "complete.py", "edits.py", "lexicon.py", "tokens.py")


@pytest.fixture(scope="session")
def lexicon_folder() -> Path:
    package = Path(workbench.words.__file__).parent
    digest = hashlib.sha256(b"".join((package / name).read_bytes() for name in _BUILDER)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"seutupoyta-test-words-{digest}"
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
