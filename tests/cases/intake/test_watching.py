"""The watched folder: taken when it has come to rest, moved only after, refused with the reason beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cases.intake.watching import FolderWatch
from workbench.errors import StorageProblem, UserError


class Desk:
    """Takes files in and remembers them; ``refuse`` makes it say no."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refuse: UserError | StorageProblem | None = None
        self.time = 0.0

    def take(self, path: Path) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.taken.append(path.read_bytes())

    def now(self) -> float:
        return self.time


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def watch(tmp_path: Path, desk: Desk) -> FolderWatch:
    return FolderWatch(tmp_path, desk.take, desk.now)


def later(watch: FolderWatch, desk: Desk, seconds: float = 5.0) -> list[str]:
    desk.time += seconds
    return [outcome.why for outcome in watch.look()]


def test_a_file_is_taken_when_its_size_stays_the_same(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "skannaus.pdf"
    path.write_bytes(b"%PDF-1")
    assert watch.look() == []
    path.write_bytes(b"%PDF-1.7 lisaa")
    assert later(watch, desk) == [] and desk.taken == []  # still being written
    assert later(watch, desk) == [""]
    assert desk.taken == [b"%PDF-1.7 lisaa"]
    assert (tmp_path / "käsitelty" / "skannaus.pdf").exists() and not path.exists()


def test_refused_files_go_aside_with_the_reason(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "outo.bin").write_bytes(b"x")
    desk.refuse = UserError("Tiedosto ei kelpaa. Pyydä se uudelleen.", code="invalid")
    watch.look()
    later(watch, desk)
    assert (tmp_path / "hylätty" / "outo.bin").read_bytes() == b"x"
    note = (tmp_path / "hylätty" / "outo.bin.txt").read_text(encoding="utf-8")
    assert note == "Tiedosto ei kelpaa. Pyydä se uudelleen.\n"


def test_an_empty_file_gets_time_to_be_written(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "alku.pdf").write_bytes(b"")
    watch.look()
    assert later(watch, desk) == []
    desk.refuse = UserError("tyhjä", code="empty")
    assert later(watch, desk, 60) == ["tyhjä"]


def test_when_the_store_fails_the_file_stays(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "kirje.txt").write_bytes(b"a")
    desk.refuse = StorageProblem("Levy on täynnä.")
    watch.look()
    with pytest.raises(StorageProblem):
        later(watch, desk)
    assert (tmp_path / "kirje.txt").exists()
    desk.refuse = None
    assert later(watch, desk) == [""] and desk.taken == [b"a"]


def test_two_of_one_name_are_both_kept(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        (tmp_path / "skannaus.pdf").write_bytes(content)
        watch.look()
        later(watch, desk)
    names = sorted(path.name for path in (tmp_path / "käsitelty").iterdir())
    assert names == ["skannaus (2).pdf", "skannaus.pdf"] and desk.taken == [b"1", b"2"]


def test_lock_files_and_half_downloads_are_left_alone(watch: FolderWatch, desk: Desk, tmp_path: Path) -> None:
    for name in ("~$kirje.docx", ".piilo", "lataus.pdf.part", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    watch.look()
    assert later(watch, desk) == [] and desk.taken == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(StorageProblem, match="Valvottuun kansioon"):
        FolderWatch(tmp_path / "poissa", desk.take).look()
