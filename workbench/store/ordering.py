"""The objects of a store in an order in which they can be made anew: what others name comes before those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from workbench.store.kinds import Kind, KindRegistry

COMMON = "global"
"""The scope of settings, which the server has its own of."""


@dataclass
class Whole:
    """Objects that go as one group, with their parts: (kind, id), what others are parts of first."""

    roots: list[str]
    rows: list[tuple[str, str]] = field(default_factory=list)


def objects_of(connection: Connection, kinds: KindRegistry) -> Iterator[Whole]:
    """Every object, those that others name before those; objects that name one another together."""
    ordered = _parents_first(kinds)
    root_of: dict[str, str] = {}
    rows: dict[str, list[tuple[str, str]]] = {}
    refs: list[tuple[str, list[str]]] = []
    for kind in ordered:
        names = [f.name for f in kind.fields if f.ref]
        more = [n for n in (kind.root, kind.opens) if n and n not in names]
        c = kinds.table(kind.name).c
        query = select(c.id, *(c[n] for n in (*names, *more))).where(c.scope_id != COMMON).order_by(c.k)
        for row in connection.execute(query).mappings():
            if kind.opens:
                opened = str(row[kind.opens]).partition(":")[2]
                root_of[row["id"]] = f"\0{opened}"  # of an object whose root may not be known yet
            else:
                root_of[row["id"]] = str((row[kind.root] if kind.root else None) or row["id"])
            rows.setdefault(kind.name, []).append((kind.name, row["id"]))
            refs.append((row["id"], [row[n] for n in names if row[n]]))
    for row_id, root in root_of.items():
        if root.startswith("\0"):
            root_of[row_id] = root_of.get(root[1:], row_id)
    named: dict[str, dict[str, None]] = {}
    for row_id, others in refs:
        root = root_of[row_id]
        named.setdefault(root, {}).update(
            {root_of[o]: None for o in others if o in root_of and root_of[o] != root}
        )
    whole_of: dict[str, Whole] = {}
    found: list[Whole] = []
    for together in components(named, named):
        whole = Whole(together)
        found.append(whole)
        whole_of |= dict.fromkeys(together, whole)
    for kind in ordered:
        for name, row_id in rows.get(kind.name, ()):
            whole_of[root_of[row_id]].rows.append((name, row_id))
    yield from found


def _parents_first(kinds: KindRegistry) -> list[Kind]:
    """Kinds so that what a row takes its scope from comes before it, and what opens a scope last."""
    found: list[Kind] = []
    waiting = list(kinds)
    while waiting:
        names = {k.name for k in waiting}
        ready = [k for k in waiting if k.parent_kind not in names or k.parent_kind == k.name]
        found += ready
        waiting = [k for k in waiting if k not in ready]
    return sorted(found, key=lambda k: bool(k.opens))


def components(nodes: Iterable[str], names: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Groups of nodes so that all a group names is in it or came before it; nodes that name one another are in one
    group. ``names``: what a node names. Tarjan's algorithm, without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        path = [(start, iter(names.get(start, ())))]
        while path:
            node, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node) if stack[-1] != node else len(stack) - 1
                    yield stack[at:]
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                path.append((following, iter(names.get(following, ()))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
