"""Panels of lawful corrections: each says what follows from it and takes a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.cases.arrival_time import CorrectArrival
from workbench.cases.corrections import MergeCases, MoveDocuments, SplitCase, VoidCase
from workbench.cases.detail import DocumentDetail
from workbench.cases.naming import shown_number
from workbench.cases.whole import WholeCase
from workbench.desk import Desk
from workbench.i18n import _, moment_text
from workbench.ui.cases.plans import PanelPlan
from workbench.ui.cases.providers import CASE_WORDS, CLASS_WORDS, Providers
from workbench.ui.widgets.formfield import FormField
from workbench.ui.widgets.searchselect import Choice


def reason_field(*suggestions: str) -> FormField:
    """The reason every correction keeps in its history."""
    return FormField(
        "reason", _("Peruste"), "text", need=_("Kirjoita peruste. Se jää asian historiaan."),
        suggestions=suggestions,
    )  # fmt: skip


def document_choices(documents: Sequence[DocumentDetail]) -> tuple[Choice, ...]:
    """Documents to tick; attachments go with theirs."""
    return tuple(Choice(d.id, d.fields["title"], d.fields["identifier"] or "") for d in documents)


def _documents(whole: WholeCase, chosen: Sequence[str], words: str) -> FormField:
    return FormField(
        "document_ids", words, "checklist", need=_("Valitse vähintään yksi asiakirja."),
        choices=document_choices(whole.case.documents), value=tuple(chosen),
        hint=_("Liitteet seuraavat asiakirjaansa."),
    )  # fmt: skip


def void(whole: WholeCase) -> PanelPlan:
    """Void a mistaken registration."""
    return PanelPlan(
        "void",
        _("Mitätöi rekisteröinti"),
        (reason_field(_("Rekisteröity kahteen kertaan"), _("Rekisteröity vahingossa")),),
        _("Mitätöi"),
        lambda v, case_id: VoidCase(case_id=case_id, reason=v["reason"]),
        consequence=_(
            "Asia {number} suljetaan mitätöitynä. Tunnus jää käytetyksi eikä sitä anneta uudelleen. "
            "Saapunut kirje palaa Saapuneisiin rekisteröitäväksi."
        ).format(number=shown_number(whole.fields["number"])),
        danger=True,
    )


def arrival_time(whole: WholeCase, chosen: Sequence[str]) -> PanelPlan:
    """Correct when something arrived. With several letters and none in hand, neither which nor when is guessed."""
    received = [d for d in whole.case.documents if d.fields["direction"] == "received"]
    meant = next((d for d in received if d.id in chosen or len(received) == 1), None)
    asks = len(received) > 1 and meant is None
    own: dict[str, Any] = {"document_id": meant.id} if meant else {}
    known = meant.fields["arrived_at"] if meant else None if asks else whole.fields["arrived_at"]
    which = FormField(
        "document_id", _("Saapunut asiakirja"), "choice", need=_("Valitse asiakirja."),
        choices=(Choice("", _("Valitse asiakirja")), *(Choice(d.id, _arrived(d)) for d in received)),
    )  # fmt: skip
    return PanelPlan(
        "arrival_time",
        _("Korjaa saapumisaika"),
        (
            *((which,) if asks else ()),
            FormField("arrived_at", _("Oikea saapumisaika"), "moment", value=known,
                      need=_("Anna päivä ja kellonaika."),
                      hint=_("Asiakirja: {name}").format(name=_arrived(meant)) if meant else ""),
            reason_field(_("Saapumispäivä kirjattu väärin"), _("Kirje oli tullut jo aiemmin")),
        ),
        _("Korjaa"),
        lambda v, case_id: CorrectArrival(case_id=case_id, **(own | v)),
        consequence=_(
            "Jos asia tuli vireille tästä asiakirjasta, myös vireilletulopäivä ja siitä laskettu määräpäivä "
            "muuttuvat (TihL 25 §)."
        ),
    )  # fmt: skip


def _arrived(document: DocumentDetail) -> str:
    title, at = document.fields["title"], document.fields["arrived_at"]
    return _("{title}, {moment}").format(title=title, moment=moment_text(at)) if at else str(title)


def move(whole: WholeCase, providers: Providers, chosen: Sequence[str]) -> PanelPlan:
    """Move documents where they belong."""
    return PanelPlan(
        "move",
        _("Siirrä asiakirjoja toiseen asiaan"),
        (
            _documents(whole, chosen, _("Siirrettävät asiakirjat")),
            FormField("to_case_id", _("Oikea asia"), "search", provider=providers.cases(whole.case.id),
                      placeholder=_(CASE_WORDS),
                      need=_("Valitse asia, johon asiakirjat kuuluvat.")),
            reason_field(_("Kuuluu toiseen asiaan")),
        ),
        _("Siirrä asiakirjat"),
        lambda v, _case_id: MoveDocuments(**v),
        consequence=_("Asiakirjat saavat tunnisteen uudesta asiasta. Siirto näkyy molempien historiassa."),
    )  # fmt: skip


def merge(whole: WholeCase, providers: Providers) -> PanelPlan:
    """Merge a duplicate into the survivor."""
    return PanelPlan(
        "merge",
        _("Yhdistä toiseen asiaan"),
        (
            FormField("into_id", _("Asia, joka jää"), "search", provider=providers.cases(whole.case.id),
                      placeholder=_(CASE_WORDS),
                      need=_("Valitse asia, johon tämä yhdistetään.")),
            reason_field(_("Sama asia rekisteröity kahteen kertaan")),
        ),
        _("Yhdistä"),
        lambda v, case_id: MergeCases(case_id=case_id, **v),
        consequence=_(
            "Asiakirjat, osapuolet, toimenpiteet, tehtävät ja muistiinpanot siirtyvät jäävään asiaan. "
            "Tunnus {number} johtaa jatkossa sinne. Yhdistämistä ei voi kumota; asian voi erottaa uudelleen."
        ).format(number=shown_number(whole.fields["number"])),
        danger=True,
        leads_to=lambda changes: next((i for k, i in changes.touched if k == "case_file" and i != whole.case.id), ""),
    )  # fmt: skip


def transfer(whole: WholeCase, desk: Desk) -> PanelPlan:
    """Pass the matter to the municipality it belongs to."""
    own = whole.fields["municipality"]
    towns = tuple(Choice(m.code, m.name) for m in whole.municipalities.values() if m.code != own)
    return PanelPlan(
        "transfer",
        _("Siirrä toiseen kuntaan"),
        (
            FormField("municipality", _("Kunta, jolle asia kuuluu"), "choice",
                      need=_("Valitse kunta."), choices=(Choice("", _("Valitse kunta")), *towns)),
            reason_field(_("Asia kuuluu toisen kunnan toimivaltaan (HL 21 §)")),
        ),
        _("Siirrä kuntaan"),
        consequence=_(
            "Saapuneet asiakirjat siirtyvät toisen kunnan Saapuneisiin alkuperäisellä saapumisajalla "
            "(HL 21 §). Tässä rekisterissä asia jää siirretyksi. Siirtoa ei voi kumota."
        ),
        danger=True,
        whole_job=lambda v, case_id, _progress: desk.transfer(case_id, v["municipality"], v["reason"]),
    )  # fmt: skip


def split(whole: WholeCase, providers: Providers, chosen: Sequence[str]) -> PanelPlan:
    """Take documents into a case of their own."""
    node = whole.case.plan_class
    return PanelPlan(
        "split",
        _("Erota uudeksi asiaksi"),
        (
            _documents(whole, chosen, _("Erotettavat asiakirjat")),
            FormField("title", _("Uuden asian otsikko"), "title", need=_("Anna uudelle asialle otsikko.")),
            FormField("class_code", _("Tehtäväluokka"), "search", need=_("Valitse tehtäväluokka."),
                      provider=providers.classes(whole.fields["municipality"]),
                      placeholder=_(CLASS_WORDS),
                      value=Choice(node.code, node.label) if node else None),
            reason_field(_("Kirjeessä oli kaksi asiaa")),
        ),
        _("Erota"),
        lambda v, case_id: SplitCase(case_id=case_id, **v),
        consequence=_("Uusi asia saa oman asiatunnuksen. Asiat liitetään toisiinsa. Erottamista ei voi kumota."),
        danger=True,
        leads_to=lambda changes: changes.result.case_id,
    )  # fmt: skip
