"""Which reader reads which type. Readers, and the libraries behind them, are imported when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.documents.reading import kinds
from workbench.documents.reading.model import Extract
from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

_UNREAD = N_("Tämän tyyppisestä tiedostosta ei osata lukea tekstiä. Tiedosto on tallessa.")
_LEGACY = N_(
    "Vanhan Office-tiedoston tekstiä ei lueta. Avaa se tekstinkäsittelyssä ja tallenna uuteen muotoon."
)
_REASONS = {
    kinds.DOC: _LEGACY,
    kinds.XLS: _LEGACY,
    kinds.PPT: _LEGACY,
    kinds.OLE: _LEGACY,
    kinds.PKCS7_SIGNED: N_("Tiedosto on sähköinen allekirjoitus. Sitä ei ole tarkistettu."),
    "application/x-7z-compressed": N_(
        "Pakattua tiedostoa ei osata avata. Pura se ja tuo sen tiedostot erikseen."
    ),
    "application/vnd.rar": N_("Pakattua tiedostoa ei osata avata. Pura se ja tuo sen tiedostot erikseen."),
    "application/gzip": N_("Pakattua tiedostoa ei osata avata. Pura se ja tuo sen tiedostot erikseen."),
    "audio/mpeg": N_("Äänitteestä ei lueta tekstiä. Kuuntele se ja kirjaa sisältö itse."),
    "video/mp4": N_("Videosta ei lueta tekstiä. Katso se ja kirjaa sisältö itse."),
    **dict.fromkeys(kinds.PROGRAMS, N_("Tiedosto on ohjelma, jota ei avata eikä suoriteta.")),
}
_LOCKED = {
    kinds.OFFICE_LOCKED: N_(
        "Tiedosto on suojattu salasanalla. Pyydä lähettäjältä salasana tai suojaamaton tiedosto."
    ),
    kinds.PKCS7_ENCRYPTED: N_(
        "Viesti on salattu vastaanottajan varmenteella. Avaa se sähköpostiohjelmassa ja tuo sisältö sieltä."
    ),
}


def extract(data: bytes, media_type: str, reading: Reading, depth: int) -> Extract:
    """What the bytes say. May raise anything: :class:`Reading` stands guard."""
    if media_type in _LOCKED:
        return Extract(state="encrypted", note=_(_LOCKED[media_type]))
    if media_type in _REASONS:
        return Extract(state="none", note=_(_REASONS[media_type]))
    found = _nested(data, media_type, reading, depth)
    return found or _office(data, media_type, reading) or _simple(data, media_type, reading)


def _nested(data: bytes, media_type: str, reading: Reading, depth: int) -> Extract | None:
    """Files that hold other files."""
    if media_type not in (kinds.EML, kinds.MBOX, kinds.MSG, kinds.TNEF, kinds.ZIP, kinds.ASIC):
        return None
    if depth > reading.limits.nesting:
        return Extract(
            state="unreadable",
            note=_(
                "Tiedosto on yli {n} viestin tai paketin sisällä, joten sitä ei avattu. "
                "Se on tallessa kokonaan."
            ).format(n=reading.limits.nesting),
        )
    if media_type in (kinds.EML, kinds.MBOX):
        from workbench.documents.reading import email_message

        reader = email_message.extract if media_type == kinds.EML else email_message.extract_mbox
        return reader(data, reading, depth)
    if media_type == kinds.MSG:
        from workbench.documents.reading import outlook

        return outlook.extract(data, reading, depth)
    if media_type == kinds.TNEF:
        from workbench.documents.reading import tnef

        return tnef.extract(data, reading, depth)
    from workbench.documents.reading import folder

    return folder.extract(data, reading, depth)


def _office(data: bytes, media_type: str, reading: Reading) -> Extract | None:
    if media_type == kinds.DOCX:
        from workbench.documents.reading import office

        return office.extract_document(data, reading)
    if media_type == kinds.PPTX:
        from workbench.documents.reading import office

        return office.extract_presentation(data, reading)
    if media_type == kinds.XLSX:
        from workbench.documents.reading import spreadsheet

        return spreadsheet.extract(data, reading)
    if media_type.startswith(kinds.ODF):
        from workbench.documents.reading import opendocument

        return opendocument.extract(data, reading)
    return None


def _simple(data: bytes, media_type: str, reading: Reading) -> Extract:
    if media_type == kinds.PDF:
        from workbench.documents.reading import pdf

        return pdf.extract(data, reading.limits)
    if media_type == kinds.RTF:
        from workbench.documents.reading import rtf

        return rtf.extract(data)
    if media_type in (kinds.HTML, kinds.XML, "image/svg+xml"):
        from workbench.documents.reading import markup

        reader = markup.extract_html if media_type == kinds.HTML else markup.extract_xml
        return reader(data)
    if media_type.startswith("image/"):
        from workbench.documents.reading import image

        return image.extract(data)
    if media_type.startswith("text/"):
        from workbench.documents.reading import plain

        return plain.extract(data, reading.limits)
    return Extract(state="none", note=_(_UNREAD))
