"""How each call is asked about an object, when it has shown or done something, and when it should."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from httpx import Response

from tests.server.matrix import Region, Target, may_change, may_read
from tests.server.people import PASSWORD
from workbench.ids import new_id

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
