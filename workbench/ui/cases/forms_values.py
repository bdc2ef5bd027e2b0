"""Panels of publicity and retention, for a case and for a document. Empty means: as the plan says."""

from __future__ import annotations

from typing import Any

from workbench.cases.detail import DocumentDetail
from workbench.cases.edit import SetCaseValues
from workbench.cases.papers import SetDocumentValues
from workbench.cases.plan.codes import (
    PERMANENT,
    SUGGESTED_RETENTION_YEARS,
    SUGGESTED_SECRECY_YEARS,
    PersonalData,
    Publicity,
    RetentionStart,
    SecrecyStart,
)
from workbench.cases.plan.grounds import ITEMS, basis_text, protects_person
from workbench.cases.plan.inherit import Effective, Level
from workbench.cases.whole import WholeCase
from workbench.i18n import _
from workbench.ui.cases.plans import PanelPlan, Values
from workbench.ui.cases.words import capital, years_text
from workbench.ui.widgets.formfield import FormField
from workbench.ui.widgets.searchselect import Choice

_OWN = {Level.CASE, Level.DOCUMENT}


def _as_planned() -> Choice:
    return Choice("", _("Suunnitelman mukaan"))


def _grounds() -> tuple[Choice, ...]:
    found = (
        Choice(basis_text(n), _("{n} kohta – {subject}").format(n=n, subject=words))
        for n, words in ITEMS.items()
    )
    return (_as_planned(), *found)


def _words(values: type[Any]) -> tuple[Choice, ...]:
    return (_as_planned(), *(Choice(str(v), capital(str(v))) for v in values))


def _years(suggested: tuple[int, ...], own: int | None) -> tuple[Choice, ...]:
    all_years = sorted({*suggested, *([own] if own is not None else [])}, key=lambda y: (y == PERMANENT, y))
    return (_as_planned(), *(Choice(str(y), capital(years_text(y))) for y in all_years))


def _own(values: Effective, name: str) -> Any:
    """What was decided on the thing itself; inherited values are not repeated."""
    sourced = getattr(values, name)
    return sourced.value if sourced.source.level in _OWN else None


def _secrecy_fields(values: Effective) -> tuple[FormField, ...]:
    years = _own(values, "secrecy_years")
    return (
        FormField("publicity", _("Julkisuusluokka"), "choice", value=str(_own(values, "publicity") or ""),
                  choices=_words(Publicity)),
        FormField("secrecy_basis", _("Salassapitoperuste (JulkL 24.1 §)"), "choice",
                  value=_own(values, "secrecy_basis") or "", choices=_grounds()),
        FormField("secrecy_years", _("Salassapitoaika"), "choice", value=str(years if years else ""),
                  choices=_years((*SUGGESTED_SECRECY_YEARS,), years),
                  hint=_("25 vuotta; yksityiselämän suojaksi (24–32 kohta) 50 vuotta kuolemasta tai 100 vuotta.")),
        FormField("secrecy_computation", _("Mistä salassapito lasketaan"), "choice",
                  value=str(_own(values, "secrecy_computation") or ""), choices=_words(SecrecyStart)),
        FormField("personal_data", _("Henkilötietojen luonne"), "choice",
                  value=str(_own(values, "personal_data") or ""), choices=_words(PersonalData)),
    )  # fmt: skip


def _retention_fields(values: Effective) -> tuple[FormField, ...]:
    years = _own(values, "retention_years")
    return (
        FormField("retention_years", _("Säilytysaika"), "choice",
                  value=str(years) if years is not None else "",
                  choices=_years(SUGGESTED_RETENTION_YEARS, years)),
        FormField("retention_basis", _("Säilytysajan peruste"), value=_own(values, "retention_basis") or ""),
        FormField("retention_computation", _("Mistä säilytys lasketaan"), "choice",
                  value=str(_own(values, "retention_computation") or ""), choices=_words(RetentionStart)),
    )  # fmt: skip


def given(v: Values) -> dict[str, Any]:
    """The values of a form as overrides; empty takes one back. A period follows from its ground."""
    found: dict[str, Any] = {name: value or None for name, value in v.items()}
    for name in ("secrecy_years", "retention_years"):
        if found.get(name) is not None:
            found[name] = int(found[name])
    if found.get("publicity") in (Publicity.SECRET, Publicity.PARTLY_SECRET) and found.get("secrecy_basis"):
        person = protects_person(found["secrecy_basis"])
        found["secrecy_years"] = found.get("secrecy_years") or (100 if person else 25)
        found["secrecy_computation"] = found.get("secrecy_computation") or str(SecrecyStart.DOCUMENT_DATE)
    return found


def case_publicity(whole: WholeCase) -> PanelPlan:
    """Publicity of a case."""
    return PanelPlan(
        "case_publicity",
        _("Asian julkisuus"),
        _secrecy_fields(whole.case.values),
        _("Tallenna"),
        lambda v, case_id: SetCaseValues(case_id=case_id, values=given(v)),
        consequence=_(
            "Salassa pidettävän asian näkevät vain käsittelijä, rekisteröijä ja ne, joilla on oikeus siihen. "
            "Jokainen avaaminen kirjautuu lokiin."
        ),
    )


def case_retention(whole: WholeCase) -> PanelPlan:
    """Retention of a case."""
    return PanelPlan(
        "case_retention",
        _("Asian säilytys"),
        _retention_fields(whole.case.values),
        _("Tallenna"),
        lambda v, case_id: SetCaseValues(case_id=case_id, values=given(v)),
        consequence=_("Säilytysaikaa voi pidentää; lyhentää saa arkistonhoitaja."),
    )


def document_values(document: DocumentDetail) -> PanelPlan:
    """Publicity and retention of a document."""
    part = FormField(
        "secret_part", _("Salassa pidettävä osa"), value=document.fields["secret_part"],
        hint=_("Mikä osa asiakirjasta on salassa pidettävä, jos ei kaikki."),
    )  # fmt: skip

    def make(v: Values, _case_id: str) -> SetDocumentValues:
        secret_part = v.pop("secret_part")
        return SetDocumentValues(document_id=document.id, values=given(v), secret_part=secret_part)

    return PanelPlan(
        "document_values",
        _("Asiakirjan julkisuus ja säilytys"),
        (*_secrecy_fields(document.values), part, *_retention_fields(document.values)),
        _("Tallenna"),
        make,
        consequence=document.fields["title"],
    )
