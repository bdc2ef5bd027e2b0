"""Outlook's ``.msg``: a compound file of properties, read by oxmsg wherever its streams are whole.

Invariant: a damaged stream costs what it held, not the message.
"""

from __future__ import annotations

import importlib
import io
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbench.documents.reading import headers, kinds, rtf
from workbench.documents.reading.email_message import described, read_headers
from workbench.documents.reading.eml_writer import write_eml
from workbench.documents.reading.markup import declared_encoding, html_to_text, referenced_images
from workbench.documents.reading.model import Address, Extract, MessageInfo, ParsedFile
from workbench.documents.reading.packages import Refused
from workbench.documents.reading.plain import clean_line, clean_text, decode_text
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

# Property numbers of [MS-OXPROPS].
_SUBJECT, _HEADERS, _BODY, _HTML, _RTF = 0x0037, 0x007D, 0x1000, 0x1013, 0x1009
_SENDER_NAME, _SENDER_EMAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_SENT_AT, _RECEIVED_AT = 0x0039, 0x0E06
_MESSAGE_ID, _IN_REPLY_TO, _REFERENCES = 0x1035, 0x1042, 0x1039
_RECIPIENT_KIND, _DISPLAY_NAME, _EMAIL, _SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
_LONG_NAME, _SHORT_NAME, _DATA, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x3712
_ROOT_HEADER, _EMBEDDED_HEADER, _OTHER_HEADER = 32, 24, 8
_EMBEDDED = "__substg1.0_3701000D"
_MOST_LEVELS = 60  # storages within storages
_CC = 2


class _Properties:
    """oxmsg's properties, asked so that a broken one is as good as none."""

    def __init__(self, storage: Any, header: int) -> None:
        from oxmsg.properties import Properties

        self._all = Properties(storage, header)

    def text(self, *pids: int) -> str:
        for pid in pids:
            value = self._get(self._all.str_prop_value, pid)
            if isinstance(value, str) and value.strip("\x00 "):
                return value.rstrip("\x00")
        return ""

    def data(self, pid: int) -> bytes:
        value = self._get(self._all.binary_prop_value, pid)
        return value if isinstance(value, bytes) else b""

    def number(self, pid: int) -> int:
        value = self._get(self._all.int_prop_value, pid)
        return value if isinstance(value, int) else 0

    def moment(self, pid: int) -> datetime | None:
        value = self._get(self._all.date_prop_value, pid)
        return value if isinstance(value, datetime) and 1970 <= value.year <= 2100 else None

    @staticmethod
    def _get(ask: Any, pid: int) -> Any:
        try:
            return ask(pid)
        except Exception:  # a stream that is cut or wrongly encoded
            return None


def extract(data: bytes, reading: Reading, depth: int) -> Extract:
    """An Outlook message with its attachments as children."""
    olefile: Any = importlib.import_module("olefile")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            broken: list[str] = []
            root = _storage(ole, ole.root, [], broken)
    except Exception as problem:  # olefile raises many kinds for a file cut short
        raise Refused(
            _("Outlook-viesti on vioittunut eikä aukea. Pyydä se lähettäjältä uudelleen; tämä on tallessa.")
        ) from problem
    if not _is_message(root):
        raise Refused(
            _("Outlook-viestistä puuttuvat sen tiedot. Pyydä se lähettäjältä uudelleen; tämä on tallessa.")
        )
    found = _message(root, _ROOT_HEADER, reading, depth)
    if broken:
        warning = _("Outlook-viesti on vioittunut: osa tiedoista tai liitteistä puuttuu. Pyydä se uudelleen.")
        found = replace(found, warnings=(*found.warnings, warning))
    return found


def _storage(ole: Any, node: Any, path: list[str], broken: list[str]) -> Any:
    """oxmsg's tree of storages, without the streams that cannot be read."""
    from olefile.olefile import STGTY_STORAGE, STGTY_STREAM
    from oxmsg.storage import Storage, Stream

    streams, storages = [], []
    for kid in node.kids:
        here = [*path, kid.name]
        if kid.entry_type == STGTY_STREAM:
            try:
                with ole.openstream(here) as stream:
                    data = stream.read()
                streams.append(Stream("/".join(here), data))
                if len(data) != kid.size:
                    broken.append(kid.name)
            except Exception:  # a cut or looping chain of sectors
                broken.append(kid.name)
        elif kid.entry_type == STGTY_STORAGE and len(path) < _MOST_LEVELS:
            storages.append(_storage(ole, kid, here, broken))
    return Storage("/".join(path), tuple(streams), tuple(storages))


def _is_message(storage: Any) -> bool:
    return any(stream.name == "__properties_version1.0" for stream in storage.streams)


