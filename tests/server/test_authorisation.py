"""Who may do what: every call × role × scope × validity, over HTTP, against a small table of its own.

The tables below say what is right in this region's words; they share no code with the server. A call that is added
to the server and not to :data:`CALLS` fails the first test. What a person may not see is answered as if it were not
there, to the last byte but for the names that were asked about.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import event

from tests.fakes.world import SECRET
from tests.server.conftest import another_database
from tests.server.http import Served, code_of, served
from tests.server.office import DOMAIN, founded
from tests.server.people import PASSWORD
from workbench.cases.edit import SetCaseValues
from workbench.cases.items import DocumentItem
from workbench.cases.papers import AddDocument
from workbench.cases.parts import SaveView
from workbench.cases.single_rights import GiveAccess
from workbench.ids import new_id
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EditPerson
from workbench.server.database import Database
from workbench.server.identity import accounts

# -- what is right ---------------------------------------------------------------------------------------

EVERYTHING = (
    "global", "own unit", "other unit", "elsewhere", "restricted", "restricted given", "restricted lapsed",
    "secret document", "another's settings",
)  # fmt: skip
"""``restricted`` is handled by the handler in force, ``restricted given`` was opened to the decider, ``restricted
lapsed`` was opened to her until yesterday and is handled by the handler whose role has ended. The secret document
lies in the public case of the own unit."""

READS = {
    "registrar": {"global", "own unit", "other unit"},
    "handler": {"global", "own unit", "restricted", "secret document"},
    "decider": {"global", "own unit", "restricted given"},
    "archivist": {
        "global", "own unit", "other unit", "restricted", "restricted given", "restricted lapsed", "secret document",
    },
    "manager": {"global", "own unit", "other unit"},
    "administrator": {"global"},
    "neighbour": {"global", "elsewhere"},
}  # fmt: skip
"""With the role in force. Before it begins and after it has ended: what is everybody's."""

CHANGES = {role: seen - {"global"} for role, seen in READS.items()} | {
    "administrator": {"global"},
    "manager": set(),
}
"""Whoever reads a case here may also change it, by her role or as its handler, but for the manager, who only reads;
the organisation is the administrator's."""

VALIDITIES = ("in force", "not yet", "ended")
ROLES = {
    "registrar": ((Role.REGISTRAR, "924", "", False),),
    "handler": ((Role.PREPARER, "924", "tekninen", False),),
    "decider": ((Role.DECIDER, "924", "tekninen", False),),
    "archivist": ((Role.ARCHIVIST, "924", "", True),),
    "manager": ((Role.MANAGER, "924", "", False),),
    "administrator": ((Role.ADMINISTRATOR, "924", "", False),),
    "neighbour": ((Role.REGISTRAR, "236", "", True), (Role.ARCHIVIST, "236", "", True)),
}


def may_read(role: str, validity: str, target: str) -> bool:
    return target in (READS[role] if validity == "in force" else {"global"})


def may_change(role: str, validity: str, target: str) -> bool:
    return validity == "in force" and target in CHANGES[role]


OPEN, OWN, ABOUT = "to anybody", "to whoever is signed in", "about an object"
OVERSIGHT = "to the archivist of the municipality"
SERIES = "about a number series: see tests/server/test_held.py"
CALLS = {
    ("POST", "/v1/sign-in"): OPEN,
    ("POST", "/v1/enrol"): OPEN,
    ("POST", "/v1/refresh"): OPEN,
    ("GET", "/v1/health"): OPEN,
    ("GET", "/v1/ready"): OPEN,
    ("GET", "/metrics"): OPEN,
    ("POST", "/v1/session"): OWN,
    ("POST", "/v1/sign-out"): OWN,
    ("POST", "/v1/password"): OWN,
    ("GET", "/v1/devices"): OWN,
    ("DELETE", "/v1/devices/{client_id}"): OWN,
    ("POST", "/v1/devices/{client_id}/lost"): OWN,
    ("GET", "/v1/wait"): OWN,
    ("GET", "/v1/held"): OWN,
    ("PUT", "/v1/held/{series}"): SERIES,
    ("DELETE", "/v1/held/{series}"): SERIES,
    ("POST", "/v1/push"): ABOUT,
    ("GET", "/v1/pull"): ABOUT,
    ("GET", "/v1/audit"): ABOUT,
    ("GET", "/v1/leases/{kind}/{row_id}"): ABOUT,
    ("GET", "/v1/audit/unusual"): OVERSIGHT,
    ("PUT", "/v1/leases/{kind}/{row_id}"): ABOUT,
    ("DELETE", "/v1/leases/{kind}/{row_id}"): ABOUT,
    ("POST", "/v1/blobs/missing"): ABOUT,
    ("PATCH", "/v1/blobs/{municipality}/{sha256}"): ABOUT,
    ("GET", "/v1/blobs/{municipality}/{sha256}"): ABOUT,
}
"""Every call of the server, and to whom it answers."""


