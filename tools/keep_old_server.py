"""Keep a small server of the present schema for later versions to open: ``python -m tools.keep_old_server 1.1``.

Run once per schema version, before it changes; the archive goes to tests/old_servers and is never made anew. It
holds a data folder with its SQLite file, the statements that made the same tables on PostgreSQL, and a joining code.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import create_mock_engine

from tests.fakes.clock import FakeClock
from tests.fakes.words import FakeWords
from tools.keep_old_store import fill
from workbench.domain import whole_domain
from workbench.server.identity import accounts
from workbench.server.place import Place, Settings, found_place, opened
from workbench.server.schema import create_tables
from workbench.server.taking_over import take_over
from workbench.store.store import Store

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "old_servers"
PASSWORD = "vanha palvelin ja uusi talvi"


def main(version: str) -> None:
    """Write the archive, unless it is kept already."""
    target = FOLDER / f"{version}.zip"
    if target.exists():
        print(f"{target.name} is kept already")
        return
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "server")
        found_place(place, Settings(), whole_domain())
        with opened(place, whole_domain(), FakeClock()) as desk:
            store, _key = Store.create(
                Path(folder) / "home", whole_domain(), FakeClock(), FakeWords(), demo=True
            )
            fill(store)
            take_over(desk, store)
            store.close()
            now, policy = desk.clock.now(), desk.policy
            made = desk.database.write(
                lambda c: accounts.create_account(c, policy, "aino.makela", "aino", now, PASSWORD)
            )
            code = desk.database.write(lambda c: accounts.new_enrolment(c, policy, made, now))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("code", code)
            archive.writestr("postgresql.sql", ";\n".join(statements()))
            for path in sorted(place.folder.rglob("*")):
                if path.is_file():
                    archive.write(path, Path("server") / path.relative_to(place.folder))
    print(target)


def statements() -> list[str]:
    """What makes a server's tables on PostgreSQL."""
    made: list[str] = []

    def keep(statement: Any, *_more: Any, **_named: Any) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = create_mock_engine("postgresql+psycopg://", keep)
    create_tables(engine, whole_domain().kinds)  # type: ignore[arg-type]
    return made


if __name__ == "__main__":
    main(sys.argv[1])
