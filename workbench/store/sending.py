"""What of the outbox may be sent now, in order, and how it is frozen before it leaves.

From ``sent_at`` on a group may already be applied: what was sent is kept to the byte and sent again as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from workbench.store.kinds import KindRegistry
from workbench.store.rebase import Rebasing
from workbench.store.schema import WAITS, journal, journal_change, journal_value, outbox, outbox_group

Stored = dict[str, Any]

KEPT_DAYS = 30
"""For how long an acknowledged group can be offered again, should the server be restored from a backup."""


def held_groups(connection: Connection) -> set[str]:
    """Ids of queued groups that build on something a person or the server has not settled: on an operation on
    the same row before theirs, or on a row that was to be made."""
    g, o = outbox_group.c, outbox.c
    stuck = connection.execute(
        select(g.group_id, o.op_id, o.type, o.row_id)
        .select_from(outbox_group.join(outbox, o.group_id == g.group_id))
        .where(WAITS, g.state.in_(("conflict", "quarantine")))
    ).all()
    ops = {r.op_id for r in stuck}
    made = {r.row_id for r in stuck if r.type == "create"}
    # A group set aside on its way has a result already, though it is queued.
    told = select(g.n).where(WAITS, g.state == "queued", g.result.is_not(None)).limit(1)
    if not ops and connection.execute(told).first() is None:
        return set()
    found: set[str] = set()
    queued = connection.execute(
        select(g.group_id, o.op_id, o.type, o.row_id, o.after_op, o.patch, o.state)
        .select_from(outbox_group.join(outbox, o.group_id == g.group_id))
        .where(WAITS, g.state == "queued")
        .order_by(o.n)
    ).all()
    by_group: dict[str, list[Any]] = {}
    for r in queued:
        by_group.setdefault(r.group_id, []).append(r)
    for group_id, rows in by_group.items():
        # One that was set aside on its way is offered once more whatever it builds on, to learn its fate.
        aside = any(r.state == "quarantine" for r in rows)
        if aside or any(r.after_op in ops or r.row_id in made or names(r.patch) & made for r in rows):
            if not aside:
                found.add(group_id)
            ops |= {r.op_id for r in rows}
            made |= {r.row_id for r in rows if r.type == "create"}
    return found


def names(patch: Mapping[str, Any] | None) -> set[str]:
    """Texts in an operation's values that may be ids."""
    return {v for v in (patch or {}).values() if isinstance(v, str)}


def sendable(connection: Connection, most_ops: int, without: Collection[str] = ()) -> list[Stored]:
    """The next queued groups, oldest first, of about so many operations; a bigger group comes alone. Each with
    ``ops`` as they lie in the outbox."""
    g, o = outbox_group.c, outbox.c
    held = held_groups(connection) | set(without)
    found: list[Stored] = []
    count = 0
    query = select(outbox_group).where(WAITS, g.state == "queued").order_by(g.n).limit(most_ops + len(held))
    for group in list(connection.execute(query).mappings()):
        if group["group_id"] in held:
            continue
        ops = [
            dict(r)
            for r in connection.execute(
                select(outbox).where(o.group_id == group["group_id"]).order_by(o.n)
            ).mappings()
        ]
        if found and count + len(ops) > most_ops:
            break
        found.append(dict(group) | {"ops": ops})
        count += len(ops)
    return found


def groups_of_commands(connection: Connection, commands: Collection[str]) -> set[str]:
    """Ids of the queued groups of some commands."""
    g = outbox_group.c
    query = select(g.group_id).where(WAITS, g.state == "queued", g.command.in_(sorted(commands)))
    return set(connection.execute(query).scalars())


def said_of(connection: Connection, group_id: str) -> dict[str, Any]:
    """What the journal says of a group: about (kind, id), title key, words and reason."""
    j, c, v = journal.c, journal_change.c, journal_value.c
    entry = connection.execute(select(journal).where(j.group_id == group_id)).mappings().first()
    if entry is None:
        # A register that is taken to a server: its groups are no deeds of anybody, and say themselves what they are.
        args = connection.execute(
            select(outbox_group.c.args).where(outbox_group.c.group_id == group_id)
        ).scalar()
        said = {"about": ["", ""], "title": "", "words": {}, "reason": ""}
        return said | {n: v for n, v in (args or {}).items() if n in said}
    query = (
        select(c.field, v.after)
        .select_from(journal_change.join(journal_value, v.change_n == c.n))
        .where(c.journal_n == entry["n"], c.field.in_(("@title", "@reason")))
    )
    said = {r.field: r.after for r in connection.execute(query)}
    # Of work that was set aside: the journal's own words may have gone with their scope.
    g = outbox_group.c
    result = connection.execute(select(g.result).where(g.group_id == group_id)).scalar() or {}
    kept = result.get("said") or {}
    return {
        "about": [entry["kind"], entry["row_id"]],
        "title": entry["title_key"],
        "words": said.get("@title") or kept.get("words") or {},
        "reason": said.get("@reason") or kept.get("reason") or "",
    }


