"""Migration in: what an old system exports arrives whole, once, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.words import FakeWords
from workbench.cases.detail import load_case
from workbench.cases.migration.bundle import open_bundle, shape_faults
from workbench.cases.migration.importing import import_bundle, judge
from workbench.cases.queries import CaseFilter, find_case_id, find_cases
from workbench.cases.register import RegisterCase
from workbench.cases.search import search
from workbench.clock import SystemClock
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.errors import Problems, UserError
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.setup.municipality import SetUp, set_up
from workbench.store.check import check_store
from workbench.store.store import Store

SESSION = Session("aino", "924")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "home")
    yield made
    made.close()


def new_store(home: Path) -> Store:
    made, _recovery = Store.create(home, whole_domain(), SystemClock(), FakeWords(), encrypted=False)
    set_up(made, SESSION, SetUp(code="924"))
    person = {"name": "Aino Mäkelä", "home_municipality": "924", "employment": "virka", "active": True}
    made.execute(AddPerson(person_id="aino", values=person), SESSION)
    made.execute(GiveRole(person_id="aino", municipality="924", role=Role.REGISTRAR, secret=True), SESSION)
    return made


def write_bundle(folder: Path, rows: list[dict[str, Any]], files: dict[str, bytes] | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"format": "seutupoyta-bundle", "format_version": 1, "municipality": "924", "source": "Vanha"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "cases.jsonl").write_text(lines, encoding="utf-8")
    for name, content in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def case(external: str, **more: Any) -> dict[str, Any]:
    return {"external_id": external, "title": f"Asia {external}", "class": "10.03.03",
            "opened_on": "2024-05-02"} | more  # fmt: skip


LETTER = "Pyydän kaivamaan kaivon pihalleni.".encode()


def with_letter(external: str, **more: Any) -> dict[str, Any]:
    file = {"path": "files/kirje.txt", "sha256": hashlib.sha256(LETTER).hexdigest()}
    document = {"title": "Kirje", "type": "Kirje", "sender": "Maija Malli", "file": file,
                "attachments": [{"title": "Kartta", "type": "Liite"}]}  # fmt: skip
    return case(external, documents=[document], **more)


def test_a_case_arrives_with_its_number_letter_parties_and_is_found(store: Store, tmp_path: Path) -> None:
    party = {"role": "initiator", "name": "Maija Malli", "street": "Salainen tie 1", "protected": True}
    row = with_letter("A-1", number="17/10.03.03/2024", parties=[party], state="closed",
                      closed_on="2024-09-01",
                      notes=[{"text": "Soitettu", "made_at": "2024-05-03T09:00:00+03:00"}])  # fmt: skip
    bundle = open_bundle(write_bundle(tmp_path / "b", [row], {"files/kirje.txt": LETTER}))
    outcome = import_bundle(store, SESSION, bundle)
    assert (outcome.count("new"), outcome.count("error")) == (1, 0)
    with store.read_as(SESSION) as reader:
        found = load_case(reader, find_case_id(reader, "17/10.03.03/2024") or "")
        hits = search(reader, "kaivon", typing=False)
    assert found.fields["closed_on"].isoformat() == "2024-09-01"
    letter = found.documents[0]
    assert letter.file is not None and letter.file.sha256 == hashlib.sha256(LETTER).hexdigest()
    assert [a.fields["title"] for a in letter.attachments] == ["Kartta"]
    assert found.parties[0]["street"] is None, "a protected address stays apart"
    assert [h.case.number for h in hits] == ["17/10.03.03/2024"]
    assert b"".join(store.blobs.open("924", letter.file.sha256)) == LETTER
    assert check_store(store) == []


def test_running_again_brings_nothing_twice(store: Store, tmp_path: Path) -> None:
    bundle = open_bundle(write_bundle(tmp_path / "b", [case("A-1"), case("A-2")]))
    import_bundle(store, SESSION, bundle)
    again = import_bundle(store, SESSION, bundle)
    assert again.count("present") == 2 and again.count("new") == 0
    more = open_bundle(write_bundle(tmp_path / "c", [case("A-2"), case("A-3")]))
    assert import_bundle(store, SESSION, more).count("new") == 1
    with store.read_as(SESSION) as reader:
        assert len(find_cases(reader, CaseFilter(state="all"))) == 3


def test_one_wrong_row_and_nothing_comes(store: Store, tmp_path: Path) -> None:
    rows = [case("A-1"), case("A-2", **{"class": "99.99.99"}), with_letter("A-3")]
    bundle = open_bundle(write_bundle(tmp_path / "b", rows, {"files/kirje.txt": b"muuta"}))
    verdicts = {v.external_id: v for v in judge(store, SESSION, bundle).verdicts}
    assert verdicts["A-1"].verdict == "new"
    assert "tiedonohjaussuunnitelmassa" in verdicts["A-2"].reasons[0]
    assert "tarkistussummaan" in verdicts["A-3"].reasons[0]
    with pytest.raises(Problems) as refused:
        import_bundle(store, SESSION, bundle)
    assert len(refused.value.problems) == 2
    with store.read_as(SESSION) as reader:
        assert len(find_cases(reader, CaseFilter(state="all"))) == 0


def test_a_failure_in_the_last_batch_takes_everything_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.cases.migration.importing.BATCH", 1)
    bundle = open_bundle(write_bundle(tmp_path / "b", [case("A-1"), case("A-2"), with_letter("A-3")],
                                      {"files/kirje.txt": LETTER}))  # fmt: skip
    real_has = store.blobs.has
    monkeypatch.setattr(store.blobs, "has", lambda *_args: False)
    with pytest.raises(Exception, match="jäi kesken"):
        import_bundle(store, SESSION, bundle)
    monkeypatch.setattr(store.blobs, "has", real_has)
    with store.read_as(SESSION) as reader:
        assert len(find_cases(reader, CaseFilter(state="all"))) == 0
    assert import_bundle(store, SESSION, bundle).count("new") == 3, "the same run goes through afterwards"


def test_own_numbers_go_on_after_the_imported_ones(store: Store, tmp_path: Path) -> None:
    year = datetime.now(UTC).year
    rows = [case("A-1", number=f"41/10.03.03/{year}"), case("A-2", number=f"7/00.00.01/{year}")]
    import_bundle(store, SESSION, open_bundle(write_bundle(tmp_path / "b", rows)))
    made = store.execute(RegisterCase(municipality="924", class_code="10.03.03", title="Uusi"), SESSION)
    assert made.result.number == f"42/10.03.03/{year}"


@pytest.mark.parametrize("path", ["../muualla.txt", "/etc/hostname", "files/../../x"])
def test_a_path_out_of_the_bundle_is_refused(store: Store, tmp_path: Path, path: str) -> None:
    row = case("A-1", documents=[{"title": "K", "type": "Kirje", "file": {"path": path, "sha256": "0" * 64}}])
    bundle = open_bundle(write_bundle(tmp_path / "b", [row]))
    (verdict,) = judge(store, SESSION, bundle).verdicts
    assert verdict.verdict == "error" and "ulkopuolelle" in verdict.reasons[0]


def test_a_folder_that_is_no_bundle_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ei ole tuontipakettia"):
        open_bundle(tmp_path)
    write_bundle(tmp_path, [])
    (tmp_path / "manifest.json").write_text('{"format": "seutupoyta-bundle", "format_version": 9}')
    with pytest.raises(UserError, match="versio on 9"):
        open_bundle(tmp_path)


_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
_rows = st.lists(
    st.fixed_dictionaries(
        {
            "external_id": st.sampled_from(["A", "B", "C", "D", "E"]),
            "title": _text.filter(lambda t: t.strip()),
            "class": st.sampled_from(["10.03.03", "00.00.01", "01.01.01", "77.77", "10"]),
            "opened_on": st.sampled_from(["2024-05-02", "2019-12-31", "2024-13-40"]),
        },
        optional={
            "number": st.one_of(st.none(), st.sampled_from(["1/10.03.03/2020", "2/00.00.01/2020"])),
            "state": st.sampled_from(["open", "closed"]),
            "closed_on": st.sampled_from(["2024-06-01", None]),
            "values": st.sampled_from([{}, {"publicity": "Julkinen"}, {"publicity": "Salassa pidettävä"}]),
            "documents": st.lists(
                st.fixed_dictionaries({"title": _text, "type": st.just("Kirje")}), max_size=3
            ),
            "outo": st.integers(),
        },
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_rows)
def test_any_bundle_is_imported_whole_or_not_at_all(
    rows: list[dict[str, Any]], tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("b")
    made = new_store(folder / "home")
    try:
        bundle = open_bundle(write_bundle(folder / "bundle", rows))
        judged = judge(made, SESSION, bundle)
        assert len(judged.verdicts) == len(rows)
        if judged.clean:
            import_bundle(made, SESSION, bundle)
            again = judge(made, SESSION, bundle)
            assert again.count("present") == len(rows)
        else:
            with pytest.raises(Problems):
                import_bundle(made, SESSION, bundle)
        with made.read_as(SESSION) as reader:
            here = len(find_cases(reader, CaseFilter(state="all")))
        assert here == (len(rows) if judged.clean else 0)
        assert check_store(made) == []
    finally:
        made.close()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_any_json_is_judged_without_a_crash(data: Any) -> None:
    assert isinstance(shape_faults(data), str)
