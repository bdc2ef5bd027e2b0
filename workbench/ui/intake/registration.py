"""A registration in the making: what is suggested, what the person has changed, what is missing, and the
command it becomes. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from workbench.cases.intake.assembling import document_of
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.model import Defaults
from workbench.cases.plan.rules import check_values, retention_text
from workbench.cases.register import RegisterCase, RegisterToCase
from workbench.cases.values import case_values, changed_overrides, document_values
from workbench.clock import from_text, to_text
from workbench.i18n import _, ngettext
from workbench.ui.intake.loading import Bundle
from workbench.ui.intake.proposal import EXISTING, NEW, UNDECIDED, CaseHint, Hint

FIELDS = (
    "mode", "case", "class_code", "case_type", "title", "document_type", "parties", "handler", "office",
    "publicity", "channel", "arrived_at",
)  # fmt: skip
"""In the order of the form."""
NOTE = "note"
WHOLE_CASE = "whole_case"
"""Whether secrecy covers the case and not the arrived document alone."""


class Registration:
    """Values by field name; ``edit`` keeps the person's, the rest follow the suggestion."""

    def __init__(self, bundle: Bundle, kept: Mapping[str, Any] | None = None) -> None:
        self.bundle = bundle
        self.edited: dict[str, Any] = dict(kept or {})
        self.known_parties = bundle.known_parties

    def renew(self, bundle: Bundle) -> None:
        """A fresher suggestion; what the person has changed stays."""
        self.bundle = bundle
        if "case" not in self.edited:
            self.known_parties = bundle.known_parties

    def value(self, name: str) -> Any:
        """What the field holds."""
        if name in self.edited:
            return self.edited[name]
        hints = self.bundle.proposal.hints
        if name == "mode":
            return self.bundle.proposal.mode.value
        if name == "parties":
            return self._suggested_parties()
        if name == "title" and self.value("mode") == EXISTING and name not in hints:
            return self._document_title()
        if name in hints:
            return hints[name].value
        return {"publicity": {}, "case": None, "case_type": "", "document_type": "Kirje"}.get(name, "")

    def edit(self, name: str, value: Any) -> None:
        """The person chose or typed."""
        if value != self.value(name):
            self.edited[name] = value

    def hint(self, name: str) -> Hint | None:
        """How sure the field's value is, and why."""
        if name in self.edited:
            return Hint(self.edited[name], "sure", _("oma valintasi"))
        if name == "mode":
            return self.bundle.proposal.mode
        if name == "parties":
            known = self._known_already()
            if known and not self.value("parties"):
                return Hint((), "sure", _known_words(known, self.bundle.proposal.parties[-1]))
        return self.bundle.proposal.hints.get(name)

    def fields(self) -> tuple[str, ...]:
        """The fields that this kind of registration has."""
        if self.value("mode") == EXISTING:
            return tuple(f for f in FIELDS if f not in ("class_code", "case_type", "handler", "office"))
        return tuple(f for f in FIELDS if f != "case")

    def is_doubtful(self, name: str) -> bool:
        """Whether the field is worth a look before registering."""
        if name in self.edited or name not in self.fields():
            return False
        if name in self.bundle.proposal.doubtful:
            return True
        hint = self.hint(name)
        empty = name in ("class_code", "case", "case_type", "title") and not self.value(name)
        return empty or (hint is not None and hint.level == "unsure" and name not in ("handler", "office"))

    # What follows from the values

    @property
    def class_code(self) -> str:
        """Class of the case in question."""
        case = self.value("case")
        if self.value("mode") == EXISTING and isinstance(case, CaseHint):
            return case.class_code
        return str(self.value("class_code") or "")

    def overrides(self) -> Defaults:
        """What the person, or the suggestion, decided on the document itself."""
        return changed_overrides(Defaults(), self.value("publicity") or {})

    def document_values(self) -> Effective:
        """What holds for the document."""
        return document_values(
            self.bundle.plan, self.class_code, self.value("document_type"), Defaults(), self.overrides()
        )

    def retention(self) -> tuple[str, str]:
        """Retention in words, and where it comes from."""
        if not self.class_code:
            return "", _("selviää, kun luokka on valittu")
        found = case_values(self.bundle.plan, self.class_code, Defaults())
        return retention_text(found.defaults()), found.retention_kind.source.text()

    def check(self) -> dict[str, str]:
        """Everything that is wrong, by field, as sentences."""
        wrong: dict[str, str] = {}
        mode = self.value("mode")
        if mode == UNDECIDED:
            wrong["mode"] = self._undecided()
        elif mode == EXISTING:
            self._check_case(wrong)
        else:
            self._check_new(wrong)
        if any(not party.name.strip() for party in self.value("parties")):
            wrong["parties"] = _("Osapuolelta puuttuu nimi. Kirjoita nimi tai poista rivi.")
        if self.class_code:
            problems = check_values(self.document_values().defaults())
            secrecy = [p.message for p in problems if not p.code.startswith(("retention", "permanent"))]
            if secrecy:
                wrong["publicity"] = secrecy[0]
        if not isinstance(self.value("arrived_at"), datetime):
            wrong["arrived_at"] = _(
                "Saapumisaika puuttuu. Anna päivä ja kellonaika, esimerkiksi 24.11.2026 klo 9.30."
            )
        return wrong

    def _check_case(self, wrong: dict[str, str]) -> None:
        case = self.value("case")
        if not isinstance(case, CaseHint):
            wrong["case"] = _("Valitse asia, johon asiakirja kuuluu.")
        elif case.note:
            wrong["case"] = case.note
        if not self.bundle.arrival.files and not str(self.value(NOTE) or "").strip():
            wrong[NOTE] = _("Kirjoita, mitä asiassa esitettiin.")

    def _check_new(self, wrong: dict[str, str]) -> None:
        code = self.value("class_code")
        if not code:
            wrong["class_code"] = _("Valitse tehtäväluokka.")
        elif code not in {c.code for c in selectable(self.bundle.plan)}:
            wrong["class_code"] = _("Luokalla on alaluokkia. Valitse niistä tarkin sopiva.")
        if not str(self.value("title")).strip():
            wrong["title"] = _("Anna asialle otsikko.")
        if not self.value("case_type"):
            wrong["case_type"] = _("Valitse asian laji.")

    def _undecided(self) -> str:
        proposal = self.bundle.proposal
        if proposal.duplicate is not None and proposal.duplicate.number:
            return _(
                "Sama asiakirja on jo asiassa {number}. "
                "Jätä se rekisteröimättä (Delete) tai valitse, mihin se rekisteröidään."
            ).format(number=proposal.duplicate.number)  # fmt: skip
        if proposal.duplicate is not None:
            return _(
                "Sama asiakirja odottaa jo rekisteröintiä. Jätä tämä pois (Delete) tai valitse, mihin se rekisteröidään."
            )
        return _("Valitse, avataanko uusi asia vai kuuluuko asiakirja vireillä olevaan asiaan.")

    # The command

    def command(self, note: FileItem | None = None) -> RegisterCase | RegisterToCase:
        """What confirming sends. ``note`` is the kept text of a matter without a file."""
        overrides = dict(self.value("publicity") or {})
        documents = self._documents(overrides, note)
        parties = tuple(self.value("parties"))
        if self.value("mode") == EXISTING:
            return RegisterToCase(
                case_id=self.value("case").id,
                documents=documents,
                parties=parties,
                arrival_id=self.bundle.id,
            )
        return RegisterCase(
            municipality=self.bundle.municipality,
            class_code=self.value("class_code"),
            title=str(self.value("title")).strip(),
            case_type=self.value("case_type"),
            office=self.value("office"),
            handler_id=self.value("handler"),
            channel=self.value("channel"),
            arrived_at=self.value("arrived_at"),
            language=self.bundle.proposal.language,
            documents=documents,
            parties=parties,
            overrides=overrides if self.value(WHOLE_CASE) else {},
            arrival_id=self.bundle.id,
        )

    def _documents(self, overrides: dict[str, Any], note: FileItem | None) -> tuple[DocumentItem, ...]:
        arrival = self.bundle.arrival
        if not arrival.files and note is None:
            return ()
        title = str(self.value("title")) if self.value("mode") == EXISTING else self._document_title()
        made = document_of(
            arrival, title=title or self.value("title"), document_type=self.value("document_type")
        )
        if note is not None:
            made = replace(made, file=note)
        changes: dict[str, Any] = {
            "overrides": overrides,
            "channel": self.value("channel"),
            "arrived_at": self.value("arrived_at"),
            "language": self.bundle.proposal.language,
        }
        attachments = tuple(replace(item, **changes) for item in made.attachments)
        return (replace(made, attachments=attachments, **changes),)

    def _document_title(self) -> str:
        hint = self.bundle.proposal.hints.get("document_title")
        return str(hint.value) if hint and self.bundle.arrival.files else ""

    def _suggested_parties(self) -> tuple[PartyItem, ...]:
        roles = {"party": "initiator"} if self.value("mode") != EXISTING else {"initiator": "party"}
        known = self._known_already()
        suggested = self.bundle.proposal.parties
        added = [replace(p, role=roles.get(p.role, p.role)) for p in suggested if p not in known]
        ids = {p.party_id for p in added}
        # An agent who is a party of the case already is not added, so she is named there, by the person.
        return tuple(p if p.represented_by in ids else replace(p, represented_by="") for p in added)

    def _known_already(self) -> tuple[PartyItem, ...]:
        """Those suggested who are parties to the chosen case already; none is added twice."""
        if self.value("mode") != EXISTING:
            return ()
        known = self.known_parties
        suggested = self.bundle.proposal.parties
        return tuple(p for p in suggested if {p.name.casefold(), p.email.casefold() or "-"} & known)

    # Keeping

    def to_plain(self) -> dict[str, Any]:
        """The person's own values as JSON values."""
        plain = dict(self.edited)
        if isinstance(plain.get("case"), CaseHint):
            plain["case"] = asdict(plain["case"])
        if "parties" in plain:
            plain["parties"] = [asdict(party) for party in plain["parties"]]
        if isinstance(plain.get("arrived_at"), datetime):
            plain["arrived_at"] = to_text(plain["arrived_at"])
        return plain


def _known_words(known: tuple[PartyItem, ...], sender: PartyItem) -> str:
    """Why nobody is listed though the letter has a sender (who is the last of those suggested)."""
    if known == (sender,):
        return _("Lähettäjä on jo asian osapuoli.")
    names = ", ".join(p.name for p in known)
    return ngettext(
        "{names} on jo asian osapuoli.", "Jo asian osapuolia: {names}.", len(known)
    ).format(names=names)  # fmt: skip


def kept_from(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Inverse of :meth:`Registration.to_plain`; what cannot be read is left out."""
    kept = dict(plain)
    try:
        if kept.get("case"):
            kept["case"] = CaseHint(**kept["case"])
        if "parties" in kept:
            kept["parties"] = tuple(PartyItem(**party) for party in kept["parties"])
        if isinstance(kept.get("arrived_at"), str):
            kept["arrived_at"] = from_text(kept["arrived_at"])
    except (TypeError, ValueError):
        return {}
    return kept


__all__ = ["EXISTING", "FIELDS", "NEW", "NOTE", "UNDECIDED", "WHOLE_CASE", "Registration", "kept_from"]
