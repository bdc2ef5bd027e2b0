"""An order in which things that name one another can be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


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
