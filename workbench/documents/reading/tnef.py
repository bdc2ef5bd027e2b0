"""Outlook's winmail.dat (TNEF): the attachments and the body that other programs cannot see."""

from __future__ import annotations

import importlib
import logging
import struct
from functools import cache
from typing import TYPE_CHECKING, Any

from workbench.documents.reading import rtf
from workbench.documents.reading.headers import header_text
from workbench.documents.reading.markup import html_to_text
from workbench.documents.reading.model import Address, Extract, MessageInfo, ParsedFile
from workbench.documents.reading.plain import clean_line, clean_text, decode_text
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

_WESTERN = 1_252
_SUBJECT, _FROM = 0x8004, 0x8000


def extract(data: bytes, reading: Reading, depth: int) -> Extract:
    """A TNEF stream: its attachments as children, its body as text."""
    package = _library().TNEF(_with_codepage(data), do_checksum=False)
    children: list[ParsedFile] = []
    left_out = 0
    for number, attachment in enumerate(package.attachments, start=1):
        if not reading.may_add_part():
            left_out += 1
            continue
        name = _name(attachment) or _("liite {n}").format(n=number)
        content = attachment.data if isinstance(attachment.data, bytes) else b""
        children.append(reading.part(content, name, depth=depth + 1))
    properties = {obj.name: obj.data for obj in package.msgprops}
    info = MessageInfo(
        subject=clean_line(_text(properties.get(_SUBJECT, ""))),
        sender=_sender(properties.get(_FROM)),
        body_text=clean_text(_body(package)),
    )
    warnings = []
    if left_out:
        warnings.append(
            _("Liitepaketissa on niin paljon liitteitä, ettei kaikkia avattu. Ne ovat paketissa tallessa.")
        )
    if not _is_whole(data):
        warnings.append(
            _("Outlookin liitepaketti on katkennut, joten liite voi puuttua. Pyydä viesti uudelleen.")
        )
    note = _("Tiedosto on Outlookin liitepaketti. Sen liitteet ovat luettelossa erikseen.")
    if not children:
        note = _("Tiedosto on Outlookin liitepaketti, josta ei löytynyt liitteitä.")
    return Extract(
        text=info.body_text,
        state="ok" if info.body_text else "none",
        note="" if info.body_text else note,
        children=tuple(children),
        message=info,
        warnings=tuple(warnings),
    )


_MOST_PROPERTIES = 10_000


@cache
def _library() -> Any:
    """tnefparse, which believes the number of properties that a file claims: a damaged one kept it counting for
    hours, with a line in the log for each. It gets no more than the bytes can hold, and keeps quiet."""
    library: Any = importlib.import_module("tnefparse.tnef")
    believing = library.decode_mapi

    def bounded(data: bytes, codepage: str = "cp1252", starting_offset: int | None = None) -> Any:
        at = starting_offset or 0
        claimed = int(struct.unpack_from("<I", data, at)[0])
        possible = min((len(data) - at) // 4, _MOST_PROPERTIES)
        if claimed > possible:
            data = data[:at] + struct.pack("<I", possible) + data[at + 4 :]
        return believing(data, codepage, starting_offset)

    library.decode_mapi = bounded
    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    return library


def _with_codepage(data: bytes) -> bytes:
    """Name a code page first: tnefparse cannot decode text without one, and a later one overrides it."""
    value = struct.pack("<II", _WESTERN, 0)
    attribute = (
        struct.pack("<BHHI", 1, 0x9007, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    )
    return data[:6] + attribute + data[6:]


def _is_whole(data: bytes) -> bool:
    """Whether the attributes, each as long as it says, fill the stream exactly."""
    position = 6
    while position + 11 <= len(data):
        position += 11 + int(struct.unpack_from("<I", data, position + 5)[0])
    return position == len(data)


def _body(package: Any) -> str:
    if plain := _text(package.body).strip("\x00"):
        return plain
    html = (
        package.htmlbody[0] if isinstance(package.htmlbody, list) and package.htmlbody else package.htmlbody
    )
    if html:
        return html_to_text(_text(html))
    if package._rtfbody:  # its own decompression needs a library we do not carry
        return rtf.rtf_to_text(rtf.decompress(_bytes(package._rtfbody)))
    return ""


def _name(attachment: Any) -> str:
    try:
        long_name = _text(attachment.long_filename()).strip("\x00")
    except UnicodeDecodeError:  # tnefparse takes the short name for UTF-8
        long_name = ""
    return long_name or _text(attachment._name).strip("\x00")


def _sender(value: Any) -> Address:
    if not isinstance(value, tuple) or len(value) != 3:
        return Address()
    name, _kind, email = (header_text(_text(one)) for one in value)
    return Address(name, email)


def _bytes(value: Any) -> bytes:
    if isinstance(value, list):
        value = value[0] if value else b""
    return value if isinstance(value, bytes) else b""


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        return decode_text(value)
    return value if isinstance(value, str) else ""
