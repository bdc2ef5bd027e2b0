"""What the set-up tests share: how a store of theirs is opened, and one set of good answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.fakes.clock import StandingClock
from workbench.domain import whole_domain
from workbench.organisation.model import Role
from workbench.setup.guide import Answers
from workbench.setup.municipality import SetUp
from workbench.store.store import Store
from workbench.words.analyse import Analyser
from workbench.words.lexicon import Lexicon

GOOD = Answers(
    municipality=SetUp(code="924", next_number=41),
    admin_name="Aino Aho",
    admin_email="aino.aho@veteli.fi",
    admin_roles=(Role.REGISTRAR, Role.ARCHIVIST),
    admin_secret=True,
    use_ring=False,
    passphrase="kevät jäät lähtevät",
    passphrase_again="kevät jäät lähtevät",
)


def open_store(home: Path, *, clock: StandingClock | None = None, passphrase: str = GOOD.passphrase) -> Store:
    return Store.open(
        home,
        whole_domain(),
        clock or StandingClock(),
        Analyser(Lexicon(home / "no-words")),
        passphrase=passphrase,
    )


def with_municipality(**changes: object) -> Answers:
    return replace(GOOD, municipality=replace(GOOD.municipality, **changes))
