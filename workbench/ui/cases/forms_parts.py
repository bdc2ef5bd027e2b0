"""Panels of parties and documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.model import CASE_TYPES, CHANNELS, DOCUMENT_TYPES, PARTY_ROLES
from workbench.cases.papers import AddDocument, AddVersion, EditDocument
from workbench.cases.parts import AddParty, EditParty
from workbench.cases.valuewords import CODES
from workbench.cases.whole import WholeCase
from workbench.desk import Desk
from workbench.i18n import _, ngettext
from workbench.ui.cases.plans import PanelPlan, Values
from workbench.ui.cases.words import capital
from workbench.ui.jobs import Progress
from workbench.ui.widgets.formfield import FormField
from workbench.ui.widgets.searchselect import Choice


def code_choices(codes: dict[str, str]) -> tuple[Choice, ...]:
    """Code values with their words."""
    return tuple(Choice(code, capital(_(word))) for code, word in codes.items())


def plain_choices(words: Sequence[str]) -> tuple[Choice, ...]:
    """Words that are their own codes."""
    return tuple(Choice(word, capital(word)) for word in words)


CASE_TYPE_CHOICES = plain_choices(CASE_TYPES)


def channel_choices() -> tuple[Choice, ...]:
    """Manners of arrival; none may be known."""
    return (Choice("", _("Ei merkitty")), *code_choices(dict(CHANNELS)))


def _party_fields(p: dict[str, Any], whole: WholeCase, own_id: str = "") -> tuple[FormField, ...]:
    agents = tuple(
        Choice(q["id"], q["name"])
        for q in whole.case.parties
        if q["id"] != own_id and not q["represented_by"]
    )
    return (
        FormField("name", _("Nimi"), "title", value=p.get("name"), need=_("Anna osapuolen nimi.")),
        FormField("role", _("Rooli"), "choice", value=p.get("role", "party"),
                  choices=code_choices(dict(PARTY_ROLES))),
        FormField("entity", _("Laji"), "choice", value=p.get("entity", "person"),
                  choices=code_choices(CODES["entity"])),
        FormField("business_id", _("Y-tunnus"), value=p.get("business_id")),
        FormField("identity_number", _("Henkilötunnus"),
                  hint=_("Säilytetään erillään ja näytetään vain perustelua vastaan.")),
        FormField("protected", _("Turvakielto"), "check", value=p.get("protected"),
                  hint=_("Turvakiellon alaiset yhteystiedot säilytetään erillään. Niitä ei näy luetteloissa "
                         "eikä muiden jäljennöksissä.")),
        FormField("street", _("Katuosoite"), value=p.get("street")),
        FormField("postal_code", _("Postinumero"), value=p.get("postal_code")),
        FormField("town", _("Postitoimipaikka"), value=p.get("town")),
        FormField("email", _("Sähköposti"), value=p.get("email")),
        FormField("phone", _("Puhelin"), value=p.get("phone")),
        FormField("language", _("Asiointikieli"), "choice", value=p.get("language") or "fi",
                  choices=code_choices(CODES["language"])),
        FormField("e_consent", _("Suostunut sähköiseen tiedoksiantoon"), "check", value=p.get("e_consent")),
        FormField("represented_by", _("Asiamies"), "choice", value=p.get("represented_by") or "",
                  choices=(Choice("", _("Ei asiamiestä")), *agents)),
    )  # fmt: skip


def party(whole: WholeCase) -> PanelPlan:
    """Add a party."""
    first = not any(p["role"] == "initiator" for p in whole.case.parties)
    return PanelPlan(
        "party",
        _("Uusi osapuoli"),
        _party_fields({"role": "initiator" if first else "party"}, whole),
        _("Lisää osapuoli"),
        lambda v, case_id: AddParty(case_id=case_id, party=PartyItem(**v)),
    )


def edit_party(whole: WholeCase, row: dict[str, Any]) -> PanelPlan:
    """Change a party; only what moved is sent, so hidden details stay as they are."""
    fields = _party_fields(row, whole, row["id"])
    before = {f.name: f.value or ("" if f.kind != "check" else False) for f in fields}

    def make(v: Values, _case_id: str) -> EditParty:
        changes = {name: value for name, value in v.items() if value != before[name]}
        plain = {n: (value if isinstance(value, bool) else value or None) for n, value in changes.items()}
        return EditParty(party_id=row["id"], changes=plain)

    return PanelPlan("edit_party", _("Muuta osapuolen tietoja"), fields, _("Tallenna"), make)


def document(whole: WholeCase, desk: Desk, paths: Sequence[Path]) -> PanelPlan:
    """A document from a file; further files become its attachments."""
    first, rest = paths[0], paths[1:]
    names = ", ".join(p.name for p in paths)
    more = ngettext(
        "Muu tiedosto tulee liitteeksi.", "Muut {n} tiedostoa tulevat liitteiksi.", len(rest)
    ).format(n=len(rest))

    def read(_values: Values, progress: Progress) -> list[FileItem]:
        found = []
        for n, path in enumerate(paths):
            progress.step(n, len(paths), path.name)
            found.append(desk.keep_file(path))
        return found

    def make(v: Values, case_id: str) -> AddDocument:
        main, *others = v.pop("prepared")
        if v["direction"] != "received":
            v["channel"] = ""
        common = {k: v[k] for k in ("direction", "sender", "channel", "dated_on")}
        attachments = tuple(
            DocumentItem(title=Path(f.filename).stem, type="Liite", file=f, **common) for f in others
        )
        author = whole.person(whole.person_id) if v["direction"] != "received" else ""
        return AddDocument(
            case_id=case_id,
            document=DocumentItem(file=main, attachments=attachments, author=author, **v),
        )

    return PanelPlan(
        "document",
        _("Uusi asiakirja"),
        (
            FormField("title", _("Otsikko"), "title", value=first.stem.replace("_", " "),
                      need=_("Anna asiakirjalle otsikko.")),
            FormField("type", _("Asiakirjatyyppi"), "choice", value="Muistio",
                      choices=plain_choices(DOCUMENT_TYPES)),
            FormField("direction", _("Suunta"), "choice", value="own",
                      choices=code_choices(CODES["direction"])),
            FormField("sender", _("Lähettäjä"), hint=_("Saapuneelle asiakirjalle.")),
            FormField("channel", _("Saapumistapa"), "choice", choices=channel_choices(),
                      hint=_("Saapuneelle asiakirjalle.")),
            FormField("dated_on", _("Päiväys"), "day"),
        ),
        _("Lisää asiakirja"),
        make,
        consequence=_("Tiedosto: {names}. {more}").format(names=names, more=more) if rest
        else _("Tiedosto: {names}.").format(names=names),
        prepare=read,
    )  # fmt: skip


def version(desk: Desk, row: dict[str, Any], path: Path, seen: int) -> PanelPlan:
    """New content of a document."""

    def read(_values: Values, _progress: Progress) -> FileItem:
        return desk.keep_file(path)

    return PanelPlan(
        "version",
        _("Uusi versio"),
        (),
        _("Tallenna uutena versiona"),
        lambda v, _case_id: AddVersion(document_id=row["id"], file=v["prepared"], seen=seen),
        consequence=_(
            "Tiedosto {name} tallennetaan asiakirjan {title} uudeksi versioksi. Vanha säilyy."
        ).format(name=path.name, title=row["title"]),
        prepare=read,
    )


def edit_document(row: dict[str, Any]) -> PanelPlan:
    """Change a document's plain data."""
    fields = (
        FormField("title", _("Otsikko"), "title", value=row["title"], need=_("Anna asiakirjalle otsikko.")),
        FormField("type", _("Asiakirjatyyppi"), "choice", value=row["type"],
                  choices=plain_choices(DOCUMENT_TYPES)),
        FormField("state", _("Tila"), "choice", value=row["state"],
                  choices=(Choice("draft", _("Luonnos")), Choice("final", _("Valmis")))),
        FormField("sender", _("Lähettäjä"), value=row["sender"]),
        FormField("author", _("Laatija"), value=row["author"]),
        FormField("dated_on", _("Päiväys"), "day", value=row["dated_on"]),
        FormField("channel", _("Saapumistapa"), "choice", value=row["channel"] or "",
                  choices=channel_choices()),
    )  # fmt: skip

    def make(v: Values, _case_id: str) -> EditDocument:
        changes = {name: value or None for name, value in v.items() if (value or None) != (row[name] or None)}
        return EditDocument(document_id=row["id"], changes=changes)

    return PanelPlan("edit_document", _("Muuta asiakirjan tietoja"), fields, _("Tallenna"), make)
