"""Content comes back byte for byte or not at all; municipalities never share it."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import StorageProblem
from workbench.store.blobs import BlobStore

KEY = b"k" * 32
SIZES = [0, 1, 17, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 21)]


def both(folder: Path) -> list[BlobStore]:
    return [BlobStore(folder / "plain", None), BlobStore(folder / "sealed", KEY)]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_is_read(tmp_path: Path, size: int) -> None:
    data = (b"Lestij\xc3\xa4rvi " * (size // 10 + 1))[:size]
    for blobs in both(tmp_path):
        ref = blobs.put("924", data)
        assert ref.size == size and blobs.has("924", ref.sha256)
        assert blobs.read("924", ref.sha256) == data


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 10_000), flip=st.integers(0, 7))
def test_any_damage_is_noticed(tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int) -> None:
    folder = tmp_path_factory.mktemp("b")
    for blobs in both(folder):
        ref = blobs.put("924", b"salainen kirje " * 30)
        path = blobs.path("924", ref.sha256)
        whole = path.read_bytes()
        place = cut % len(whole)
        for damaged in (
            whole[:place],
            whole[:place] + bytes([whole[place] ^ (1 << flip)]) + whole[place + 1 :],
            whole + b"x",
        ):
            path.write_bytes(damaged)
            with pytest.raises(StorageProblem, match="vaurioitunut"):
                blobs.read("924", ref.sha256)


def test_a_whole_lost_chunk_is_noticed(tmp_path: Path) -> None:
    for blobs in both(tmp_path):
        ref = blobs.put("924", bytes(3 << 20))
        path = blobs.path("924", ref.sha256)
        path.write_bytes(path.read_bytes()[: 12 + 2 * ((1 << 20) + 16)])
        with pytest.raises(StorageProblem, match="vaurioitunut"):
            blobs.read("924", ref.sha256)


def test_content_moved_under_another_name_does_not_open(tmp_path: Path) -> None:
    for blobs in both(tmp_path):
        one, other = blobs.put("924", b"yksi"), blobs.put("924", b"toinen")
        blobs.path("924", one.sha256).replace(blobs.path("924", other.sha256))
        with pytest.raises(StorageProblem):
            blobs.read("924", other.sha256)


def test_missing_content_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem, match="puuttuu"):
        BlobStore(tmp_path, None).read("924", "a" * 64)


def test_equal_content_is_kept_once_within_a_municipality_and_apart_between_two(tmp_path: Path) -> None:
    for blobs in both(tmp_path):
        first, again = blobs.put("924", b"sama"), blobs.put("924", b"sama")
        assert first == again and len(list(blobs.names())) == 1
        assert not blobs.has("236", first.sha256)
        blobs.put("236", b"sama")
        assert len(list(blobs.names())) == 2
        blobs.drop("924", first.sha256)
        assert blobs.read("236", first.sha256) == b"sama"


def test_a_sealed_blob_shows_nothing(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path, KEY)
    blobs.put("924", b"tunnistettava sana " * 100)
    assert all(b"tunnistettava" not in path.read_bytes() for _m, _s, path in blobs.names())


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    class Changing(type(tmp_path)):  # type: ignore[misc]
        """A path whose content grows after the first reading."""

        def open(self, *args: object, **more: object) -> io.BytesIO:
            class Stream(io.BytesIO):
                def seek(self, place: int, whence: int = 0) -> int:
                    self.__init__(b"toinen sisus")  # type: ignore[misc]
                    return 0

            return Stream(b"ensimmainen sisus")

    for blobs in both(tmp_path):
        with pytest.raises(StorageProblem, match="muuttui"):
            blobs.put("924", Changing(tmp_path / "x"))
        assert list(blobs.names()) == []


@pytest.mark.parametrize("name", ["../../etc", "", "a" * 63, "a" * 63 + "/"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a blob name"):
        BlobStore(tmp_path, None).path("924", name)
    with pytest.raises(ValueError, match="not a blob name"):
        BlobStore(tmp_path, None).path("..", "a" * 64)


@pytest.mark.parametrize("size", SIZES)
def test_a_copy_for_another_municipality_is_the_same_content(tmp_path: Path, size: int) -> None:
    data = (b"Lestij\xc3\xa4rvi " * (size // 10 + 1))[:size]
    for blobs in both(tmp_path):
        ref = blobs.put("924", data)
        blobs.copy("924", ref.sha256, "236")
        blobs.copy("924", ref.sha256, "236")
        assert blobs.read("236", ref.sha256) == data and len(list(blobs.names())) == 2
        assert blobs.read("924", ref.sha256) == data


def test_a_damaged_original_is_not_copied(tmp_path: Path) -> None:
    for blobs in both(tmp_path):
        ref = blobs.put("924", b"sisus " * 400_000)
        path = blobs.path("924", ref.sha256)
        path.write_bytes(path.read_bytes()[:-3] + b"xyz")
        with pytest.raises(StorageProblem, match="vaurioitunut"):
            blobs.copy("924", ref.sha256, "236")
        assert [code for code, _sha, _path in blobs.names()] == ["924"]
        assert not list(tmp_path.rglob("*.tmp"))


def test_copying_holds_a_few_pieces_in_memory_at_a_time(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path, KEY)
    ref = blobs.put("924", bytes(24 << 20))
    tracemalloc.start()
    try:
        blobs.copy("924", ref.sha256, "236")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 << 20
