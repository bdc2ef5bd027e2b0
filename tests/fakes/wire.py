"""A store's whole outbox as groups of the wire: for founding a server in tests from a world made locally."""

from __future__ import annotations

from sqlalchemy import select

from workbench.clock import to_text
from workbench.store.schema import journal, journal_change, journal_value, outbox, outbox_group
from workbench.store.store import Store
from workbench.sync.wire import Group, Op


def groups_of(store: Store, after: int = 0) -> list[Group]:
    """Every command of the store after the ``after``-th, oldest first."""
    with store.reader() as connection:
        groups = list(
            connection.execute(
                select(outbox_group).where(outbox_group.c.n > after).order_by(outbox_group.c.n)
            ).mappings()
        )
        found = []
        for g in groups:
            ops = connection.execute(
                select(outbox).where(outbox.c.group_id == g["group_id"]).order_by(outbox.c.n)
            ).mappings()
            entry = (
                connection.execute(select(journal).where(journal.c.group_id == g["group_id"]))
                .mappings()
                .one()
            )
            said = {
                field: after
                for field, after in connection.execute(
                    select(journal_change.c.field, journal_value.c.after)
                    .select_from(
                        journal_change.join(journal_value, journal_value.c.change_n == journal_change.c.n)
                    )
                    .where(journal_change.c.journal_n == entry["n"], journal_change.c.field.startswith("@"))
                )
            }
            made: list[Op] = []
            for op in ops:
                wire: Op = {
                    "op_id": op["op_id"],
                    "type": op["type"],
                    "kind": op["kind"],
                    "id": op["row_id"],
                    "scope": op["scope_id"],
                    "base_rev": op["base_rev"],
                    "patch": op["patch"] or {},
                }
                made.append(wire)
            found.append(
                Group(
                    group_id=g["group_id"],
                    n=g["n"],
                    command=g["command"],
                    version=g["version"],
                    args=g["args"],
                    at=to_text(g["at"]),
                    actor=g["actor_id"],
                    municipality=g["municipality"],
                    arrangement=g["arrangement_id"],
                    undoes=g["undoes"],
                    about=[entry["kind"], entry["row_id"]],
                    title=entry["title_key"],
                    words=said.get("@title") or {},
                    reason=said.get("@reason") or "",
                    resolves=[],
                    ops=made,
                )
            )
        return found
