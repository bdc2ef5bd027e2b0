"""Bringing a server's database up to the schema (rakenne) this program knows, while others serve it.

``clock.schema`` is the major version, which every program of that major demands; ``clock.step`` the version its steps
have reached, "1.0" where the column is not there yet. Steps only add, so an older program of the same major works on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text, update

from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.server.database import Database, lock_in_order
from workbench.server.schema import SCHEMA, VERSION, clock
from workbench.store.migrations.steps import run_steps

STEPS = Path(__file__).parent / "migrations"
FIRST = "1.0"

Progress = Callable[[str], None]


def parts(version: str) -> tuple[int, ...]:
    """A version as it is compared."""
    return tuple(int(part) for part in version.split("."))


def has_tables(database: Database) -> bool:
    """Whether a database holds a server."""
    return inspect(database.engine).has_table(clock.name)


def version_of(connection: Connection) -> str:
    """The version a database is of. Raises :class:`StorageProblem` for one of another major."""
    steps = any(column["name"] == "step" for column in inspect(connection).get_columns(clock.name))
    # By name: an older database does not have the columns this program knows.
    query = "SELECT schema, step FROM clock" if steps else "SELECT schema, NULL AS step FROM clock"
    row = connection.execute(text(query)).first()
    if row is None:
        raise StorageProblem(_("Tietokannassa ei ole palvelimen tietoja."))
    if row.schema != SCHEMA:
        newer = row.schema.isdigit() and int(row.schema) > int(SCHEMA)
        raise StorageProblem(
            (
                _(
                    "Tietokanta on uudempaa pääversiota {theirs}, tämä palvelinohjelma pääversiota {ours}. Mitään ei "
                    "muutettu. Asenna uudempi palvelinohjelma."
                )
                if newer
                else _("Tietokanta on versiota {theirs}, palvelin versiota {ours}.")
            ).format(theirs=row.schema, ours=SCHEMA)
        )
    return row.step or FIRST


def demand_server(database: Database) -> str:
    """The version of a database that holds a server; raises :class:`StorageProblem` for any other."""
    if not has_tables(database):
        raise StorageProblem(_("Tietokannassa ei ole palvelimen tauluja."))
    with database.reading() as connection:
        return version_of(connection)


def update_database(database: Database, progress: Progress = lambda _text: None) -> None:
    """Bring the database to this program's version: by one process at a time, all or nothing. One of a newer version
    of the same major stays as it is. ``progress`` gets what was done, in Finnish."""
    found = demand_server(database)
    if parts(found) > parts(VERSION):
        progress(newer_than_program(found))
        return
    if found != VERSION:
        for line in database.write(_updated):
            progress(line)


def newer_than_program(found: str) -> str:
    """What is said of a database that a newer program has updated."""
    return _(
        "Tietokanta on versiota {theirs}, tämä palvelinohjelma vanhempaa versiota {ours}. Se toimii, mutta päivitä "
        "ohjelma pian."
    ).format(theirs=found, ours=VERSION)


def _updated(connection: Connection) -> list[str]:
    lock_in_order(connection, {"tables"})  # several processes may start at once
    found = version_of(connection)
    if parts(found) >= parts(VERSION):
        return []  # another was first
    lines = [_("Tietokanta päivitettiin versiosta {old} versioon {new}.").format(old=found, new=VERSION)]
    run_steps(connection, found, VERSION, lines.append, folder=STEPS)
    connection.execute(update(clock).values(step=VERSION))
    return lines
