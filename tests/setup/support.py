"""What the set-up tests share: a standing clock, a key ring in memory and one set of good answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain import whole_domain
from workbench.organisation.model import Role
from workbench.setup.guide import Answers
from workbench.setup.municipality import SetUp
from workbench.store.store import Store
from workbench.words.analyse import Analyser
from workbench.words.lexicon import Lexicon

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


class StandingClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at


class MemoryRing:
    """A key ring that lives for one test; ``works`` False is a machine without one."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> bool:
        if self.works:
            self.kept[name] = secret
        return self.works


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
