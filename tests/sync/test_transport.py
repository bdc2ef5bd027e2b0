"""The calls over HTTP: what leaves and how, and what each answer becomes."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import StandingClock
from tests.fakes.ring import FakeRing
from workbench.clock import to_text
from workbench.errors import StorageProblem, UserError
from workbench.sync import errors
from workbench.sync.tokens import TokenKeeper
from workbench.sync.transport import HttpTransport, check_url

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Peer:
    """A server that answers what the test put in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any, dict[str, str]]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.given = 0
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                peer.asked.append((self.command, self.path, dict(self.headers), body))
                if self.path == "/v1/refresh" and not peer.answers:
                    peer.given += 1
                    return self.give(200, pair(peer.given), {})
                self.give(*peer.answers.pop(0))
                return None

            def give(self, status: int, body: Any, headers: dict[str, str]) -> None:
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            do_GET = do_POST = do_PATCH = answer  # noqa: N815 - names of the standard library

            def log_message(self, *_args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def will(self, status: int, body: Any, **headers: str) -> None:
        self.answers.append((status, body, {n.replace("_", "-"): v for n, v in headers.items()}))


def pair(n: int) -> dict[str, str]:
    return {
        "access_token": f"access-{n}",
        "access_expires_at": to_text(NOW + timedelta(minutes=10)),
        "refresh_token": f"refresh-{n}",
        "person_id": "person-a",
    }


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Desk:
    def __init__(self, peer: Peer, folder: Path) -> None:
        self.ring, self.clock = FakeRing(), StandingClock(NOW)
        self.keeper = TokenKeeper(self.ring, "client", folder, self.clock)
        self.keeper.take(pair(0))
        self.transport = HttpTransport(peer.url, "client", self.keeper)


@pytest.fixture
def desk(peer: Peer, tmp_path: Path) -> Desk:
    return Desk(peer, tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "http://server.example",
        "ftp://x",
        "kirjaamo@server.example",
        "https://a:b@x.fi",
        "https://",
        "https:///",
        "//",
        " ",
    ],
)
def test_only_an_encrypted_address_is_taken(url: str) -> None:
    with pytest.raises(UserError):
        check_url(url)


def test_on_the_machine_itself_a_call_may_go_open() -> None:
    assert check_url(" http://127.0.0.1:8000/ ") == "http://127.0.0.1:8000"


def test_an_address_that_says_nothing_else_is_an_encrypted_one() -> None:
    assert check_url("https://server.example/") == "https://server.example"
    assert check_url("server.example") == "https://server.example"
    assert check_url("server.example:8443/polku/") == "https://server.example:8443/polku"


def test_frozen_groups_leave_to_the_byte(peer: Peer, desk: Desk) -> None:
    frozen = ['{"group_id":"a","words":{"ä":1.0}}', '{"group_id":"b"}' + " " * 3000]
    peer.will(200, {"results": [{}, {}], "horizon": "x"})
    desk.transport.push("epoch", frozen)
    _method, path, headers, body = peer.asked[0]
    assert headers["Content-Encoding"] == "gzip" and headers["X-Client-Id"] == "client"
    assert headers["Authorization"] == "Bearer access-0" and path == "/v1/push"
    assert gzip.decompress(body).decode() == '{"epoch":"epoch","groups":[' + ",".join(frozen) + "]}"


def test_an_answer_for_fewer_groups_than_were_sent_settles_nothing(peer: Peer, desk: Desk) -> None:
    peer.will(200, {"results": [{}], "horizon": "x"})
    with pytest.raises(errors.ServerFault):
        desk.transport.push("epoch", ["{}", "{}"])


