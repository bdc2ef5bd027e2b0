"""What of the outbox may be sent now, in order, and how it is frozen before it leaves.

From ``sent_at`` on a group may already be applied: what was sent is kept to the byte and sent again as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from workbench.store import claims
from workbench.store.canonical import read_json
from workbench.store.kinds import KindRegistry
from workbench.store.rebase import Rebasing
from workbench.store.schema import WAITS, journal, journal_change, journal_value, outbox, outbox_group
from workbench.store.statements import given

Stored = dict[str, Any]

KEPT_DAYS = 30
"""For how long an acknowledged group can be offered again, should the server be restored from a backup."""


def held_groups(connection: Connection) -> set[str]:
    """Ids of queued groups that build on something a person or the server has not settled: on an operation on
    the same row before theirs, or on a row that was to be made."""
    g, o = outbox_group.c, outbox.c
    # In two steps, groups first: they are few, and their index is small.
    waiting = select(g.group_id).where(WAITS, g.state.in_(("conflict", "quarantine")))
    held = list(connection.execute(waiting).scalars())
    # A group set aside on its way has a result already, though it is queued.
    told = select(g.n).where(WAITS, g.state == "queued", g.result.is_not(None)).limit(1)
    if not held and connection.execute(told).first() is None:
        return set()
    its = select(o.op_id, o.type, o.row_id).where(o.group_id.in_(given("ids")))
    stuck = connection.execute(its, {"ids": held}).all()
    ops = {r.op_id for r in stuck}
    made = {r.row_id for r in stuck if r.type == "create"}
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


def sendable(
    connection: Connection, most_ops: int, without: Collection[str] = ()
) -> tuple[list[Stored], bool]:
    """The next queued groups, oldest first, of about so many operations; a bigger group comes alone. Each with
    ``ops`` as they lie in the outbox. And whether more come after them."""
    held = held_groups(connection) | set(without)
    ids: list[str] = []
    count, more = 0, False
    queued = connection.execute(_QUEUED).partitions(_LOOKED_AT)
    for group_id, ops in chain.from_iterable(queued):
        if group_id in held:
            continue
        if ids and (count + ops > most_ops or len(ids) == most_ops):
            more = True
            break
        ids.append(group_id)
        count += ops
    return stored_groups(connection, ids), more


def stored_groups(connection: Connection, ids: Collection[str]) -> list[Stored]:
    """Those of the groups that are there, oldest first, each with its ``ops`` as they lie in the outbox."""
    g, o = outbox_group.c, outbox.c
    some = {"ids": list(ids)}
    of_group: dict[str, list[Stored]] = {group_id: [] for group_id in ids}
    own = select(outbox).where(o.group_id.in_(given("ids"))).order_by(o.n)
    for op in connection.execute(own, some).mappings().all():
        of_group[op["group_id"]].append(dict(op))
    found = connection.execute(select(outbox_group).where(g.group_id.in_(given("ids"))).order_by(g.n), some)
    return [dict(row) | {"ops": of_group[row["group_id"]]} for row in found.mappings().all()]


_LOOKED_AT = 100
_QUEUED = (
    select(
        outbox_group.c.group_id,
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.group_id == outbox_group.c.group_id)
        .scalar_subquery(),
    )
    .where(WAITS, outbox_group.c.state == "queued")
    .order_by(outbox_group.c.n)
)


def groups_of_commands(connection: Connection, commands: Collection[str]) -> set[str]:
    """Ids of the queued groups of some commands."""
    g = outbox_group.c
    query = select(g.group_id).where(WAITS, g.state == "queued", g.command.in_(sorted(commands)))
    return set(connection.execute(query).scalars())


def said_of(connection: Connection, group_id: str) -> dict[str, Any]:
    """What the journal says of a group: about (kind, id), title key, words and reason."""
    return said_of_all(connection, [group_id])[group_id]


def said_of_all(connection: Connection, group_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What the journal says of each of the groups."""
    g, j, c, v = outbox_group.c, journal.c, journal_change.c, journal_value.c
    some = {"ids": list(group_ids)}
    query = select(j.n, j.group_id, j.kind, j.row_id, j.title_key).where(j.group_id.in_(given("ids")))
    entries = {e.group_id: e for e in connection.execute(query.order_by(j.n.desc()), some).all()}
    values = (
        select(c.journal_n, c.field, v.after)
        .select_from(journal_change.join(journal_value, v.change_n == c.n))
        .where(c.journal_n.in_(given("ns")), c.field.in_(("@title", "@reason")))
    )
    ns = [e.n for e in entries.values()]
    said = {(n, name): after for n, name, after in connection.execute(values, {"ns": ns}).all()}
    # Of work that was set aside: the journal's own words may have gone with their scope.
    results = select(g.group_id, g.result).where(g.group_id.in_(given("ids")), g.result.is_not(None))
    kept = {group_id: result.get("said") or {} for group_id, result in connection.execute(results, some)}
    found = {i: {"about": ["", ""], "title": "", "words": {}, "reason": ""} for i in group_ids}
    for i, e in entries.items():
        more = kept.get(i, {})
        found[i] = {
            "about": [e.kind, e.row_id],
            "title": e.title_key,
            "words": said.get((e.n, "@title")) or more.get("words") or {},
            "reason": said.get((e.n, "@reason")) or more.get("reason") or "",
        }
    # A register that is taken to a server: its groups are no deeds of anybody, and say themselves what they are.
    silent = {"ids": [i for i in group_ids if i not in entries]}
    arguments = select(g.group_id, g.args).where(g.group_id.in_(given("ids")))
    for i, args in connection.execute(arguments, silent).all() if silent["ids"] else ():
        found[i] |= {name: value for name, value in (args or {}).items() if name in found[i]}
    return found


