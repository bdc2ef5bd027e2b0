"""Pieces of statements that are put together once and run often: putting together takes longer than running."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, func, select

from workbench.store.types import Json


def given(name: str) -> Select[Any]:
    """The values of the list given as the parameter ``name``, for ``IN``. A list is one parameter, whatever
    its length, so that the statement stays the same."""
    return select(func.json_each(bindparam(name, type_=Json)).table_valued("value").c.value)
