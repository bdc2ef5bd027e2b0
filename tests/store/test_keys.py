"""Any one secret opens the store, a wrong one never does and says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes.ring import FakeRing
from workbench.errors import StorageProblem, UserError
from workbench.store import keys


@pytest.fixture(autouse=True)
def light_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_ARGON", {"time_cost": 1, "memory_cost": 64, "parallelism": 1})


def make(path: Path, **ways: object) -> tuple[keys.KeySet, str]:
    given = {"passphrase": None, "ring": None, "demo": False} | ways
    return keys.create_keys(path, "profiili", **given)  # type: ignore[arg-type]


def test_each_secret_alone_opens(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", FakeRing()
    made, recovery = make(path, passphrase="pitkä salalause", ring=ring)
    assert keys.open_keys(path, passphrase="pitkä salalause", ring=None) == made
    assert keys.open_keys(path, passphrase=None, ring=ring) == made
    assert keys.open_with_recovery(path, recovery) == made
    assert keys.open_with_recovery(path, recovery.lower().replace("-", " ")) == made


def test_no_secret_lies_in_the_file(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", FakeRing()
    made, recovery = make(path, passphrase="pitkä salalause", ring=ring)
    text = path.read_text(encoding="utf-8")
    for secret in (made.data_key.hex(), made.database_key(), "salalause", recovery, *ring.secrets.values()):
        assert secret not in text


def test_a_wrong_passphrase_is_told_from_a_missing_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make(path, passphrase="oikea")
    with pytest.raises(UserError) as wrong:
        keys.open_keys(path, passphrase="väärä", ring=None)
    assert wrong.value.code == "wrong_passphrase"
    with pytest.raises(UserError, match="WORKBENCH_PASSPHRASE") as missing:
        keys.open_keys(path, passphrase=None, ring=FakeRing())
    assert missing.value.code == "no_key"


@pytest.mark.parametrize("text", ["AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "lyhyt", "", "ä1890" * 9])
def test_a_wrong_recovery_key_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    make(path, passphrase="oikea")
    with pytest.raises(UserError, match="alautusavai") as refused:
        keys.open_with_recovery(path, text)
    assert refused.value.field == "recovery_key"


def test_a_ring_with_another_secret_does_not_open(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", FakeRing()
    make(path, ring=ring)
    ring.secrets["profiili"] = "00" * 32
    with pytest.raises(UserError):
        keys.open_keys(path, passphrase=None, ring=ring)


def test_without_ring_and_passphrase_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="WORKBENCH_PASSPHRASE") as refused:
        make(tmp_path / "keys.json", ring=FakeRing(works=False))
    assert refused.value.code == "no_keyring" and not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize("content", ["", "{", "{}", '{"wraps": {}}', "[]", '{"wraps": {"recovery": {}}}'])
def test_a_damaged_key_file_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StorageProblem, match="vaurioitunut"):
        keys.open_keys(path, passphrase="x", ring=None)
    with pytest.raises(StorageProblem, match="vaurioitunut"):
        keys.open_with_recovery(path, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")


def test_a_flipped_bit_never_gives_another_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make(path, passphrase="oikea")
    content = json.loads(path.read_text(encoding="utf-8"))
    wrapped = content["wraps"]["passphrase"]["wrapped"]
    content["wraps"]["passphrase"]["wrapped"] = ("0" if wrapped[0] != "0" else "1") + wrapped[1:]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UserError, match="Salalause"):
        keys.open_keys(path, passphrase="oikea", ring=None)


def test_moving_to_a_new_machine_keeps_the_recovery_key(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", FakeRing()
    made, recovery = make(path, passphrase="vanha")
    keys.rewrap(path, made, passphrase=None, ring=ring)
    assert keys.open_keys(path, passphrase=None, ring=ring) == made
    assert keys.open_with_recovery(path, recovery) == made
    with pytest.raises(UserError, match="WORKBENCH_PASSPHRASE"):
        keys.rewrap(path, made, passphrase=None, ring=FakeRing(works=False))
    assert keys.open_keys(path, passphrase=None, ring=ring) == made


def test_a_new_recovery_key_replaces_the_former_one(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", FakeRing()
    made, former = make(path, passphrase="pitkä salalause", ring=ring)
    fresh = keys.new_recovery_key()
    assert fresh != former
    keys.set_recovery_key(path, made, fresh)
    assert keys.open_with_recovery(path, fresh) == made
    with pytest.raises(UserError, match="ei ole oikea"):
        keys.open_with_recovery(path, former)
    assert keys.open_keys(path, passphrase="pitkä salalause", ring=None) == made
    assert keys.open_keys(path, passphrase=None, ring=ring) == made
    assert fresh not in path.read_text(encoding="utf-8")