def texts_of(connection: Connection, kinds: KindRegistry, op: Mapping[str, Any]) -> dict[str, Any]:
    """Derived texts of the row that an operation made."""
    if op["type"] != "create" or op["kind"] not in kinds:
        return {}
    kept = op["derived"] or Rebasing(connection, kinds).derived_of(kinds[op["kind"]], op["row_id"], op)
    return dict(kept)


def settled_ops(connection: Connection, op_ids: set[str]) -> set[str]:
    """Those of the operations that the server has applied."""
    o = outbox.c
    query = select(o.op_id).where(o.op_id.in_(op_ids), o.state == "settled")
    return set(connection.execute(query).scalars()) if op_ids else set()


def freeze(connection: Connection, group: Stored, at: datetime, write: Callable[[Stored], str]) -> str:
    """What is sent of a group: as it was sent before, else as ``write`` makes it now, for ever."""
    if group["envelope"] is not None and group["sent_at"] is not None:
        return str(group["envelope"])
    text = write(group)
    connection.execute(
        update(outbox_group)
        .where(outbox_group.c.group_id == group["group_id"])
        .values(envelope=text, sent_at=at)
    )
    return text


def let_go(connection: Connection, now: datetime) -> None:
    """What was acknowledged long ago need not be kept as it was sent."""
    g = outbox_group.c
    connection.execute(
        update(outbox_group)
        .where(
            g.state == "settled",
            g.envelope.is_not(None),
            g.settled_at < now - timedelta(days=KEPT_DAYS),
        )
        .values(envelope=None)
    )


def offer_again(rebasing: Rebasing, now: datetime) -> int:
    """The server was restored from a backup: what it acknowledged lately is sent once more. Groups it still has
    are answered alike; lost work comes back. Returns how many."""
    connection = rebasing.connection
    g, o = outbox_group.c, outbox.c
    lately = (
        select(g.group_id)
        .where(
            g.state == "settled",
            g.envelope.is_not(None),
            g.settled_at >= now - timedelta(days=KEPT_DAYS),
        )
        .scalar_subquery()
    )
    rows = list(connection.execute(select(o.kind, o.row_id).where(o.group_id.in_(lately)).distinct()))
    for kind, row_id in rows:
        if kind in rebasing.kinds:
            rebasing.ensure_base(rebasing.kinds[kind], row_id)
    count = connection.execute(
        select(func.count()).select_from(outbox_group).where(g.group_id.in_(lately))
    ).scalar_one()
    # Texts of rows that have gone meanwhile are in what was sent.
    for text in list(connection.execute(select(g.envelope).where(g.group_id.in_(lately))).scalars()):
        for op in json.loads(text)["ops"]:
            if op.get("derived"):
                mine = (o.op_id == op["op_id"]) & o.derived.is_(None)
                connection.execute(update(outbox).where(mine).values(derived=op["derived"]))
    connection.execute(update(outbox).where(o.group_id.in_(lately)).values(state="queued"))
    connection.execute(update(outbox_group).where(g.group_id.in_(lately)).values(state="queued"))
    for kind, row_id in rows:
        rebasing.row(kind, row_id)
    return int(count)


def blobs_of(kinds: KindRegistry, group: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """(municipality, sha256, size) of the content that rows made by a group name."""
    found: list[tuple[str, str, int]] = []
    for op in group["ops"]:
        name = kinds[op["kind"]].blob if op["kind"] in kinds else ""
        patch = op["patch"] or {}
        if name and op["type"] == "create" and patch.get(name):
            found.append((str(patch["municipality"]), str(patch[name]), int(patch.get("size") or 0)))
    return found


def count_waiting(connection: Connection) -> dict[str, int]:
    """How many groups are in each state but the settled."""
    g = outbox_group.c
    query = select(g.state, func.count()).where(WAITS, g.state != "discarded").group_by(g.state)
    return {state: int(count) for state, count in connection.execute(query)}
