"""Keep a small store of the present schema for later versions to open: ``python -m tools.keep_old_store``.

Run once per schema version, before it changes; the archive goes to tests/old_stores and is never made anew.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from tests.fakes.clock import FakeClock
from tests.fakes.words import FakeWords
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.parts import AddNote
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.setup.municipality import SetUp, set_up
from workbench.store.schema import SCHEMA_MAJOR, SCHEMA_MINOR
from workbench.store.store import Store

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "old_stores"
SESSION = Session("aino", "924")


def fill(store: Store) -> None:
    """A municipality, a registrar, three cases with letters, a note."""
    set_up(store, SESSION, SetUp(code="924", next_number=41))
    values = {"name": "Aino Mäkelä", "home_municipality": "924", "employment": "virka", "active": True}
    store.execute(AddPerson(person_id="aino", values=values), SESSION)
    store.execute(GiveRole(person_id="aino", municipality="924", role=Role.REGISTRAR, secret=True), SESSION)
    for n, title in enumerate(("Asemakaavan muutos", "Kaivon rakentaminen", "Koulukuljetus"), start=1):
        content = f"Kirje {n}: {title}.".encode()
        ref = store.blobs.put("924", content)
        file = FileItem(
            filename=f"kirje-{n}.txt", media_type="text/plain", sha256=ref.sha256, size=ref.size,
            text=content.decode(), text_state="ok",
        )  # fmt: skip
        made = store.execute(
            RegisterCase(
                municipality="924",
                class_code="10.03.03",
                title=title,
                documents=(DocumentItem(title=f"Kirje {n}", type="Kirje", file=file, sender="Maija"),),
                parties=(PartyItem(role="initiator", name="Maija", protected=n == 2, street="Tie 1"),),
            ),
            SESSION,
        ).result
        store.execute(AddNote(case_id=made.case_id, text=f"Muistiinpano {n}"), SESSION)


def main() -> None:
    """Write the archive of the present schema, unless it is kept already."""
    target = FOLDER / f"{SCHEMA_MAJOR}.{SCHEMA_MINOR}.zip"
    if target.exists():
        print(f"{target.name} is kept already")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        store, _recovery = Store.create(home, whole_domain(), FakeClock(), FakeWords(), demo=True)
        fill(store)
        store.close()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(home.rglob("*")):
                if path.is_file() and "running" not in path.parts:
                    archive.write(path, path.relative_to(home))
    print(target)


if __name__ == "__main__":
    main()
