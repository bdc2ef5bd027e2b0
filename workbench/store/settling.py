"""Settling (kuittaus): what the server made of a group that was sent.

An applied group's operations become part of the server's rows, unless those are newer already; one in conflict
waits for a person; one rejected is set aside with its text. All of one answer in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from workbench.store import claims, scopes
from workbench.store.erasure import erase
from workbench.store.incoming import Incoming
from workbench.store.purge import set_aside
from workbench.store.schema import outbox, outbox_group
from workbench.store.settling_together import settle_plain

MOST_TRIES = 5
"""How often a group that the server stumbles over is sent before it is set aside."""

NUMBER = "number"
"""Why of a conflict: a number of a held series cannot stand."""

_AGAIN = frozenset({"internal", "blob_missing"})


_A_FEW = 16


def settle_all(incoming: Incoming, results: Sequence[Mapping[str, Any]], at: datetime) -> list[str]:
    """Take in the answers to many groups, in order; returns the states they are in then."""
    states: list[str] = []
    ahead = len(results)
    while len(states) < len(results):
        first = len(states)
        plain = settle_plain(incoming, results[first : first + ahead], at)
        states += ["settled"] * plain
        if plain == ahead:
            ahead *= 4
        elif len(states) < len(results):
            states.append(settle(incoming, results[len(states)], at))
            # Where one is not plain the next may not be either: look less far.
            ahead = _A_FEW
    return states


def settle(incoming: Incoming, result: Mapping[str, Any], at: datetime) -> str:
    """Take in the answer to one group; returns the state it is in then."""
    connection = incoming.connection
    g = outbox_group.c
    query = select(outbox_group).where(g.group_id == result["group_id"])
    found = connection.execute(query).mappings().first()
    group = dict(found) if found else None
    if group is None or group["state"] != "queued":
        return str(group["state"]) if group is not None else ""
    status = result["status"]
    if status == "applied":
        _applied(incoming, group, result, at)
        return "settled"
    if status == "conflict":
        _conflict(incoming, group, result)
        return "conflict"
    if status == "blocked":
        if not any(op["state"] == "quarantine" for op in _ops(connection, group["group_id"])):
            return "queued"
        _quarantine(incoming, group["group_id"], group["result"] or {})
        return "quarantine"
    tries = group["tries"] + 1
    kept = {n: result.get(n) for n in ("status", "code", "message", "incident") if result.get(n)}
    kept |= {n: v for n, v in (group["result"] or {}).items() if n == "said"}
    values: dict[str, Any] = {"tries": tries, "result": kept}
    connection.execute(update(outbox_group).where(g.group_id == group["group_id"]).values(**values))
    if result.get("code") in _AGAIN and tries < MOST_TRIES:
        return "queued"
    _quarantine(incoming, group["group_id"], kept)
    return "quarantine"


def _quarantine(incoming: Incoming, group_id: str, kept: dict[str, Any]) -> None:
    set_aside(incoming.rebasing, [group_id], kept)
    incoming.connection.execute(
        update(outbox_group)
        .where(outbox_group.c.group_id == group_id)
        .values(state="quarantine", settled_at=None)
    )


def _ops(connection: Connection, group_id: str) -> list[dict[str, Any]]:
    query = select(outbox).where(outbox.c.group_id == group_id).order_by(outbox.c.n)
    return [dict(r) for r in connection.execute(query).mappings()]


def _applied(incoming: Incoming, group: Mapping[str, Any], result: Mapping[str, Any], at: datetime) -> None:
    connection, rebasing = incoming.connection, incoming.rebasing
    told = {o["op_id"]: o for o in result.get("ops") or []}
    ops = _ops(connection, group["group_id"])
    # Set aside while it was on its way: what it did comes by the log, where it may be seen.
    shown = [op for op in ops if op["state"] == "queued" and op["kind"] in rebasing.kinds]
    rows = dict.fromkeys((op["kind"], op["row_id"]) for op in shown)
    for kind, row_id in rows:
        rebasing.ensure_base(rebasing.kinds[kind], row_id)
    # A row in the answer says more than its operations do.
    attached = {(e["kind"], e["id"]) for e in result.get("rows") or []}
    for op in shown:
        if (op["kind"], op["row_id"]) not in attached:
            _advance(incoming, op, told.get(op["op_id"]) or {})
    for op in ops:
        rev = (told.get(op["op_id"]) or {}).get("rev", 0)
        connection.execute(
            update(outbox)
            .where(outbox.c.op_id == op["op_id"])
            .values(state="settled", result={"rev": rev}, derived=None)
        )
    connection.execute(
        update(outbox_group)
        .where(outbox_group.c.group_id == group["group_id"])
        .values(state="settled", settled_at=at, result=None)
    )
    for e in result.get("rows") or []:
        if scopes.find_scope(connection, e["scope"]) is None:
            scopes.expect(connection, e["scope"])
    incoming.apply([dict(e) for e in result.get("rows") or []])
    for kind, row_id in rows:
        rebasing.row(kind, row_id)
    if group["destroys"]:
        erase(connection, rebasing.kinds, [(kind, row_id) for kind, row_id in group["destroys"]])


def _advance(incoming: Incoming, op: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Make one applied operation part of the server's row, when that is not newer already."""
    rebasing = incoming.rebasing
    kind, row_id = rebasing.kinds[op["kind"]], op["row_id"]
    base = rebasing.base(kind.name, row_id)
    assert base is not None
    rev, seq = int(told.get("rev") or 0), int(told.get("seq") or 0)
    scope = str(told.get("scope") or op["scope_id"])
    if seq and seq <= base["seq"]:
        return
    if op["type"] == "delete":
        rebasing.set_base(
            kind.name, row_id, rev or base["rev"], max(seq, base["seq"]), base["scope_id"], None
        )
        return
    if op["type"] == "create":
        data = rebasing.derived_of(kind, row_id, op) | (op["patch"] or {})
    elif base["data"] is None:
        return
    else:
        data = dict(base["data"])
        if op["type"] == "patch":
            data |= op["patch"] or {}
        if base["rev"] != rev - 1:
            # Another's change lies between that has not come yet: it comes whole, by the log.
            rev, seq = base["rev"], base["seq"]
            scope = base["scope_id"]
    if scopes.find_scope(incoming.connection, scope) is None:
        scopes.expect(incoming.connection, scope)
    rebasing.set_base(kind.name, row_id, rev, seq, scope, {n: v for n, v in data.items() if v is not None})


def miss_number(incoming: Incoming, group_id: str, message: str) -> None:
    """A queued group's number cannot be taken in any more: its person is asked, as when the server says so."""
    group = {"group_id": group_id}
    _conflict(incoming, group, {"status": "conflict", "why": NUMBER, "message": message})


def _conflict(incoming: Incoming, group: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    connection = incoming.connection
    ops = _ops(connection, group["group_id"])
    kept = {n: result.get(n) for n in ("status", "why", "message", "conflicts") if result.get(n)}
    if any(op["state"] == "quarantine" for op in ops):
        _quarantine(incoming, group["group_id"], kept)  # its rows may not be seen any more
        return
    if kept.get("why") == NUMBER:
        claims.forget(connection, [group["group_id"]])  # it is another's, or there is none before it
    values = {"state": "conflict", "result": kept}
    connection.execute(
        update(outbox_group).where(outbox_group.c.group_id == group["group_id"]).values(**values)
    )
    connection.execute(update(outbox).where(outbox.c.group_id == group["group_id"]).values(state="conflict"))
    incoming.apply([dict(e) for e in result.get("rows") or []])
    for kind, row_id in dict.fromkeys((op["kind"], op["row_id"]) for op in ops):
        incoming.rebasing.row(kind, row_id)
