"""Case handling as plain data: states, phases, case types and their statutory time limits."""

from __future__ import annotations

from workbench.cases.plan.codes import CASE_TYPES, DOCUMENT_TYPES, CaseState, Phase
from workbench.i18n import N_

__all__ = [
    "CASE_TYPES",
    "CHANNELS",
    "DOCUMENT_TYPES",
    "INFORMATION_REQUEST_DAYS",
    "OPEN_STATES",
    "PARTY_ROLES",
    "PHASE_ORDER",
    "CaseState",
    "Phase",
]

# JulkL 14.4 §: an information request is answered as soon as possible, within two weeks; with many
# documents or secret parts within a month.
INFORMATION_REQUEST_DAYS = 14

PHASE_ORDER = tuple(p.value for p in Phase)

OPEN_STATES = (
    CaseState.OPENED,
    CaseState.PENDING,
    CaseState.IN_PREPARATION,
    CaseState.FOR_DECISION,
    CaseState.NOTIFIED,
    CaseState.TO_BE_EXECUTED,
    CaseState.REOPENED,
    CaseState.UNDER_APPEAL,
    CaseState.FOLLOWED_UP,
)

# Manner of arrival (saapumistapa, TihL 26 §).
CHANNELS = {
    "email": N_("Sähköposti"),
    "letter": N_("Kirje"),
    "form": N_("Sähköinen lomake"),
    "counter": N_("Asiointi paikan päällä"),
    "oral": N_("Suullinen"),
    "own": N_("Oma aloite"),
    "file": N_("Tiedosto"),
}

PARTY_ROLES = {
    "initiator": N_("Vireillepanija"),
    "party": N_("Asianosainen"),
    "representative": N_("Asiamies"),
    "consulted": N_("Lausunnonantaja"),
    "neighbour": N_("Naapuri"),
    "authority": N_("Viranomainen"),
    "contact": N_("Yhteyshenkilö"),
}
