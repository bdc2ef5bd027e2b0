"""The calls over HTTPS: the only module that reaches the network.

Every answer that is not what was asked for becomes one of :mod:`workbench.sync.errors`, with the server's own
sentence where it gave one. Nothing is tried again here: the engine knows what may be.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
import requests

from workbench.errors import UserError
from workbench.i18n import _
from workbench.sync import errors
from workbench.sync.tokens import TokenKeeper
from workbench.sync.wire import Page

_CONNECT_S, _READ_S = 10.0, 120.0
_PIECE = 1 << 20
_WORTH_PACKING = 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def check_url(url: str) -> str:
    """The server's address as calls begin with it; raises UserError when it cannot be used. Only on the machine
    itself may a call go unencrypted; an address without a scheme is one that is encrypted."""
    written = url.strip()
    if not written:
        raise UserError(_("Kirjoita palvelimen osoite, jonka sait pääkäyttäjältä."), field="url")
    address = (written if "://" in written else f"https://{written}").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise UserError(
            _("Palvelimen osoite ei kelpaa. Kirjoita se muodossa https://palvelin.example.fi."), field="url"
        )
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UserError(
            _("Palvelimeen saa yhteyden vain suojattuna (https)."), field="url", code="not_encrypted"
        )
    return address


class HttpTransport:
    """Implements :class:`workbench.sync.calls.Transport`."""

    def __init__(
        self, url: str, client_id: str, keeper: TokenKeeper, *, session: requests.Session | None = None
    ) -> None:
        self._url = check_url(url)
        self._client_id = client_id
        self._keeper = keeper
        self._http = session or requests.Session()
        self._http.headers["X-Client-Id"] = client_id
        self._http.headers["Accept-Encoding"] = "gzip"

    # -- signing in --------------------------------------------------------------------------------------

    def enrol(self, token: str, device_name: str) -> str:
        """Join with a joining code; returns the person's id."""
        body = {"token": token, "client_id": self._client_id, "device_name": device_name}
        answer = self._json("POST", "/v1/enrol", body, signed=False)
        self._keeper.take(answer)
        return str(answer["person_id"])

    def sign_in(self, username: str, password: str, code: str, device_name: str) -> str:
        """Sign in again at a workstation that is known; returns the person's id."""
        body = {
            "username": username,
            "password": password,
            "code": code,
            "client_id": self._client_id,
            "device_name": device_name,
        }
        answer = self._json("POST", "/v1/sign-in", body, signed=False)
        self._keeper.take(answer)
        return str(answer["person_id"])

    def sign_out(self) -> None:
        """End the session on the server and forget the tokens here."""
        try:
            self._call("POST", "/v1/sign-out", body={})
        finally:
            self._keeper.forget()

    def _refresh(self, refresh_token: str) -> dict[str, Any]:
        body = {"refresh_token": refresh_token, "client_id": self._client_id}
        return self._json("POST", "/v1/refresh", body, signed=False)

    # -- the calls ---------------------------------------------------------------------------------------

    def session(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._json("POST", "/v1/session", body)

    def push(self, epoch: str, groups: Sequence[str]) -> dict[str, Any]:
        # Put together as text: what was frozen leaves as it is.
        text = f'{{"epoch":{json.dumps(epoch)},"groups":[{",".join(groups)}]}}'
        answer = self._call("POST", "/v1/push", raw=text.encode())
        found = self._body(answer)
        if not isinstance(found.get("results"), list) or len(found["results"]) != len(groups):
            raise errors.ServerFault(_("Palvelimen vastaus on vajaa."))
        return found

    def pull(
        self, *, after: str, scope: str = "", until: str = "", limit: int, all_digests: bool = False
    ) -> Page:
        asked = {"after": after, "scope": scope, "until": until, "limit": str(limit)}
        if all_digests:
            asked["digests"] = "all"
        answer = self._call("GET", "/v1/pull", params={n: v for n, v in asked.items() if v})
        page: Page = self._body(answer)  # type: ignore[assignment]
        if not isinstance(page.get("entries"), list) or not isinstance(page.get("next"), str):
            raise errors.ServerFault(_("Palvelimen vastaus on vajaa."))
        return page

    def wait(self, after: str, timeout: float) -> dict[str, Any]:
        asked = {"after": after, "timeout": str(int(timeout))}
        return self._body(self._call("GET", "/v1/wait", params=asked, read_s=timeout + _CONNECT_S))

    def held(self) -> list[dict[str, Any]]:
        return list(self._body(self._call("GET", "/v1/held"))["held"])

    def hold(self, series: str) -> dict[str, Any]:
        return self._body(self._call("PUT", f"/v1/held/{quote(series, safe='')}"))

    def give_back(self, series: str, used: int) -> dict[str, Any]:
        where = f"/v1/held/{quote(series, safe='')}"
        return self._body(self._call("DELETE", where, params={"used": str(used)}))

    def blobs_missing(self, blobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return list(self._json("POST", "/v1/blobs/missing", {"blobs": list(blobs)})["missing"])

    def blob_send(
        self, municipality: str, sha256: str, offset: int, length: int, data: bytes
    ) -> dict[str, Any]:
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(length),
            "Content-Type": "application/octet-stream",
        }
        where = f"/v1/blobs/{quote(municipality, safe='')}/{quote(sha256, safe='')}"
        return self._body(self._call("PATCH", where, raw=data, headers=headers))

    def blob_get(self, municipality: str, sha256: str, start: int) -> Iterator[bytes]:
        where = f"/v1/blobs/{quote(municipality, safe='')}/{quote(sha256, safe='')}"
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        answer = self._call("GET", where, headers=headers, stream=True)
        skip = start if start and answer.status_code != _PARTIAL else 0
        try:
            for piece in answer.iter_content(_PIECE):
                if skip >= len(piece):
                    skip -= len(piece)
                    continue
                yield piece[skip:]
                skip = 0
        except requests.RequestException as error:
            raise errors.Offline(_("Yhteys palvelimeen katkesi.")) from error
        finally:
            answer.close()

    def devices(self) -> list[dict[str, Any]]:
        """The person's own workstations."""
        return list(self._body(self._call("GET", "/v1/devices"))["devices"])

    def revoke_device(self, client_id: str) -> None:
        """Sign a workstation out for good."""
        self._call("DELETE", f"/v1/devices/{quote(client_id, safe='')}")

    def report_lost(self, client_id: str) -> None:
        """A workstation is lost."""
        self._call("POST", f"/v1/devices/{quote(client_id, safe='')}/lost", body={})

    def lease(self, method: str, kind: str, row_id: str) -> dict[str, Any]:
        """Who edits a row: asked (GET), told that one does (PUT) or does no more (DELETE)."""
        return self._body(self._call(method, f"/v1/leases/{quote(kind, safe='')}/{quote(row_id, safe='')}"))

    # -- inside ------------------------------------------------------------------------------------------

    def _json(
        self, method: str, path: str, body: Mapping[str, Any], *, signed: bool = True
    ) -> dict[str, Any]:
        return self._body(self._call(method, path, body=body, signed=signed))

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        raw: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
        stream: bool = False,
        read_s: float = _READ_S,
    ) -> requests.Response:
        sent = dict(headers or {})
        data = raw
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None and "Content-Type" not in sent:
            sent["Content-Type"] = "application/json"
            if len(data) >= _WORTH_PACKING:
                data, sent["Content-Encoding"] = gzip.compress(data, _QUICKLY), "gzip"
        token = self._keeper.access(self._refresh) if signed else ""
        answer = self._send(method, path, sent, token, data, params, stream=stream, read_s=read_s)
        if answer.status_code == _UNAUTHORISED and signed:
            # Ended a moment ago, or the clocks differ: once more with a new one.
            answer.close()
            token = self._keeper.access(self._refresh, refused=token)
            answer = self._send(method, path, sent, token, data, params, stream=stream, read_s=read_s)
        if answer.ok:
            return answer
        with answer:
            raise _error_of(answer)

    def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        token: str,
        data: bytes | None,
        params: Mapping[str, str] | None,
        *,
        stream: bool,
        read_s: float,
    ) -> requests.Response:
        if token:
            headers = headers | {"Authorization": f"Bearer {token}"}
        try:
            return self._http.request(
                method,
                self._url + path,
                params=params,
                data=data,
                headers=headers,
                stream=stream,
                timeout=(_CONNECT_S, read_s),
                allow_redirects=False,  # a token is shown to the server it belongs to alone
            )
        except requests.exceptions.SSLError as error:
            raise errors.Offline(
                _("Palvelimen varmenteeseen ei voi luottaa. Kerro siitä pääkäyttäjälle.")
            ) from error
        except requests.RequestException as error:
            raise errors.Offline(_("Palvelimeen ei saada yhteyttä.")) from error

    @staticmethod
    def _body(answer: requests.Response) -> dict[str, Any]:
        try:
            found = orjson.loads(answer.content)
        except (requests.RequestException, ValueError) as error:
            raise errors.ServerFault(_("Palvelimen vastausta ei voi lukea.")) from error
        if not isinstance(found, dict):
            raise errors.ServerFault(_("Palvelimen vastausta ei voi lukea."))
        return found


