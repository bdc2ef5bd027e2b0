"""The store: one folder (koti) with an encrypted database, blobs, keys and backups; one write path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, inspect, select
from sqlcipher3 import dbapi2

from workbench.clock import Clock, from_text, to_text
from workbench.context import Session
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.store import commit, keys
from workbench.store.authority import Authority, LocalAuthority, ServerAuthority
from workbench.store.blobs import BlobStore
from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.store.domain import Domain
from workbench.store.engine import BUSY_MS, explained, open_engine
from workbench.store.kinds import KindRegistry, metadata
from workbench.store.meta import PURGE_WAITS, SERVER, SERVER_TIME, USER, get_meta, set_meta
from workbench.store.presence import Presence
from workbench.store.schema import (
    SCHEMA,
    SCHEMA_MAJOR,
    SCHEMA_MINOR,
    SEARCH_FTS,
    meta,
    outbox,
    outbox_group,
)
from workbench.store.search import arriving, index
from workbench.store.search.index import WordAnalysis


@dataclass(frozen=True)
class Reader:
    """One consistent view for queries: a read transaction, who asks, and when."""

    connection: Connection
    session: Session
    at: datetime
    kinds: KindRegistry
    words: WordAnalysis


RunsUpdate = Callable[[Callable[[Callable[[str], None]], None]], None]
"""Runs the update of an old store, giving it a function that tells how far it is, and returns when it is done."""


def _quietly(work: Callable[[Callable[[str], None]], None]) -> None:
    work(lambda _text: None)


class Store:
    """An opened store. ``execute`` is called by one thread at a time; readers are many."""

    def __init__(
        self,
        home: Path,
        domain: Domain,
        clock: Clock,
        words: WordAnalysis,
        key_set: keys.KeySet | None,
    ) -> None:
        self.home = home
        self.domain = domain
        self.clock = clock
        self.words = words
        self.authority: Authority = LocalAuthority()
        self._keys = key_set
        key = key_set.database_key() if key_set else None
        self._writer: Engine = open_engine(database_path(home), key, writer=True)
        self._readers: Engine = open_engine(database_path(home), key, writer=False)
        self._lock = threading.Lock()
        self._watch: PoolProxiedConnection | None = None
        self.blobs = BlobStore(home / "blobs", key_set.blob_key() if key_set else None)
        self._presence = Presence(home / "running")
        self.ended_uncleanly = False
        self.workstation = ""
        self._latest: datetime | None = None

    # -- making and opening ----------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        home: Path,
        domain: Domain,
        clock: Clock,
        words: WordAnalysis,
        *,
        passphrase: str | None = None,
        ring: keys.SecretStore | None = None,
        demo: bool = False,
        encrypted: bool = True,
    ) -> tuple[Store, str]:
        """A new, empty store; returns it with the recovery key ("" when not encrypted)."""
        if database_path(home).exists():
            raise UserError(
                _("Kansiossa {home} on jo tietovarasto.").format(home=home), code="exists", field="home"
            )
        home.mkdir(parents=True, exist_ok=True)
        key_set, recovery = None, ""
        if encrypted:
            key_set, recovery = keys.create_keys(
                keys_path(home), new_id(), passphrase=passphrase, ring=ring, demo=demo
            )
        store = cls(home, domain, clock, words, key_set)
        with store.transaction() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(SEARCH_FTS)
            set_meta(connection, "schema", SCHEMA)
            set_meta(connection, "workstation", new_id())
            set_meta(connection, "demo", "1" if demo else "")
        store._begin()
        return store, recovery

    @classmethod
    def open(
        cls,
        home: Path,
        domain: Domain,
        clock: Clock,
        words: WordAnalysis,
        *,
        passphrase: str | None = None,
        ring: keys.SecretStore | None = None,
        update: RunsUpdate | None = None,
    ) -> Store:
        """Open what :meth:`create` made. A store of an older schema is brought up to date first: ``update``
        is handed that work, to run it where its progress is seen; without one it runs here."""
        if not database_path(home).exists():
            raise UserError(
                _(
                    "Kansiossa {home} ei ole tietovarastoa. Ota ohjelma käyttöön (workbench init) tai "
                    "tee esittelyaineisto (workbench demo)."
                ).format(home=home),
                code="no_store",
                field="home",
            )
        key_set = None
        if keys_path(home).exists():
            key_set = keys.open_keys(keys_path(home), passphrase=passphrase, ring=ring)
        store = cls(home, domain, clock, words, key_set)
        try:
            if store._is_older():
                store._bring_up_to_date(update)
            store._begin()
        except Exception as error:
            store.close()
            known = explained(error)
            if known is None:
                raise
            raise known from error
        return store

    def _begin(self) -> None:
        self.ended_uncleanly = self._presence.enter()
        self.workstation = self.meta("workstation")
        if self.meta(SERVER):
            self._obey_server()

    def _obey_server(self) -> None:
        """From now on commits wait for the server, and time does not run backwards."""
        self.authority = ServerAuthority()
        with self.reader() as connection:
            told = get_meta(connection, SERVER_TIME)
            own = connection.execute(
                select(outbox_group.c.at).order_by(outbox_group.c.n.desc()).limit(1)
            ).scalar()
        since = [from_text(told)] if told else []
        self._latest = max([*since, *([own] if own else [])], default=None)

    def join(
        self, server: str, person_id: str = "", prepare: Callable[[Connection], None] = lambda _c: None
    ) -> None:
        """The server at this URL is the authority from now on, and the person its user. ``prepare`` is run in the
        same transaction: all of it is done, or nothing."""
        try:
            with self._lock:  # no command settles by itself any more
                with self.transaction() as connection:
                    prepare(connection)
                    set_meta(connection, SERVER, server)
                    if person_id:
                        set_meta(connection, USER, person_id)
                self._obey_server()
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error

    @property
    def is_joined(self) -> bool:
        """Whether a server is the authority."""
        return not self.authority.settles

    def now(self) -> datetime:
        """The present instant. Joined, never before the latest the store has seen: a clock set back reopens
        nothing that has ended."""
        at = self.clock.now()
        return at if self._latest is None else max(at, self._latest)

    def note_server_time(self, connection: Connection, at: datetime) -> None:
        """What the server says goes before what this machine's clock said earlier."""
        set_meta(connection, SERVER_TIME, to_text(at))
        self._latest = at

    def _is_older(self) -> bool:
        """Whether the store is of an older schema than this program's; refuses one this cannot open."""
        with self.reader() as connection:
            made = inspect(connection).has_table(meta.name)
        version = self.meta("schema") if made else ""
        if not version:
            raise StorageProblem(
                _(
                    "Tietovaraston tekeminen kansioon {home} on jäänyt kesken. Poista kansio ja aloita alusta, "
                    "tai palauta varmuuskopio tyhjään kansioon."
                ).format(home=self.home)
            )
        major, minor = (int(part) for part in version.split("."))
        if major > SCHEMA_MAJOR:
            raise StorageProblem(
                _(
                    "Tietovaraston on tehnyt uudempi ohjelmaversio (rakenne {found}, tämä ohjelma tuntee "
                    "rakenteen {known}). Päivitä ohjelma."
                ).format(found=f"{major}.{minor}", known=SCHEMA)
            )
        return (major, minor) < (SCHEMA_MAJOR, SCHEMA_MINOR)

    def _bring_up_to_date(self, update: RunsUpdate | None) -> None:
        # Alembic is seldom needed and takes its time to load.
        from workbench.store.migrations.update import update_store

        def work(progress: Callable[[str], None]) -> None:
            update_store(self, progress)

        (update or _quietly)(work)

    def is_open_elsewhere(self) -> bool:
        """Whether another process has this store open."""
        return self._presence.others()

    def write_schema_version(self, connection: Connection) -> None:
        """Say in the store that it is of this program's schema."""
        set_meta(connection, "schema", SCHEMA)

    def close(self) -> None:
        """Let go of the files; marks a clean end."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._readers.dispose()
        self._writer.dispose()
        self._presence.leave()

    # -- writing ---------------------------------------------------------------------------------------

    def execute(self, command: Command, session: Session) -> Changes:
        """Run one command; when this returns, its effect is on the disk."""
        try:
            with self._lock, self.transaction() as connection:
                changes = self._run(connection, command, session)
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error
        return changes

    def execute_all(self, commands: Iterable[Command], session: Session) -> list[Changes]:
        """Run commands in one transaction: all of them or none. For migration; the commands are made as
        they are run, so that memory holds one at a time."""
        try:
            with self._lock, self.transaction() as connection:
                return [self._run(connection, command, session) for command in commands]
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error

    def _run(self, connection: Connection, command: Command, session: Session) -> Changes:
        given = self._surroundings(session)
        changes = commit.run(connection, command, given)
        if self.is_joined:
            self._latest = given.at
        return changes

    def _surroundings(self, session: Session) -> commit.Surroundings:
        return commit.Surroundings(
            domain=self.domain,
            session=session,
            at=self.now(),
            authority=self.authority,
            blobs=self.blobs,
            workstation=self.workstation,
            words=self.words,
        )

    def rehearse(self, command: Command, session: Session) -> list[tuple[str, str]]:
        """Refuse now what running the command would refuse, and change nothing. What it would name and is not
        on the disk yet comes back as (municipality, sha256): content is brought only for what will be done."""
        try:
            with self._lock, self._writer.connect() as connection:
                try:
                    return commit.rehearse(connection, command, self._surroundings(session))
                finally:
                    connection.rollback()
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error

    def drop_unnamed(self, contents: Iterable[tuple[str, str]]) -> None:
        """Remove those of the given contents that no row names: what was brought for a command that was
        refused after all. Asked in a write transaction, as :meth:`purge_deleted` does."""
        with self._lock, self.transaction() as connection:
            for municipality, sha256 in contents:
                if not self._is_named(connection, municipality, sha256):
                    self.blobs.drop(municipality, sha256)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write transaction, for the store's own upkeep. Domain rows go through :meth:`execute`."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction between two commands, for what comes from the server."""
        try:
            with self._lock, self.transaction() as connection:
                yield connection
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error

    def index_behind(self, batch: int = 200) -> int:
        """The next of all that search still waits for: rows that came first, then lemmas. 0: nothing waits."""
        return self.index_waiting(batch) or self.analyse_waiting(batch)

    def index_waiting(self, batch: int = 200) -> int:
        """Index the next rows that came from the server; returns how many were done."""
        with self.reader() as connection:
            if not arriving.any_waiting(connection):
                return 0
        with self.writing() as connection:
            return arriving.index_arrived(connection, self.domain, self.words, self.now(), batch)

    def analyse_waiting(self, batch: int = 200) -> int:
        """Give lemmas to the next entries that wait for them; returns how many were done."""
        if not self.words.ready:
            return 0
        with self.reader() as connection:
            entries = index.waiting_lemmas(connection, batch)
        if not entries:
            return 0
        lemmas = index.analyse(entries, self.words)
        with self._lock, self.transaction() as connection:
            index.store_lemmas(connection, entries, lemmas)
        return len(entries)

    def purge_deleted(self) -> bool:
        """After a batch of destructions: deleted words leave the files, and blobs that no row names any
        more are removed. False when another program was reading just then, so that old pages wait in the
        log file: run it again, or let the next backup do it.

        Secure deletion alone is not enough: when rows are moved between pages, SQLite leaves a stale copy
        in the unused part of the page they left. Only rewriting the file takes it away.
        """
        with self._lock:
            with self.transaction() as connection:
                destruction = get_meta(connection, PURGE_WAITS)
                index.optimize(connection)
            self._readers.dispose()
            raw = self._writer.raw_connection()
            try:
                cursor = raw.cursor()
                if self._keys is not None:
                    # The copy under way is encrypted like the file itself, so it need not fit in memory.
                    cursor.execute("PRAGMA temp_store = FILE")
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA temp_store = MEMORY")
                cursor.execute("PRAGMA busy_timeout = 2000")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            except dbapi2.Error as error:
                raise explained(error) or error from error
            finally:
                raw.close()
            # In a write transaction: no command can name content between the look and the removal. One
            # that put its content down before but names it after is refused and asks to try again.
            with self.transaction() as connection:
                named = self._named_blobs(connection)
                for municipality, sha256, _path in list(self.blobs.names()):
                    if (municipality, sha256) not in named:
                        self.blobs.drop(municipality, sha256)
                # Unless another program has destroyed something since.
                if not busy and get_meta(connection, PURGE_WAITS) == destruction:
                    set_meta(connection, PURGE_WAITS, "")
            self.blobs.sweep_unfinished()
        return not busy

    @property
    def purge_waits(self) -> bool:
        """Whether something was destroyed whose words may still lie in unused parts of the files."""
        return bool(self.meta(PURGE_WAITS))

    def destroy(self) -> None:
        """Destroy everything this store holds: the keys first, so that the rest is noise whatever happens."""
        with self._lock:
            keys_path(self.home).unlink(missing_ok=True)
            self.close()
            for path in self.home.rglob("*"):
                if path.is_file():
                    path.unlink(missing_ok=True)

    # -- reading ---------------------------------------------------------------------------------------

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection in a read transaction; sees one consistent state."""
        try:
            with self._readers.begin() as connection:
                yield connection
        except Exception as error:
            known = explained(error)
            if known is None:
                raise
            raise known from error

    @contextmanager
    def read_as(self, session: Session) -> Iterator[Reader]:
        """What queries are handed."""
        with self.reader() as connection:
            yield Reader(connection, session, self.now(), self.domain.kinds, self.words)

    @contextmanager
    def fresh_reader(self) -> Iterator[Connection]:
        """A reader on a connection of its own, not from the pool: checks of the full-text index would
        otherwise judge by what an earlier check left in the connection's memory."""
        engine = open_engine(database_path(self.home), self.database_key, writer=False)
        try:
            with engine.begin() as connection:
                yield connection
        except Exception as error:
            raise explained(error) or error from error
        finally:
            engine.dispose()

    @contextmanager
    def raw_reader(self) -> Iterator[Any]:
        """A driver connection for the backup of the whole database."""
        raw = self._readers.raw_connection()
        try:
            yield raw.driver_connection
        finally:
            raw.close()

    @property
    def database_key(self) -> str | None:
        """The raw key of the database file; None when it is not encrypted."""
        return self._keys.database_key() if self._keys else None

    @property
    def is_encrypted(self) -> bool:
        """Whether the files are noise without a key."""
        return self._keys is not None

    def set_recovery_key(self, recovery: str) -> None:
        """Take a new recovery key into use in the place of the former one."""
        assert self._keys is not None, "an unencrypted store has no keys"
        with self._lock:
            keys.set_recovery_key(keys_path(self.home), self._keys, recovery)

    def data_version(self) -> int:
        """A number that moves when any connection but the watching one commits."""
        if self._watch is None:
            # A driver connection: through the engine it would sit in one transaction and never see more.
            self._watch = self._readers.raw_connection()
        row = self._watch.cursor().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def meta(self, key: str, default: str = "") -> str:
        """A small setting of the store."""
        with self.reader() as connection:
            return get_meta(connection, key, default)

    def set_meta(self, key: str, value: str) -> None:
        """Change a small setting of the store (not a domain row)."""
        with self._lock, self.transaction() as connection:
            set_meta(connection, key, value)

    @property
    def is_demo(self) -> bool:
        """True when the content is made up (ESITTELYAINEISTO)."""
        return self.meta("demo") == "1"

    def named_blobs(self) -> set[tuple[str, str]]:
        """(municipality, sha256) of every blob that a row names."""
        with self.reader() as connection:
            return self._named_blobs(connection)

    def _is_named(self, connection: Connection, municipality: str, sha256: str) -> bool:
        tables = [(self.domain.kinds.table(k.name), k.blob) for k in self.domain.kinds if k.blob]
        queries = [
            select(table.c.k).where(table.c[blob] == sha256, table.c.municipality == municipality).limit(1)
            for table, blob in tables
        ]
        if any(connection.execute(query).first() is not None for query in queries):
            return True
        return (municipality, sha256) in self._unsent_blobs(connection)

    def _named_blobs(self, connection: Connection) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for name in self.domain.kinds.names():
            kind = self.domain.kinds[name]
            if kind.blob:
                table = self.domain.kinds.table(name)
                rows = connection.execute(select(table.c.municipality, table.c[kind.blob]).distinct())
                found.update((r[0], r[1]) for r in rows if r[1])
        return found | self._unsent_blobs(connection)

    def _unsent_blobs(self, connection: Connection) -> set[tuple[str, str]]:
        """Content of rows the server has not taken in and that may not be shown just now."""
        found: set[tuple[str, str]] = set()
        query = select(outbox.c.kind, outbox.c.patch).where(
            outbox.c.kind.in_([k.name for k in self.domain.kinds if k.blob]),
            outbox.c.state.in_(("queued", "conflict", "quarantine")),
            outbox.c.type == "create",
        )
        for kind, patch in connection.execute(query):
            sha256 = (patch or {}).get(self.domain.kinds[kind].blob)
            if sha256:
                found.add((str(patch["municipality"]), str(sha256)))
        return found


def database_path(home: Path) -> Path:
    """The database file of a home."""
    return home / "store.db"


def keys_path(home: Path) -> Path:
    """The wrapped keys of a home."""
    return home / "keys.json"
