"""Who may do what: every call × role × scope × validity, over HTTP, against a small table of its own.

The tables of :mod:`tests.server.matrix` say what is right in this region's words; they share no code with the
server. A call that is added to the server and not to :data:`CALLS` fails the first test. What a person may not see is
answered as if it were not there, to the last byte but for the names that were asked about.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.server.asking import ABOUTS, CHANGE, ask_plainly
from tests.server.conftest import another_database
from tests.server.http import code_of
from tests.server.matrix import (
    ABOUT,
    CALLS,
    CHANGES,
    OPEN,
    OWN,
    ROLES,
    VALIDITIES,
    Region,
    may_read,
    peopled,
    username,
)
from tests.server.office import DOMAIN
from tests.server.people import PASSWORD
from workbench.ids import new_id
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EditPerson
from workbench.server.database import Database
from workbench.server.identity import accounts


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    folder = tmp_path_factory.mktemp("authorisation")
    if request.param == "sqlite":
        database = Database(f"sqlite:///{folder / 's.sqlite'}")
        with peopled(database, folder) as made:
            yield made
        database.close()
    else:
        with (
            another_database(request.getfixturevalue("postgresql")) as database,
            peopled(database, folder) as made,
        ):
            yield made


def calls_of(region: Region) -> set[tuple[str, str]]:
    document = region.server.http.app.openapi()
    return {
        (method.upper(), path.replace(":path", ""))
        for path, item in document["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete", "head", "options")
    }


def test_every_call_of_the_server_has_its_line(region: Region) -> None:
    assert calls_of(region) == set(CALLS)
    assert {call for call, whom in CALLS.items() if whom == ABOUT} == set(ABOUTS)
    routes = {
        (m, r.path.replace(":path", ""))
        for r in region.server.http.app.routes
        for m in getattr(r, "methods", ())
    }
    assert {r for r in routes if r[0] != "HEAD" and "openapi" not in r[1]} <= set(CALLS), (
        "a call outside the document"
    )


@pytest.mark.parametrize("validity", VALIDITIES)
@pytest.mark.parametrize("role", ROLES)
def test_a_person_sees_and_changes_what_is_hers(region: Region, role: str, validity: str) -> None:
    who = username(role, validity)
    seen = wrong = 0
    for call, about in ABOUTS.items():
        for name, target in region.targets.items():
            if about.of_files and not target.content:
                continue
            got = about.ask(region, who, target)
            right = about.right(role, validity, name)
            assert about.did(got) == right, (call, name, got)
            if right:
                seen += 1
                continue
            wrong += 1
            if may_read(role, validity, name):
                continue  # seen and not hers to change: told so
            nowhere = about.ask(region, who, region.missing_like(target))
            assert got == nowhere, (call, name, "differs from what is not there")
    assert wrong > 12 and seen > 3


@contextmanager
def statements(region: Region) -> Iterator[list[str]]:
    """What the database is asked meanwhile, by the text of each statement."""
    engine, asked = region.server.desk.database.engine, list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_hers_costs_the_same_work_as_what_is_not_there(region: Region, role: str) -> None:
    """No clock tells a secret from nothing: the database is asked the same statements for both."""
    who = username(role, "in force")
    region.server.call(who, "GET", "/v1/devices")
    compared, differs = 0, {}
    for call, about in ABOUTS.items():
        for name, target in region.targets.items():
            if may_read(role, "in force", name) or (about.of_files and not target.content):
                continue
            nowhere = region.missing_like(target)
            about.ask(region, who, nowhere)  # what an upload leaves behind is there in both cases
            about.ask(region, who, target)
            with statements(region) as secret:
                about.ask(region, who, target)
            with statements(region) as absent:
                about.ask(region, who, nowhere)
            assert secret
            compared += 1
            if secret != absent:
                differs[call, name] = list(difflib.unified_diff(absent, secret, "absent", "secret", n=0))
    assert not differs, differs
    assert compared > 10


@pytest.mark.parametrize("role", ROLES)
def test_no_command_at_all_changes_a_row_that_is_not_hers(region: Region, role: str) -> None:
    """Whatever command a workstation claims, and whatever it names in its arguments: an operation on a row asks
    the row."""
    who = username(role, "in force")
    own = next(t for n, t in region.targets.items() if t.kind == "case_file" and n != "elsewhere")
    groups, wrong = [], [t for n, t in region.targets.items() if n not in CHANGES[role] and n != "global"]
    for command, spec in DOMAIN.commands.by_type.items():
        for target in wrong:
            field_name = CHANGE[target.kind][1]
            op = {"op_id": new_id(), "type": "patch", "kind": target.kind, "id": target.id, "base_rev": 10**6}
            group = {"group_id": new_id(), "command": command, "version": spec.version, "reason": "syy"}
            group |= {"at": "2026-11-26T10:00:00.000000Z", "actor": f"person-{who}"}
            group |= {"municipality": target.municipality, "ops": [op | {"patch": {field_name: "vaihdettu"}}]}
            named = {"case_id": own.id, "row_id": own.id, "kind": "case_file", "document_id": new_id()}
            groups.append(group | {"args": named | {"name": "x", "query": {}, "text": "x", "changes": {}}})
    assert len(groups) > 110
    before = rows_of(region)
    for start in range(0, len(groups), 200):
        answer = region.server.call(who, "POST", "/v1/push", json={"groups": groups[start : start + 200]})
        assert answer.status_code == 200, answer.text
        for group, result in zip(groups[start : start + 200], answer.json()["results"], strict=True):
            assert result["status"] != "applied", (group, result)
            assert result.get("code") != "internal", (group, result)
    assert rows_of(region) == before


def rows_of(region: Region) -> list[Any]:
    """Every row that was asked about, whole."""
    found = []
    with region.server.desk.database.reading() as connection:
        for target in region.targets.values():
            table = DOMAIN.kinds.table(target.kind)
            found += [tuple(r) for r in connection.execute(table.select().where(table.c.id == target.id))]
    return found


@pytest.mark.parametrize("validity", VALIDITIES)
@pytest.mark.parametrize("role", ROLES)
def test_the_main_log_holds_what_is_hers_and_no_more(region: Region, role: str, validity: str) -> None:
    who, found, after, scopes = username(role, validity), set(), "", set()
    while True:
        page = region.server.call(who, "GET", "/v1/pull", params={"after": after, "digests": "all"}).json()
        found |= {(e["kind"], e["id"]) for e in page["entries"] if e["op"] == "put"}
        scopes |= {e["scope"] for e in page["entries"]} | set(page.get("digests", ()))
        after = page["next"]
        if not page["more"]:
            break
    for name, target in region.targets.items():
        right = may_read(role, validity, name)
        assert ((target.kind, target.id) in found) == right, name
        assert (target.scope in scopes) == right, name
    assert f"user:person-{who}" in scopes or not found


def test_the_history_of_a_case_tells_nothing_of_a_secret_document_in_it(region: Region) -> None:
    case, paper = region.targets["own unit"], region.targets["secret document"]
    seen = set()
    for role in ROLES:
        who = username(role, "in force")
        asked = {"kind": case.kind, "id": case.id}
        told_of = region.server.call(who, "GET", "/v1/audit", params=asked)
        if may_read(role, "in force", "own unit"):
            assert (paper.id in told_of.text) == may_read(role, "in force", "secret document"), role
            assert told_of.json()["entries"]
            seen.add(paper.id in told_of.text)
    assert seen == {True, False}


def test_own_settings_are_ones_own(region: Region) -> None:
    for role in ROLES:
        for validity in VALIDITIES:
            who = username(role, validity)
            page = region.server.call(who, "GET", "/v1/pull", params={"scope": f"user:person-{who}"}).json()
            assert "revoked" not in page


# -- who is let in at all --------------------------------------------------------------------------------

STRANGERS = {
    "nobody": "signed_out",
    "expired": "signed_out",
    "signed out": "signed_out",
    "disabled": "signed_out",
    "not in service": "signed_out",
    "revoked workstation": "signed_out",
    "another workstation": "signed_out",
    "lost workstation": "wiped",
}


def stranger(region: Region, why: str) -> dict[str, str]:
    """Headers of the mightiest person, whom something keeps out."""
    server = region.server
    if why == "nobody":
        return {}
    name = f"stranger-{why.replace(' ', '-')}"
    person_id, office = f"person-{name}", server.office
    values = {"name": name, "home_municipality": "924", "employment": "virka", "active": True}
    office.local.run(AddPerson(values=values, person_id=person_id), "admin")
    if why != "not in service":
        given = GiveRole(person_id=person_id, municipality="924", role=Role.ARCHIVIST, secret=True)
        office.local.run(given, "admin")
    assert {r["status"] for r in office.push(office.made(), "admin")} == {"applied"}
    server.hire(name)
    signed = server.sign_in(name)
    headers, client = dict(server.headers[name]), signed["client_id"]
    assert server.http.get("/v1/devices", headers=headers).status_code == 200
    if why == "expired":
        server.clock.move(minutes=16)
        for other in {username(r, v) for r in ROLES for v in VALIDITIES} & server.headers.keys():
            server.sign_in(other)  # who is asked by other tests
    elif why == "signed out":
        server.http.post("/v1/sign-out", headers=headers)
    elif why == "disabled":
        database, now = server.desk.database, server.clock.now()
        with database.reading() as connection:
            account_id = accounts.find_account(connection, name).id
        database.write(lambda c: accounts.set_disabled(c, account_id, True, now))
    elif why == "not in service":
        office.local.run(EditPerson(person_id=person_id, values={"active": False}), "admin")
        assert {r["status"] for r in office.push(office.made(), "admin")} == {"applied"}
    elif why == "another workstation":
        headers["X-Client-Id"] = new_id()
    else:
        server.sign_in(name)
        at = f"/v1/devices/{client}" + ("/lost" if why == "lost workstation" else "")
        method = "POST" if why == "lost workstation" else "DELETE"
        assert server.http.request(method, at, headers=server.headers[name]).status_code == 204
    return headers


@pytest.mark.parametrize("why", STRANGERS)
def test_whoever_is_not_let_in_gets_nothing_of_any_call(region: Region, why: str) -> None:
    headers = stranger(region, why)
    for call in sorted(calls_of(region)):
        answer = ask_plainly(region, call, headers)
        if CALLS[call] != OPEN:
            assert code_of(answer) == STRANGERS[why], call
            assert answer.status_code == (403 if why == "lost workstation" else 401)
    # Nor does she get in anew.
    if why in ("disabled", "not in service"):
        body = {"username": f"stranger-{why.replace(' ', '-')}", "password": PASSWORD, "client_id": new_id()}
        assert code_of(region.server.http.post("/v1/sign-in", json=body)) == "sign_in_failed"


@pytest.mark.parametrize("role", ROLES)
def test_calls_that_need_no_right_answer_whoever_is_signed_in(region: Region, role: str) -> None:
    """A role that has ended takes away what may be seen, not that one may sign in and hand over what was done."""
    for validity in VALIDITIES:
        who = username(role, validity)
        region.server.call(who, "GET", "/v1/devices")
        region.server.sign_in(who)
        headers = dict(region.server.headers[who])
        own = [
            c
            for c, whom in CALLS.items()
            if whom == OWN and "{client_id}" not in c[1] and c[1] not in ("/v1/sign-out", "/v1/password")
        ]
        for call in [*own, ("POST", "/v1/password"), ("POST", "/v1/sign-out")]:
            answer = ask_plainly(region, call, headers)
            assert answer.status_code in (200, 204), (call, who, answer.text)
        assert code_of(ask_plainly(region, ("GET", "/v1/devices"), headers)) == "signed_out"
        region.server.reset_password(who)
        region.server.sign_in(who)


@pytest.mark.parametrize("validity", VALIDITIES)
@pytest.mark.parametrize("role", ROLES)
def test_who_viewed_secrets_is_told_to_the_archivist_of_the_municipality_alone(
    region: Region, role: str, validity: str
) -> None:
    who = username(role, validity)
    for code in ("924", "236", "999"):
        asked = {"municipality": code, "since": "2026-11-01"}
        answer = region.server.call(who, "GET", "/v1/audit/unusual", params=asked)
        if validity == "in force" and (role, code) in {("archivist", "924"), ("neighbour", "236")}:
            assert (answer.status_code, list(answer.json())) == (200, ["viewings"])
        else:
            assert (answer.status_code, code_of(answer)) == (403, "forbidden"), (who, code)


def test_anothers_workstation_is_as_if_it_were_not_there(region: Region) -> None:
    mine, theirs = username("registrar", "in force"), username("administrator", "in force")
    for who in (mine, theirs):
        region.server.call(who, "GET", "/v1/devices")
    theirs_id = region.server.headers[theirs]["X-Client-Id"]
    for method, end in (("DELETE", ""), ("POST", "/lost")):
        answers = [
            region.server.call(mine, method, f"/v1/devices/{client}{end}") for client in (theirs_id, new_id())
        ]
        assert [code_of(a) for a in answers] == ["not_found", "not_found"]
        assert answers[0].json() == answers[1].json()
    assert region.server.call(theirs, "GET", "/v1/devices").status_code == 200


def test_waiting_tells_nothing_of_what_changed(region: Region) -> None:
    """A poke says that the log has grown, to everybody alike."""

    def answers() -> set[str]:
        asked = {"after": "", "timeout": 0}
        calls = (region.server.call(username(r, "in force"), "GET", "/v1/wait", params=asked) for r in ROLES)
        return {page.text for page in calls}

    answers()  # whoever had not signed in yet has now: that stands in the log, too
    assert len(answers()) == 1


def test_counters_are_for_the_machine_itself(region: Region) -> None:
    assert region.server.http.get("/metrics").status_code == 200
    away = region.server.http.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    assert code_of(away) == "not_found"
