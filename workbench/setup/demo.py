"""The demonstration region (esittelyaineisto): the same seed on the same day makes the same region.

Everything goes in by the commands a person would use, on a clock that walks through the past year, so
that numbers, journal, deadlines and search are as real as they would be.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from workbench.cases.edit import EnterPhase, HandOver, SetCaseValues
from workbench.cases.intake.assembling import document_of, sender_party
from workbench.cases.intake.queries import load_arrival
from workbench.cases.intake.taking_in import take_in
from workbench.cases.parts import AddNote, AddTask, MarkCase
from workbench.cases.register import RegisterCase, RegisterToCase
from workbench.clock import FINLAND, Clock, local
from workbench.context import Session
from workbench.setup.letters import docx, mail, pdf
from workbench.setup.matters import Letter, Matter, Names, load_matters
from workbench.setup.region import USER, Region, load_region, person_id, set_up_region
from workbench.store.store import Store

WAITING_PER_MUNICIPALITY = 8
_SHARES = {"924": 5, "236": 5, "849": 4, "074": 3, "421": 3}


class WalkingClock:
    """A clock that stands where the story is."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def go_to(self, moment: datetime) -> None:
        """Go on to a later moment; never back."""
        self._now = max(self._now, moment)


@dataclass
class _Story:
    store: Store
    region: Region
    clock: WalkingClock
    chance: random.Random
    matters: list[Matter]
    folder: Path
    serial: int = 0
    end: datetime | None = None


def build_demo(store: Store, *, cases: int, seed: int, end: datetime | None = None) -> int:
    """Fill an empty store; returns how many cases were made."""
    real: Clock = store.clock
    end = end or real.now()
    clock = WalkingClock(end - timedelta(days=330))
    store.clock = clock
    region = load_region()
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    try:
        set_up_region(store, region)
        with tempfile.TemporaryDirectory() as folder:
            story = _Story(store, region, clock, chance, load_matters(), Path(folder), end=end)
            made = _cases(story, cases)
            _waiting(story, end)
    finally:
        store.clock = real
    return made


def _cases(story: _Story, count: int) -> int:
    end = story.end
    assert end is not None
    start = end - timedelta(days=320)
    moments = sorted(story.chance.random() for _unused in range(count))
    codes = [code for code, share in _SHARES.items() for _unused in range(share)]
    for part in moments:
        moment = _office_moment(start + (end - timedelta(days=1) - start) * part)
        story.clock.go_to(moment)
        code = story.chance.choice(codes)
        municipality = next(m for m in story.region.municipalities if m["code"] == code)
        _one_case(story, municipality, story.chance.choice(story.matters))
    return count


def _office_moment(moment: datetime) -> datetime:
    """The same day in office hours; weekends move to Monday."""
    wall = local(moment)
    while wall.weekday() >= 5:
        wall += timedelta(days=1)
    at = time(9 + wall.minute % 6, wall.second, tzinfo=FINLAND)
    return datetime.combine(wall.date(), at).astimezone(moment.tzinfo)


def _one_case(story: _Story, municipality: dict[str, Any], matter: Matter) -> None:
    code = municipality["code"]
    session = Session(person_id(USER), code)
    slots = Names(story.chance, municipality).slots()
    letter = story.chance.choice(matter.letters)
    arrival_id, message_id = _arrive(story, municipality, letter, slots)
    with story.store.read_as(session) as reader:
        arrival = load_arrival(reader, arrival_id)
    office = story.region.office_of_class(code, matter.class_code)
    staff = story.region.staff_of(code, office)
    handler = person_id(story.chance.choice(staff).id) if staff and story.chance.random() < 0.85 else ""
    party = sender_party(arrival)
    protected = story.chance.random() < 0.03
    parties = (
        replace(party, street=slots["street"], town=municipality["city"],
                postal_code=municipality["postal_code"], protected=protected),
    ) if party else ()  # fmt: skip
    title = _filled(matter.title, slots)
    made = story.store.execute(
        RegisterCase(
            municipality=code,
            class_code=matter.class_code,
            title=title,
            case_type=matter.case_type,
            office=office,
            handler_id=handler,
            channel=arrival.row.channel,
            arrived_at=arrival.row.arrived_at,
            documents=(document_of(arrival, title=arrival.row.subject, document_type=letter.type),),
            parties=parties,
            arrival_id=arrival_id,
        ),
        session,
    ).result
    _live(story, session, made.case_id, made.number, municipality, matter, slots, message_id, handler)


