"""What the journal and the toast say of a change to a case, in one form for every command."""

from __future__ import annotations

from typing import Any

from workbench.cases.naming import shown_number
from workbench.store.unit import UnitOfWork


def number_of(case: dict[str, Any]) -> str:
    """The case's number in a sentence, or in brackets that it waits for one."""
    return case["number"] or f"({shown_number(None)})"


def tell(
    uow: UnitOfWork, key: str, case: dict[str, Any], *, about: tuple[str, str] | None = None, **words: Any
) -> None:
    """Say what happened to the case, in the journal of its municipality. ``key`` is a message with places:
    ``number`` is the case's own unless another is among ``words``. The entry concerns the case, or the row
    (kind, id) that ``about`` names."""
    uow.say(key, **{"number": number_of(case)} | words)
    kind, row_id = about or ("case_file", case["id"])
    uow.concerns(kind, row_id, chain=case["municipality"])
