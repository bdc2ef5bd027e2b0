"""Up-casters: groups that an older program put into its outbox, read as today's.

An operation in an outbox is never rewritten where it lies; it is read through here, on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.sync.wire import Group

UP_CASTERS: Mapping[tuple[str, int], Callable[[Group], Group]] = {}
"""(command, version) → the group in the next version. Each step raises ``version`` by one."""


def up_cast(group: Group, casters: Mapping[tuple[str, int], Callable[[Group], Group]] = UP_CASTERS) -> Group:
    """The group in the newest version known."""
    while (cast := casters.get((group["command"], group.get("version", 1)))) is not None:
        group = cast(group)
    return group
