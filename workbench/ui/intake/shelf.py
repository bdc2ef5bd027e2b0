"""The arrivals at hand: what has been read of each and what the person has made of it, for this sitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from workbench.store.store import Reader
from workbench.ui.intake.drafts import Drafts
from workbench.ui.intake.loading import Bundle, load_blank, load_bundle
from workbench.ui.intake.registration import Registration, kept_from
from workbench.ui.tasks import Tasks

_MOST = 40

Got = Callable[[Registration], None]


class Shelf(QObject):
    """``get(id, got)`` at once when it is at hand, else after reading; ``renew`` reads again behind."""

    def __init__(self, tasks: Tasks, drafts: Drafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._drafts = tasks, drafts
        self._at_hand: dict[str, Registration] = {}

    def at_hand(self, id_: str) -> Registration | None:
        """What has been read already."""
        return self._at_hand.get(id_)

    def get(self, id_: str, got: Got, failed: Callable[[Exception], None]) -> None:
        """An arrival to register; the newest asking wins."""
        self._tasks.run_query(
            self, "open", self._read, id_, done=lambda read: got(self._put(id_, read)), failed=failed
        )

    def prefetch(self, id_: str, got: Got) -> None:
        """Read one that is likely next."""
        if id_ not in self._at_hand:
            self._tasks.run_query(
                self, "ahead", self._read, id_, done=lambda read: got(self._put(id_, read)),
                failed=lambda _error: None,
            )  # fmt: skip

    def renew(self, id_: str, got: Got) -> None:
        """Read again: the register has changed, and so may the suggestion."""
        self._tasks.run_query(
            self, "renew", self._read, id_, done=lambda read: got(self._put(id_, read)),
            failed=lambda _error: None,
        )  # fmt: skip

    def blank(self, municipality: str, got: Got) -> None:
        """A matter without a file."""
        key = blank_key(municipality)

        def work(reader: Reader) -> tuple[Bundle, dict[str, Any]]:
            return load_blank(reader), self._drafts.get(key)

        self._tasks.run_query(self, "open", work, done=lambda read: got(self._put(key, read)))

    def keep(self, registration: Registration) -> None:
        """The person changed something: worth keeping."""
        self._drafts.put(key_of(registration), registration.to_plain())

    def done(self, registration: Registration) -> None:
        """It is registered, passed on or set aside."""
        self._drafts.drop(key_of(registration))
        self._at_hand.pop(key_of(registration), None)

    def forget(self) -> None:
        """Another municipality, or so much has changed that all is read anew. Edits stay as drafts."""
        self._at_hand.clear()

    def forget_unseen(self, but: str) -> None:
        """The register has changed: suggestions read ahead may be old."""
        for key in [k for k, r in self._at_hand.items() if k != but and not r.edited]:
            del self._at_hand[key]

    def _read(self, reader: Reader, id_: str) -> tuple[Bundle, dict[str, Any]]:
        return load_bundle(reader, id_), self._drafts.get(id_)

    def _put(self, key: str, read: tuple[Bundle, dict[str, Any]]) -> Registration:
        bundle, kept = read
        known = self._at_hand.get(key)
        if known is None:
            known = self._at_hand[key] = Registration(bundle, kept_from(kept))
            while len(self._at_hand) > _MOST:
                self._at_hand.pop(next(iter(self._at_hand)))
        else:
            known.renew(bundle)
        return known


def blank_key(municipality: str) -> str:
    """The draft's name for a matter without a file."""
    return f"blank:{municipality}"


def key_of(registration: Registration) -> str:
    """The draft's name for a registration."""
    return registration.bundle.id or blank_key(registration.bundle.municipality)
