"""Answers as they go out: JSON, packed when that is worth it."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from fastapi import Request, Response

_WORTH_IT = 1024


def json_answer(request: Request, value: Any, status: int = 200, *, pack: bool = True) -> Response:
    """A JSON answer. What holds a secret is not packed: its length would tell of it."""
    body = orjson.dumps(value)
    headers = {"Vary": "Accept-Encoding"}
    if pack and len(body) > _WORTH_IT and _takes_gzip(request.headers.get("accept-encoding", "")):
        body = gzip.compress(body, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers, "application/json")


def _takes_gzip(accepted: str) -> bool:
    for one in accepted.lower().split(","):
        name, _semicolon, quality = one.partition(";")
        if name.strip() in ("gzip", "*") and quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00"):
            return True
    return False