_QUICKLY = 1  # a tenth longer than the usual, in a third of the time
_PARTIAL, _UNAUTHORISED, _SERVER = 206, 401, 500

_BY_CODE: dict[str, type[errors.SyncError]] = {
    "signed_out": errors.SignedOut,
    "wiped": errors.Wiped,
    "epoch_changed": errors.EpochChanged,
    "resync": errors.Resync,
    "upgrade": errors.UpgradeNeeded,
}
_BY_STATUS: dict[int, type[errors.SyncError]] = {
    409: errors.EpochChanged,
    410: errors.Resync,
    426: errors.UpgradeNeeded,
}


def _error_of(answer: requests.Response) -> errors.SyncError:
    """What a problem body says; a body that is none says only its status."""
    try:
        body = answer.json()
    except (requests.RequestException, ValueError):
        body = {}
    known = isinstance(body, dict) and isinstance(body.get("code"), str)
    code = body["code"] if known else ""
    detail = str(body.get("detail") or "") if known else ""
    incident = str(body.get("incident") or "") if known else ""
    status = answer.status_code
    if status == 429 or code == "busy" or (status == 503 and answer.headers.get("Retry-After")):
        return errors.Busy(
            detail or _("Palvelin on ruuhkainen. Yritetään hetken kuluttua uudelleen."),
            retry_after=_seconds(answer.headers.get("Retry-After")),
        )
    if code in _BY_CODE:
        return _BY_CODE[code](detail or _("Palvelin vastasi: {code}.").format(code=code), incident=incident)
    if status >= _SERVER or 300 <= status < 400:
        return errors.ServerFault(
            detail or _("Palvelimessa on vika ({status}).").format(status=status), incident=incident
        )
    if known and status in _BY_STATUS:
        return _BY_STATUS[status](detail or str(status), incident=incident)
    # A body without a code is not our server's: something between answered in its place.
    if not known:
        return errors.ServerFault(_("Palvelimen sijasta vastasi jokin muu ({status}).").format(status=status))
    return errors.Refused(
        detail or _("Palvelin ei tehnyt pyydettyä ({code}).").format(code=code), code=code, incident=incident
    )


_USUAL_WAIT = 30.0


def _seconds(text: str | None) -> float:
    try:
        return max(1.0, float(text)) if text else _USUAL_WAIT
    except ValueError:
        return _USUAL_WAIT
