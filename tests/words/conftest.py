"""One lexicon for all runs: built by the real builder in its real child process.

It is kept while the builder stays as it is, so that only the first run waits for it.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import workbench.words
from workbench.words import Analyser, Lexicon, ensure

_LONGEST_BUILD_S = 300
_BUILDER = ("build.py", "complete.py", "edits.py", "lexicon.py", "tokens.py")


@pytest.fixture(scope="session")
def lexicon_folder() -> Path:
    package = Path(workbench.words.__file__).parent
    digest = hashlib.sha256(b"".join((package / name).read_bytes() for name in _BUILDER)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"seutupoyta-test-words-{digest}"
    folder.mkdir(exist_ok=True)
    with _alone(folder / "building"):
        assert ensure(folder), "the lexicon could not be built"
    return folder


@contextmanager
def _alone(mark: Path) -> Iterator[None]:
    """Test processes side by side build one after the other: the second then finds it built."""
    while True:
        try:
            mark.touch(exist_ok=False)
            break
        except FileExistsError:
            with suppress(FileNotFoundError):
                if time.time() - mark.stat().st_mtime > _LONGEST_BUILD_S:  # left by a killed run
                    mark.unlink()
            time.sleep(0.2)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test that needs the lexicon waits for it to be built."""
    for item in items:
        if isinstance(item, pytest.Function) and "lexicon_folder" in item.fixturenames:
            item.add_marker(pytest.mark.timeout(2 * _LONGEST_BUILD_S))


@pytest.fixture(scope="session")
def lexicon(lexicon_folder: Path) -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_folder)
    assert lexicon.ready
    yield lexicon
    lexicon.close()


@pytest.fixture(scope="session")
def analyser(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon)
