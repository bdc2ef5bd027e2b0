"""What the server's guards ask of its unit of work besides: how rows were before the command they look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

from workbench.store.unit import UnitOfWork


class _Looking(Protocol):
    def before(self, kind: str, row_id: str) -> dict[str, Any] | None: ...

    def undone_values(self, kind: str, row_id: str) -> Mapping[str, Any]: ...


def before(uow: UnitOfWork, kind: str, row_id: str) -> dict[str, Any] | None:
    """The row as it was before the command; None where it was not there."""
    return cast(_Looking, uow).before(kind, row_id)


def undone_values(uow: UnitOfWork, kind: str, row_id: str) -> Mapping[str, Any]:
    """What fields held before the command that is taken back changed them (wire form)."""
    return cast(_Looking, uow).undone_values(kind, row_id)
