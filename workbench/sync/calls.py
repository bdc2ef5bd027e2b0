"""What the engine asks of a server, however it is reached (see docs/wire.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from workbench.sync.wire import Page


class Transport(Protocol):
    """The calls. Each raises one of :mod:`workbench.sync.errors`."""

    def session(self, body: dict[str, Any]) -> dict[str, Any]:
        """Open a conversation: who, which program, which epoch."""
        ...

    def push(self, epoch: str, groups: Sequence[str]) -> dict[str, Any]:
        """Send groups, each as the text it was frozen in."""
        ...

    def pull(
        self, *, after: str, scope: str = "", until: str = "", limit: int, all_digests: bool = False
    ) -> Page:
        """A page of the main log, or of one scope."""
        ...

    def wait(self, after: str, timeout: float) -> dict[str, Any]:
        """Until something has changed, or so many seconds."""
        ...

    def held(self) -> list[dict[str, Any]]:
        """The number series that this workstation holds."""
        ...

    def hold(self, series: str) -> dict[str, Any]:
        """Take a number series for this workstation."""
        ...

    def give_back(self, series: str, used: int) -> dict[str, Any]:
        """Give a number series back, of which numbers up to ``used`` were given."""
        ...

    def blobs_missing(self, blobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the contents the server wants, each with the offset to go on from."""
        ...

    def blob_send(
        self, municipality: str, sha256: str, offset: int, length: int, data: bytes
    ) -> dict[str, Any]:
        """A piece of a content that is ``length`` bytes in all."""
        ...

    def blob_get(self, municipality: str, sha256: str, start: int) -> Iterator[bytes]:
        """A content from a byte on."""
        ...
