"""The random region's network."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tests.fakes.server import Server, Wire
from tests.sync.counting import COUNTED
from workbench.server.principal import Principal
from workbench.sync.errors import Offline

Allowed = Callable[[Principal, Any], None]
"""Looks at an answer at the moment of answering; raises when it holds what it may not."""


class Net(Wire):
    """A network that loses, doubles, cuts and delays, and remembers what it carried."""

    def __init__(self, allowed: Allowed, server: Server, person_id: str, client_id: str) -> None:
        super().__init__(server, person_id, client_id)
        self.allowed = allowed
        self.rng = random.Random(0)
        self.rate = 0.0
        self.certain = ""  # what fails for sure
        self.answers: list[dict[str, Any]] = []
        self.pages: list[list[Any]] = []
        self.sent: dict[str, str] = {}

    def _fails(self, what: str) -> bool:
        failed = what == self.certain or self.rng.random() < self.rate
        COUNTED[what] += failed
        return failed

    def push(self, epoch: str, groups: Any) -> dict[str, Any]:
        for text in groups:
            group_id = json.loads(text)["group_id"]
            assert self.sent.setdefault(group_id, text) == text, "I13: what was sent never changes"
        if self._fails("request lost"):
            raise Offline("pyyntö katosi")
        if self._fails("request doubled"):
            super().push(epoch, groups)
        if len(groups) > 1 and self._fails("request late"):
            # An earlier copy of a part of the request arrives first, all by itself.
            super().push(epoch, groups[: self.rng.randrange(1, len(groups))])
        between, self.between = self.between, lambda: None
        try:
            answer = super().push(epoch, groups)
        finally:
            self.between = between
        rows = [e for r in answer["results"] for e in r.get("rows") or []]
        self.allowed(self.principal, {"entries": rows})
        self.answers.append(answer)
        between()
        if self._fails("answer lost"):
            raise Offline("vastaus katosi")
        if self._fails("answer cut"):
            raise Offline("vastaus katkesi")
        return answer

    def held(self) -> list[dict[str, Any]]:
        if self._fails("request lost"):
            raise Offline("pyyntö katosi")
        return super().held()

    def _of_series(self, call: Any, *asked: Any) -> dict[str, Any]:
        if self._fails("request lost"):
            raise Offline("pyyntö katosi")
        answer = super()._of_series(call, *asked)
        if self._fails("answer lost"):
            raise Offline("vastaus katosi")
        return answer

    def pull(self, **more: Any) -> Any:
        if self._fails("page lost"):
            raise Offline("sivu katosi")
        between, self.between = self.between, lambda: None
        try:
            page = super().pull(**more)
        finally:
            self.between = between
        self.allowed(self.principal, page)
        self.pages.append(page["entries"])
        between()
        return page
