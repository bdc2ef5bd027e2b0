"""Plain copies for other programs: saved content is noticed, nothing unsaved is ever removed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from workbench.cases.working_copies import WorkingCopies, may_open
from workbench.documents.reading import kinds


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def copies(tmp_path: Path, clock: Clock) -> WorkingCopies:
    return WorkingCopies(tmp_path, clock)


def out(copies: WorkingCopies, data: bytes = b"alku", document: str = "d1", version: int = 1) -> Path:
    return copies.take_out(
        document_id=document, municipality="924", case_number="12/10.03.03/2026", filename="Päätös.docx",
        version=version, sha256=sha(data), write=lambda path: write(path, data),
    )  # fmt: skip


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def saved(copies: WorkingCopies) -> list[str]:
    copies.look()
    return [found.copy.document_id for found in copies.look()]


def test_the_copy_has_a_safe_place_of_its_own(copies: WorkingCopies, tmp_path: Path) -> None:
    first, second = out(copies), out(copies, document="d2")
    assert first == tmp_path / "työkopiot" / "12-10.03.03-2026" / "Päätös.docx"
    assert second.name == "Päätös (2).docx" and first.read_bytes() == b"alku"


def test_what_is_saved_is_noticed_when_it_has_come_to_rest(copies: WorkingCopies) -> None:
    path = out(copies)
    assert saved(copies) == []
    path.write_bytes(b"muutettu")
    assert copies.look() == []  # may still be being written
    assert [found.path for found in copies.look()] == [path]


def test_an_emptied_file_is_not_taken_for_a_new_version(copies: WorkingCopies) -> None:
    out(copies).write_bytes(b"")
    assert saved(copies) == []


@pytest.mark.parametrize("mark", ["~$Päätös.docx", "~$ätös.docx", ".~lock.Päätös.docx#"])
def test_a_lock_file_keeps_the_copy_and_its_going_lets_it_go(copies: WorkingCopies, mark: str) -> None:
    path = out(copies)
    lock = path.parent / mark
    lock.write_bytes(b"")
    assert copies.tidy() == [] and path.exists()
    lock.unlink()
    assert copies.tidy() == [path] and not path.exists()


def test_without_a_lock_file_a_saved_copy_waits_a_moment_for_the_next_save(
    copies: WorkingCopies, clock: Clock
) -> None:
    path = out(copies)
    path.write_bytes(b"muutettu")
    assert saved(copies) == ["d1"]
    copies.brought_in(copies.out()[0], sha(b"muutettu"), 2)
    copies.tidy()
    assert path.exists()
    clock.at += 30
    assert copies.tidy() == [path]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"viela kerran")  # the program was open all the time
    assert saved(copies) == ["d1"]
    assert copies.out()[0].version == 2


def test_unsaved_content_is_never_removed(copies: WorkingCopies) -> None:
    path = out(copies)
    path.write_bytes(b"muutettu")
    assert copies.tidy(at_once=True) == [] and path.exists()


def test_after_an_unclean_end_leftovers_are_found_and_brought_in_first(
    copies: WorkingCopies, tmp_path: Path
) -> None:
    changed, same = out(copies), out(copies, document="d2")
    changed.write_bytes(b"muutettu")
    again = WorkingCopies(tmp_path)
    assert [found.copy.document_id for found in again.look(at_once=True)] == ["d1"]
    assert again.tidy(at_once=True) == [same] and changed.exists()


def test_what_was_refused_is_tried_again_only_when_it_changes(copies: WorkingCopies) -> None:
    path = out(copies)
    path.write_bytes(b"muutettu")
    assert saved(copies) == ["d1"]
    copies.refuse(copies.out()[0], sha(b"muutettu"))
    assert saved(copies) == [] and path.exists()
    path.write_bytes(b"muutettu taas")
    assert saved(copies) == ["d1"]


def test_opening_again_gives_the_copy_in_use_and_a_fresh_one_after_a_newer_version(
    copies: WorkingCopies,
) -> None:
    path = out(copies)
    path.write_bytes(b"kesken")
    assert out(copies, b"toisen tekema", version=2) == path and path.read_bytes() == b"kesken"
    path.write_bytes(b"alku")
    fresh = out(copies, b"toisen tekema", version=2)
    assert fresh.read_bytes() == b"toisen tekema"


def test_a_damaged_index_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "työkopiot").mkdir()
    (tmp_path / "työkopiot" / "kopiot.json").write_text("{rikki", encoding="utf-8")
    assert WorkingCopies(tmp_path).out() == []


@pytest.mark.parametrize(
    ("media_type", "name", "allowed"),
    [
        (kinds.DOCX, "Päätös.docx", True),
        (kinds.PDF, "kartta.pdf", True),
        (kinds.TEXT, "muistio.txt", True),
        (kinds.EXE, "lasku.pdf", False),
        (kinds.TEXT, "lasku.pdf.bat", False),
        (kinds.TEXT, "linkki.URL", False),
        (kinds.TEXT, "ohjelma.exe . ", False),
        (kinds.HTML, "sivu.html", False),
    ],
)
def test_what_a_computer_would_run_is_never_opened(media_type: str, name: str, allowed: bool) -> None:
    assert may_open(media_type, name) is allowed
