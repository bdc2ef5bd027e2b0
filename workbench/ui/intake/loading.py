"""One arrival with everything its registration needs, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.cases.intake.queries import (
    ArrivalDetail,
    ArrivalRow,
    load_arrival,
    load_known_parties,
)
from workbench.cases.intake.suggesting import suggest
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plans import current_plan
from workbench.organisation.queries import (
    MunicipalityRow,
    OfficeRow,
    PersonRow,
    load_municipalities,
    load_offices,
    load_people,
)
from workbench.store.store import Reader
from workbench.ui.intake.proposal import Proposal, blank_proposal, proposal_of


@dataclass(frozen=True)
class Bundle:
    """What one registration is made from."""

    arrival: ArrivalDetail
    proposal: Proposal
    plan: PlanVersion
    offices: tuple[OfficeRow, ...]
    people: dict[str, PersonRow]
    municipalities: tuple[MunicipalityRow, ...]
    known_parties: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The arrival's id; "" for a matter without a file."""
        return self.arrival.row.id

    @property
    def municipality(self) -> str:
        """Whose register it is for."""
        return self.arrival.row.municipality

    def municipality_name(self, code: str) -> str:
        """A municipality's name by its code."""
        return next((m.name for m in self.municipalities if m.code == code), code)

    def municipality_genitive(self, code: str) -> str:
        """The genitive of its name (nimen omanto): "Kaustisen"."""
        return next((m.genitive for m in self.municipalities if m.code == code), code)


def load_bundle(reader: Reader, arrival_id: str) -> Bundle:
    """An arrival with its suggestion."""
    arrival = load_arrival(reader, arrival_id)
    proposal = proposal_of(suggest(reader, arrival), arrival)
    known = load_known_parties(reader, proposal.cases[0].id) if proposal.cases else frozenset()
    return _bundle(reader, arrival, proposal, known)


def load_blank(reader: Reader) -> Bundle:
    """A matter that came without any file: said, asked at the counter, or begun by the authority itself."""
    row = ArrivalRow(
        k=0,
        id="",
        municipality=reader.session.municipality,
        state="new",
        channel="oral",
        subject="",
        sender="",
        arrived_at=_minute(reader.at),
        files=0,
        case_id="",
        passed_from="",
        has_warnings=False,
    )
    arrival = ArrivalDetail(
        row=row,
        sender_name="",
        sender_email="",
        sent_at=None,
        message_id="",
        references=(),
        body="",
        warnings=(),
        set_aside_why="",
        files=(),
    )
    return _bundle(reader, arrival, blank_proposal(arrival), frozenset())


def _bundle(reader: Reader, arrival: ArrivalDetail, proposal: Proposal, known: frozenset[str]) -> Bundle:
    code = arrival.row.municipality
    return Bundle(
        arrival=arrival,
        proposal=proposal,
        plan=current_plan(reader, code),
        offices=tuple(load_offices(reader, code)),
        people=load_people(reader),
        municipalities=tuple(load_municipalities(reader)),
        known_parties=known,
    )


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