@pytest.mark.parametrize(
    ("status", "body", "headers", "error"),
    [
        (401, {"code": "signed_out", "detail": "Kirjaudu."}, {}, errors.SignedOut),
        (403, {"code": "wiped", "detail": "Kadonnut."}, {}, errors.Wiped),
        (403, {"code": "forbidden", "detail": "Ei oikeutta."}, {}, errors.Refused),
        (409, {"code": "epoch_changed", "detail": "Palautettu."}, {}, errors.EpochChanged),
        (410, {"code": "resync", "detail": "Vanha."}, {}, errors.Resync),
        (426, {"code": "upgrade", "detail": "Päivitä."}, {}, errors.UpgradeNeeded),
        (429, {"code": "busy", "detail": "Odota."}, {"Retry_After": "17"}, errors.Busy),
        (500, {"code": "internal", "detail": "Vika.", "incident": "abc"}, {}, errors.ServerFault),
        (502, b"<html>bad gateway</html>", {}, errors.ServerFault),
        (403, b"<html>proxy says no</html>", {}, errors.ServerFault),
        (410, b"gone", {}, errors.ServerFault),
        (302, b"", {"Location": "https://elsewhere.example/"}, errors.ServerFault),
        (200, b"not json", {}, errors.ServerFault),
        (200, b'{"entries": [], "ne', {}, errors.ServerFault),
    ],
)
def test_each_answer_becomes_its_error(
    peer: Peer, desk: Desk, status: int, body: Any, headers: dict[str, str], error: type[errors.SyncError]
) -> None:
    peer.will(status, body, **headers)
    if status == 401:
        peer.will(200, pair(1))
        peer.will(status, body)
    with pytest.raises(errors.SyncError) as raised:
        desk.transport.pull(after="", limit=10)
    assert type(raised.value) is error
    if isinstance(raised.value, errors.Busy):
        assert raised.value.retry_after == 17
    if error is errors.ServerFault and status == 500:
        assert raised.value.incident == "abc"


def test_nobody_at_the_other_end_is_offline(peer: Peer, desk: Desk) -> None:
    peer.server.shutdown()
    peer.server.server_close()
    with pytest.raises(errors.Offline):
        desk.transport.pull(after="", limit=10)


def test_a_token_that_has_ended_is_renewed_and_the_new_one_stored_first(peer: Peer, desk: Desk) -> None:
    desk.clock.move(minutes=11)
    peer.will(200, pair(1) | {"access_expires_at": to_text(desk.clock.at + timedelta(minutes=10))})
    peer.will(200, {"entries": [], "next": "n", "more": False})
    desk.transport.pull(after="", limit=10)
    assert [path.partition("?")[0] for _m, path, _h, _b in peer.asked] == ["/v1/refresh", "/v1/pull"]
    assert json.loads(peer.asked[0][3]) == {"refresh_token": "refresh-0", "client_id": "client"}
    assert "Authorization" not in peer.asked[0][2]
    assert peer.asked[1][2]["Authorization"] == "Bearer access-1"
    assert json.loads(desk.ring.secrets["sync-client"])["refresh_token"] == "refresh-1"


def test_a_key_ring_that_keeps_nothing_says_so(tmp_path: Path) -> None:
    ring = FakeRing(works=False)
    ring.set = lambda _name, _secret: False  # type: ignore[method-assign]
    with pytest.raises(StorageProblem):
        TokenKeeper(ring, "client", tmp_path, StandingClock(NOW)).take(pair(0))


def test_one_renewal_serves_all_who_ask_at_once(peer: Peer, desk: Desk) -> None:
    desk.clock.move(minutes=11)
    good = {"access_expires_at": to_text(desk.clock.at + timedelta(minutes=10))}
    asked: list[str] = []

    def refresh(token: str) -> dict[str, Any]:
        asked.append(token)
        return pair(7) | good

    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(desk.keeper.access(refresh))) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["access-7"] * 8 and asked == ["refresh-0"]


def test_content_goes_on_where_it_was_cut_off(peer: Peer, desk: Desk) -> None:
    peer.will(206, b"loppu", Content_Range="bytes 4-8/9")
    assert b"".join(desk.transport.blob_get("924", "ab" * 32, 4)) == b"loppu"
    assert peer.asked[0][2]["Range"] == "bytes=4-"
    peer.will(200, b"alkuloppu")  # a server that does not know ranges
    assert b"".join(desk.transport.blob_get("924", "ab" * 32, 4)) == b"loppu"
