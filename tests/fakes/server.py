"""A server in this process, as a workstation reaches it: the real one's functions behind the transport's calls,
with a network between that can fail."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from tests.fakes.wire import groups_of
from tests.fakes.world import World
from workbench.clock import to_text
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.ids import new_id
from workbench.server import held
from workbench.server.adopting import may_adopt
from workbench.server.cursors import Foreign, Forgotten
from workbench.server.database import Database
from workbench.server.founding import found
from workbench.server.identity.schema import adoption
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.pull import pull
from workbench.server.push import EpochChanged as ServersEpochChanged
from workbench.server.push import push
from workbench.server.schema import blob, blob_bringer, clock
from workbench.store.domain import Domain
from workbench.sync.errors import EpochChanged, Offline, Refused, Resync
from workbench.sync.wire import ADOPTION, Page


@dataclass
class Server:
    """A database with a clock, and the contents it was brought."""

    database: Database
    at: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    contents: dict[tuple[str, str], bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    domain: Domain = field(default_factory=whole_domain)

    @classmethod
    def holding(cls, folder: Path, world: World, domain: Domain | None = None) -> Server:
        """A server that holds everything a local world does."""
        database = Database(f"sqlite:///{folder / 'server.db'}")
        made = cls(database, domain=domain or whole_domain())
        found(made.database, made.domain)
        for municipality, sha256 in world.store.named_blobs():
            made.keep(municipality, sha256, world.store.blobs.read(municipality, sha256), "")
        results = push(made.database, made.domain, ADMINISTRATION, groups_of(world.store), made.at)["results"]
        refused = [r for r in results if r["status"] != "applied"]
        assert not refused, refused[:3]
        return made

    def keep(self, municipality: str, sha256: str, content: bytes, person_id: str) -> None:
        self.contents[municipality, sha256] = content
        with self.database.writing() as connection:
            where = {"municipality": municipality, "sha256": sha256}
            known = select(blob.c.size).where(blob.c.sha256 == sha256, blob.c.municipality == municipality)
            if connection.execute(known).first() is None:
                connection.execute(insert(blob).values(**where, size=len(content), received_at=self.at))
            w = blob_bringer.c
            mine = select(w.sha256).where(
                w.municipality == municipality, w.sha256 == sha256, w.person_id == person_id
            )
            if connection.execute(mine).first() is None:
                connection.execute(insert(blob_bringer).values(**where, person_id=person_id))

    def allow_adoption(self, person_id: str, client_id: str) -> None:
        """As a joining code does that lets the workstation's register come along."""
        with self.database.writing() as connection:
            connection.execute(
                insert(adoption).values(
                    token_hash=new_id(),
                    account_id="",
                    person_id=person_id,
                    client_id=client_id,
                    made_at=self.at,
                )
            )

    def adopts(self, principal: Principal) -> bool:
        with self.database.reading() as connection:
            return may_adopt(connection, principal)

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)

    @property
    def epoch(self) -> str:
        with self.database.reading() as connection:
            return str(connection.execute(select(clock.c.epoch)).scalar_one())

    def new_epoch(self) -> None:
        with self.database.writing() as connection:
            connection.execute(update(clock).values(epoch=new_id()))

    def close(self) -> None:
        self.database.close()


def _told(grant: held.Grant) -> dict[str, Any]:
    return asdict(grant) | {"since": to_text(grant.since) if grant.since else None}


class Faults:
    """What the network does to a call: nothing, loses the request, or loses the answer."""

    def __init__(self, rng: random.Random | None = None, rate: float = 0.0) -> None:
        self._rng = rng or random.Random(0)
        self.rate = rate

    def before(self) -> None:
        if self._rng.random() < self.rate:
            raise Offline("pyyntö katosi")

    def after(self) -> None:
        if self._rng.random() < self.rate:
            raise Offline("vastaus katosi")


