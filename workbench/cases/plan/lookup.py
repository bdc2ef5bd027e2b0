"""Finding one's way in the class tree: children, ancestors, search by code or by Finnish words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.cases.plan.model import PlanClass, PlanVersion, parent_code

_CODE = re.compile(r"\d{2}(?:[. ]\d{0,2})*")
_WORD = re.compile(r"[\w-]+")


def main_classes(plan: PlanVersion) -> list[PlanClass]:
    """The main classes (*päätehtävät*) in code order."""
    return _sorted(c for c in plan.classes if c.parent is None)


def children(plan: PlanVersion, code: str) -> list[PlanClass]:
    """The classes right below one class, in code order."""
    return _sorted(c for c in plan.classes if c.parent == code)


def ancestors(plan: PlanVersion, code: str) -> list[PlanClass]:
    """The classes above one class, the nearest first.

    A class that the plan lacks is stepped over by its code, so that a partial import still inherits.
    """
    by_code = {c.code: c for c in plan.classes}
    found: list[PlanClass] = []
    seen = {code}
    start = by_code.get(code)
    above = start.parent if start is not None else parent_code(code)
    while above is not None and above not in seen:
        seen.add(above)
        node = by_code.get(above)
        if node is not None:
            found.append(node)
        above = node.parent if node is not None else parent_code(above)
    return found


def path_text(plan: PlanVersion, code: str) -> str:
    """The way from the main class to this one, for a tooltip."""
    node = plan.find(code)
    chain = [*reversed(ancestors(plan, code)), *([node] if node else [])]
    return " › ".join(c.name for c in chain)


def selectable(plan: PlanVersion) -> list[PlanClass]:
    """The classes a case can be opened in: nothing below them, and at least a sub-task (*alatehtävä*).

    A plan that stops at two levels offers those.
    """
    parents = {c.parent for c in plan.classes}
    leaves = [c for c in plan.classes if c.code not in parents]
    deepest = max((c.code.count(".") for c in plan.classes), default=0)
    return _sorted(c for c in leaves if c.code.count(".") >= min(2, deepest))


def search(plan: PlanVersion, text: str, limit: int = 20) -> list[PlanClass]:
    """Classes that match what a person typed: the beginning of a code, or the beginnings of words.

    A word found in the name weighs more than one among the hints; every word must be found somewhere.
    """
    typed = text.strip().casefold()
    if not typed:
        return []
    if _CODE.fullmatch(typed):
        prefix = typed.replace(" ", ".")
        return _sorted(c for c in plan.classes if c.code.startswith(prefix))[:limit]
    words = _WORD.findall(typed)
    ranked = [(score, c) for c in plan.classes if (score := _score(c, words)) > 0]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [c for _, c in ranked[:limit]]


def _score(node: PlanClass, words: list[str]) -> int:
    name = _WORD.findall(node.name.casefold())
    hints = [h.casefold() for h in node.hints]
    total = 0
    for word in words:
        if any(n.startswith(word) for n in name):
            total += 6
        elif any(h.startswith(word) for h in hints):
            total += 4
        elif len(word) >= 4 and any(word in n for n in (*name, *hints)):
            total += 2
        else:
            return 0
    return total * 2 + (1 if node.parent is not None else 0)


def _sorted(classes: Iterable[PlanClass]) -> list[PlanClass]:
    return sorted(classes, key=lambda c: c.code)
