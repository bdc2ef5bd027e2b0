"""A server founded from a store holds all of it: cases, numbers, history, files; and goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.fakes.world import SECRET, world
from tests.server.office import DOMAIN, NOW, Office
from workbench.cases.edit import EditCase, SetCaseValues
from workbench.cases.papers import DestroyDocument
from workbench.errors import UserError
from workbench.server.database import Database
from workbench.server.desk import Desk
from workbench.server.founding import found
from workbench.server.history import history
from workbench.server.identity.policy import Policy
from workbench.server.principal import Principal
from workbench.server.taking_over import take_over
from workbench.store.blobs import BlobStore
from workbench.store.undo import Undo

QUICK = Policy(bytes(32), hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_everything_comes_along_and_goes_on(database: Database, tmp_path: Path) -> None:
    with world(tmp_path) as local:
        first = local.register("Ensimmäinen")
        second = local.register("Toinen")
        local.run(SetCaseValues(case_id=second, values=SECRET))
        edit = local.run(EditCase(case_id=first, changes={"summary": "väärin"}))
        local.run(Undo(undone=edit.command_id))
        third = local.register("Tuhottava")
        (document,) = local.rows("document", case_id=third)
        local.run(DestroyDocument(document_id=document["id"], reason="hävitys"), "archivist")
        found(database, DOMAIN)
        desk = Desk(
            database, DOMAIN, QUICK, BlobStore(tmp_path / "blobs", None), tmp_path / "up", local.clock
        )
        take_over(desk, local.store)
        with database.reading() as connection:
            for kind in DOMAIN.kinds:
                table = DOMAIN.kinds.table(kind.name)
                names = ["id", "scope_id", *kind.by_name]
                columns = [table.c[n] for n in names if n not in ("text", "body")]
                there = connection.execute(select(*columns).order_by(table.c.id)).all()
                with local.store.reader() as here:
                    assert there == here.execute(select(*columns).order_by(table.c.id)).all(), kind.name
        assert all(desk.contents.has(m, s) for m, s in local.store.named_blobs())
        office = Office(database, local)
        assert office.faults() == []
        office.made()
        fourth, group = office.register("Neljäs")
        (result,) = office.push([group], "registrar")
        assert [r["data"]["running"] for r in result["rows"] if r["id"] == fourth] == [4]
        told = history(
            database, DOMAIN, Principal("person-registrar", "x"), NOW, kind="case_file", row_id=first
        )
        assert {e["command"] for e in told["entries"]} == {"case.register", "case.edit", "store.undo"}
        with pytest.raises(UserError, match="jo tietoja"):
            take_over(desk, local.store)