def _message(storage: Any, header: int, reading: Reading, depth: int) -> Extract:
    properties = _Properties(storage, header)
    transport, _remarks = read_headers(properties.text(_HEADERS).encode("utf-8", "replace"))
    recipients = [_recipient(one) for one in storage.iter_recipient_storages()]
    to = tuple(address for kind, address in recipients if kind != _CC)
    cc = tuple(address for kind, address in recipients if kind == _CC)
    html = _html(properties)
    files, inline, left_out = _attachments(storage, referenced_images(html), reading, depth)
    own_sender = Address(
        clean_line(properties.text(_SENDER_NAME)), clean_line(_smtp(properties, _SENDER_SMTP, _SENDER_EMAIL))
    )
    info = MessageInfo(
        subject=clean_line(properties.text(_SUBJECT)) or transport.subject,
        sender=transport.sender if "@" in transport.sender.email else own_sender,
        recipients=to or transport.recipients,
        cc=cc or transport.cc,
        sent_at=transport.sent_at or properties.moment(_SENT_AT),
        received_at=properties.moment(_RECEIVED_AT) or transport.received_at,
        message_id=_first_id(properties.text(_MESSAGE_ID)) or transport.message_id,
        in_reply_to=_first_id(properties.text(_IN_REPLY_TO)) or transport.in_reply_to,
        references=headers.message_ids(properties.text(_REFERENCES)) or transport.references,
        body_text=clean_text(_body(properties, html))[: reading.limits.text_characters],
        inline=tuple(inline),
    )
    warnings = []
    if not str(info.sender):
        warnings.append(_("Viestistä ei selviä lähettäjää. Merkitse lähettäjä itse."))
    if left_out:
        warnings.append(
            _(
                "Viestissä on niin paljon osia, että {n} jäi erottamatta. Ne ovat alkuperäisessä viestissä."
            ).format(n=left_out)
        )
    return Extract(text=described(info), children=tuple(files), message=info, warnings=tuple(warnings))


def _html(properties: _Properties) -> str:
    data = properties.data(_HTML)
    if data:
        codepage = properties.number(0x3FDE)
        return decode_text(
            data, declared_encoding(data) or {65001: "utf-8", 28605: "iso8859-15"}.get(codepage, "")
        )
    return properties.text(_HTML)


def _body(properties: _Properties, html: str) -> str:
    plain = properties.text(_BODY)
    if plain.strip():
        return plain
    if html:
        return html_to_text(html)
    packed = properties.data(_RTF)
    if not packed:
        return ""
    try:
        return rtf.rtf_to_text(rtf.decompress(packed))
    except ValueError:
        return ""


def _recipient(storage: Any) -> tuple[int, Address]:
    properties = _Properties(storage, _OTHER_HEADER)
    name, email = clean_line(properties.text(_DISPLAY_NAME)), clean_line(_smtp(properties, _SMTP, _EMAIL))
    return properties.number(_RECIPIENT_KIND), Address("" if name == email else name, email)


def _smtp(properties: _Properties, *pids: int) -> str:
    """The first that is an Internet address; an Exchange path ("/o=…/cn=…") tells a reader nothing."""
    return next((value for pid in pids if "@" in (value := properties.text(pid))), "")


def _attachments(
    storage: Any, shown: frozenset[str], reading: Reading, depth: int
) -> tuple[list[ParsedFile], list[ParsedFile], int]:
    files: list[ParsedFile] = []
    inline: list[ParsedFile] = []
    left_out = 0
    for number, one in enumerate(storage.iter_attachment_storages(), start=1):
        if not reading.may_add_part():
            left_out += 1
            continue
        properties = _Properties(one, _OTHER_HEADER)
        name = properties.text(_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME)
        embedded = next((inner for inner in one.storages if inner.name == _EMBEDDED), None)
        if embedded is not None:
            # The same place holds a drawing or a sheet pasted into the text, which is no message.
            if depth >= reading.limits.nesting or not _is_message(embedded):
                left_out += 1
            else:
                files.append(_embedded(embedded, reading, depth))
            continue
        file = reading.part(properties.data(_DATA), name or _("liite {n}").format(n=number), depth=depth + 1)
        decoration = file.media_type.startswith("image/") and properties.text(_CONTENT_ID) in shown
        (inline if decoration else files).append(file)
    return files, inline, left_out


def _embedded(storage: Any, reading: Reading, depth: int) -> ParsedFile:
    """A message inside a message has no bytes of its own, so it is written out as an ordinary e-mail."""
    inner = _message(storage, _EMBEDDED_HEADER, reading, depth + 1)
    info = inner.message or MessageInfo()
    warning = _("Viestin sisällä ollut viesti muutettiin .eml-muotoon. Alkuperäinen on Outlook-viestissä.")
    name = f"{info.subject or _('viesti')}.eml"
    return reading.part(
        write_eml(info, inner.children), name, depth=depth + 1, declared=kinds.EML, warnings=(warning,)
    )


def _first_id(text: str) -> str:
    return next(iter(headers.message_ids(text)), "")
