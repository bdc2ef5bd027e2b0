"""A built lexicon, kept between runs, and a store for each module."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench.words
from tests.cases.intake.suggesting.office import Office, make_office
from workbench.words import Analyser, Lexicon, ensure


@pytest.fixture(scope="session")
def words_analyser() -> Iterator[Analyser]:
    package = Path(workbench.words.__file__).parent
    sources = sorted(package.glob("*.py"))
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"seutupoyta-test-suggesting-{digest}"
    folder.mkdir(exist_ok=True)
    assert ensure(folder), "the lexicon could not be built"
    lexicon = Lexicon(folder)
    yield Analyser(lexicon)
    lexicon.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, words_analyser: Analyser) -> Iterator[Office]:
    """A store of its own for each test module."""
    made = make_office(Path(tmp_path_factory.mktemp("home")) / "store", words_analyser)
    yield made
    made.store.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test that needs the lexicon waits for it to be built."""
    for item in items:
        if isinstance(item, pytest.Function) and "words_analyser" in item.fixturenames:
            item.add_marker(pytest.mark.timeout(600))
