"""The desk of a headless command: which home, who acts, for which municipality."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import or_, select

from workbench.cli.output import remark
from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import LazyWords, open_home
from workbench.organisation import tables
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
        while self.store.analyse_waiting():
            pass


@dataclass(frozen=True)
class Options:
    """The options every command shares."""

    home: Path
    person: str


@contextmanager
def desk(options: Options, municipality: str = "") -> Iterator[Desk]:
    """Open the store for one command and close it after."""
    store = open_home(options.home)
    try:
        code = municipality_code(store, municipality) if municipality else ""
        yield Desk(store, Session(acting_person(store, options.person), code))
    finally:
        store.close()


def ensure_words(store: Store) -> None:
    """Have the word lexicon ready; tells when it takes a moment."""
    words = store.words
    if isinstance(words, LazyWords) and not words.ready:
        remark(_("Suomen kielen sanasto valmistellaan (kerran tällä koneella) …"))
        words.ensure()


def acting_person(store: Store, named: str) -> str:
    """The person a command acts as: named by id, e-mail or name, else the home's own user."""
    wanted = named or store.meta("user")
    if not wanted:
        raise UserError(_("Kerro, kenen nimissä toimit: --as NIMI."), field="as")
    p = tables.person.c
    query = select(p.id).where(or_(p.id == wanted, p.email == wanted, p.name == wanted))
    with store.reader() as connection:
        found = connection.execute(query).scalars().all()
    if not found:
        raise UserError(_("Henkilöä ”{name}” ei löydy.").format(name=wanted), field="as")
    if len(found) > 1:
        raise UserError(
            _("Nimi ”{name}” on usealla henkilöllä. Anna sähköpostiosoite.").format(name=wanted), field="as"
        )
    return str(found[0])


def municipality_code(store: Store, named: str) -> str:
    """The code of a municipality given by code or name, in any case of letters."""
    with store.reader() as connection:
        rows = connection.execute(select(tables.municipality.c.code, tables.municipality.c.name)).all()
    for code, name in rows:
        if named.casefold() in (code, name.casefold()):
            return str(code)
    raise UserError(
        _("Kuntaa ”{name}” ei löydy. Käytössä ovat: {names}.").format(
            name=named, names=", ".join(sorted(name for _code, name in rows))
        ),
        field="municipality",
    )
