"""What a person does with work the server did not take in as it was: sends it anew, changed, or lets it go.

Nothing that was sent is rewritten: a group goes again as a new group that says which it replaces. The former one
stays as discarded, with the name of its successor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workbench.ids import new_id
from workbench.store import claims
from workbench.store.adopting import OF_ADOPTION
from workbench.store.rebase import Rebasing
from workbench.store.schema import WAITS, outbox, outbox_group
from workbench.store.sending import names, stored_groups

Group = dict[str, Any]
Op = dict[str, Any]

Rewrite = Callable[[Op], Op | None]
"""Gives an operation as it is to be sent now, or None when it is not."""


@dataclass(frozen=True)
class Chain:
    """Groups that stand or fall together: one that was not taken in, and the queued ones that build on it."""

    groups: tuple[Group, ...]

    def ids(self) -> list[str]:
        """Group ids, oldest first."""
        return [g["group_id"] for g in self.groups]


def group_with_ops(connection: Connection, group_id: str) -> Group | None:
    """A stored group with its operations."""
    return next(iter(stored_groups(connection, [group_id])), None)


def groups_in(connection: Connection, *states: str, most: int = 0) -> list[Group]:
    """Groups in any of the states, oldest first, with their operations; no more than ``most``, 0 for all."""
    g = outbox_group.c
    query = select(g.group_id).where(WAITS, g.state.in_(states)).order_by(g.n).limit(most or None)
    return stored_groups(connection, list(connection.execute(query).scalars()))


def chain_of(connection: Connection, group: Group) -> Chain:
    """The group and the queued ones that build on it, directly or through another."""
    chain = [group]
    ops = {op["op_id"] for op in group["ops"]}
    made = {op["row_id"] for op in group["ops"] if op["type"] == "create"}
    undone = {group["group_id"]}
    for later in groups_in(connection, "queued"):
        if later["n"] < group["n"]:
            continue
        builds = later["undoes"] in undone or any(
            op["after_op"] in ops or op["row_id"] in made or names(op["patch"]) & made for op in later["ops"]
        )
        if builds:
            chain.append(later)
            ops |= {op["op_id"] for op in later["ops"]}
            made |= {op["row_id"] for op in later["ops"] if op["type"] == "create"}
            undone.add(later["group_id"])
    return Chain(tuple(chain))


def send_anew(rebasing: Rebasing, chain: Chain, rewrite: Rewrite, how: Mapping[str, Any]) -> list[str]:
    """Put the chain's groups into the queue again under new ids, each operation as ``rewrite`` gives it. One of
    which nothing is left is let go. Returns the new ids."""
    connection = rebasing.connection
    new_ids: dict[str, str] = {}
    new_ops: dict[str, str | None] = {}
    made: list[str] = []
    for group in chain.groups:
        kept: list[Op] = []
        for op in group["ops"]:
            after = rewrite(dict(op))
            new_ops[op["op_id"]] = None
            if after is None:
                continue
            op_id = new_id()
            earlier = _followed(connection, op, chain, new_ops)
            new_ops[op["op_id"]] = op_id
            kept.append(after | {"op_id": op_id, "after_op": earlier})
        if group["ops"] and not kept:
            _replace(connection, group, "", how)
            continue
        group_id = new_id()
        new_ids[group["group_id"]] = group_id
        _insert(connection, group, group_id, kept, new_ids)
        _replace(connection, group, group_id, how)
        made.append(group_id)
    _rebase(rebasing, chain.groups)
    return made


def note_choices(connection: Connection, group: Group, choices: Mapping[str, Any]) -> None:
    """Remember what was chosen so far of a group that waits for more choices."""
    connection.execute(
        update(outbox_group)
        .where(outbox_group.c.group_id == group["group_id"])
        .values(result=(group["result"] or {}) | {"choices": dict(choices)})
    )


def _followed(connection: Connection, op: Op, chain: Chain, new_ops: Mapping[str, str | None]) -> str | None:
    """The operation that comes before, as it is called now; past those that are not sent."""
    before = {o["op_id"]: o["after_op"] for g in chain.groups for o in g["ops"]}
    after = op["after_op"]
    while after is not None and after in new_ops and new_ops[after] is None:
        after = before[after]
    if after is None or after in new_ops:
        return new_ops[after] if after is not None else None
    o = outbox.c
    state = connection.execute(select(o.state).where(o.op_id == after)).scalar()
    if state in ("settled", "queued", "conflict", "quarantine"):
        return str(after)
    # It was let go, or goes under another name: after whatever of the same row waits.
    waiting = select(o.op_id).where(
        o.kind == op["kind"], o.row_id == op["row_id"], o.state == "queued", o.op_id.not_in(list(before))
    )
    return connection.execute(waiting.order_by(o.n.desc()).limit(1)).scalar()


def _insert(
    connection: Connection, group: Group, group_id: str, ops: list[Op], new_ids: Mapping[str, str]
) -> None:
    same = ("command", "version", "args", "at", "actor_id", "municipality", "arrangement_id", "destroys")
    connection.execute(
        insert(outbox_group).values(
            group_id=group_id,
            state="queued",
            undoes=new_ids.get(group["undoes"], group["undoes"]),
            resolves=[*(group["resolves"] or []), group["group_id"]],
            origin=group["origin"] or group["group_id"],
            **{name: group[name] for name in same},
        )
    )
    columns = ("op_id", "type", "kind", "row_id", "scope_id", "base_rev", "after_op", "patch", "derived")
    rows = [{n: op[n] for n in columns} | {"group_id": group_id, "state": "queued"} for op in ops]
    if rows:
        connection.execute(insert(outbox), rows)


def _replace(connection: Connection, group: Group, by: str, how: Mapping[str, Any]) -> None:
    said = {n: v for n, v in (group["result"] or {}).items() if n == "said"}
    result = {"by": by, **how, **said}
    g = outbox_group.c
    connection.execute(
        update(outbox_group)
        .where(g.group_id == group["group_id"])
        .values(state="discarded", result=result, envelope=None)
    )
    connection.execute(update(outbox).where(outbox.c.group_id == group["group_id"]).values(state="discarded"))
    if by:
        claims.carry(connection, group["group_id"], by)
    else:
        claims.forget(connection, [group["group_id"]])


def let_go(rebasing: Rebasing, chain: Chain, how: Mapping[str, Any]) -> list[str]:
    """Discard a group. What builds on rows it would have made goes with it; what only came after it is sent on
    its own. Returns the ids of the groups discarded."""
    first, *rest = chain.groups
    gone = [first]
    made = {op["row_id"] for op in first["ops"] if op["type"] == "create"}
    on: list[Group] = []
    for group in rest:
        needs = any(op["row_id"] in made or names(op["patch"]) & made for op in group["ops"])
        if needs or group["undoes"] in {g["group_id"] for g in gone}:
            gone.append(group)
            made |= {op["row_id"] for op in group["ops"] if op["type"] == "create"}
        else:
            on.append(group)
    for group in gone:
        _replace(rebasing.connection, group, "", how)
    dropped = {op["op_id"] for g in gone for op in g["ops"]}
    for op in (op for g in on for op in g["ops"]):
        if op["after_op"] in dropped:
            op["after_op"] = None
    if on:
        send_anew(rebasing, Chain(tuple(on)), lambda op: op, how)
    _rebase(rebasing, chain.groups)
    return [g["group_id"] for g in gone]


def _rebase(rebasing: Rebasing, groups: tuple[Group, ...]) -> None:
    for kind, row_id in dict.fromkeys((op["kind"], op["row_id"]) for g in groups for op in g["ops"]):
        rebasing.row(kind, row_id)


def expire_quarantine(connection: Connection, now: datetime, kept: timedelta) -> int:
    """Work set aside and left alone too long is emptied; that it was is kept. The time begins when it is first
    seen here. A register that was to be taken to the server is nowhere else, and stays. Returns how many groups."""
    g, o = outbox_group.c, outbox.c
    connection.execute(
        update(outbox_group).where(g.state == "quarantine", g.settled_at.is_(None)).values(settled_at=now)
    )
    old = list(
        connection.execute(
            select(g.group_id).where(
                g.state == "quarantine", g.settled_at < now - kept, g.command.not_in(OF_ADOPTION)
            )
        ).scalars()
    )
    if old:
        connection.execute(
            update(outbox_group)
            .where(g.group_id.in_(old))
            .values(state="discarded", args=None, envelope=None, result={"how": "expired"})
        )
        connection.execute(
            update(outbox).where(o.group_id.in_(old)).values(state="discarded", patch=None, derived=None)
        )
        claims.forget(connection, old)
    return len(old)
