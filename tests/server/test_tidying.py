"""What the server lets go of, and when; the audit and every row stay."""

from __future__ import annotations

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from tests.server.http import Served, code_of
from tests.server.office import DOMAIN, NOW, Office, statuses
from workbench.cases.edit import EditCase
from workbench.cases.parts import RemoveView, SaveView
from workbench.ids import new_id
from workbench.server.cli.main import app
from workbench.server.cursors import Forgotten
from workbench.server.daily import daily
from workbench.server.identity import accounts, schema
from workbench.server.principal import Principal
from workbench.server.pull import pull
from workbench.server.schema import audit, audit_value, clock, entry, group_result, lease
from workbench.server.tidying import tidy
from workbench.store.undo import Undo


def count(server: Served, table: Any) -> int:
    with server.desk.database.reading() as c:
        return int(c.execute(select(func.count()).select_from(table)).scalar_one())


def removed_view(office: Office, at: Any = NOW) -> None:
    view = office.run(SaveView(name="Omat", query={}, view_id="v1"))
    gone = office.run(RemoveView(view_id="v1"))
    assert statuses(office.push([view, gone], "registrar", at=at)) == ["applied", "applied"]


def test_nothing_goes_before_its_time(server: Served, office: Office) -> None:
    removed_view(office)
    server.call("registrar", "GET", "/v1/devices")
    server.clock.move(minutes=1)
    assert set(vars(tidy(server.desk)).values()) == {0}


def test_a_deletion_is_told_for_four_hundred_days_and_then_all_is_fetched_anew(
    server: Served, office: Office
) -> None:
    me = Principal("person-registrar", "reader")
    database = server.desk.database
    before = pull(database, DOMAIN, me, NOW)["next"]
    removed_view(office)
    after = pull(database, DOMAIN, me, NOW, after=before)
    assert [e["op"] for e in after["entries"] if e["id"] == "v1"] == ["del"]
    server.clock.move(days=399)
    assert tidy(server.desk).entries == 0
    server.clock.move(days=2)
    now = server.clock.now()
    assert tidy(server.desk).entries >= 1
    with pytest.raises(Forgotten):
        pull(database, DOMAIN, me, now, after=before)
    assert pull(database, DOMAIN, me, now, after=after["next"])["entries"] == []
    # Reading anew from the beginning goes, page by page, for as long as it takes.
    page, seen = pull(database, DOMAIN, me, now, scope="global", limit=2), 0
    until = page["horizon"]
    while page["more"]:
        seen += len(page["entries"])
        page = pull(database, DOMAIN, me, now, scope="global", after=page["next"], until=until, limit=2)
    assert seen > 4
    with pytest.raises(Forgotten):
        pull(database, DOMAIN, me, now, scope="global", until=before)
    assert tidy(server.desk).entries == 0


def test_over_the_wire_it_is_a_resync(server: Served, office: Office) -> None:
    before = server.call("registrar", "GET", "/v1/pull", params={"after": ""}).json()["next"]
    removed_view(office)
    server.clock.move(days=401)
    tidy(server.desk)
    server.sign_in("registrar")
    answer = server.call("registrar", "GET", "/v1/pull", params={"after": before})
    assert (answer.status_code, code_of(answer)) == (410, "resync")


def test_the_audit_and_every_row_stay(server: Served, office: Office) -> None:
    _case, group = office.register()
    office.push([group], "registrar")
    removed_view(office)
    rows = {kind.name: office.rows("registrar", kind.name) for kind in DOMAIN.kinds}
    kept = count(server, audit), count(server, audit_value)
    server.clock.move(days=2000)
    tidy(server.desk)
    assert (count(server, audit), count(server, audit_value)) == kept and office.faults() == []
    me, now = Principal("person-registrar", "reader"), server.clock.now()
    whole: dict[str, set[str]] = {}
    for scope in ("user:person-registrar", "global", "unit:924/tekninen/10"):
        for e in pull(office.database, DOMAIN, me, now, scope=scope)["entries"]:
            assert e["op"] == "put"
            whole.setdefault(e["kind"], set()).add(e["id"])
    assert {e for e in rows["case_file"]} == whole["case_file"]


