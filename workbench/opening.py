"""Opening a home (koti): the store with its keys, words and clock, and whose home it is. Used by the window and
the shell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import platformdirs

from workbench.clock import Clock, SystemClock
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.queries import find_person_ids
from workbench.store.keys import PASSPHRASE_VARIABLE, SecretStore, SystemKeyring
from workbench.store.store import RunsUpdate, Store
from workbench.words.analyse import Analyser
from workbench.words.lexicon import Lexicon
from workbench.words.provide import ensure

HOME_VARIABLE = "WORKBENCH_HOME"


def default_home() -> Path:
    """Where this person's store is when nothing else is said."""
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_data_dir("seutupoyta", appauthor=False))


def words_folder() -> Path:
    """Where the word lexicon is kept; shared by all homes of the machine's user."""
    named = os.environ.get("WORKBENCH_CACHE")
    base = Path(named) if named else Path(platformdirs.user_cache_dir("seutupoyta", appauthor=False))
    return base / "words"


class LazyWords:
    """Word analysis whose lexicon file is opened at the first question, not at start-up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._analyser: Analyser | None = None

    @property
    def ready(self) -> bool:
        return self._opened().ready

    def analyse_many(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return self._opened().analyse_many(forms)

    def ensure(self) -> bool:
        """Build the lexicon now if it is missing (some 15 seconds, once per machine)."""
        return ensure(self._folder)

    def _opened(self) -> Analyser:
        if self._analyser is None:
            self._analyser = Analyser(Lexicon(self._folder))
        return self._analyser


SYSTEM_RING: SecretStore = SystemKeyring()


def system_ring() -> SecretStore:
    """The operating system's key ring."""
    return SYSTEM_RING


def passphrase_from_environment() -> str | None:
    """The passphrase, where no key ring is."""
    return os.environ.get(PASSPHRASE_VARIABLE) or None


def open_home(
    home: Path, clock: Clock | None = None, *, passphrase: str = "", update: RunsUpdate | None = None
) -> Store:
    """Open an existing home; a passphrase typed in goes before the environment's. ``update`` runs the update
    of an old store (see :meth:`Store.open`)."""
    return Store.open(
        home,
        whole_domain(),
        clock or SystemClock(),
        LazyWords(words_folder()),
        passphrase=passphrase or passphrase_from_environment(),
        ring=system_ring(),
        update=update,
    )


def create_home(
    home: Path,
    *,
    demo: bool = False,
    clock: Clock | None = None,
    passphrase: str | None = None,
    ring: SecretStore | None = SYSTEM_RING,
) -> tuple[Store, str]:
    """Make a new home; returns the store and the recovery key to be shown once. ``ring`` None: the key is
    kept in no key ring, and the passphrase is asked at each start."""
    return Store.create(
        home,
        whole_domain(),
        clock or SystemClock(),
        LazyWords(words_folder()),
        passphrase=passphrase or passphrase_from_environment(),
        # A demonstration opens by itself; its secret needs no key ring.
        ring=None if demo else ring,
        demo=demo,
    )


def acting_person(store: Store, named: str) -> str:
    """The person a command acts as: named by id, e-mail or name, else the home's own user."""
    wanted = named or store.meta("user")
    if not wanted:
        raise UserError(_("Kerro, kenen nimissä toimit: --as NIMI."), field="as")
    with store.reader() as connection:
        found = find_person_ids(connection, wanted)
    if not found:
        raise UserError(_("Henkilöä ”{name}” ei löydy.").format(name=wanted), field="as")
    if len(found) > 1:
        raise UserError(
            _("Nimi ”{name}” on usealla henkilöllä. Anna sähköpostiosoite.").format(name=wanted), field="as"
        )
    return found[0]