# -- the region ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """An object to ask about; ``content`` is that of a file it names, b"" where it has none."""

    kind: str
    id: str
    scope: str
    municipality: str = "924"
    content: bytes = b""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Region:
    """The served region, its objects by name, and who was hired under which user name."""

    server: Served
    targets: dict[str, Target] = field(default_factory=dict)

    def missing_like(self, target: Target) -> Target:
        """Something of the same kind that is nowhere."""
        prefix = target.scope.partition(":")[0]
        nowhere = {"global": f"case:{new_id()}", "unit": "unit:924/olematon/10"}.get(
            prefix, f"{prefix}:{new_id()}"
        )
        return Target(target.kind, new_id(), nowhere, target.municipality, _another(target.content))


def _another(content: bytes) -> bytes:
    return new_id().encode()[: len(content)].rjust(len(content), b"x") if content else b""


def username(role: str, validity: str) -> str:
    return f"{role}-{validity.replace(' ', '-')}"


def hire(made: Region) -> None:
    """People of each role and validity, on the world's workstation and then on the server."""
    office = made.server.office
    for role, given in ROLES.items():
        for validity in VALIDITIES:
            person_id = f"person-{username(role, validity)}"
            home = given[0][1]
            values = {
                "name": f"{role} {validity}",
                "home_municipality": home,
                "employment": "virka",
                "active": True,
            }
            office.local.run(AddPerson(values=values, person_id=person_id), "admin", home)
            for name, code, place, secret in given:
                days = {
                    "not yet": {"valid_from": date(2026, 12, 1)},
                    "ended": {"valid_to": date(2026, 11, 24)},
                }.get(validity, {})
                role_given = GiveRole(
                    person_id=person_id, municipality=code, role=name, office=place, secret=secret, **days
                )
                office.local.run(role_given, "admin", code)
    assert {r["status"] for r in office.push(office.made(), "admin")} == {"applied"}


