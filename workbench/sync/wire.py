"""What both sides of the wire agree on; docs/wire.md says it in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, TypedDict

PROTOCOL = 1
"""Grows when an older client can no longer pull what the server says."""

ADOPTION = "adoption"
"""The feature of a server that takes in what a workstation registered before it joined."""

PUSH_OPS = 500
PUSH_BYTES = 4 << 20
GROUP_OPS = 20_000
PULL_ROWS = 2_000
WAIT_SECONDS = 25
BLOB_CHUNK = 4 << 20


class Op(TypedDict, total=False):
    """One row operation of a group. ``base_rev`` is the server's revision the person saw; ``after_op`` the own
    operation on the same row that must come first."""

    op_id: str
    type: str
    kind: str
    id: str
    scope: str
    base_rev: int
    after_op: str
    patch: dict[str, Any]
    derived: dict[str, Any]


class Claim(TypedDict):
    """Numbers that a workstation gave from a series it holds, under which grant."""

    generation: int
    numbers: list[int]


class Group(TypedDict, total=False):
    """One command: its envelope and the row operations it produced. ``held``: what it was numbered with, by series."""

    group_id: str
    n: int
    command: str
    version: int
    args: dict[str, Any] | None
    at: str
    actor: str
    municipality: str
    arrangement: str
    undoes: str
    about: list[str]
    title: str
    words: dict[str, Any]
    reason: str
    resolves: list[str]
    held: dict[str, Claim]
    ops: list[Op]


class Entry(TypedDict, total=False):
    """One entry of the log as it travels."""

    seq: int
    scope: str
    kind: str
    id: str
    op: str
    rev: int
    data: dict[str, Any]
    gen: int
    role: str
    valid_to: str | None


class OpResult(TypedDict, total=False):
    """What became of one operation of an applied group."""

    op_id: str
    rev: int
    seq: int
    scope: str


class Result(TypedDict, total=False):
    """What became of one group."""

    group_id: str
    status: str
    ops: list[OpResult]
    rows: list[Entry]
    why: str
    code: str
    message: str
    conflicts: list[dict[str, Any]]
    incident: str


class Page(TypedDict, total=False):
    """One page of the log."""

    entries: list[Entry]
    next: str
    more: bool
    horizon: str
    server_time: str
    digests: dict[str, list[Any]]
    revoked: bool


_MOD = 1 << 64


def row_digest(kind: str, row_id: str, rev: int) -> int:
    """A row's share of its scope's digest."""
    return int.from_bytes(hashlib.sha256(f"{kind}\n{row_id}\n{rev}".encode()).digest()[:8], "big")


def digest_of(rows: Iterable[tuple[str, str, int]]) -> tuple[int, str]:
    """Count and digest of the rows (kind, id, rev) of a scope; the order does not matter."""
    count = total = 0
    for row in rows:
        count += 1
        total += row_digest(*row)
    return count, f"{total % _MOD:016x}"