class Wire:
    """Implements :class:`workbench.sync.calls.Transport` on a server of this process."""

    def __init__(self, server: Server, person_id: str, client_id: str, faults: Faults | None = None) -> None:
        self.server = server
        self.principal = Principal(person_id, client_id)
        self.faults = faults or Faults()
        self.rows = 1000
        self.ops = 500
        self.pushed: list[str] = []
        self.between: Any = lambda: None

    def session(self, body: dict[str, Any]) -> dict[str, Any]:
        self.faults.before()
        self.server.move(seconds=1)
        return {
            "epoch": self.server.epoch,
            "server_time": to_text(self.server.at),
            "person_id": self.principal.person_id,
            "offline_days": 30,
            "quarantine_days": 30,
            "features": [ADOPTION],
            "adopts": self.server.adopts(self.principal),
            "limits": {"pull_rows": self.rows, "push_ops": self.ops},
        }

    def push(self, epoch: str, groups: Sequence[str]) -> dict[str, Any]:
        self.faults.before()
        self.pushed += groups
        try:
            made = push(
                self.server.database,
                self.server.domain,
                self.principal,
                [json.loads(g) for g in groups],
                self.server.at,
                epoch=epoch,
            )
        except ServersEpochChanged as error:
            raise EpochChanged("palvelin on palautettu") from error
        answer: dict[str, Any] = json.loads(json.dumps(made))
        self.faults.after()
        self.between()
        return answer

    def pull(
        self, *, after: str, scope: str = "", until: str = "", limit: int, all_digests: bool = False
    ) -> Page:
        self.faults.before()
        try:
            page = pull(
                self.server.database,
                self.server.domain,
                self.principal,
                self.server.at,
                after=after,
                until=until,
                scope=scope,
                limit=limit,
                all_digests=all_digests,
            )
        except Forgotten as error:
            raise Resync("palvelin ei kerro enää, mitä siitä asti on poistettu") from error
        except Foreign as error:
            raise EpochChanged("palvelin on palautettu") from error
        answer: Page = json.loads(json.dumps(page))
        self.faults.after()
        self.between()
        return answer

    def wait(self, after: str, timeout: float) -> dict[str, Any]:
        return {"horizon": after, "changed": True}

    def held(self) -> list[dict[str, Any]]:
        self.faults.before()
        found = held.held_by(self.server.database, self.principal)
        answer = [_told(grant) for grant in found]
        self.faults.after()
        return answer

    def hold(self, series: str) -> dict[str, Any]:
        return self._of_series(held.take, series)

    def give_back(self, series: str, used: int) -> dict[str, Any]:
        return self._of_series(held.give_back, series, used)

    def _of_series(self, call: Any, *asked: Any) -> dict[str, Any]:
        self.faults.before()
        server = self.server
        try:
            answer = _told(call(server.database, server.domain, self.principal, server.at, *asked))
        except UserError as error:
            raise Refused(str(error), code=error.code) from error
        self.faults.after()
        return answer

    def blobs_missing(self, blobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        self.faults.before()
        return [
            {"municipality": b["municipality"], "sha256": b["sha256"], "offset": 0}
            for b in blobs
            if (b["municipality"], b["sha256"]) not in self.server.contents
        ]

    def blob_send(
        self, municipality: str, sha256: str, offset: int, length: int, data: bytes
    ) -> dict[str, Any]:
        self.faults.before()
        held = getattr(self, "_held", {}).get(sha256, b"")[:offset] + data
        self._held = {**getattr(self, "_held", {}), sha256: held}
        if len(held) == length:
            self.server.keep(municipality, sha256, held, self.principal.person_id)
        return {"offset": len(held), "done": len(held) == length}

    def blob_get(self, municipality: str, sha256: str, start: int) -> Iterator[bytes]:
        content = self.server.contents[municipality, sha256]
        for at in range(start, len(content), 7000):
            self.faults.before()
            yield content[at : at + 7000]
