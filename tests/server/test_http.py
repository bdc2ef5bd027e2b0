"""The server over HTTP: every call, and what comes in that should not."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.server.http import Served, code_of
from tests.server.people import PASSWORD
from workbench.ids import new_id
from workbench.server.http.bodies import MOST_BYTES, UNKNOWN_BYTES
from workbench.server.http.watch import JsonLines
from workbench.server.schema import blob
from workbench.sync.wire import BLOB_CHUNK


def test_a_conversation_from_sign_in_to_pull(server: Served) -> None:
    signed = server.sign_in("registrar") if server.hire("registrar") is None else {}
    body = {"client_id": signed["client_id"], "app": "1", "protocol": 1, "schema": "1.2", "epoch": ""}
    session = server.call("registrar", "POST", "/v1/session", json=body).json()
    assert session["person_id"] == "person-registrar" and session["limits"]["push_ops"] == 500
    case_id, group = server.office.register()
    answer = server.call("registrar", "POST", "/v1/push", json={"epoch": session["epoch"], "groups": [group]})
    assert [r["status"] for r in answer.json()["results"]] == ["applied"]
    seen, after = set(), ""
    while True:
        page = server.call("registrar", "GET", "/v1/pull", params={"after": after, "limit": 50}).json()
        seen |= {e["id"] for e in page["entries"]}
        after = page["next"]
        if not page["more"]:
            break
    assert case_id in seen and page["digests"]
    waited = server.call("registrar", "GET", "/v1/wait", params={"after": after, "timeout": 0}).json()
    assert waited == {"horizon": page["horizon"], "changed": False}
    assert server.call("registrar", "GET", "/v1/wait", params={"after": "", "timeout": 25}).json()["changed"]
    told = server.call("registrar", "GET", "/v1/audit", params={"kind": "case_file", "id": case_id}).json()
    assert told["entries"] and not told["more"]
    assert server.call("registrar", "POST", "/v1/sign-out").status_code == 204
    assert code_of(server.call("registrar", "GET", "/v1/pull")) == "signed_out"


def test_every_group_a_workstation_makes_has_the_shape_the_server_takes(server: Served) -> None:
    """Groups of the whole world are sent again: each is known, none is malformed."""
    server.office.sent = 0
    groups = server.office.made()
    assert len(groups) > 20
    for start in range(0, len(groups), 20):
        answer = server.call("admin", "POST", "/v1/push", json={"groups": groups[start : start + 20]})
        assert answer.status_code == 200, answer.text
        assert {r["status"] for r in answer.json()["results"]} == {"applied"}


def test_a_gzipped_body_is_unpacked_and_a_large_answer_packed(server: Served) -> None:
    _case, group = server.office.register()
    body = gzip.compress(json.dumps({"groups": [group]}).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = server.call("registrar", "POST", "/v1/push", content=body, headers=headers)
    assert answer.json()["results"][0]["status"] == "applied"
    page = server.call("registrar", "GET", "/v1/pull", headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip" and page.json()["entries"]
    plain = server.call("registrar", "GET", "/v1/pull", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers and plain.json()["entries"]
    signed = server.http.post(
        "/v1/sign-in",
        json={"username": "registrar", "password": PASSWORD, "client_id": new_id()},
        headers={"Accept-Encoding": "gzip"},
    )
    assert "content-encoding" not in signed.headers


def test_unknown_fields_are_passed_over_in_the_envelope(server: Served) -> None:
    _case, group = server.office.register()
    more: dict[str, Any] = {"from_the_future": {"x": [1]}}
    sent = {**group, **more, "ops": [{**op, **more} for op in group["ops"]]}
    answer = server.call("registrar", "POST", "/v1/push", json={"groups": [sent], **more})
    assert answer.json()["results"][0]["status"] == "applied"
    again = server.call("registrar", "POST", "/v1/push", json={"groups": [group]})
    assert again.json()["results"][0]["status"] == "applied", "the same group, whatever was passed over"


# -- what should not come in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/session"),
        ("POST", "/v1/push"),
        ("GET", "/v1/pull"),
        ("GET", "/v1/wait"),
        ("GET", "/v1/audit?kind=person&id=x"),
        ("PUT", "/v1/leases/person/x"),
        ("DELETE", "/v1/leases/person/x"),
        ("POST", "/v1/blobs/missing"),
        ("PATCH", f"/v1/blobs/924/{'a' * 64}"),
        ("GET", f"/v1/blobs/924/{'a' * 64}"),
        ("GET", "/v1/devices"),
        ("DELETE", "/v1/devices/01900000-0000-7000-8000-000000000000"),
        ("POST", "/v1/devices/01900000-0000-7000-8000-000000000000/lost"),
        ("POST", "/v1/sign-out"),
    ],
)
def test_no_call_is_answered_to_a_stranger(server: Served, method: str, path: str) -> None:
    bodies: dict[str, Any] = {
        "/v1/session": {"json": {"client_id": new_id(), "protocol": 1}},
        "/v1/push": {"json": {"groups": []}},
        "/v1/blobs/missing": {"json": {"blobs": []}},
    }
    more = bodies.get(path, {})
    headers = {"Content-Type": "application/octet-stream", "Upload-Offset": "0", "Upload-Length": "1"}
    if method == "PATCH":
        more = {"content": b"x"}
    else:
        headers = {}
    wrong = ({}, {"Authorization": "Bearer x", "X-Client-Id": new_id()}, {"Authorization": "Basic eDp5"})
    for given in wrong:
        answer = server.http.request(method, path, headers=headers | given, **more)
        assert (answer.status_code, code_of(answer)) == (401, "signed_out")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_stranger_may_not_send_much(server: Served) -> None:
    big = json.dumps({"groups": [], "x": "y" * UNKNOWN_BYTES}).encode()
    headers = {"Content-Type": "application/json"}
    for path in ("/v1/push", "/v1/sign-in"):
        assert code_of(server.http.post(path, content=big, headers=headers)) == "signed_out"
        packed = server.http.post(
            path, content=gzip.compress(big), headers=headers | {"Content-Encoding": "gzip"}
        )
        assert code_of(packed) == "signed_out"
    assert server.call("registrar", "POST", "/v1/push", content=big, headers=headers).status_code == 200


def test_too_large_and_bombs(server: Served) -> None:
    headers = {"Content-Type": "application/json"}
    bomb = gzip.compress(b'{"groups":[],"x":"' + b"0" * (MOST_BYTES + 1) + b'"}')
    assert len(bomb) < UNKNOWN_BYTES
    sent = server.call(
        "registrar", "POST", "/v1/push", content=bomb, headers=headers | {"Content-Encoding": "gzip"}
    )
    assert code_of(sent) == "too_large"
    announced = server.call(
        "registrar", "POST", "/v1/push", content=b"{}", headers=headers | {"Content-Length": str(1 << 40)}
    )
    assert code_of(announced) == "too_large"

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // (1 << 20) + 2):
            yield b" " * (1 << 20)

    assert (
        code_of(server.call("registrar", "POST", "/v1/push", content=endless(), headers=headers))
        == "too_large"
    )


def test_too_many_operations(server: Served) -> None:
    _case, group = server.office.register()
    many = [{**group, "group_id": new_id()} for _ in range(500 // len(group["ops"]) + 1)]
    assert code_of(server.call("registrar", "POST", "/v1/push", json={"groups": many})) == "too_large"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"groups": [{}]}',
        b'{"groups": "x"}',
        b'{"groups": [], "groups": NaN}',
        b'{"groups": []' + b"," * 10,
        b'{"groups": [], "x": ' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"groups": [], "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"groups": [], "epoch": "\\ud800"}',
        b'{"groups": [], "epoch": "\\u0000"}',
        b'{"groups": [], "acked_through": -1}',
        b'{"groups": [], "acked_through": 1e400}',
        b'{"groups": [], "acked_through": 99999999999999999999999}',
    ],
)
def test_malformed_bodies_are_told_so(server: Served, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = server.call("registrar", "POST", "/v1/push", content=body, headers=headers)
    assert code_of(answer) == "invalid"


def broken(group: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in {
        "group_id": "x",
        "command": "a b",
        "command ": 1,
        "at": "yesterday",
        "actor": "a\0b",
        "municipality": 924,
        "title": "x\0",
        "reason": {"x": 1},
        "words": [],
        "args": [],
        "about": ["case"],
        "resolves": ["x"],
        "n": "1",
        "ops": [{}],
    }.items():
        yield {**group, name.strip(): value}
    for name, value in {
        "op_id": "1",
        "type": "drop",
        "kind": "Case",
        "id": "../../etc\n",
        "base_rev": True,
        "after_op": 5,
        "patch": [],
        "scope": "a b",
    }.items():
        yield {**group, "ops": [{**group["ops"][0], name: value}]}


def test_a_malformed_envelope_is_told_where_and_never_what(server: Served) -> None:
    _case, group = server.office.register()
    for wrong in broken(dict(group)):
        answer = server.call("registrar", "POST", "/v1/push", json={"groups": [wrong]})
        assert code_of(answer) == "invalid", wrong
        assert "body.groups.0" in answer.json()["detail"]
    assert "yesterday" not in answer.text


def test_other_packings_and_media_are_refused(server: Served) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "br"}
    assert (
        code_of(server.call("registrar", "POST", "/v1/push", content=b"{}", headers=headers)) == "media_type"
    )
    for cut in (b"not gzip", gzip.compress(b'{"groups":[]}')[:-4]):
        answer = server.call(
            "registrar", "POST", "/v1/push", content=cut, headers=headers | {"Content-Encoding": "gzip"}
        )
        assert code_of(answer) == "invalid"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert code_of(server.call("registrar", "POST", "/v1/push", content=b"a=b", headers=form)) == "invalid"


def test_cursors_of_another_restore_and_epochs(server: Served) -> None:
    for after in ("x", f"{new_id()}.5", f"{new_id()}.-1", "5"):
        for path in ("/v1/pull", "/v1/wait"):
            assert code_of(server.call("registrar", "GET", path, params={"after": after})) == "resync"
    answer = server.call("registrar", "POST", "/v1/push", json={"groups": [], "epoch": new_id()})
    assert (answer.status_code, code_of(answer)) == (409, "epoch_changed")


def test_an_old_protocol_is_told_to_upgrade(server: Served) -> None:
    server.call("registrar", "GET", "/v1/devices")
    client = server.headers["registrar"]["X-Client-Id"]
    answer = server.call("registrar", "POST", "/v1/session", json={"client_id": client, "protocol": 0})
    assert (answer.status_code, code_of(answer)) == (426, "upgrade")
    other = server.call("registrar", "POST", "/v1/session", json={"client_id": new_id(), "protocol": 1})
    assert code_of(other) == "invalid"


def test_unknown_paths_and_methods_answer_as_problems_with_safe_headers(server: Served) -> None:
    for method, path, code in (("GET", "/v1/nothing", "not_found"), ("GET", "/v1/push", "method")):
        answer = server.http.request(method, path)
        assert code_of(answer) == code
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    crossed = server.http.options(
        "/v1/pull", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    )
    assert not [h for h in crossed.headers if h.startswith("access-control")]


# -- faults and logs -------------------------------------------------------------------------------------


def test_a_fault_is_an_incident_that_tells_nothing_of_rows(
    server: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_pull(*_a: Any, **_k: Any) -> None:
        raise RuntimeError("Liisa Lähettäjä, salainen asia")

    server.call("registrar", "GET", "/v1/devices")
    monkeypatch.setattr("workbench.server.http.sync_calls.pull", broken_pull)
    with caplog.at_level(logging.INFO, "workbench.server.calls"):
        answer = server.call("registrar", "GET", "/v1/pull", params={"scope": "case:secret-one"})
    assert (answer.status_code, code_of(answer)) == (500, "internal")
    incident = answer.json()["incident"]
    lines = [JsonLines(lambda: "now").format(r) for r in caplog.records if r.name == "workbench.server.calls"]
    assert any(incident in line and "RuntimeError" in line for line in lines)
    client = server.headers["registrar"]["X-Client-Id"]
    for told in (answer.text, *lines):
        assert not any(
            word in told for word in ("Liisa", "salainen", "secret-one", client, "person-registrar")
        )
    assert json.loads(lines[-1])["route"] == "/v1/pull"


def test_health_readiness_and_counters(server: Served) -> None:
    assert server.http.get("/v1/health").json() == {"status": "alive"}
    assert server.http.get("/v1/ready").json() == {"status": "ready"}
    text = server.http.get("/metrics").text
    assert 'workbench_calls_total{method="GET",route="/v1/ready",status="200"} 1' in text
    assert 'workbench_call_seconds_count{route="/v1/ready"} 1' in text
    assert server.http.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404


def test_a_database_that_is_away_makes_the_server_not_ready(server: Served) -> None:
    with server.desk.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE clock")
    assert server.http.get("/v1/ready").status_code in (500, 503)
    assert server.http.get("/v1/health").status_code == 200


# -- workstations ----------------------------------------------------------------------------------------


def test_workstations_over_http_and_a_lost_one_is_told(server: Served) -> None:
    server.hire("registrar")
    lost = server.sign_in("registrar")
    lost_headers = dict(server.headers["registrar"])
    server.sign_in("registrar")
    listed = server.call("registrar", "GET", "/v1/devices").json()["devices"]
    assert [d["this"] for d in listed] == [True, False] or {d["this"] for d in listed} == {True, False}
    assert server.call("registrar", "POST", f"/v1/devices/{lost['client_id']}/lost").status_code == 204
    told = server.http.get("/v1/pull", headers=lost_headers)
    assert (told.status_code, code_of(told)) == (403, "wiped")
    again = server.http.post(
        "/v1/refresh", json={"refresh_token": lost["refresh_token"], "client_id": lost["client_id"]}
    )
    assert (again.status_code, code_of(again)) == (403, "wiped")
    assert code_of(server.call("registrar", "DELETE", f"/v1/devices/{new_id()}")) == "not_found"


def test_guessing_over_http_is_slowed_down(server: Served) -> None:
    body = {"username": "nobody", "password": "a wrong one", "client_id": new_id()}
    codes = [code_of(server.http.post("/v1/sign-in", json=body)) for _ in range(6)]
    assert codes == ["sign_in_failed"] * 5 + ["busy"]
    assert int(server.http.post("/v1/sign-in", json=body).headers["retry-after"]) >= 1


# -- leases ----------------------------------------------------------------------------------------------


def test_a_lease_is_told_to_others_and_ends_by_itself(server: Served) -> None:
    case_id, group = server.office.register()
    server.call("registrar", "POST", "/v1/push", json={"groups": [group]})
    path = f"/v1/leases/case_file/{case_id}"
    mine = server.call("registrar", "PUT", path).json()
    assert mine["mine"] and mine["holder"] == "person-registrar" and mine["name"] == "Registrar Testinen"
    theirs = server.call("preparer", "PUT", path).json()
    assert theirs == mine | {"mine": False}
    assert server.call("preparer", "DELETE", path).json()["holder"] == "person-registrar"
    server.clock.move(minutes=2)
    assert server.call("preparer", "PUT", path).json()["mine"]
    assert server.call("preparer", "DELETE", path).json() == {
        "holder": "", "name": "", "until": None, "mine": False,
    }  # fmt: skip
    for who, where in (
        ("neighbour", path),
        ("registrar", "/v1/leases/case_file/none"),
        ("registrar", "/v1/leases/x/y"),
    ):
        assert code_of(server.call(who, "PUT", where)) == "not_found"
        assert code_of(server.call(who, "DELETE", where)) == "not_found"


# -- contents of files -----------------------------------------------------------------------------------


def piece(offset: int, length: int) -> dict[str, str]:
    return {
        "Content-Type": "application/octet-stream",
        "Upload-Offset": str(offset),
        "Upload-Length": str(length),
    }


def send(server: Served, who: str, content: bytes, *, size: int = 1000, municipality: str = "924") -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"/v1/blobs/{municipality}/{sha256}"
    answer = None
    for at in range(0, len(content) or 1, size):
        data = content[at : at + size]
        answer = server.call(who, "PATCH", path, content=data, headers=piece(at, len(content)))
        assert answer.json() == {"offset": at + len(data), "done": at + len(data) == len(content)}, (
            answer.text
        )
    return path


def ask(server: Served, who: str, content: bytes, municipality: str = "924") -> list[Any]:
    wanted = {
        "municipality": municipality,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }
    return list(server.call(who, "POST", "/v1/blobs/missing", json={"blobs": [wanted]}).json()["missing"])


def test_a_content_comes_in_pieces_and_goes_on_after_a_break(server: Served) -> None:
    content = bytes(range(256)) * 12
    name = {"municipality": "924", "sha256": hashlib.sha256(content).hexdigest()}
    assert ask(server, "registrar", content) == [name | {"offset": 0}]
    path = f"/v1/blobs/924/{name['sha256']}"
    server.call("registrar", "PATCH", path, content=content[:1000], headers=piece(0, len(content)))
    assert ask(server, "registrar", content) == [name | {"offset": 1000}]
    for wrong in (0, 500, 2000):  # sent twice, or something was lost on the way: the server says where it is
        answer = server.call("registrar", "PATCH", path, content=b"zzz", headers=piece(wrong, len(content)))
        assert answer.json() == {"offset": 1000, "done": False}
    done = server.call("registrar", "PATCH", path, content=content[1000:], headers=piece(1000, len(content)))
    assert done.json() == {"offset": len(content), "done": True}
    assert ask(server, "registrar", content) == []
    again = server.call("registrar", "PATCH", path, content=content[1000:], headers=piece(1000, len(content)))
    assert again.json()["done"]
    assert server.call("registrar", "GET", path).content == content
    part = server.call("registrar", "GET", path, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    rest = server.call("registrar", "GET", path, headers={"Range": "bytes=3000-"})
    assert rest.content == content[3000:]
    beyond = server.call("registrar", "GET", path, headers={"Range": f"bytes={len(content)}-"})
    assert (beyond.status_code, code_of(beyond)) == (416, "range")
    held = b"".join(p.read_bytes() for p in server.desk.uploads.parent.rglob("*") if p.is_file())
    assert content[:200] not in held, "at rest it is sealed, and no piece is left"


def test_an_empty_content(server: Served) -> None:
    path = send(server, "registrar", b"")
    assert server.call("registrar", "GET", path).content == b""


def test_nobody_learns_of_a_content_she_neither_brought_nor_may_read(server: Served) -> None:
    content = b"salainen liite"
    path = send(server, "registrar", content)
    assert code_of(server.call("preparer", "GET", path)) == "not_found"
    assert ask(server, "preparer", content) != []
    assert server.call(
        "preparer", "PATCH", path, content=content[:4], headers=piece(0, len(content))
    ).json() == {
        "offset": 4,
        "done": False,
    }
    assert ask(server, "registrar", content) == []
    assert ask(server, "preparer", content)[0]["offset"] == 4
    none = server.call("preparer", "GET", f"/v1/blobs/924/{'0' * 64}")
    assert none.json() == server.call("neighbour", "GET", path).json()


def test_a_content_named_by_a_row_is_read_by_whoever_reads_the_row(server: Served) -> None:
    case_id, group = server.office.register(
        "Hakemus", documents=(server.office.local.letter("L", "oma sisus"),)
    )
    content = b"oma sisus"
    with server.desk.database.writing() as connection:
        connection.execute(blob.delete().where(blob.c.sha256 == hashlib.sha256(content).hexdigest()))
    refused = server.call("registrar", "POST", "/v1/push", json={"groups": [group]}).json()["results"][0]
    assert refused["code"] == "blob_missing" and case_id
    path = send(server, "registrar", content)
    again = {**group, "group_id": new_id(), "ops": [{**op, "op_id": new_id()} for op in group["ops"]]}
    result = server.call("registrar", "POST", "/v1/push", json={"groups": [again]}).json()["results"][0]
    assert result["status"] == "applied"
    assert server.call("preparer", "GET", path).content == content
    assert code_of(server.call("neighbour", "GET", path)) == "not_found"


def test_what_does_not_hash_to_its_name_is_not_kept(server: Served) -> None:
    sha256 = hashlib.sha256(b"what it should be").hexdigest()
    path = f"/v1/blobs/924/{sha256}"
    answer = server.call("registrar", "PATCH", path, content=b"something else!!!", headers=piece(0, 17))
    assert code_of(answer) == "invalid"
    assert ask(server, "registrar", b"what it should be")[0]["offset"] == 0
    with server.desk.database.reading() as connection:
        assert connection.execute(select(blob).where(blob.c.sha256 == sha256)).all() == []
    assert not server.desk.contents.has("924", sha256)


@pytest.mark.parametrize(
    "name",
    [
        "924/..%2f..%2fserver.key",
        "924/" + "A" * 64,
        "924/" + "a" * 63,
        "..%2f924/" + "a" * 64,
        "9%0024/" + "a" * 64,
    ],
)
def test_path_tricks(server: Served, name: str) -> None:
    for method in ("GET", "PATCH"):
        more = {"content": b"x", "headers": piece(0, 1)} if method == "PATCH" else {}
        assert code_of(server.call("registrar", method, f"/v1/blobs/{name}", **more)) in (
            "invalid",
            "not_found",
        )
    blobs = [{"municipality": "../", "sha256": "a" * 64, "size": 1}]
    assert code_of(server.call("registrar", "POST", "/v1/blobs/missing", json={"blobs": blobs})) == "invalid"
    assert not server.desk.uploads.exists()


def test_bounds_of_contents(server: Served) -> None:
    path = f"/v1/blobs/924/{'a' * 64}"
    tries = {
        "too_large": [(b"x", piece(0, 1 << 40)), (b"x" * (BLOB_CHUNK + 1), piece(0, BLOB_CHUNK + 1))],
        "invalid": [(b"xx", piece(0, 1)), (b"x", piece(5, 5)), (b"x", piece(0, 1) | {"Upload-Length": "-1"})],
        "media_type": [(b"x", piece(0, 1) | {"Content-Type": "text/plain"})],
    }
    for code, bodies in tries.items():
        for content, headers in bodies:
            assert code_of(server.call("registrar", "PATCH", path, content=content, headers=headers)) == code
    nowhere = server.call("registrar", "PATCH", path.replace("924", "999"), content=b"x", headers=piece(0, 2))
    assert code_of(nowhere) == "invalid"


def test_a_damaged_content_is_sent_anew_and_mended(server: Served) -> None:
    content = b"sisus" * 50
    send(server, "registrar", content)
    sha256 = hashlib.sha256(content).hexdigest()
    server.desk.contents.path("924", sha256).write_bytes(b"rubbish")
    path = send(server, "preparer", content)
    assert server.call("registrar", "GET", path).content == content
