"""Many workstations at once on PostgreSQL: a reader misses nothing, numbers have neither gap nor double."""

from __future__ import annotations

import copy
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import another_database
from tests.server.office import DOMAIN, NOW, founded
from workbench.ids import new_id
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.server.administration import execute
from workbench.server.database import Database
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.pull import pull
from workbench.server.push import push
from workbench.setup.municipality import SetUp, set_up
from workbench.sync.wire import Group

WRITERS, EACH = 16, 25
FIVE = ("924", "236", "421", "074", "849")


def registering(template: Group, municipality: str) -> Group:
    """The same registration, of another case in a municipality."""
    made: Any = copy.deepcopy(template)
    case_id, made["group_id"], made["municipality"] = new_id(), new_id(), municipality
    made["args"] |= {"municipality": municipality, "case_id": case_id}
    for op in made["ops"]:
        op["op_id"] = new_id()
        if op["kind"] == "case_file":
            op["id"] = case_id
            op["patch"] |= {"municipality": municipality}
        else:
            op["id"] = new_id()
            op["patch"]["case_id"] = case_id
    return dict(made)  # type: ignore[return-value]


def test_sixteen_writers_and_a_poller(postgresql: str, tmp_path: Path) -> None:
    with another_database(postgresql) as database, founded(database, tmp_path) as office:
        for code in FIVE[3:]:
            set_up(office.local.store, office.local.session("admin", ""), SetUp(code=code))
        results = push(database, DOMAIN, ADMINISTRATION, office.made(), NOW)["results"]
        assert {r["status"] for r in results} == {"applied"}
        for code in FIVE:
            role = GiveRole(person_id="person-registrar", municipality=code, role=Role.REGISTRAR)
            execute(database, DOMAIN, role, NOW, municipality=code)
        office.local.register("Malli", documents=(), parties=(), handler_id="")
        (template,) = office.made()
        begin = pull(database, DOMAIN, Principal("person-registrar", "poller"), NOW)["horizon"]
        stop = threading.Event()

        def write(number: int) -> dict[str, list[int]]:
            mine = Database(database.url, pool=1)
            given: dict[str, list[int]] = {}
            for n in range(EACH):
                groups = [registering(template, FIVE[(number + n + k) % 5]) for k in range(1 + n % 3)]
                who = Principal("person-registrar", f"client-{number}")
                for result in push(mine, DOMAIN, who, groups, NOW + timedelta(seconds=n))["results"]:
                    assert result["status"] == "applied", result
                    data = next(r["data"] for r in result["rows"] if r["kind"] == "case_file")
                    given.setdefault(data["municipality"], []).append(data["running"])
            mine.close()
            return given

        def poll() -> set[str]:
            mine, after, seen = Database(database.url, pool=1), begin, set()
            done = False
            while True:
                last_round = stop.is_set()
                page = pull(mine, DOMAIN, Principal("person-registrar", "poller"), NOW, after=after, limit=17)
                seen |= {e["id"] for e in page["entries"] if e["kind"] == "case_file"}
                after, done = page["next"], not page["more"]
                if last_round and done:
                    mine.close()
                    return seen

        with ThreadPoolExecutor(WRITERS + 1) as pool:
            poller = pool.submit(poll)
            written = list(pool.map(write, range(WRITERS)))
            stop.set()
            seen = poller.result()
        total = 0
        for code in FIVE:
            numbers = sorted(n for given in written for n in given.get(code, []))
            assert numbers == list(range(1, len(numbers) + 1)), code
            total += len(numbers)
        assert len(seen) == total
        assert office.faults() == []


@pytest.mark.parametrize("turns", [6])
def test_two_writers_of_the_same_rows_wait_for_each_other(
    postgresql: str, tmp_path: Path, turns: int
) -> None:
    """Opposite orders of the same cases: neither is lost, nobody sees an error."""
    with another_database(postgresql) as database, founded(database, tmp_path) as office:
        cases, groups = zip(*(office.register(f"Asia {n}") for n in range(4)), strict=True)
        office.push(list(groups), "registrar")

        def edit(number: int) -> list[str]:
            mine, statuses = Database(database.url, pool=1), []
            for turn in range(turns):
                made = []
                for case_id in cases if (number + turn) % 2 else reversed(cases):
                    op = {
                        "op_id": new_id(),
                        "type": "patch",
                        "kind": "case_file",
                        "id": case_id,
                        "base_rev": 1,
                    }
                    op |= {"patch": {("summary", "public_title")[number]: f"{number}.{turn}"}}
                    made.append(groups[0] | {"group_id": new_id(), "command": "case.edit", "ops": [op]})
                    made[-1]["args"] = {"case_id": case_id, "changes": {}}
                answer = push(mine, DOMAIN, Principal("person-registrar", f"w{number}"), made, NOW)  # type: ignore[arg-type]
                statuses += [r["status"] for r in answer["results"]]
            mine.close()
            return statuses

        with ThreadPoolExecutor(2) as pool:
            assert {s for found in pool.map(edit, range(2)) for s in found} == {"applied"}
        for row in office.rows("registrar", "case_file").values():
            assert row["rev"] == 1 + 2 * turns
        assert office.faults() == []
