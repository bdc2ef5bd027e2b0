"""The conditional rules of the records plan. Each check lists every problem, never the first alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from workbench.cases.plan.codes import (
    CASE_TYPES,
    DOCUMENT_TYPES,
    PERMANENT,
    FinalAction,
    Publicity,
    RetentionKind,
)
from workbench.cases.plan.grounds import item_of
from workbench.cases.plan.inherit import effective
from workbench.cases.plan.model import SECRECY_FIELDS, Defaults, PlanClass, PlanVersion, parent_code
from workbench.errors import Problem
from workbench.i18n import N_, _

_CODE = re.compile(r"\d{2}(?:\.\d{2}){0,3}")
_LONGEST = 10_000

FIELD_LABELS: dict[str, str] = {
    "publicity": N_("julkisuusluokka"),
    "secrecy_years": N_("salassapitoaika"),
    "secrecy_basis": N_("salassapitoperuste"),
    "secrecy_computation": N_("salassapitoajan laskentaperuste"),
    "protection_grounds": N_("suojaamisen peruste"),
    "personal_data": N_("henkilötietojen luonne"),
    "retention_kind": N_("säilytystapa"),
    "retention_years": N_("säilytysaika"),
    "retention_basis": N_("säilytysajan peruste"),
    "retention_computation": N_("säilytysajan laskentaperuste"),
    "final_action": N_("toimi säilytysajan päätyttyä"),
    "round_to_year_end": N_("pyöristys vuoden loppuun"),
    "system": N_("tietojärjestelmä"),
    "process_owner": N_("prosessin omistaja"),
}
"""Finnish name of each field of :class:`Defaults`; show it through ``_``."""


def check_values(values: Defaults, *, kind: str = "", id: str = "") -> list[Problem]:
    """The rules on the values that hold for one case or document (after inheritance)."""
    return [*_check_secrecy(values, kind, id), *_check_retention(values, kind, id)]


def _check_secrecy(values: Defaults, kind: str, id: str) -> list[Problem]:
    def problem(code: str, message: str, section: str = "JulkL 24 §") -> Problem:
        return Problem(code=code, message=message, section=section, kind=kind, id=id)

    found: list[Problem] = []
    if values.publicity is None:
        found.append(problem("publicity_missing", _("Julkisuusluokka puuttuu. Valitse julkisuusluokka."), ""))
    elif values.publicity.needs_grounds:
        if values.secrecy_years is None:
            found.append(
                problem(
                    "secrecy_years_missing",
                    _("Salassapitoaika puuttuu. Anna, montako vuotta asiakirja on salassa pidettävä."),
                    "JulkL 31 §",
                )
            )
        if not values.secrecy_basis:
            found.append(
                problem(
                    "secrecy_basis_missing",
                    _("Salassapitoperuste puuttuu. Valitse julkisuuslain kohta, johon salassapito perustuu."),
                )
            )
    elif values.publicity is Publicity.PUBLIC and any(getattr(values, f) is not None for f in SECRECY_FIELDS):
        found.append(
            problem(
                "secrecy_on_public",
                _("Julkisella asiakirjalla on salassapitotietoja. Poista ne tai vaihda julkisuusluokka."),
            )
        )
    if values.secrecy_basis and item_of(values.secrecy_basis) is None:
        found.append(
            problem(
                "secrecy_basis_unknown",
                _(
                    "Salassapitoperustetta ”{basis}” ei tunneta. "
                    "Kirjoita se muodossa JulkL (621/1999) 24.1 § 20 kohta."
                ).format(basis=values.secrecy_basis),
            )
        )
    if values.secrecy_years is not None and not 0 < values.secrecy_years <= _LONGEST:
        found.append(
            problem(
                "secrecy_years_invalid",
                _("Salassapitoaika {years} ei kelpaa. Anna vuodet kokonaislukuna, esimerkiksi 25.").format(
                    years=values.secrecy_years
                ),
                "JulkL 31 §",
            )
        )
    return found


def _check_retention(values: Defaults, kind: str, id: str) -> list[Problem]:
    def problem(code: str, message: str) -> Problem:
        return Problem(code=code, message=message, section="TihL 21 §", kind=kind, id=id)

    found: list[Problem] = []
    years = values.retention_years
    if values.kind is None:
        found.append(problem("retention_missing", _("Säilytysaika puuttuu. Valitse, kauanko säilytetään.")))
    elif values.kind is RetentionKind.FIXED:
        if years is None:
            found.append(
                problem(
                    "retention_years_missing", _("Säilytysajan pituus puuttuu. Anna säilytysaika vuosina.")
                )
            )
        elif not 0 <= years <= _LONGEST:
            found.append(
                problem(
                    "retention_years_invalid",
                    _("Säilytysaika {years} ei kelpaa. Anna vuodet kokonaislukuna, 0 tai enemmän.").format(
                        years=years
                    ),
                )
            )
    elif values.kind is RetentionKind.UNTIL_FURTHER_NOTICE and values.retention_computation is None:
        found.append(
            problem(
                "retention_start_missing",
                _("Toistaiseksi säilytettävältä puuttuu laskentaperuste. Valitse, mistä säilytys lasketaan."),
            )
        )
    elif values.kind is RetentionKind.PERMANENT and years not in (None, PERMANENT):
        found.append(
            problem(
                "retention_conflict",
                _(
                    "Pysyvästi säilytettävälle on annettu myös {years} vuoden säilytysaika. Poista toinen."
                ).format(years=years),
            )
        )
    if values.kind is RetentionKind.PERMANENT and values.final_action is FinalAction.DESTROY:
        found.append(
            problem(
                "permanent_destroyed",
                _("Pysyvästi säilytettävää ei voi merkitä hävitettäväksi. Valitse arkistointi."),
            )
        )
    return found


def made_public(values: Defaults) -> Defaults:
    """The values after making a document public: every field of secrecy is gone."""
    return replace(
        values,
        publicity=Publicity.PUBLIC,
        secrecy_years=None,
        secrecy_basis=None,
        secrecy_computation=None,
        protection_grounds=None,
    )


def retention_rank(values: Defaults) -> tuple[int, int]:
    """Orders retention from the shortest to the longest: nothing, years, until further notice, permanent."""
    match values.kind:
        case RetentionKind.PERMANENT:
            return (3, 0)
        case RetentionKind.UNTIL_FURTHER_NOTICE:
            return (2, 0)
        case RetentionKind.FIXED:
            return (1, values.retention_years or 0)
        case _:
            return (0, 0)


def check_case_outlives_documents(case: Defaults, documents: Iterable[Defaults]) -> list[Problem]:
    """A case is kept at least as long as the document of it that is kept longest."""
    longest = max(documents, key=retention_rank, default=None)
    if longest is None or retention_rank(case) >= retention_rank(longest):
        return []
    return [
        Problem(
            code="case_retention_too_short",
            section="TihL 21 §",
            message=_(
                "Asiaa säilytettäisiin {case}, mutta sen asiakirjaa {document}. "
                "Pidennä asian säilytysaika vähintään yhtä pitkäksi."
            ).format(case=retention_text(case), document=retention_text(longest)),
        )
    ]


def retention_text(values: Defaults) -> str:
    """Retention in words: ``10 v``, ``pysyvästi``, ``toistaiseksi``."""
    match values.kind:
        case RetentionKind.PERMANENT:
            return _("pysyvästi")
        case RetentionKind.UNTIL_FURTHER_NOTICE:
            return _("toistaiseksi")
        case RetentionKind.FIXED if values.retention_years is not None:
            return _("{years} v").format(years=values.retention_years)
        case _:
            return _("ei määritelty")


def is_loosening(old: Defaults, new: Defaults) -> list[str]:
    """The fields a change loosens; any user may tighten, loosening needs the records role.

    Both sides are the values that hold (after inheritance). Replacing one secrecy basis by another is not
    loosening; removing it is. Losing the period and basis is not listed apart when the publicity class
    itself is loosened to public, for then they go with it.
    """
    found: list[str] = []
    if _strictness(new.publicity) < _strictness(old.publicity):
        found.append("publicity")
    if not ("publicity" in found and new.publicity is Publicity.PUBLIC):
        if (new.secrecy_years or 0) < (old.secrecy_years or 0):
            found.append("secrecy_years")
        found.extend(
            name
            for name in ("secrecy_basis", "protection_grounds")
            if getattr(old, name) and not getattr(new, name)
        )
    if old.personal_data is not None and (
        new.personal_data is None or new.personal_data.strictness < old.personal_data.strictness
    ):
        found.append("personal_data")
    if retention_rank(new) < retention_rank(old):
        found.append("retention_years")
    if old.round_to_year_end and not new.round_to_year_end:
        found.append("round_to_year_end")
    if old.final_action is FinalAction.ARCHIVE and new.final_action is not FinalAction.ARCHIVE:
        found.append("final_action")
    return found


def _strictness(publicity: Publicity | None) -> int:
    return -1 if publicity is None else publicity.strictness


def check_plan(plan: PlanVersion) -> list[Problem]:
    """Everything wrong in a plan version, class by class; an empty list means it may be taken into use."""
    found: list[Problem] = []
    codes: set[str] = set()
    known = {c.code for c in plan.classes}
    parents = {c.parent for c in plan.classes}
    for node in plan.classes:
        found.extend(_check_place(node, codes, known))
        codes.add(node.code)
        found.extend(_check_words(node))
        if node.code not in parents and node.parent is not None:
            found.extend(_check_class_values(plan, node))
    return found


def _check_place(node: PlanClass, seen: set[str], known: set[str]) -> list[Problem]:
    def problem(code: str, message: str) -> Problem:
        return Problem(code=code, message=message.format(label=node.label), kind="plan_class", id=node.code)

    found: list[Problem] = []
    if not _CODE.fullmatch(node.code):
        found.append(problem("code_invalid", _("Luokan {label} tunnus ei ole muotoa 10.03.03.")))
    if node.code in seen:
        found.append(problem("code_twice", _("Luokka {label} on suunnitelmassa kahdesti. Poista toinen.")))
    if node.parent != parent_code(node.code):
        found.append(problem("parent_wrong", _("Luokan {label} yläluokka ei vastaa tunnusta.")))
    elif node.parent is not None and node.parent not in known:
        found.append(problem("parent_missing", _("Luokan {label} yläluokka puuttuu suunnitelmasta.")))
    if not node.name.strip():
        found.append(problem("name_missing", _("Luokalta {label} puuttuu nimi.")))
    return found


def _check_words(node: PlanClass) -> list[Problem]:
    found = [
        Problem(
            code="document_type_unknown",
            message=_("Luokan {label} asiakirjatyyppiä ”{type}” ei tunneta.").format(
                label=node.label, type=document.type
            ),
            kind="plan_class",
            id=node.code,
        )
        for action in node.actions
        for document in action.document_types
        if document.type not in DOCUMENT_TYPES
    ]
    found.extend(
        Problem(
            code="case_type_unknown",
            message=_("Luokan {label} asiatyyppiä ”{type}” ei tunneta.").format(label=node.label, type=name),
            kind="plan_class",
            id=node.code,
        )
        for name in node.case_types
        if name not in CASE_TYPES
    )
    return found


def _check_class_values(plan: PlanVersion, node: PlanClass) -> list[Problem]:
    case = effective(plan, node.code).defaults()
    problems = list(check_values(case))
    documents = [
        effective(plan, node.code, d.type, action=a.name, document_title=d.title).defaults()
        for a in node.actions
        for d in a.document_types
        if d.type in DOCUMENT_TYPES
    ]
    for values in documents:
        problems.extend(p for p in check_values(values) if p not in problems)
    problems.extend(check_case_outlives_documents(case, documents))
    return [
        Problem(
            code=p.code,
            section=p.section,
            message=_("Luokka {label}: {message}").format(label=node.label, message=p.message),
            kind="plan_class",
            id=node.code,
        )
        for p in problems
    ]
