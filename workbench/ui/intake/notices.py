"""What a person should know of an arrival before anything else: a duplicate, or another municipality's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.ui.intake.noticebar import NoticeBar
from workbench.ui.intake.registration import Registration

if TYPE_CHECKING:
    from workbench.ui.intake.page import ArrivalsPage


def show_notice(bar: NoticeBar, page: ArrivalsPage, registration: Registration | None) -> None:
    """Say it over the document, with the keys that answer it."""
    if registration is None:
        bar.set("", ())
        return
    proposal, row = registration.bundle.proposal, registration.bundle.arrival.row
    genitive = registration.bundle.municipality_genitive
    if proposal.duplicate is not None:
        found = proposal.duplicate
        words = (
            _("Sama asiakirja on jo asiassa {number}.").format(number=found.number)
            if found.number
            else _("Sama asiakirja odottaa jo rekisteröintiä.")
        )
        deeds = (
            (_("Avaa se (Ctrl+Shift+D)"), page.deeds.show_duplicate),
            (_("Jätä tämä pois (Delete)"), page.deeds.set_aside),
        )
        bar.set("warning", (words, found.why), deeds)
    elif proposal.pass_on is not None and proposal.pass_on.level != "unsure":
        code = str(proposal.pass_on.value)
        words = _("{why} (HL 21 §)").format(why=proposal.pass_on.why.rstrip("."))
        deed = _("Siirrä {genitive} kunnalle (Ctrl+D)").format(genitive=genitive(code))
        bar.set("waiting", (words,), ((deed, lambda: page.deeds.pass_on(code)),))
    elif row.passed_from:
        words = _("{genitive} kunta on siirtänyt tämän tänne (HL 21 §).")
        bar.set("waiting", (words.format(genitive=genitive(row.passed_from)),))
    else:
        bar.set("", ())
