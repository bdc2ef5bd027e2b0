"""Groups of the outbox as they travel (see docs/wire.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from workbench.clock import to_text
from workbench.store import claims, sending
from workbench.store.canonical import canonical_json
from workbench.store.kinds import KindRegistry
from workbench.sync.wire import Claim, Group, Op


def groups_of(
    connection: Connection, kinds: KindRegistry, stored: Sequence[Mapping[str, Any]]
) -> list[Group]:
    """The wire's groups of stored ones with their ``ops``: the command's envelope, what the journal says of it,
    and the row operations."""
    said = sending.said_of_all(connection, {_speaks(group) for group in stored})
    own = {op["op_id"]: group["group_id"] for group in stored for op in group["ops"]}
    earlier = {
        op["after_op"]
        for group in stored
        for op in group["ops"]
        if op["after_op"] and own.get(op["after_op"]) != group["group_id"]
    }
    # The server knows an operation that it has applied by the row's revision.
    settled = sending.settled_ops(connection, earlier)
    held = claims.of_groups(connection, {group["group_id"] for group in stored})
    made = [_group(connection, kinds, group, said[_speaks(group)], settled) for group in stored]
    for group in made:
        if group["group_id"] in held:
            group["held"] = {
                name: Claim(generation=claim["generation"], numbers=claim["numbers"])
                for name, claim in held[group["group_id"]].items()
            }
    return made


def _speaks(stored: Mapping[str, Any]) -> str:
    """The group whose journal entry speaks for a stored one."""
    return str(stored["origin"] or stored["group_id"])


def _group(
    connection: Connection,
    kinds: KindRegistry,
    stored: Mapping[str, Any],
    said: Mapping[str, Any],
    settled: set[str],
) -> Group:
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


def envelopes(connection: Connection, kinds: KindRegistry, stored: Sequence[Mapping[str, Any]]) -> list[str]:
    """The groups as texts, each the same text each time it is sent."""
    return [canonical_json(group) for group in groups_of(connection, kinds, stored)]
