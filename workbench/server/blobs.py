"""Contents of files on the server: what a caller must send, taking it in pieces, giving it out.

A caller is told only of contents she brought herself or can read through a row; of any other it looks as if it
were not here, and she sends it. Pieces are kept for each person apart until the whole hashes to its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, select

from workbench.context import Session
from workbench.errors import NotAllowed, StorageProblem, UserError
from workbench.i18n import _
from workbench.organisation import tables
from workbench.organisation.access import access_of
from workbench.server.checks import may_name
from workbench.server.database import insert_missing
from workbench.server.desk import Desk
from workbench.server.identity.errors import TooMany
from workbench.server.principal import Principal
from workbench.server.pull import let_time_pass
from workbench.server.schema import blob, blob_bringer
from workbench.server.unit import ServerUnit
from workbench.sync.wire import BLOB_CHUNK

_MOST_UNFINISHED = 200
_READ = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MUNICIPALITY = re.compile(r"[0-9]{3}")

Name = tuple[str, str]
"""(municipality, sha256)."""


class TooLarge(UserError):
    """More than the server takes."""

    def __init__(self) -> None:
        super().__init__(_("Tiedosto on liian suuri palvelimelle."), code="too_large")


def missing(
    desk: Desk, principal: Principal, at: datetime, asked: Sequence[tuple[str, str, int]]
) -> list[tuple[str, str, int]]:
    """Of (municipality, sha256, size) those the caller has to send, each with the offset to go on from."""
    let_time_pass(desk.database, desk.domain, principal, at)
    names = list(dict.fromkeys(_checked(m, s) for m, s, _size in asked))
    with desk.database.reading() as connection:
        unit = ServerUnit(connection, desk.domain, principal, at)
        wanted = [name for name in names if may_name(unit, *name) is None]
    return [(*name, _held(_part(desk, principal, name))) for name in wanted]


def receive(
    desk: Desk,
    principal: Principal,
    at: datetime,
    *,
    municipality: str,
    sha256: str,
    offset: int,
    length: int,
    data: bytes,
) -> tuple[int, bool]:
    """Take in a piece; returns how much is here and whether that is all. A piece that does not begin where the
    former ended changes nothing: the answer says where to go on."""
    name = _checked(municipality, sha256)
    if length > desk.largest_blob or len(data) > BLOB_CHUNK:
        raise TooLarge
    if offset + len(data) > length or offset < 0:
        raise UserError(_("Tiedoston osa menee yli sen pituuden."), code="invalid")
    let_time_pass(desk.database, desk.domain, principal, at)
    with desk.database.reading() as connection:
        unit = ServerUnit(connection, desk.domain, principal, at)
        if may_name(unit, *name) is not None:
            return length, True
        # Into any municipality, as letters are passed on and cases transferred to others.
        if not access_of(connection, Session(principal.person_id, ""), at).grants:
            raise NotAllowed(_("Sinulla ei ole roolia missään kunnassa. Pyydä rooli pääkäyttäjältä."))
        if not _is_known(connection, municipality):
            raise UserError(_("Kuntaa {code} ei tunneta.").format(code=municipality), code="invalid")
    part = _part(desk, principal, name)
    part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(f"{part}.lock", timeout=0):
            held = _append(part, offset, length, data)
            if held < length:
                return held, False
            _finish(desk, principal, at, name, part, length)
    except Timeout as error:
        raise TooMany(1) from error
    with contextlib.suppress(OSError):
        Path(f"{part}.lock").unlink()
    return length, True


def _is_known(connection: Connection, code: str) -> bool:
    query = select(tables.municipality.c.id).where(tables.municipality.c.code == code)
    return connection.execute(query).first() is not None


def _append(part: Path, offset: int, length: int, data: bytes) -> int:
    held = _held(part)
    if held > length:
        part.unlink()
        held = 0
    if held != offset:
        return min(held, length - 1) if length else 0
    if not held and sum(1 for _ in part.parent.glob("*.part")) >= _MOST_UNFINISHED:
        raise TooMany(60)
    with part.open("ab") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return held + len(data)


def _finish(desk: Desk, principal: Principal, at: datetime, name: Name, part: Path, length: int) -> None:
    """The whole is here: keep it if it is what its name says."""
    municipality, sha256 = name
    if _digest(part) != sha256:
        part.unlink()
        raise UserError(
            _("Tiedoston sisältö ei vastaa tunnistettaan. Se on lähetettävä uudelleen."), code="invalid"
        )
    # What lies here under the name may be damaged; only what verifies is built on.
    if desk.contents.has(*name) and not _verifies(desk, name):
        desk.contents.drop(*name)
    desk.contents.take(municipality, sha256, _pieces(part))
    row = {"municipality": municipality, "sha256": sha256}

    def work(connection: Connection) -> None:
        made = [row | {"size": length, "received_at": at}]
        insert_missing(connection, blob, made, key=("municipality", "sha256"))
        brought = [row | {"person_id": principal.person_id}]
        insert_missing(connection, blob_bringer, brought, key=("municipality", "sha256", "person_id"))

    desk.database.write(work)
    part.unlink()


def give(desk: Desk, principal: Principal, at: datetime, *, municipality: str, sha256: str) -> int:
    """Size of a content the caller may read. One that is not here and one that is not hers answer alike."""
    name = _checked(municipality, sha256)
    let_time_pass(desk.database, desk.domain, principal, at)
    with desk.database.reading() as connection:
        size = may_name(ServerUnit(connection, desk.domain, principal, at), *name)
    if size is None or not desk.contents.has(*name):
        raise UserError(_("Tiedostoa ei löydy."), code="not_found")
    return size


def read(desk: Desk, municipality: str, sha256: str, start: int, end: int) -> Iterator[bytes]:
    """Bytes ``start`` up to, without, ``end`` of a content; raises StorageProblem at the first damaged piece."""
    at = 0
    for piece in desk.contents.open(municipality, sha256):
        if at + len(piece) > start and at < end:
            yield piece[max(0, start - at) : end - at]
        at += len(piece)
        if at >= end:
            return


def sweep_uploads(desk: Desk, before: datetime) -> int:
    """Remove pieces nobody has added to since ``before``; returns how many."""
    count = 0
    for path in desk.uploads.glob("*/*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                count += path.suffix == ".part"
    return count


def _checked(municipality: str, sha256: str) -> Name:
    if not (_MUNICIPALITY.fullmatch(municipality) and _SHA256.fullmatch(sha256)):
        raise UserError(_("Tiedoston tunniste ei kelpaa."), code="invalid")
    return municipality, sha256


def _part(desk: Desk, principal: Principal, name: Name) -> Path:
    whose = hashlib.sha256(principal.person_id.encode()).hexdigest()[:32]
    return desk.uploads / whose / f"{name[0]}-{name[1]}.part"


def _held(part: Path) -> int:
    try:
        return part.stat().st_size
    except FileNotFoundError:
        return 0


def _pieces(part: Path) -> Iterator[bytes]:
    with part.open("rb") as stream:
        while piece := stream.read(_READ):
            yield piece


def _digest(part: Path) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(part):
        digest.update(piece)
    return digest.hexdigest()


def _verifies(desk: Desk, name: Name) -> bool:
    try:
        for _piece in desk.contents.open(*name):
            pass
    except StorageProblem:
        return False
    return True
