"""docs/data-model.md from the kind registry: ``python -m tools.data_model`` writes it, ``--check`` tells
whether it is as the code says."""

from __future__ import annotations

import sys
from pathlib import Path

from workbench.domain import whole_domain
from workbench.store.kinds import Kind

TARGET = Path(__file__).resolve().parent.parent / "docs" / "data-model.md"

HEAD = """# The data model

Made from the kind registry by `python -m tools.data_model`; do not edit by hand. Every kind also has `id`
(UUIDv7), `scope_id` (unit of access), `rev`, `seq`, `sync_state`, `extra` and the local row number `k`.
Merge says what happens when two people changed the same row: *auto* merges different fields, *ask* waits
for a person, *lock* refuses. *derived* values can be made again from content and never enter the journal.
"""


def text() -> str:
    """The whole page."""
    kinds = whole_domain().kinds
    return HEAD + "".join(_kind(kinds[name]) for name in kinds.names())


def _kind(kind: Kind) -> str:
    about = [kind.label]
    if kind.parent:
        about.append(f"part of `{kind.parent_kind}` through `{kind.parent}`")
    if kind.blob:
        about.append(f"keeps the blob named by `{kind.blob}` alive")
    if kind.search is not None:
        about.append("searchable")
    lines = [
        f"\n## {kind.name}\n\n{'; '.join(about)}.\n\n| field | Finnish | type | merge | marks |\n|---|---|---|---|---|\n"
    ]
    for f in kind.fields:
        marks = [
            *(["required"] if f.required else []),
            *(["personal"] if f.personal else []),
            *(["derived"] if f.derived else []),
            *([f"→ {f.ref}"] if f.ref else []),
        ]
        lines.append(f"| {f.name} | {f.label} | {f.type.value} | {f.merge.value} | {', '.join(marks)} |\n")
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    if "--check" in arguments:
        if TARGET.read_text(encoding="utf-8") == text():
            return 0
        print("docs/data-model.md is behind the code: run python -m tools.data_model")
        return 1
    TARGET.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
