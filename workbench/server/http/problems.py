"""Problems as they travel (RFC 9457): a code for programs, a Finnish sentence for people, nothing of any row."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import HTTPException, Response

from workbench.errors import NotAllowed, StorageProblem, UserError
from workbench.i18n import N_, _
from workbench.server.identity.errors import TooMany

_STATUS = {
    "signed_out": 401,
    "sign_in_failed": 401,
    "forbidden": 403,
    "wiped": 403,
    "not_found": 404,
    "method": 405,
    "epoch_changed": 409,
    "resync": 410,
    "too_large": 413,
    "media_type": 415,
    "range": 416,
    "held": 423,
    "invalid": 422,
    "upgrade": 426,
    "busy": 429,
    "internal": 500,
    "unavailable": 503,
}
_TITLES = {
    401: N_("Kirjautuminen puuttuu"),
    403: N_("Ei oikeutta"),
    404: N_("Ei löydy"),
    405: N_("Tätä ei voi tehdä"),
    409: N_("Palvelin on palautettu varmuuskopiosta"),
    410: N_("Kaikki on haettava uudelleen"),
    413: N_("Liian suuri"),
    415: N_("Väärä muoto"),
    416: N_("Väliä ei ole"),
    422: N_("Pyyntö ei kelpaa"),
    423: N_("Sarja on varattu"),
    426: N_("Ohjelma on vanhentunut"),
    429: N_("Yritä hetken kuluttua"),
    500: N_("Palvelimessa on vika"),
    503: N_("Palvelin ei ole käytettävissä"),
}
MEDIA_TYPE = "application/problem+json"


class Problem(HTTPException):
    """A call that is not answered; ``detail`` is the Finnish sentence."""

    def __init__(
        self, code: str, detail: str, *, incident: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(_STATUS[code], detail, headers)
        self.code = code
        self.incident = incident

    @classmethod
    def of(cls, error: UserError | StorageProblem) -> Problem:
        """What a function refused."""
        if isinstance(error, TooMany):
            return cls("busy", str(error), headers={"Retry-After": str(error.seconds)})
        if isinstance(error, StorageProblem):
            return cls(
                "unavailable", _("Palvelin ei voi juuri nyt tallettaa."), headers={"Retry-After": "30"}
            )
        if isinstance(error, NotAllowed):
            return cls("forbidden", str(error))
        headers = {"WWW-Authenticate": "Bearer"} if _STATUS.get(error.code) == 401 else None
        return cls(error.code if error.code in _STATUS else "invalid", str(error), headers=headers)


def answer(problem: Problem) -> Response:
    """The body and the headers of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _(_TITLES[problem.status_code]),
        "status": problem.status_code,
        "code": problem.code,
        "detail": problem.detail,
        "incident": problem.incident,
    }
    return Response(orjson.dumps(body), problem.status_code, dict(problem.headers or {}), MEDIA_TYPE)


_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "incident"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(_STATUS)},
        "detail": {"type": "string", "description": "A Finnish sentence"},
        "incident": {"type": "string"},
    },
}


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the OpenAPI document: the problems a call may answer with."""
    return {
        status: {"description": _TITLES[status], "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in sorted(statuses)
    }
