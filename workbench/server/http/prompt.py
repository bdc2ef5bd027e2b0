"""Answers that leave at once: the last piece of one does not wait for the caller to acknowledge the piece before.

With several processes the listening socket is made without naming its protocol, and the loop then leaves the
system's delay on.
"""

from __future__ import annotations

import asyncio
import contextlib

from uvicorn.protocols.http.auto import AutoHTTPProtocol

_TCP, _NO_DELAY = 6, 1
"""IPPROTO_TCP and TCP_NODELAY, the same numbers on every system."""


class PromptProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # a class chosen when it is loaded
    """HTTP over a connection that sends what it is given."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            with contextlib.suppress(OSError):  # the caller may be gone already
                connection.setsockopt(_TCP, _NO_DELAY, 1)
        super().connection_made(transport)
