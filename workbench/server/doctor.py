"""Looking a server over (tarkastus): whether what it holds agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from sqlalchemy import inspect, select, text

from workbench.clock import from_text, to_text
from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.server.backup import tables
from workbench.server.desk import Desk
from workbench.server.identity.accounts import list_accounts
from workbench.server.schema import VERSION, blob, clock, scope_stat
from workbench.server.trail import verify
from workbench.server.updating import newer_than_program, parts, version_of
from workbench.sync.wire import digest_of

_SKEW = timedelta(seconds=30)
_SOON = timedelta(days=21)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; ``serious`` when data or access is in danger."""

    code: str
    message: str
    serious: bool = True


def examine(desk: Desk, *, certificate: Path | None = None, contents: bool = True) -> Iterator[Finding]:
    """Everything that is wrong. ``contents``: also read every content through."""
    wrong = list(_schema(desk))
    yield from wrong
    if any(f.serious for f in wrong):
        return
    yield from _trail(desk)
    yield from _digests(desk)
    yield from _blobs(desk, contents)
    yield from _clock(desk)
    yield from _accounts(desk)
    if certificate is not None:
        yield from _certificate(certificate, desk.clock.now())


def _schema(desk: Desk) -> Iterator[Finding]:
    there = set(inspect(desk.database.engine).get_table_names())
    absent = sorted(t.name for t in tables(desk.domain) if t.name not in there)
    if clock.name in absent:
        yield Finding("schema", _("Tietokannassa ei ole palvelimen tauluja."))
        return
    with desk.database.reading() as connection:
        try:
            version = version_of(connection)
        except StorageProblem as error:
            yield Finding("schema", str(error))
            return
        encoding = (
            connection.execute(text("SHOW server_encoding")).scalar()
            if desk.database.is_postgresql
            else "UTF8"
        )
    if parts(version) < parts(VERSION):
        yield Finding(
            "schema",
            _(
                "Tietokanta on versiota {theirs}, palvelinohjelma versiota {ours}. Tietokanta päivittyy, kun palvelin "
                "käynnistetään (workbench-server serve); tarkasta sitten uudelleen."
            ).format(theirs=version, ours=VERSION),
        )
        return
    if parts(version) > parts(VERSION):
        yield Finding("schema", newer_than_program(version), serious=False)
    if absent:
        yield Finding("schema", _("Tauluja puuttuu: {names}.").format(names=", ".join(absent)))
    if encoding != "UTF8":
        yield Finding(
            "encoding", _("Tietokannan merkistö on {name}; sen on oltava UTF8.").format(name=encoding)
        )


def _trail(desk: Desk) -> Iterator[Finding]:
    with desk.database.reading() as connection:
        for fault in verify(connection):
            yield Finding(
                "audit",
                _("Valvontaloki {chain}, merkintä {n}: {what}.").format(
                    chain=fault.chain, n=fault.position, what=fault.what
                ),
            )


def _digests(desk: Desk) -> Iterator[Finding]:
    """What the server says of each scope against what is there."""
    with desk.database.reading() as connection:
        held: dict[str, list[tuple[str, str, int]]] = {}
        for kind in desk.domain.kinds:
            t = desk.domain.kinds.table(kind.name)
            for scope, row_id, rev in connection.execute(select(t.c.scope_id, t.c.id, t.c.rev)):
                held.setdefault(scope, []).append((kind.name, row_id, rev))
        said = {
            scope: (count, digest)
            for scope, count, digest in connection.execute(
                select(scope_stat.c.scope, scope_stat.c.held, scope_stat.c.digest)
            )
        }
    for scope in sorted(held.keys() | said.keys()):
        if said.get(scope, digest_of([])) != digest_of(held.get(scope, [])):
            yield Finding("digest", _("Alueen {scope} tiiviste ei täsmää.").format(scope=scope))


def _blobs(desk: Desk, contents: bool) -> Iterator[Finding]:
    with desk.database.reading() as connection:
        named = connection.execute(select(blob.c.municipality, blob.c.sha256)).all()
    for municipality, sha256 in named:
        if not desk.contents.has(municipality, sha256):
            yield Finding("blob", _("Tiedoston sisältö puuttuu (tunniste {name}).").format(name=sha256[:12]))
        elif contents:
            try:
                for _piece in desk.contents.open(municipality, sha256):
                    pass
            except StorageProblem as error:
                yield Finding("blob", str(error))


def _clock(desk: Desk) -> Iterator[Finding]:
    if not desk.database.is_postgresql:
        return
    with desk.database.reading() as connection:
        theirs = connection.execute(
            text("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        ).scalar_one()
    apart = abs(from_text(theirs) - datetime.now(UTC))
    if apart > _SKEW:
        yield Finding(
            "clock",
            _("Tietokannan kello eroaa {n} sekuntia palvelimen kellosta.").format(
                n=int(apart.total_seconds())
            ),
        )


def _accounts(desk: Desk) -> Iterator[Finding]:
    with desk.database.reading() as connection:
        rows = list_accounts(connection)
    if desk.policy.demand_totp:
        for row in rows:
            if row.has_password and not row.has_totp and not row.disabled:
                yield Finding(
                    "totp",
                    _("Tunnukselta {name} puuttuu vahvistuskoodi.").format(name=row.username),
                    serious=False,
                )


def _certificate(path: Path, now: datetime) -> Iterator[Finding]:
    try:
        read = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        yield Finding("tls", _("Varmennetta ei voi lukea: {path}").format(path=path))
        return
    if read.not_valid_after_utc <= now + _SOON:
        yield Finding(
            "tls",
            _("Varmenne vanhenee {at}.").format(at=to_text(read.not_valid_after_utc)),
            serious=read.not_valid_after_utc <= now,
        )
