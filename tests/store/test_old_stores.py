"""Stores made by every released schema open, are whole, and go on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.words import FakeWords
from workbench.cases.detail import load_case
from workbench.cases.queries import CaseFilter, find_case_id, find_cases
from workbench.cases.register import RegisterCase
from workbench.cases.search import search
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.store.check import check_store
from workbench.store.store import Store

KEPT = sorted((Path(__file__).resolve().parents[1] / "old_stores").glob("*.zip"))
SESSION = Session("aino", "924")


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_an_old_store_opens_whole_and_goes_on(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(tmp_path / "home")
    store = Store.open(tmp_path / "home", whole_domain(), FakeClock(), FakeWords())
    try:
        assert check_store(store) == []
        with store.read_as(SESSION) as reader:
            assert len(find_cases(reader, CaseFilter(state="all"))) == 3
            case = load_case(reader, find_case_id(reader, "42/10.03.03/2026") or "")
            assert [hit.case.number for hit in search(reader, "koulukuljetus")] == ["43/10.03.03/2026"]
        assert case.fields["title"] == "Kaivon rakentaminen" and case.parties[0]["street"] is None
        letter = case.documents[0].file
        assert letter is not None
        assert store.blobs.read("924", letter.sha256).decode() == "Kirje 2: Kaivon rakentaminen."
        made = store.execute(RegisterCase(municipality="924", class_code="10.03.03", title="Uusi"), SESSION)
        assert made.result.number == "44/10.03.03/2026"
        assert check_store(store) == []
    finally:
        store.close()
