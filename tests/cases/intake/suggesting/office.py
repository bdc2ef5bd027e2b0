"""A real store with the region's five municipalities, known cases with the numbers they are to have, and
letters taken in the way the program takes them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.clock import StepClock
from workbench.cases.intake.commands import SetAside, TakeIn
from workbench.cases.intake.queries import ArrivalDetail, load_arrival
from workbench.cases.intake.suggesting import Suggestion, suggest
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.register import RegisterCase, RegisterToCase
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.ids import new_id
from workbench.organisation import commands as organisation
from workbench.organisation.commands import case_series
from workbench.organisation.model import Role
from workbench.store.authority import continue_series
from workbench.store.store import Store
from workbench.words import Analyser

MUNICIPALITIES = {
    "074": ("Halsua", "Halsuan"),
    "236": ("Kaustinen", "Kaustisen"),
    "421": ("Lestijärvi", "Lestijärven"),
    "849": ("Toholampi", "Toholammin"),
    "924": ("Veteli", "Vetelin"),
}
OFFICES = {"hallinto": "Hallinto", "tekninen": "Tekninen toimi", "sivistys": "Sivistystoimi"}


@dataclass
class Office:
    """The store, and a registrar in each municipality."""

    store: Store
    clock: StepClock
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def session(self, municipality: str) -> Session:
        return Session("registrar", municipality)

    def file(self, municipality: str, filename: str, text: str, media_type: str = "text/plain") -> FileItem:
        data = text.encode("utf-8") or b" "
        ref = self.store.blobs.put(municipality, data)
        return FileItem(
            filename=filename,
            media_type=media_type,
            sha256=ref.sha256,
            size=ref.size,
            text=text,
            text_state="ok",
        )

    def register(
        self,
        municipality: str,
        class_code: str,
        title: str,
        *,
        number: str = "",
        case_type: str = "hakemus",
        parties: Iterable[PartyItem] = (),
        message_ids: Sequence[str] = (),
        text: str = "",
        office: str = "hallinto",
        sender: str = "",
        overrides: dict[str, Any] | None = None,
    ) -> str:
        """Open a case; with ``number`` the series is moved so that the case gets just that one."""
        if number:
            running, _class, year = number.split("/")
            self.clock.at = max(
                self.clock.at.replace(year=int(year)), datetime(int(year), 2, 1, 8, tzinfo=UTC)
            )
            with self.store.transaction() as connection:
                continue_series(connection, case_series(municipality, int(year)), int(running))
        known = tuple(replace(p, party_id=new_id()) for p in parties)
        who = sender or next((p.name for p in known), "")
        documents = [
            DocumentItem(
                title=title,
                type="Kirje",
                sender=who,
                message_id=message_id,
                file=self.file(municipality, "kirje.txt", text or title),
            )
            for message_id in message_ids or ([""] if text else [])
        ]
        command = RegisterCase(
            municipality=municipality,
            class_code=class_code,
            title=title,
            case_type=case_type,
            office=office,
            parties=known,
            documents=tuple(documents),
            overrides=overrides or {},
        )
        done = self.store.execute(command, self.session(municipality))
        if number:
            assert done.result.number == number, (done.result.number, number)
        self.known[(municipality, done.result.number)] = done.result.case_id
        return str(done.result.case_id)

    def take_in(
        self,
        municipality: str,
        *,
        subject: str,
        body: str = "",
        sender_name: str = "",
        sender_email: str = "",
        attachments: Iterable[tuple[str, str]] = (),
        message_id: str = "",
        references: Sequence[str] = (),
        channel: str = "email",
        original: str = "",
    ) -> ArrivalDetail:
        """A letter as it waits for registration."""
        is_message = channel == "email"
        whole = original or f"From: {sender_email}\nMessage-ID: {message_id}\nSubject: {subject}\n\n{body}"
        first = self.file(
            municipality,
            "viesti.eml" if is_message else "kirje.pdf",
            whole if is_message or original else body,
            "message/rfc822" if is_message else "application/pdf",
        )
        files = [first, *(self.file(municipality, name, text) for name, text in attachments)]
        command = TakeIn(
            municipality=municipality,
            channel=channel,
            subject=subject,
            arrived_at=self.clock.now(),
            files=tuple(files),
            sender_name=sender_name,
            sender_email=sender_email,
            message_id=message_id,
            references=tuple(references),
            body=body,
            first_is_message=is_message,
        )
        self.store.execute(command, self.session(municipality))
        return self.arrival(municipality, command.arrival_id)

    def arrival(self, municipality: str, arrival_id: str) -> ArrivalDetail:
        with self.store.read_as(self.session(municipality)) as reader:
            return load_arrival(reader, arrival_id)

    def suggest(self, arrival: ArrivalDetail, person: str = "registrar") -> Suggestion:
        with self.store.read_as(Session(person, arrival.row.municipality)) as reader:
            return suggest(reader, arrival)

    def set_aside(self, arrival: ArrivalDetail) -> None:
        """Leave an arrival unregistered."""
        command = SetAside(arrival_id=arrival.row.id, reason="Kuuluu toiseen kuntaan")
        self.store.execute(command, self.session(arrival.row.municipality))

    def put_into_case(self, arrival: ArrivalDetail, case_id: str) -> None:
        """Register an arrival into a case."""
        item = self._document(arrival)
        command = RegisterToCase(case_id=case_id, documents=(item,), arrival_id=arrival.row.id)
        self.store.execute(command, self.session(arrival.row.municipality))

    def open_case(self, arrival: ArrivalDetail, class_code: str, case_type: str, title: str = "") -> str:
        """Register an arrival as a case of its own."""
        sender = arrival.sender_name or arrival.sender_email
        party = PartyItem(role="initiator", name=sender, email=arrival.sender_email) if sender else None
        command = RegisterCase(
            municipality=arrival.row.municipality,
            class_code=class_code,
            title=title or arrival.row.subject,
            case_type=case_type,
            office="hallinto",
            documents=(self._document(arrival),),
            parties=(party,) if party else (),
            arrival_id=arrival.row.id,
        )
        return str(self.store.execute(command, self.session(arrival.row.municipality)).result.case_id)

    def _document(self, arrival: ArrivalDetail) -> DocumentItem:
        first = arrival.files[0]
        item = FileItem(
            filename=first.filename,
            media_type=first.media_type,
            sha256=first.sha256,
            size=first.size,
            text=first.text,
            text_state="ok",
        )
        return DocumentItem(
            title=arrival.row.subject,
            type="Kirje",
            file=item,
            sender=arrival.row.sender,
            message_id=arrival.message_id,
        )


def make_office(home: Path, analyser: Analyser) -> Office:
    """A fresh store with the five municipalities and people in them."""
    clock = StepClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    store, _key = Store.create(home, whole_domain(), clock, analyser, demo=True, encrypted=False)
    office = Office(store, clock)
    first = Session("registrar", "924")
    for code, (name, genitive) in MUNICIPALITIES.items():
        values = dict(
            name=name,
            genitive=genitive,
            colour="#123456",
            number_template="{n}/{class}/{year}",
            office_hours={day: ["09:00", "15:00"] for day in "01234"},
            round_to_year_end=False,
        )
        store.execute(organisation.SetUpMunicipality(code=code, values=values, offices=dict(OFFICES)), first)
    people = {
        "registrar": ("Kirsi Kirjaaja", "kirjaaja", "924/hallinto"),
        "engineer": ("Teppo Tekninen", "tekninen johtaja", "924/tekninen"),
        "outsider": ("Olli Ulkona", "valmistelija", "924/sivistys"),
    }
    for person_id, (name, title, home_office) in people.items():
        store.execute(
            organisation.AddPerson(
                values=dict(
                    name=name,
                    title=title,
                    home_municipality="924",
                    employment="virka",
                    active=True,
                    office_id=home_office,
                ),
                person_id=person_id,
            ),
            first,
        )
    for code in MUNICIPALITIES:
        at = Session("registrar", code)
        store.execute(
            organisation.GiveRole(person_id="registrar", municipality=code, role=Role.ADMINISTRATOR), at
        )
        store.execute(
            organisation.GiveRole(person_id="registrar", municipality=code, role=Role.REGISTRAR), at
        )
    store.execute(organisation.GiveRole(person_id="engineer", municipality="924", role=Role.PREPARER), first)
    store.execute(
        organisation.GiveRole(
            person_id="outsider", municipality="924", role=Role.PREPARER, office="sivistys"
        ),
        first,
    )
    return office