def _live(
    story: _Story,
    session: Session,
    case_id: str,
    number: str,
    municipality: dict[str, Any],
    matter: Matter,
    slots: dict[str, str],
    message_id: str,
    handler: str,
) -> None:
    """What happens to a case after registering: preparation, letters, tasks, notes, a handover."""
    execute, chance, clock = story.store.execute, story.chance, story.clock
    if chance.random() < 0.7:
        clock.go_to(clock.now() + timedelta(hours=2))
        execute(EnterPhase(case_id=case_id, phase="valmistelu"), session)
    if matter.follow_ups and chance.random() < 0.5:
        follow_up = chance.choice(matter.follow_ups)
        arrival_id, _id = _arrive(
            story, municipality, follow_up, slots | {"number": number}, in_reply_to=message_id
        )
        with story.store.read_as(session) as reader:
            arrival = load_arrival(reader, arrival_id)
        execute(
            RegisterToCase(
                case_id=case_id,
                documents=(document_of(arrival, title=arrival.row.subject, document_type=follow_up.type),),
                arrival_id=arrival_id,
            ),
            session,
        )
    if handler and chance.random() < 0.5:
        due = local(clock.now()).date() + timedelta(days=chance.choice((3, 7, 14, 30)))
        title = chance.choice(("Pyydä lausunto", "Tarkista liitteet", "Soita hakijalle", "Valmistele päätös"))
        execute(AddTask(case_id=case_id, title=title, assignee_id=handler, due_on=due), session)
    if chance.random() < 0.25:
        text = chance.choice(
            ("Hakija soitti ja kysyi aikataulua.", "Liitteistä puuttuu asemapiirros.", "Sovittu katselmus.")
        )
        execute(AddNote(case_id=case_id, text=text), session)
    if chance.random() < 0.12:
        person = person_id(USER)
        if handler != person:
            execute(HandOver(case_id=case_id, to_id=person, message="Hoidatko tämän?"), session)
    if chance.random() < 0.06:
        execute(MarkCase(case_id=case_id, mark="favourite"), session)
    if chance.random() < 0.03:
        secret = {
            "publicity": "Salassa pidettävä",
            "secrecy_years": 50,
            "secrecy_basis": "JulkL (621/1999) 24.1 § 25 kohta",
            "secrecy_computation": "Asian ratkaisu",
        }
        execute(SetCaseValues(case_id=case_id, values=secret), session)


def _waiting(story: _Story, end: datetime) -> None:
    """Letters of the last days that nobody has registered yet."""
    for municipality in story.region.municipalities:
        for n in range(WAITING_PER_MUNICIPALITY):
            story.clock.go_to(end - timedelta(hours=60 - 7 * n))
            matter = story.chance.choice(story.matters)
            slots = Names(story.chance, municipality).slots()
            _arrive(story, municipality, story.chance.choice(matter.letters), slots)


def _arrive(
    story: _Story,
    municipality: dict[str, Any],
    letter: Letter,
    slots: dict[str, str],
    *,
    in_reply_to: str = "",
) -> tuple[str, str]:
    """A letter arrives at the registry's mailbox and is taken in; (arrival id, message id)."""
    story.serial += 1
    message_id = f"esittely-{story.serial}@posti.example"
    subject, body = _filled(letter.subject, slots), _filled(letter.body, slots)
    attachments: list[tuple[str, bytes]] = []
    if "iitteenä" in body or story.chance.random() < 0.3:
        attachments.append(("Liite 1.pdf", pdf(subject, body)))
        if story.chance.random() < 0.4:
            attachments.append(("Selvitys.docx", docx(subject, body)))
    content = mail(
        sender=(slots["name"], slots["email"]),
        to=(f"{municipality['genitive']} kunnan kirjaamo", municipality["email"]),
        subject=subject,
        body=body,
        sent_at=story.clock.now(),
        message_id=message_id,
        in_reply_to=in_reply_to,
        attachments=tuple(attachments),
    )
    path = story.folder / f"{story.serial}.eml"
    path.write_bytes(content)
    story.clock.go_to(story.clock.now() + timedelta(minutes=20))
    session = Session(person_id(USER), municipality["code"])
    arrival_id = take_in(story.store, session, path).result
    path.unlink()
    return arrival_id, message_id


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: str, slots: dict[str, str]) -> str:
    return text.format_map(_Known(slots))
