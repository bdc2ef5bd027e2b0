"""The demonstration region (esittelyaineisto): the same seed on the same day makes the same region.

Everything goes in by the commands a person would use, on a clock that walks through the past year, so
that numbers, journal, deadlines and search are as real as they would be.
"""

from __future__ import annotations

import heapq
import random
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from workbench.cases.closing import CloseCase, closing_problems
from workbench.cases.edit import EnterPhase, HandOver, SetCaseValues
from workbench.cases.intake.assembling import document_of, sender_party
from workbench.cases.intake.queries import load_arrival
from workbench.cases.intake.taking_in import take_in
from workbench.cases.parts import AddNote, AddTask, CompleteTask, MarkCase
from workbench.cases.queries import CaseFilter, find_cases, load_cases
from workbench.cases.register import RegisterCase, Registered, RegisterToCase
from workbench.clock import FINLAND, Clock, local
from workbench.context import Session
from workbench.i18n import _
from workbench.organisation.queries import access_for
from workbench.setup.letters import docx, mail, pdf
from workbench.setup.matters import Letter, Matter, Matters, Words, load_matters
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


@dataclass(frozen=True)
class _Talk:
    """A case that somebody may write more to, and the words of whoever did."""

    code: str
    number: str
    matter: Matter
    words: Words
    message_id: str


@dataclass
class _Story:
    store: Store
    region: Region
    clock: WalkingClock
    chance: random.Random
    matters: Matters
    folder: Path
    serial: int = 0
    ends: list[tuple[datetime, str, Session]] = field(default_factory=list)
    talks: list[_Talk] = field(default_factory=list)
    end: datetime | None = None


def build_demo(store: Store, *, cases: int, seed: int, end: datetime | None = None) -> int:
    """Fill an empty store; returns how many cases were made."""
    real: Clock = store.clock
    end = end or real.now()
    clock = WalkingClock(end - timedelta(days=330))
    store.clock = clock
    region = load_region()
    chance = random.Random(seed)
    try:
        set_up_region(store, region)
        with tempfile.TemporaryDirectory() as folder:
            story = _Story(store, region, clock, chance, load_matters(), Path(folder), end=end)
            made = _cases(story, cases)
            _waiting(story, end)
            _own_desk(story, end)
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
        _end_cases(story, moment)
        story.clock.go_to(moment)
        code = story.chance.choice(codes)
        municipality = next(m for m in story.region.municipalities if m["code"] == code)
        _one_case(story, municipality, story.chance.choice(story.matters.kinds))
    _end_cases(story, end - timedelta(days=1))
    return count


def _end_cases(story: _Story, until: datetime) -> None:
    """Decide and close the cases whose time comes before a moment, each on its own day."""
    while story.ends and story.ends[0][0] <= until:
        moment, case_id, session = heapq.heappop(story.ends)
        story.clock.go_to(_office_moment(moment))
        with story.store.read_as(session) as reader:
            problems = closing_problems(reader.connection, case_id, access_for(reader))
            open_tasks = [p.id for p in problems if p.code == "open_task"]
        if len(open_tasks) < len(problems):
            continue  # a case without a handler or a sender stays pending, as in life
        for task_id in open_tasks:
            story.store.execute(CompleteTask(task_id=task_id), session)
        for phase in ("päätöksenteko", "tiedoksianto"):
            story.store.execute(EnterPhase(case_id=case_id, phase=phase), session)
        story.store.execute(CloseCase(case_id=case_id), session)


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
    letter = story.chance.choice(matter.letters)
    words = _words(story, municipality, matter, letter)
    arrival_id, message_id = _arrive(story, municipality, letter, words)
    with story.store.read_as(session) as reader:
        arrival = load_arrival(reader, arrival_id)
    office = story.region.office_of_class(code, matter.class_code)
    staff = story.region.staff_of(code, office)
    handler = person_id(story.chance.choice(staff).id) if staff and story.chance.random() < 0.85 else ""
    party = sender_party(arrival)
    if party is not None and party.entity == "person":
        party = replace(
            party,
            street=words["address"].partition(",")[0],
            town=municipality["city"],
            postal_code=municipality["postal_code"],
            protected=story.chance.random() < 0.04,
        )
    made = story.store.execute(
        RegisterCase(
            municipality=code,
            class_code=matter.class_code,
            title=words.fill(letter.title or matter.title),
            case_type=matter.case_type,
            office=office,
            handler_id=handler,
            channel=arrival.row.channel,
            arrived_at=arrival.row.arrived_at,
            documents=(document_of(arrival, title=arrival.row.subject, document_type=letter.type),),
            parties=(party,) if party else (),
            arrival_id=arrival_id,
        ),
        session,
    ).result
    if made.number and matter.follow_ups:
        story.talks.append(_Talk(code, made.number, matter, words, message_id))
    _live(story, session, made, municipality, matter, words, message_id, handler)