def fill(made: Region) -> None:
    """One object of each scope."""
    office, local = made.server.office, made.server.office.local

    def case(name: str, who: str = "registrar", **more: Any) -> str:
        case_id = local.register(name, who, **more)
        made.targets[name] = Target(
            "case_file", case_id, "", more.get("municipality", "924"), f"kirjeen sisus {name}".encode()
        )
        return case_id

    handler, ended = f"person-{username('handler', 'in force')}", f"person-{username('handler', 'ended')}"
    decider = f"person-{username('decider', 'in force')}"
    public = case("own unit", handler_id=handler)
    case("other unit", office="sivistys", handler_id="")
    for name, by in (("restricted", handler), ("restricted given", ""), ("restricted lapsed", ended)):
        local.run(SetCaseValues(case_id=case(name, handler_id=by), values=SECRET))
    for name, until in (("restricted given", None), ("restricted lapsed", date(2026, 11, 24))):
        case_id = made.targets[name].id
        local.run(GiveAccess(case_id=case_id, person_id=decider, reason="apu", valid_to=until))
    content = b"salaisen asiakirjan sisus"
    paper = DocumentItem(
        title="Salainen",
        type="Kirje",
        sender="Liisa",
        channel="letter",
        file=local.file(content),
        overrides=SECRET,
    )
    local.run(AddDocument(case_id=public, document=paper))
    made.targets["secret document"] = Target("document", paper.document_id, "", "924", content)
    view = SaveView(name="Oma", query={"state": "open"})
    local.run(view)
    made.targets["another's settings"] = Target("saved_view", local.rows("saved_view")[0]["id"], "")
    made.targets["global"] = Target("municipality", "924", "")
    office.bring_content()
    assert {r["status"] for r in office.push(office.made(), "registrar")} == {"applied"}
    case("elsewhere", "neighbour", municipality="236")
    office.bring_content("neighbour")
    assert {r["status"] for r in office.push(office.made(), "neighbour")} == {"applied"}
    for name, target in made.targets.items():
        table = DOMAIN.kinds.table(target.kind)
        with office.database.reading() as connection:
            scope = (
                connection.execute(table.select().where(table.c.id == target.id)).mappings().one()["scope_id"]
            )
        made.targets[name] = Target(target.kind, target.id, scope, target.municipality, target.content)
        if target.content:
            made.server.desk.contents.put(target.municipality, target.content)
    assert set(made.targets) == set(EVERYTHING)
    kinds = {t.scope.partition(":")[0] for t in made.targets.values()}
    assert kinds == {"global", "unit", "case", "doc", "user"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    folder = tmp_path_factory.mktemp("authorisation")

    def on(database: Database) -> Iterator[Region]:
        with founded(database, folder) as office, served(office, folder) as server:
            made = Region(server)
            hire(made)
            fill(made)
            server.clock.move(days=2)  # roles and rights that were to end have ended
            yield made

    if request.param == "sqlite":
        database = Database(f"sqlite:///{folder / 's.sqlite'}")
        yield from on(database)
        database.close()
    else:
        with another_database(request.getfixturevalue("postgresql")) as database:
            yield from on(database)


# -- asking ----------------------------------------------------------------------------------------------

Asked = tuple[int, str]
"""Status and body, with the names that were asked about taken out."""


def told(answer: Response, target: Target, *more: str) -> Asked:
    text = answer.text
    for name in (target.id, target.scope, target.sha256, *more):
        text = text.replace(f'"{name}"', '"…"')
    return answer.status_code, text


def pull(region: Region, who: str, target: Target) -> Asked:
    answer = region.server.call(who, "GET", "/v1/pull", params={"scope": target.scope})
    body = answer.json()
    kept = {n: body[n] for n in ("entries", "more", "revoked") if n in body}
    return answer.status_code, json.dumps(kept)


def audit(region: Region, who: str, target: Target) -> Asked:
    asked = {"kind": target.kind, "id": target.id}
    return told(region.server.call(who, "GET", "/v1/audit", params=asked), target)


def see_lease(region: Region, who: str, target: Target) -> Asked:
    return told(region.server.call(who, "GET", f"/v1/leases/{target.kind}/{target.id}"), target)


def take_lease(region: Region, who: str, target: Target) -> Asked:
    return told(region.server.call(who, "PUT", f"/v1/leases/{target.kind}/{target.id}"), target)


def give_lease(region: Region, who: str, target: Target) -> Asked:
    return told(region.server.call(who, "DELETE", f"/v1/leases/{target.kind}/{target.id}"), target)


def content(region: Region, who: str, target: Target) -> Asked:
    path = f"/v1/blobs/{target.municipality}/{target.sha256}"
    return told(region.server.call(who, "GET", path), target)


def missing(region: Region, who: str, target: Target) -> Asked:
    shutil.rmtree(
        region.server.desk.uploads, ignore_errors=True
    )  # an own beginning is told, and told of in both
    wanted = {"municipality": target.municipality, "sha256": target.sha256, "size": len(target.content)}
    return told(region.server.call(who, "POST", "/v1/blobs/missing", json={"blobs": [wanted]}), target)


def send_piece(region: Region, who: str, target: Target) -> Asked:
    """The first byte of a content. It is asked twice: what was sent before says nothing new."""
    headers = {
        "Content-Type": "application/octet-stream",
        "Upload-Offset": "0",
        "Upload-Length": str(len(target.content)),
    }
    path = f"/v1/blobs/{target.municipality}/{target.sha256}"
    region.server.call(who, "PATCH", path, content=target.content[:1], headers=headers)
    return told(region.server.call(who, "PATCH", path, content=target.content[:1], headers=headers), target)


CHANGE: dict[str, tuple[str, str, Callable[[str], dict[str, Any]]]] = {
    "case_file": ("case.edit", "title", lambda i: {"case_id": i, "changes": {}}),
    "document": ("document.edit", "title", lambda i: {"document_id": i, "changes": {}}),
    "municipality": (
        "organisation.change",
        "email",
        lambda i: {"municipality": i, "values": {}},
    ),
    "saved_view": ("view.save", "name", lambda i: {"view_id": i, "name": "Oma", "query": {}}),
}


def push(region: Region, who: str, target: Target) -> Asked:
    """A change of one field by the command for it."""
    command, name, args = CHANGE[target.kind]
    op = {
        "op_id": new_id(),
        "type": "patch",
        "kind": target.kind,
        "id": target.id,
        "base_rev": 10**6,
        "patch": {name: f"{new_id()}@example.fi"},
    }
    group = {
        "group_id": new_id(),
        "n": 1,
        "command": command,
        "args": args(target.id),
        "at": "2026-11-26T10:00:00.000000Z",
        "actor": f"person-{who}",
        "municipality": target.municipality,
        "about": [target.kind, target.id],
        "reason": "syy",
        "ops": [op],
    }
    answer = region.server.call(who, "POST", "/v1/push", json={"groups": [group]})
    assert answer.status_code == 200, answer.text
    (result,) = answer.json()["results"]
    assert result.get("code") not in ("unknown_command", "unknown_field", "invalid", "internal"), result
    text = json.dumps({n: v for n, v in result.items() if n not in ("group_id", "rows", "ops")})
    return (200 if result["status"] == "applied" else 403), text.replace(f'"{target.id}"', '"…"')


@dataclass(frozen=True)
class About:
    """A call about an object: how it is asked, when it has shown or done something, and when it should."""

    ask: Callable[[Region, str, Target], Asked]
    did: Callable[[Asked], bool]
    right: Callable[[str, str, str], bool]
    of_files: bool = False


ABOUTS = {
    ("GET", "/v1/pull"): About(pull, lambda a: not json.loads(a[1]).get("revoked"), may_read),
    ("GET", "/v1/audit"): About(audit, lambda a: json.loads(a[1])["entries"] != [], may_read),
    ("GET", "/v1/leases/{kind}/{row_id}"): About(see_lease, lambda a: a[0] == 200, may_read),
    ("PUT", "/v1/leases/{kind}/{row_id}"): About(take_lease, lambda a: a[0] == 200, may_read),
    ("DELETE", "/v1/leases/{kind}/{row_id}"): About(give_lease, lambda a: a[0] == 200, may_read),
    ("GET", "/v1/blobs/{municipality}/{sha256}"): About(content, lambda a: a[0] == 200, may_read, True),
    ("POST", "/v1/blobs/missing"): About(
        missing, lambda a: json.loads(a[1]) == {"missing": []}, may_read, True
    ),
    ("PATCH", "/v1/blobs/{municipality}/{sha256}"): About(
        send_piece, lambda a: a[0] == 200 and json.loads(a[1])["done"], may_read, True
    ),
    ("POST", "/v1/push"): About(push, lambda a: a[0] == 200, may_change),
}


# -- the tests -------------------------------------------------------------------------------------------


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


def ask_plainly(region: Region, call: tuple[str, str], headers: dict[str, str]) -> Response:
    """A call of the right shape about the public case."""
    target = region.targets["own unit"]
    client = headers.get("X-Client-Id") or new_id()
    bodies: dict[str, Any] = {
        "/v1/sign-in": {"username": "nobody-at-all", "password": PASSWORD, "client_id": client},
        "/v1/enrol": {"token": "x", "client_id": client},
        "/v1/refresh": {"refresh_token": "x", "client_id": client},
        "/v1/password": {"old": PASSWORD, "new": f"{PASSWORD} ja vielä"},
        "/v1/session": {"client_id": client, "protocol": 1},
        "/v1/push": {"groups": []},
        "/v1/blobs/missing": {"blobs": []},
    }
    names = {
        "client_id": client, "kind": target.kind, "row_id": target.id,
        "municipality": target.municipality, "sha256": target.sha256, "series": "section:924:hallitus",
    }  # fmt: skip
    method, template = call
    more: dict[str, Any] = {}
    if template in bodies:
        more["json"] = bodies[template]
    if method == "PATCH":
        more["content"] = b"k"
        headers = headers | {
            "Content-Type": "application/octet-stream",
            "Upload-Offset": "0",
            "Upload-Length": "9",
        }
    if template == "/v1/audit":
        more["params"] = {"kind": target.kind, "id": target.id}
    if template == "/v1/audit/unusual":
        more["params"] = {"municipality": "924", "since": "2026-11-01"}
    if template == "/v1/wait":
        more["params"] = {"timeout": 0}
    return region.server.http.request(method, template.format(**names), headers=headers, **more)


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
    answers = set()
    for role in ROLES:
        page = region.server.call(
            username(role, "in force"), "GET", "/v1/wait", params={"after": "", "timeout": 0}
        )
        answers.add(page.text)
    assert len(answers) == 1


def test_counters_are_for_the_machine_itself(region: Region) -> None:
    assert region.server.http.get("/metrics").status_code == 200
    away = region.server.http.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    assert code_of(away) == "not_found"
