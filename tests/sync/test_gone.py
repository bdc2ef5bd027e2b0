"""A lost right: within one sync nothing of what it showed is left in the files of an unencrypted store."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.world import SECRET
from tests.sync.stations import Region
from workbench.cases.edit import EditCase, SetCaseValues
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.papers import AddDocument
from workbench.cases.parts import AddNote

WORDS = (
    "harvinaissananen",
    "sukunimierikoinen",
    "muistiinpanosalainen",
    "otsikkosalainen",
    "asiakirjasalaisuus",
)


def found_in(home: Path) -> set[str]:
    """Which of the words stand in any file below the home, in any case of letters."""
    held = b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file()).lower()
    return {word for word in WORDS if word.encode() in held}


def test_nothing_of_a_case_is_left_after_the_right_to_it_went(place: Region) -> None:
    one, other = place.join("registrar"), place.join("both")
    one.sync()
    case_id = one.register(
        "Otsikkosalainen", parties=(PartyItem(role="initiator", name="Maija Sukunimierikoinen"),)
    )
    one.run(AddNote(case_id=case_id, text="muistiinpanosalainen"))
    ref = one.store.blobs.put("924", b"asiakirjasalaisuus")
    file = FileItem(
        filename="k.txt", media_type="text/plain", sha256=ref.sha256, size=ref.size,
        text="asiakirjasalaisuus", text_state="done",
    )  # fmt: skip
    paper = DocumentItem(title="Liite", type="Kirje", sender="Maija", channel="letter", file=file)
    one.run(AddDocument(case_id=case_id, document=paper))
    one.sync()
    other.sync()
    other.run(EditCase(case_id=case_id, changes={"summary": "harvinaissananen"}))  # own work on it, sent
    other.sync()
    one.sync()
    while other.store.index_waiting():
        pass
    assert set(WORDS) <= found_in(other.store.home), "they are there while the right is"
    one.run(SetCaseValues(case_id=case_id, values=SECRET))
    one.sync()
    other.sync()
    assert other.rows("case_file", id=case_id) == []
    assert found_in(other.store.home) == set()
    assert set(WORDS) <= found_in(one.store.home)
