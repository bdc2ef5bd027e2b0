"""What a request notes for the audit: an entry for each operation, or for a deed without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from workbench.server.trail import erase_content, move_content, write_trail
from workbench.server.unit import Applied, ServerUnit


class Notes:
    """The entries of a request, until their numbers are known."""

    def __init__(self, unit: ServerUnit) -> None:
        self._unit = unit
        self._entries: list[dict[str, Any]] = []  # each with the index that its number follows
        self._destroyed: list[tuple[str, str]] = []

    def group(self, group: Mapping[str, Any], new: Sequence[Applied], *, destroys: bool) -> None:
        """Note an accepted group; what its words say goes with the first entry."""
        unit, principal = self._unit, self._unit.principal
        words = {"words": group.get("words") or {}, "reason": str(group.get("reason") or "")}
        head = {
            "chain": str(group.get("municipality") or "") or "region",
            "at": unit.at,
            "claimed_at": str(group.get("at") or ""),
            "actor_id": unit.session.person_id,
            "arrangement_id": "",
            "client_id": principal.client_id,
            "group_id": str(group["group_id"]),
            "command": str(group["command"]),
            "title_key": str(group.get("title") or ""),
            "resolves": group.get("resolves") or None,
        }
        for number, a in enumerate(new):
            row = a.after or a.before
            assert row is not None
            content: dict[str, Any] = {"changes": {n: list(c) for n, c in a.changes.items()}}
            self._entries.append(
                head
                | {
                    "index": a.index,
                    "op_id": a.op_id,
                    "kind": a.kind,
                    "row_id": a.row_id,
                    "root_id": self._root(a.kind, row),
                    "rev": a.rev,
                    "action": a.action,
                    "fields": sorted(a.changes),
                    "scope": row["scope_id"],
                    "content": content | (words if number == 0 else {}),
                }
            )
        if not new:
            self._entries.append(head | self._deed(str(group["group_id"])) | {"content": words})
        if destroys:
            self._destroyed += [(a.kind, a.row_id) for a in new if a.action == "delete"]

    def _deed(self, group_id: str) -> dict[str, Any]:
        unit = self._unit
        kind, row_id = unit.about
        row = unit.row(kind, row_id) if kind in unit.kinds else None
        return {
            "index": unit.next_index(),
            "op_id": group_id,
            "kind": kind,
            "row_id": row_id,
            "root_id": self._root(kind, row) if row is not None else row_id,
            "rev": 0,
            "action": "deed",
            "fields": [],
            "scope": row["scope_id"] if row is not None else f"user:{unit.principal.person_id}",
        }

    def _root(self, kind: str, row: Mapping[str, Any]) -> str:
        root = self._unit.kinds[kind].root
        return str((row.get(root) if root else None) or row["id"])

    def write(self, connection: Connection, first: int) -> None:
        """Write the entries with their numbers; contents follow rows that moved, and go with what was
        destroyed."""
        for e in self._entries:
            e["n"] = first + e.pop("index")
        write_trail(connection, self._entries)
        moved: dict[tuple[str, str], str] = {}
        for a in self._unit.applied:
            if a.before and a.after and a.before["scope_id"] != a.after["scope_id"]:
                moved[a.kind, a.row_id] = a.after["scope_id"]
        for (kind, row_id), scope in moved.items():
            move_content(connection, kind, row_id, scope)
        for kind, row_id in self._destroyed:
            erase_content(connection, kind, row_id)
