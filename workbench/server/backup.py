"""Backup and restore (varmuuskopio, palautus) of a server: one file that either database can be made from.

The file holds every table as it stood at one moment, the contents of files as they lie sealed, and the server's
key: it is as secret as the server. A restored server is a new epoch, so that workstations fetch everything anew
and bring back what they did since.
"""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, text, update
from sqlalchemy.schema import Column

import workbench.server.identity.schema  # noqa: F401 - its tables join the metadata
from workbench.clock import to_text
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.server.database import Database
from workbench.server.desk import Desk
from workbench.server.place import Place, Settings
from workbench.server.schema import SCHEMA, VERSION, clock, create_tables, server_metadata
from workbench.server.updating import FIRST, has_tables, parts
from workbench.store.domain import Domain
from workbench.store.kinds import metadata as kind_metadata
from workbench.store.schema import series

_FORMAT = 1
_BATCH = 500


def write_backup(desk: Desk, place: Place, target: Path, at: datetime) -> int:
    """Write a backup; returns how many rows it holds. The file is whole or not there."""
    if target.exists():
        raise UserError(_("Tiedosto on jo olemassa: {path}").format(path=target), field="target")
    beside = target.with_name(f"{target.name}.part")
    count = 0
    try:
        opener = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opener, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as out:
            with desk.database.reading() as connection:
                for table in tables(desk.domain):
                    with out.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
                        for row in _rows(connection, table):
                            member.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                            count += 1
                named = connection.execute(text("SELECT municipality, sha256 FROM blob ORDER BY 1, 2")).all()
            for municipality, sha256 in named:
                path = desk.contents.path(municipality, sha256)
                if path.exists():  # what is missing the check tells
                    out.write(path, f"blobs/{municipality}/{sha256}", zipfile.ZIP_STORED)
            made = {
                "format": _FORMAT,
                "schema": SCHEMA,
                "step": VERSION,
                "made_at": to_text(at),
                "rows": count,
            }
            out.writestr("server.key", place.key().hex())
            out.writestr("settings.json", json.dumps(asdict(place.settings())))
            out.writestr("manifest.json", json.dumps(made))  # last: a file without it is not whole
            out.close()
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(target)
    except OSError as error:
        raise StorageProblem(_("Varmuuskopiota ei voitu tallettaa: {path}").format(path=target)) from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def restore_backup(place: Place, settings: Settings | None, source: Path, domain: Domain) -> tuple[str, int]:
    """Make a server of a backup, in an empty data folder and an empty database; returns the new epoch and the
    count of rows. ``settings`` None: as they were."""
    try:
        with zipfile.ZipFile(source) as packed:
            manifest = json.loads(packed.read("manifest.json"))
            step = str(manifest.get("step") or FIRST)
            if manifest["format"] != _FORMAT or manifest["schema"] != SCHEMA or parts(step) > parts(VERSION):
                raise UserError(_("Varmuuskopio on toisen ohjelmaversion tekemä."), field="source")
            key = bytes.fromhex(packed.read("server.key").decode())
            wanted = settings or Settings(**json.loads(packed.read("settings.json")))
            place.demand_empty()
            with place.database(wanted) as database:
                if has_tables(database):
                    raise UserError(_("Tietokannassa on jo palvelimen tiedot."), field="database")
                _restore_contents(place, packed)
                epoch, count = _restore_tables(database, packed, domain, manifest)
            place.make(wanted, key)  # last: a folder without a key is no server
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise StorageProblem(_("Tiedosto ei ole ehjä varmuuskopio: {path}").format(path=source)) from error
    except FileNotFoundError as error:
        raise UserError(_("Tiedostoa ei ole: {path}").format(path=source), field="source") from error
    return epoch, count


def tables(domain: Domain) -> list[Table]:
    """Every table of a server."""
    kinds = [kind_metadata.tables[name] for name in (*domain.kinds.names(), series.name)]
    return [*kinds, *server_metadata.sorted_tables]


def _columns(table: Table) -> list[Column[Any]]:
    """All but the numbers a database gives by itself."""
    return [c for c in table.columns if not (c.name == "k" and table.metadata is kind_metadata)]


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Rows as the database holds them, in the order of their keys."""
    quote = connection.dialect.identifier_preparer.quote
    names = [c.name for c in _columns(table)]
    order = ", ".join(quote(c.name) for c in table.primary_key.columns)
    shown = ", ".join(quote(n) for n in names)
    query = text(f"SELECT {shown} FROM {quote(table.name)} ORDER BY {order}")
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        yield {n: _packed(v) for n, v in zip(names, row, strict=True) if v is not None}


def _packed(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _unpacked(value: Any) -> Any:
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value


def _restore_tables(
    database: Database, packed: zipfile.ZipFile, domain: Domain, manifest: dict[str, Any]
) -> tuple[str, int]:
    epoch, count = new_id(), 0
    there = set(packed.namelist())
    older = parts(str(manifest.get("step") or FIRST)) < parts(VERSION)
    with database.writing() as connection:
        create_tables(connection, domain.kinds)
        for table in tables(domain):
            if older and f"tables/{table.name}.jsonl" not in there:
                continue  # what a later version added begins empty
            batch: list[dict[str, Any]] = []
            with packed.open(f"tables/{table.name}.jsonl") as member:
                for line in member:
                    batch.append(json.loads(line))
                    if len(batch) == _BATCH:
                        count += _insert(connection, table, batch)
                        batch = []
            count += _insert(connection, table, batch)
        if count != int(manifest["rows"]):
            raise StorageProblem(_("Varmuuskopio on vajaa."))
        connection.execute(update(clock).values(epoch=epoch, step=VERSION))
    return epoch, count


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    if rows:
        quote = connection.dialect.identifier_preparer.quote
        names = [c.name for c in _columns(table)]
        shown, places = ", ".join(quote(n) for n in names), ", ".join(f":{n}" for n in names)
        made = [{n: _unpacked(row.get(n)) for n in names} for row in rows]
        connection.execute(text(f"INSERT INTO {quote(table.name)} ({shown}) VALUES ({places})"), made)
    return len(rows)


def _restore_contents(place: Place, packed: zipfile.ZipFile) -> None:
    for name in packed.namelist():
        parts = name.split("/")
        if parts[0] != "blobs" or len(parts) != 3 or not (parts[1].isalnum() and parts[2].isalnum()):
            continue
        target = place.contents / parts[1] / parts[2][:2] / parts[2][2:]
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(name) as member, target.open("wb") as out:
            while piece := member.read(1 << 20):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
