"""E-mail (``.eml``, ``mbox``): who, when, about what; the body as text; attachments apart from decoration."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.documents.reading import headers, kinds, mime
from workbench.documents.reading.markup import html_to_text, referenced_images
from workbench.documents.reading.mime import Part
from workbench.documents.reading.model import Address, Extract, MessageInfo, ParsedFile
from workbench.documents.reading.plain import clean_text, decode_text
from workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

_FROM_LINE = re.compile(rb"\A(?:>?From [^\r\n]*(?:\r\n|\n|\r))+")
_MBOX_CUT = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))(?=From \S+[^\r\n]{0,80}\d\d:\d\d)")
_BODY_TYPES = ("text/plain", "text/html")


@dataclass
class _Slot:
    """One place of the body: the same words as plain text, as HTML, or both."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)

    def text(self) -> str:
        plain = "\n".join(self.plain)
        return plain if plain.strip() else "\n".join(html_to_text(one) for one in self.html)


@dataclass
class _Gathered:
    slots: list[_Slot] = field(default_factory=list)
    files: list[ParsedFile] = field(default_factory=list)
    inline: list[ParsedFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: int = 0


def extract(data: bytes, reading: Reading, depth: int) -> Extract:
    """A message with its attachments as children."""
    data = _FROM_LINE.sub(b"", data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t "))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode_text(data).encode("utf-8")
    try:
        return _whole(data, reading, depth)
    except Exception:  # absurd nesting, or a defect the parser does not foresee: the fields still tell much
        info, remarks = read_headers(data)
        note = _("Viestin rakenne on niin rikki, ettei liitteitä voitu erottaa. Viesti on tallessa kokonaan.")
        return Extract(text=described(info), state="unreadable", note=note, message=info, warnings=remarks)


def _whole(data: bytes, reading: Reading, depth: int) -> Extract:
    message = mime.parse(data)
    info, remarks = _read_fields(message)
    gathered = _Gathered(warnings=remarks)
    parts = list(mime.all_parts(message))
    if any(part.is_broken() for part in parts):
        gathered.warnings.append(
            _("Viestin rakenne on rikki, joten jokin liite voi puuttua. Alkuperäinen viesti on tallessa.")
        )
    html = "\n".join(_text(part) for part in parts if part.real_type == "text/html")
    _gather(message, referenced_images(html), gathered, reading, depth)
    if gathered.left_out:
        gathered.warnings.append(
            _(
                "Viestissä on niin paljon osia, että {n} jäi erottamatta. Ne ovat alkuperäisessä viestissä."
            ).format(n=gathered.left_out)
        )
    body = clean_text("\n\n".join(filter(None, (slot.text() for slot in gathered.slots))))
    files, body = _lift_outlook(gathered, body)
    info = replace(info, body_text=body[: reading.limits.text_characters], inline=tuple(gathered.inline))
    return Extract(
        text=described(info), children=tuple(files), message=info, warnings=tuple(gathered.warnings)
    )


def extract_mbox(data: bytes, reading: Reading, depth: int) -> Extract:
    """Several messages in one file, each a child; one alone is simply that message."""
    messages = [piece for piece in _MBOX_CUT.split(data) if piece.strip()]
    if len(messages) <= 1:
        return extract(data, reading, depth)
    children = []
    for piece in messages:
        if not reading.may_add_part():
            break
        message = _FROM_LINE.sub(b"", piece)
        name = headers.header_text(mime.parse_headers(message).field("subject"), 100) or _("viesti")
        children.append(reading.part(message, f"{name}.eml", depth=depth + 1, declared=kinds.EML))
    warning = ngettext(
        "Tiedostossa on {n} viesti. Kirjaa se erikseen.",
        "Tiedostossa on {n} viestiä. Kirjaa kukin niistä erikseen.",
        len(children),
    ).format(n=len(children))
    text = "\n\n".join(child.text for child in children)
    return Extract(text=text, children=tuple(children), warnings=(warning,))


def read_headers(data: bytes) -> tuple[MessageInfo, tuple[str, ...]]:
    """What the fields say, for a message too large or too broken to take apart."""
    info, remarks = _read_fields(mime.parse_headers(_FROM_LINE.sub(b"", data.lstrip(b"\r\n\t "))))
    return info, tuple(remarks)


def _read_fields(message: Part) -> tuple[MessageInfo, list[str]]:
    remarks: list[str] = []
    senders = headers.addresses(message.fields("from"))
    if len(senders) > 1:
        remarks.append(_("Viestillä on useita lähettäjiä. Tarkista, kuka asian on pannut vireille."))
    named = headers.addresses(message.fields("sender")) if len(senders) != 1 else ()
    fallback = (
        named or senders or headers.addresses(message.fields("reply-to") or message.fields("return-path"))
    )
    if not message.keys():
        remarks.append(_("Viestissä ei ole otsaketietoja. Merkitse lähettäjä ja saapumisaika itse."))
    elif not fallback:
        remarks.append(_("Viestistä ei selviä lähettäjää. Merkitse lähettäjä itse."))
    sent_at, doubt = headers.moment(message.field("date"))
    if doubt:
        remarks.append(doubt)
    info = MessageInfo(
        subject=headers.header_text(message.field("subject")),
        sender=(fallback or (Address(),))[0],
        recipients=headers.addresses(message.fields("to")),
        cc=headers.addresses(message.fields("cc")),
        sent_at=sent_at,
        received_at=_received_at(message.fields("received")),
        message_id=next(iter(headers.message_ids(message.field("message-id"))), ""),
        in_reply_to=next(iter(headers.message_ids(message.field("in-reply-to"))), ""),
        references=headers.message_ids(" ".join(message.fields("references"))),
    )
    return info, remarks


def _received_at(received: list[str]) -> datetime | None:
    """Each server writes its line above the earlier ones, so the topmost is the newest."""
    for line in received:
        moment, _doubt = headers.moment(line.rpartition(";")[2])
        if moment is not None:
            return moment
    return None


def _gather(message: Part, shown: frozenset[str], gathered: _Gathered, reading: Reading, depth: int) -> None:
    """Sort the leaves of ``message`` to body, attachments and decoration, in the order of reading."""
    pending: list[tuple[Part, _Slot | None]] = [(message, None)]
    while pending:
        part, slot = pending.pop()
        inner = part.children()
        if inner:
            if part.real_type == "multipart/alternative" and slot is None:
                slot = _Slot()
                gathered.slots.append(slot)
            if part.real_type == "multipart/signed":
                gathered.warnings.append(
                    _("Viesti on sähköisesti allekirjoitettu. Allekirjoitusta ei ole tarkistettu.")
                )
            pending.extend((one, slot) for one in reversed(inner))
        elif _is_body(part):
            if slot is None:
                slot = _Slot()
                gathered.slots.append(slot)
            (slot.html if part.real_type == "text/html" else slot.plain).append(_text(part))
        elif reading.may_add_part():
            file = _file(part, gathered, reading, depth)
            decoration = file.media_type.startswith("image/") and part.content_id() in shown
            (gathered.inline if decoration and part.content_id() else gathered.files).append(file)
        else:
            gathered.left_out += 1


def _is_body(part: Part) -> bool:
    if part.disposition() == "attachment" or part.filename():
        return False
    # A multipart that could not be cut is shown as it stands.
    return part.real_type in _BODY_TYPES or part.real_type.startswith("multipart/")


def _text(part: Part) -> str:
    data, _damaged = part.content()
    return decode_text(data, part.charset())


def _file(part: Part, gathered: _Gathered, reading: Reading, depth: int) -> ParsedFile:
    data, damaged = part.content()
    name, declared = part.filename(), part.real_type
    if declared == kinds.EML:
        subject = headers.header_text(mime.parse_headers(data[:100_000]).field("subject"), 100)
        name = name or f"{subject or _('viesti')}.eml"
    elif not name:
        name = _unnamed(part, data, len(gathered.files) + 1)
    warnings: tuple[str, ...] = ()
    if damaged:
        warnings = (
            _(
                "Liitteen {name} koodaus on vioittunut, joten sisältö voi olla vajaa. Pyydä se uudelleen."
            ).format(name=headers.header_text(name, 100)),
        )
    return reading.part(data, name, depth=depth + 1, declared=declared, warnings=warnings)


def _unnamed(part: Part, data: bytes, number: int) -> str:
    import io

    from workbench.documents.reading.detect import detect

    try:
        media_type = detect(io.BytesIO(data), "", part.real_type)
    except Exception:  # the guard tells the same of the part itself
        media_type = kinds.UNKNOWN
    return _("liite {n}").format(n=number) + kinds.usual_extension(media_type)


def _lift_outlook(gathered: _Gathered, body: str) -> tuple[list[ParsedFile], str]:
    """An opened winmail.dat gives way to what it held; one that did not open stays."""
    files: list[ParsedFile] = []
    for file in gathered.files:
        if file.media_type != kinds.TNEF or file.message is None or not file.children:
            body = body or (file.message.body_text if file.message else "")
            files.append(file)
            continue
        gathered.warnings.append(
            _("Outlookin liitepaketti {name} avattiin. Paketti itse on alkuperäisessä viestissä.").format(
                name=file.filename
            )
        )
        gathered.warnings.extend(file.warnings)
        files.extend(file.children)
        body = body or file.message.body_text
    return files, body


def described(info: MessageInfo) -> str:
    """The message as one text: what search finds it by."""
    top = []
    if str(info.sender):
        top.append(_("Lähettäjä: {name}").format(name=info.sender))
    if info.subject:
        top.append(_("Aihe: {subject}").format(subject=info.subject))
    return "\n".join([*top, "", info.body_text]).strip()