def test_outcomes_are_kept_for_four_hundred_days_and_then_the_deed_cannot_be_undone(
    server: Served, office: Office
) -> None:
    case_id, group = office.register()
    edit = office.run(EditCase(case_id=case_id, changes={"summary": "Uusi"}))
    assert statuses(office.push([group, edit], "registrar")) == ["applied", "applied"]
    undo = office.run(Undo(undone=edit["group_id"]))
    server.clock.move(days=399)
    tidy(server.desk)
    assert statuses(office.push([edit], "registrar")) == ["applied"]  # known, and answered alike
    server.clock.move(days=2)
    assert tidy(server.desk).results >= 2 and count(server, group_result) == 0
    (again,) = office.push([edit], "registrar")
    assert (again["status"], again["code"]) == ("rejected", "id_reuse")
    (result,) = office.push([undo], "registrar")
    assert (result["status"], result.get("code")) == ("rejected", "stale"), result
    assert "kumota" in result["message"]


def test_tokens_sessions_codes_leases_and_tries_go_when_their_time_is_over(
    server: Served, office: Office
) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    server.call("registrar", "PUT", f"/v1/leases/case_file/{case_id}")
    with server.desk.database.reading() as c:
        account = accounts.find_account(c, "registrar").id
    server.desk.database.write(
        lambda c: accounts.new_enrolment(c, server.desk.policy, account, server.clock.now(), adopts=True)
    )
    body = {"username": "registrar", "password": "ei tämä ole se", "client_id": new_id()}
    assert code_of(server.http.post("/v1/sign-in", json=body)) == "sign_in_failed"
    assert count(server, lease) == 1
    server.clock.move(days=1)
    did = tidy(server.desk)
    assert (did.tokens, did.sessions, did.codes, did.leases, did.refused) == (1, 0, 0, 1, 1)
    server.clock.move(days=90)
    did = tidy(server.desk)
    assert (did.tokens, did.sessions, did.codes) == (1, 1, 1)
    gone = (
        schema.access_token,
        schema.refresh_token,
        schema.family,
        schema.enrolment,
        schema.adoption,
        lease,
    )
    assert [count(server, t) for t in (*gone, schema.failure)] == [0] * 7
    server.sign_in("registrar")
    assert office.faults() == []


def test_a_workstation_that_was_reported_lost_is_told_so_however_late_it_calls(server: Served) -> None:
    server.hire("registrar")
    lost = server.sign_in("registrar")
    headers = dict(server.headers["registrar"])
    server.sign_in("registrar")
    path = f"/v1/devices/{lost['client_id']}/lost"
    assert server.call("registrar", "POST", path).status_code == 204
    server.clock.move(days=200)
    tidy(server.desk)
    assert code_of(server.http.get("/v1/devices", headers=headers)) == "wiped"
    body = {"refresh_token": lost["refresh_token"], "client_id": lost["client_id"]}
    assert code_of(server.http.post("/v1/refresh", json=body)) == "wiped"


def test_half_sent_files_go_after_a_week(server: Served, office: Office) -> None:
    part = server.desk.uploads / "x" / "924-00.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"alku")
    for days, left in ((6, True), (8, False)):
        old = (server.clock.now() - timedelta(days=days)).timestamp()
        os.utime(part, (old, old))
        assert tidy(server.desk).uploads == (0 if left else 1) and part.exists() == left


def test_two_at_once_do_no_harm(server: Served, office: Office) -> None:
    removed_view(office)
    server.clock.move(days=401)
    begin = threading.Barrier(4)

    def once(_n: int) -> None:
        begin.wait()
        tidy(server.desk)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(4)))  # what failed is raised here
    assert tidy(server.desk).entries == 0
    with server.desk.database.reading() as c:
        assert c.execute(select(func.count()).where(entry.c.op != "put")).scalar() == 0
        assert c.execute(select(clock.c.floor)).scalar_one() > 0


# -- the command and the daily thread ----------------------------------------------------------------------


def test_the_command_says_how_much_went(tmp_path: Path) -> None:
    data = str(tmp_path / "server")
    assert CliRunner().invoke(app, ["init", "--data", data]).exit_code == 0
    done = CliRunner().invoke(app, ["tidy", "--data", data])
    assert done.exit_code == 0 and "Vanhoja poistomerkintöjä\t0" in done.stdout
    done = CliRunner().invoke(app, ["tidy", "--json", "--data", data])
    assert json.loads(done.stdout)["entries"] == 0


def test_daily_work_is_done_at_once_and_each_day_and_a_failure_does_not_end_it() -> None:
    done: list[int] = []
    waits: list[float] = []
    thrice = threading.Event()

    def work() -> None:
        done.append(len(done))
        if len(done) == 2:
            raise OSError("levy on täynnä")

    def wait(end: threading.Event, seconds: float) -> bool:
        waits.append(seconds)
        if len(done) < 3:
            return False
        thrice.set()
        return end.wait()

    with daily(work, wait=wait):
        assert thrice.wait(30)
    assert done == [0, 1, 2] and set(waits) == {24 * 3600.0}
