"""Cursors (kohdistimet): how far a client has read. Opaque to clients, so that the counter behind may change."""

from __future__ import annotations


class Foreign(Exception):
    """A cursor of another epoch, or none of ours."""


class Forgotten(Foreign):
    """A cursor from before what was taken away is still told."""


def to_cursor(epoch: str, seq: int) -> str:
    """The cursor at a number of the log."""
    return f"{epoch}.{seq}"


def from_cursor(epoch: str, cursor: str) -> int:
    """The number a cursor stands for; "" is the beginning. Raises :class:`Foreign`."""
    if not cursor:
        return 0
    found, _dot, seq = cursor.rpartition(".")
    if found != epoch or not seq.isascii() or not seq.isdigit() or len(seq) > 18:
        raise Foreign(cursor)
    return int(seq)