def texts_of(connection: Connection, kinds: KindRegistry, op: Mapping[str, Any]) -> dict[str, Any]:
    """Derived texts of the row that an operation made."""
    if op["type"] != "create" or op["kind"] not in kinds:
        return {}
    kept = op["derived"] or Rebasing(connection, kinds).derived_of(kinds[op["kind"]], op["row_id"], op)
    return dict(kept)


def settled_ops(connection: Connection, op_ids: Collection[str]) -> set[str]:
    """Those of the operations that the server has applied."""
    o = outbox.c
    query = select(o.op_id).where(o.op_id.in_(given("ids")), o.state == "settled")
    return set(connection.execute(query, {"ids": list(op_ids)}).scalars()) if op_ids else set()


def compose(
    groups: Sequence[Stored], most_bytes: int, write: Callable[[Sequence[Stored]], Sequence[str]]
) -> dict[str, str]:
    """The text of each group, by id: as it was sent before, else as ``write`` makes it. As many from the
    beginning as ``most_bytes`` hold, and at least one."""
    fresh = [group for group in groups if not _is_frozen(group)]
    made = dict(zip((group["group_id"] for group in fresh), write(fresh), strict=True))
    texts: dict[str, str] = {}
    size = 0
    for group in groups:
        text = made.get(group["group_id"]) or str(group["envelope"])
        size += len(text.encode())
        if texts and size > most_bytes:
            break
        texts[group["group_id"]] = text
    return texts


def freeze(connection: Connection, texts: Mapping[str, str], at: datetime) -> dict[str, str]:
    """What leaves now, by group: of the texts those whose groups still wait to be sent. From here on each stays
    as it is, for ever; one that was sent before is as it was then."""
    g = outbox_group.c
    query = select(g.group_id, g.envelope, g.sent_at).where(g.group_id.in_(given("ids")), g.state == "queued")
    found = connection.execute(query, {"ids": list(texts)}).mappings().all()
    waits = {row["group_id"]: row for row in found}
    leaving = {
        i: str(waits[i]["envelope"]) if _is_frozen(waits[i]) else text
        for i, text in texts.items()
        if i in waits
    }
    fresh = [{"id": i, "text": text, "moment": at} for i, text in leaving.items() if not _is_frozen(waits[i])]
    if fresh:
        connection.execute(_FROZEN, fresh)
    return leaving


def _is_frozen(group: Any) -> bool:
    return group["envelope"] is not None and group["sent_at"] is not None


_FROZEN = (
    update(outbox_group)
    .where(outbox_group.c.group_id == bindparam("id"))
    .values(envelope=bindparam("text"), sent_at=bindparam("moment", type_=outbox_group.c.sent_at.type))
)


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
        sent = read_json(text)
        if sent.get("held"):
            claims.offer_again(connection, str(sent["group_id"]), sent["held"])
        for op in sent["ops"]:
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
