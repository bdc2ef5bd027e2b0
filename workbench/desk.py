"""The desk (työpöydän tausta): an opened store and whoever acts at it, for whom, now.

It is the one thing that changes under a window's services: acting for another municipality changes the
session of every command and query from then on. The blocking calls here belong into jobs.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from workbench.cases.corrections import TransferCase
from workbench.cases.intake import handing_over, taking_in
from workbench.cases.items import FileItem
from workbench.cases.openings import demand_content
from workbench.cases.parts import AddNote
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.i18n import _
from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.store.contact import Contact, LockedOut, contact_of
from workbench.store.store import Reader, Store
from workbench.sync.conflicts import text_of
from workbench.sync.deciding import DiscardWork


class Desk:
    """Runs commands and queries as the session says."""

    def __init__(self, store: Store, session: Session) -> None:
        self.store = store
        self.session = session
        self._contact: Contact | None = None

    def demand_contact(self) -> None:
        """Refuse (:class:`LockedOut`) while the workstation has been out of its server's sight for too long."""
        if not self.store.is_joined or (self._contact and not self._contact.is_over(self.store.now())):
            return
        with self.store.reader() as connection:
            self._contact = contact_of(connection)
        if self._contact.is_over(self.store.now()):
            raise LockedOut(self._contact.days)

    def execute(self, command: Command) -> Changes:
        """Run a command as whoever acts now; the writer thread's call."""
        self.demand_contact()
        return self.store.execute(command, self.session)

    def reader(self) -> AbstractContextManager[Reader]:
        """A reader of whoever acts now."""
        self.demand_contact()
        return self.store.read_as(self.session)

    def act_for(self, municipality: str, arrangement_id: str = "") -> None:
        """Act for another municipality from the next command or query on; remembered for the next start."""
        self.session = replace(self.session, municipality=municipality, arrangement_id=arrangement_id)
        threading.Thread(
            target=self.store.set_meta, args=("last_municipality", municipality), daemon=True
        ).start()

    def keep_as_note(self, group_id: str) -> list[Changes]:
        """Keep what one wrote into something that is gone, or may not be changed, as a note of its case; the
        work itself is let go. Both or neither."""
        with self.reader() as reader:
            kept = text_of(reader, group_id)
        commands = (AddNote(case_id=kept.root_id, text=kept.text), DiscardWork(group_id=group_id))
        return self.store.execute_all(commands, self.session)

    def hand_over(self, group_id: str) -> list[Changes]:
        """Give what one wrote into something one may not see any more to the registry it belongs to; the work
        itself is let go. Both or neither."""
        with self.reader() as reader:
            kept = text_of(reader, group_id)
        subject = _("Keskeytynyt työ: {what}").format(what=kept.did)
        given = handing_over.prepare(
            self.store, kept.municipality or self.session.municipality, subject, kept.text
        )
        return self.store.execute_all((given, DiscardWork(group_id=group_id)), self.session)

    # -- blocking work, for jobs -----------------------------------------------------------------------

    def take_in(self, path: Path, *, channel: str = "") -> Changes:
        """Read a file and take it in as an arrival; the result is the arrival's id."""
        return taking_in.take_in(self.store, self.session, path, channel=channel)

    def pass_on(self, arrival_id: str, municipality: str) -> Changes:
        """Pass an arrival to another municipality, content included."""
        return taking_in.pass_on(self.store, self.session, arrival_id, municipality)

    def transfer(self, case_id: str, municipality: str, reason: str) -> Changes:
        """Transfer a case to another municipality, content included."""
        command = TransferCase(case_id=case_id, municipality=municipality, reason=reason)
        return taking_in.carry(self.store, self.session, command)

    def keep_file(self, path: Path) -> FileItem:
        """Read a file and put its content away, for a document or a new version."""
        arrival = read_arrival(path)
        return taking_in.keep(self.store, self.session.municipality, arrival.original)

    def demand(self, municipality: str, sha256: str) -> None:
        """Refuse a stored file whose content may not be shown to whoever acts now."""
        with self.reader() as reader:
            demand_content(reader, municipality, sha256)

    def content(self, municipality: str, sha256: str) -> bytes:
        """The bytes of a stored file, when they may be shown to whoever acts now."""
        self.demand(municipality, sha256)
        return self.store.blobs.read(municipality, sha256)

    def copy_out(self, municipality: str, sha256: str, target: Path) -> Path:
        """Write a stored file's plain bytes to a place of the person's own, when they may be shown to her."""
        self.demand(municipality, sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for chunk in self.store.blobs.open(municipality, sha256):
                out.write(chunk)
        return target
