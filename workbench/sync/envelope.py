"""A group of the outbox as it travels (see docs/wire.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from workbench.clock import to_text
from workbench.store import sending
from workbench.store.kinds import KindRegistry
from workbench.store.types import canonical_json
from workbench.sync.wire import Group, Op


def group_of(connection: Connection, kinds: KindRegistry, stored: Mapping[str, Any]) -> Group:
    """The wire's group of a stored one with its ``ops``: the command's envelope, what the journal says of it, and
    the row operations."""
    said = sending.said_of(connection, stored["origin"] or stored["group_id"])
    own = {op["op_id"] for op in stored["ops"]}
    earlier = {op["after_op"] for op in stored["ops"] if op["after_op"]} - own
    # The server knows an operation that it has applied by the row's revision.
    settled = sending.settled_ops(connection, earlier)
    return Group(
        group_id=stored["group_id"],
        n=stored["n"],
        command=stored["command"],
        version=stored["version"],
        args=stored["args"],
        at=to_text(stored["at"]),
        actor=stored["actor_id"],
        municipality=stored["municipality"],
        arrangement=stored["arrangement_id"],
        undoes=stored["undoes"],
        about=said["about"],
        title=said["title"],
        words=said["words"],
        reason=said["reason"],
        resolves=stored["resolves"] or [],
        ops=[_op(connection, kinds, op, settled) for op in stored["ops"]],
    )


def _op(connection: Connection, kinds: KindRegistry, op: Mapping[str, Any], settled: set[str]) -> Op:
    made = Op(
        op_id=op["op_id"],
        type=op["type"],
        kind=op["kind"],
        id=op["row_id"],
        scope=op["scope_id"],
        base_rev=op["base_rev"],
    )
    if op["after_op"] and op["after_op"] not in settled:
        made["after_op"] = op["after_op"]
    if op["patch"]:
        made["patch"] = op["patch"]
    derived = sending.texts_of(connection, kinds, op)
    if derived:
        made["derived"] = derived
    return made


def envelope(connection: Connection, kinds: KindRegistry, stored: Mapping[str, Any]) -> str:
    """The group as text, the same text each time it is sent."""
    return canonical_json(group_of(connection, kinds, stored))
