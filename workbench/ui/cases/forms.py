"""Panels of everyday handling: notes, tasks, actions, links, handing over, phases, classes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from workbench.cases.closing import ReopenCase
from workbench.cases.edit import EnterPhase, HandOver, ReclassifyCase
from workbench.cases.model import PHASE_ORDER
from workbench.cases.parts import AddAction, AddNote, AddTask, LinkCases
from workbench.cases.single_rights import GiveAccess
from workbench.cases.task_changes import EditTask
from workbench.cases.whole import WholeCase
from workbench.i18n import _
from workbench.ui.cases.plans import PanelPlan
from workbench.ui.cases.providers import CASE_WORDS, CLASS_WORDS, Providers
from workbench.ui.cases.words import capital
from workbench.ui.widgets.formfield import FormField
from workbench.ui.widgets.searchselect import Choice


def phase_choices(phases: Sequence[str] = PHASE_ORDER) -> tuple[Choice, ...]:
    """Phases to choose from."""
    return tuple(Choice(p, capital(p)) for p in phases)


def note() -> PanelPlan:
    """Write a note."""
    return PanelPlan(
        "note",
        _("Uusi muistiinpano"),
        (FormField("text", _("Muistiinpano"), "text", need=_("Kirjoita muistiinpano.")),),
        _("Lisää muistiinpano"),
        lambda v, case_id: AddNote(case_id=case_id, text=v["text"]),
    )


def task(providers: Providers, me: Choice | None = None) -> PanelPlan:
    """Give a task."""
    return PanelPlan(
        "task",
        _("Uusi tehtävä"),
        (
            FormField("title", _("Mitä pitää tehdä"), "title", need=_("Kirjoita, mitä pitää tehdä.")),
            FormField("assignee_id", _("Tekijä"), "search", provider=providers.people("assignee"), value=me,
                      hint=_("Jos jätät tyhjäksi, tehtävä tulee sinulle.")),
            FormField("due_on", _("Määräpäivä"), "day"),
            FormField("remind_on", _("Muistutus"), "day"),
        ),
        _("Lisää tehtävä"),
        lambda v, case_id: AddTask(case_id=case_id, **v),
    )  # fmt: skip


def edit_task(whole: WholeCase, providers: Providers, row: dict[str, Any]) -> PanelPlan:
    """Change a task."""
    who = Choice(row["assignee_id"] or "", whole.person(row["assignee_id"]))
    return PanelPlan(
        f"edit_task:{row['id']}",
        _("Muuta tehtävää"),
        (
            FormField("title", _("Mitä pitää tehdä"), "title", value=row["title"], need=_("Kirjoita, mitä pitää tehdä.")),
            FormField("assignee_id", _("Tekijä"), "search", provider=providers.people("assignee"), value=who,
                      need=_("Valitse tekijä.")),
            FormField("due_on", _("Määräpäivä"), "day", value=row["due_on"]),
            FormField("remind_on", _("Muistutus"), "day", value=row["remind_on"]),
        ),
        _("Tallenna"),
        lambda v, _case_id: EditTask(task_id=row["id"], changes=dict(v)),
    )  # fmt: skip


def action(whole: WholeCase, today: date) -> PanelPlan:
    """Record or plan an action."""
    node = whole.case.plan_class
    phase = whole.fields["phase"]
    names = [a.name for a in node.actions if a.phase == phase][:4] if node else []
    return PanelPlan(
        "action",
        _("Uusi toimenpide"),
        (
            FormField("name", _("Toimenpide"), need=_("Anna toimenpiteelle nimi."),
                      suggestions=tuple(names)),
            FormField("phase", _("Vaihe"), "choice", value=phase, choices=phase_choices()),
            FormField("done_on", _("Tehty"), "day", value=today,
                      hint=_("Jätä tyhjäksi, jos toimenpide on vasta suunniteltu.")),
            FormField("note", _("Huomautus"), "text"),
        ),
        _("Kirjaa toimenpide"),
        lambda v, case_id: AddAction(case_id=case_id, **v),
    )  # fmt: skip


def hand_over(providers: Providers) -> PanelPlan:
    """Give the case to another handler."""
    return PanelPlan(
        "hand_over",
        _("Siirrä toiselle käsittelijälle"),
        (
            FormField("to_id", _("Kenelle"), "search", provider=providers.people("to"),
                      need=_("Valitse, kenelle asia siirretään.")),
            FormField("message", _("Viesti vastaanottajalle"), "text"),
        ),
        _("Siirrä"),
        lambda v, case_id: HandOver(case_id=case_id, **v),
        consequence=_("Asia tulee vastaanottajan työpöydälle. Aikajanalle jää tieto siirrosta."),
    )  # fmt: skip


def enter_phase(phases: Sequence[str], current: str = "") -> PanelPlan:
    """Move to a phase; the next one is offered."""
    after = [p for n, p in enumerate(phases) if n and phases[n - 1] == current]
    return PanelPlan(
        "enter_phase",
        _("Siirrä vaiheeseen"),
        (FormField("phase", _("Vaihe"), "choice", value=(after or [current or phases[0]])[0],
                   choices=phase_choices(phases)),),
        _("Siirrä vaiheeseen"),
        lambda v, case_id: EnterPhase(case_id=case_id, phase=v["phase"]),
        consequence=_("Asian tila vaihtuu vaiheen mukaan."),
    )  # fmt: skip


def reclassify(whole: WholeCase, providers: Providers) -> PanelPlan:
    """Another class of the plan."""
    return PanelPlan(
        "reclassify",
        _("Vaihda tehtäväluokka"),
        (
            FormField("class_code", _("Uusi tehtäväluokka"), "search",
                      provider=providers.classes(whole.fields["municipality"]),
                      placeholder=_(CLASS_WORDS),
                      need=_("Valitse tehtäväluokka."),
                      hint=_("Kirjoita luokan numero tai sana sen nimestä.")),
        ),
        _("Vaihda luokka"),
        lambda v, case_id: ReclassifyCase(case_id=case_id, class_code=v["class_code"]),
        consequence=_(
            "Julkisuus ja säilytysaika periytyvät uudesta luokasta, ellei niitä ole annettu tälle asialle. "
            "Asiatunnus ei muutu."
        ),
    )  # fmt: skip


def link(whole: WholeCase, providers: Providers) -> PanelPlan:
    """Tell that another case belongs together with this."""
    return PanelPlan(
        "link",
        _("Liitä toiseen asiaan"),
        (
            FormField("other_id", _("Liittyvä asia"), "search", provider=providers.cases(whole.case.id),
                      placeholder=_(CASE_WORDS),
                      need=_("Valitse liittyvä asia.")),
        ),
        _("Liitä"),
        lambda v, case_id: LinkCases(case_id=case_id, other_id=v["other_id"]),
        consequence=_("Liitos näkyy molemmissa asioissa. Asiat pysyvät erillisinä."),
    )  # fmt: skip


def reopen() -> PanelPlan:
    """Open a closed case again."""
    return PanelPlan(
        "reopen",
        _("Avaa asia uudelleen"),
        (
            FormField("reason", _("Peruste"), "text", need=_("Kirjoita, miksi asia avataan."),
                      suggestions=(_("Asiaan on saapunut uusi asiakirja"), _("Päätöksestä on valitettu"))),
        ),
        _("Avaa uudelleen"),
        lambda v, case_id: ReopenCase(case_id=case_id, reason=v["reason"]),
        consequence=_("Asia tulee taas käsiteltäväksi. Päättämispäivä jää historiaan."),
    )  # fmt: skip


def give_access(providers: Providers) -> PanelPlan:
    """Let a colleague into a restricted case."""
    return PanelPlan(
        "give_access",
        _("Anna oikeus asiaan"),
        (
            FormField("person_id", _("Kenelle"), "search", provider=providers.people("access"),
                      need=_("Valitse, kenelle oikeus annetaan.")),
            FormField("reason", _("Peruste"), "text", need=_("Kirjoita peruste. Se jää asian historiaan."),
                      suggestions=(_("Osallistuu asian valmisteluun"), _("Sijaistaa käsittelijää"))),
        ),
        _("Anna oikeus"),
        lambda v, case_id: GiveAccess(case_id=case_id, **v),
        consequence=_("Hän näkee salassa pidettävän asian. Jokainen avaaminen kirjautuu lokiin."),
    )  # fmt: skip