def _words(story: _Story, municipality: dict[str, Any], matter: Matter, letter: Letter) -> Words:
    on = local(story.clock.now()).date()
    return Words(story.chance, story.matters.slots, matter, letter, municipality, on)


def _live(
    story: _Story,
    session: Session,
    made: Registered,
    municipality: dict[str, Any],
    matter: Matter,
    words: Words,
    message_id: str,
    handler: str,
) -> None:
    """What happens to a case after registering: preparation, letters, tasks, notes, a handover."""
    execute, chance, clock = story.store.execute, story.chance, story.clock
    case_id = made.case_id
    if handler and chance.random() < 0.88:
        days = chance.randint(10, 110)
        heapq.heappush(story.ends, (clock.now() + timedelta(days=days), case_id, session))
    if chance.random() < 0.7:
        clock.go_to(clock.now() + timedelta(hours=2))
        execute(EnterPhase(case_id=case_id, phase="valmistelu"), session)
    if matter.follow_ups and chance.random() < 0.5:
        follow_up = chance.choice(matter.follow_ups)
        arrival_id, _id = _arrive(
            story, municipality, follow_up, words, number=made.number or "", in_reply_to=message_id
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
    """Letters of the last days that nobody has registered yet; some go on with a case that is open."""
    for municipality in story.region.municipalities:
        for n in range(WAITING_PER_MUNICIPALITY):
            story.clock.go_to(end - timedelta(hours=60 - 7 * n))
            talks = _open_talks(story, municipality["code"]) if n % 4 == 3 else []
            if talks:
                talk = story.chance.choice(talks)
                story.talks.remove(talk)  # one more letter each
                letter = story.chance.choice(talk.matter.follow_ups)
                _arrive(
                    story, municipality, letter, talk.words, number=talk.number, in_reply_to=talk.message_id
                )
            else:
                matter = story.chance.choice(story.matters.kinds)
                letter = story.chance.choice(matter.letters)
                _arrive(story, municipality, letter, _words(story, municipality, matter, letter))


_OWN_TASKS = (
    ("Lähetä siirtoilmoitus asiakkaalle", -2),
    ("Kysy puuttuvaa liitettä", 0),
    ("Vie asia johtoryhmän listalle", 1),
    ("Tarkista naapurien kuuleminen", 6),
)


def _own_desk(story: _Story, end: datetime) -> None:
    """Something on the demonstration user's own desk: tasks due about now, cases handed to her."""
    session = Session(person_id(USER), "924")
    with story.store.read_as(session) as reader:
        cases = load_cases(reader, find_cases(reader, CaseFilter(state="open"))[:12])
    story.clock.go_to(end - timedelta(minutes=40))
    today = local(end).date()
    for case, (title, days) in zip(cases, _OWN_TASKS, strict=False):
        due = today + timedelta(days=days)
        story.store.execute(
            AddTask(case_id=case.id, title=title, assignee_id=person_id(USER), due_on=due), session
        )
    handed = [c for c in cases if c.phase == "vireilletulo" and c.handler_id != person_id(USER)]
    for case in handed[:3]:
        story.store.execute(
            HandOver(case_id=case.id, to_id=person_id(USER), message="Voisitko viedä tätä eteenpäin?"),
            session,
        )


def _open_talks(story: _Story, code: str) -> list[_Talk]:
    """The municipality's open cases that somebody may write more to."""
    with story.store.read_as(Session(person_id(USER), code)) as reader:
        numbers = {row.number for row in load_cases(reader, find_cases(reader, CaseFilter(state="open")))}
    return [talk for talk in story.talks if talk.code == code and talk.number in numbers]


def _arrive(
    story: _Story,
    municipality: dict[str, Any],
    letter: Letter,
    words: Words,
    *,
    number: str = "",
    in_reply_to: str = "",
) -> tuple[str, str]:
    """A letter arrives at the registry's mailbox and is taken in; (arrival id, message id)."""
    story.serial += 1
    sender = words.sender(letter)
    message_id = f"esittely-{story.serial}@{sender[1].partition('@')[2]}"
    subject, body = words.fill(letter.subject), words.fill(letter.body)
    if number:
        subject = _("{subject} ({number})").format(subject=subject, number=number)
    attachments: list[tuple[str, bytes]] = []
    if "iit" in body[-400:] or story.chance.random() < 0.3:
        attachments.append((_("Liite 1.pdf"), pdf(subject, body)))
        if story.chance.random() < 0.4:
            attachments.append((_("Selvitys.docx"), docx(subject, body)))
    content = mail(
        sender=sender,
        to=(_("{name} kunnan kirjaamo").format(name=municipality["genitive"]), municipality["email"]),
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
