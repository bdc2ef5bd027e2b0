"""The desk of a headless command: which home, who acts, for which municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from workbench import desk as domain_desk
from workbench.cli.output import explained, remark
from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import LazyWords, acting_person, open_home
from workbench.organisation.queries import load_municipality_names
from workbench.store.store import Reader, Store


@dataclass(frozen=True)
class Desk:
    """An opened store and the session a command acts in."""

    store: Store
    session: Session

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader of this session."""
        with self.store.read_as(self.session) as reader:
            yield reader

    def finish_index(self) -> None:
        """Analyse what waits for lemmas, so that the next ``find`` finds it by any form."""
        while self.store.index_behind():
            pass


@dataclass(frozen=True)
class Options:
    """The options every command shares."""

    home: Path
    person: str


@contextmanager
def desk(options: Options, municipality: str = "") -> Iterator[Desk]:
    """Open the store for one command and close it after."""
    with opened(options.home) as store:
        code = municipality_code(store, municipality) if municipality else ""
        session = Session(acting_person(store, options.person), code)
        domain_desk.Desk(store, session).demand_contact()
        yield Desk(store, session)


@contextmanager
def at_desk(context: typer.Context, municipality: str = "") -> Iterator[Desk]:
    """The desk as a command of the shell sits at it: where the program's own options say, its errors told."""
    options: Options = context.obj
    with explained(), desk(options, municipality) as at:
        yield at


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    """The store of a home for one command, whoever acts; closed after."""
    store = open_store(home)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def at_store(context: typer.Context) -> Iterator[Store]:
    """The store where the program's own options say, for commands that need no acting person; errors told."""
    options: Options = context.obj
    with explained(), opened(options.home) as store:
        yield store


def open_store(home: Path) -> Store:
    """Open a home; an update of an old store is told as it goes."""

    def told(work: Callable[[Callable[[str], None]], None]) -> None:
        remark(_("Päivitetään tietovarasto tälle ohjelmaversiolle …"))
        work(remark)

    return open_home(home, update=told)


def ensure_words(store: Store) -> None:
    """Have the word lexicon ready; tells when it takes a moment."""
    words = store.words
    if isinstance(words, LazyWords) and not words.ready:
        remark(_("Suomen kielen sanasto valmistellaan (kerran tällä koneella) …"))
        words.ensure()


def municipality_code(store: Store, named: str) -> str:
    """The code of a municipality given by code or name, in any case of letters."""
    with store.reader() as connection:
        names = load_municipality_names(connection)
    for code, name in names.items():
        if named.casefold() in (code, name.casefold()):
            return code
    raise UserError(
        _("Kuntaa ”{name}” ei löydy. Käytössä ovat: {names}.").format(
            name=named, names=", ".join(sorted(names.values()))
        ),
        field="municipality",
    )
