"""The steps between two schema versions, in order; they know nothing of homes, keys or backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

_FOLDER = Path(__file__).parent


def steps_between(found: str, wanted: str, folder: Path = _FOLDER) -> list[Script]:
    """The revisions that lead from one version to another, the first to run first.

    Raises alembic's ``CommandError`` for a version no revision leads from.
    """
    scripts = ScriptDirectory(str(folder))
    return list(scripts.iterate_revisions(wanted, found))[::-1]


def run_steps(
    connection: Connection,
    found: str,
    wanted: str,
    progress: Callable[[str], None] = lambda _text: None,
    folder: Path = _FOLDER,
) -> None:
    """Run the steps in the connection's transaction; an error in any leaves the transaction to roll back
    whole. ``progress`` gets each step's description, in Finnish; ``folder`` holds the steps."""
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for step in steps_between(found, wanted, folder):
            progress(str(step.doc))
            step.module.upgrade()
