"""Who may do what, in this region's words: the tables, the small rule over them, and the region with its people.

None of it shares code with the server's rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.fakes.world import SECRET
from tests.server.http import Served, served
from tests.server.office import DOMAIN, founded
from workbench.cases.edit import SetCaseValues
from workbench.cases.items import DocumentItem
from workbench.cases.papers import AddDocument
from workbench.cases.parts import SaveView
from workbench.cases.single_rights import GiveAccess
from workbench.ids import new_id
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.server.database import Database

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


@contextmanager
def peopled(database: Database, folder: Path) -> Iterator[Region]:
    """The region on a database: everybody hired, every object there, and what was to end has ended."""
    with founded(database, folder) as office, served(office, folder) as server:
        made = Region(server)
        hire(made)
        fill(made)
        server.clock.move(days=2)  # roles and rights that were to end have ended
        yield made
