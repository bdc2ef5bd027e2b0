"""An arrival as a letter: what its writer says, apart from quoted earlier messages and the signature.

Pure text work on untrusted input: nothing here raises on any text, and sizes are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.cases.intake.queries import ArrivalDetail

LONGEST_BODY = 20_000
LONGEST_ATTACHMENT = 20_000
MOST_ATTACHMENTS = 12

_REPLY_MARK = re.compile(r"^\s*(?:re|vs|sv|aw|antw|vast)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_FORWARD_MARK = re.compile(r"^\s*(?:fw|fwd|vl|vb|wg|edelleen)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_LIST_MARK = re.compile(r"^\s*\[(?:ext|ulkoinen|external|spam\??|suspicious)[^\]]{0,20}\]\s*", re.IGNORECASE)
_QUOTE_START = re.compile(
    r"^(?:"
    r"-{2,}\s*(?:alkuperäinen viesti|original message|välitetty viesti|forwarded message"
    r"|edelleenlähetetty viesti|ursprungligt meddelande)"
    r"|_{10,}\s*$"
    r"|(?:lähettäjä|från|from)\s*:\s*\S"
    r"|(?:on|den|ma|ti|ke|to|pe|la|su)\b.{0,120}\b(?:wrote|kirjoitti|skrev)\s*:?\s*$"
    r"|.{0,100}\bkirjoitti\s*(?:\([^)]{0,60}\)\s*)?:\s*$"
    r")",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:parhain|ystävällisin|kohteliain)\s+terveisin|ystävällisesti|terveisin|kunnioittaen|terv\b"
    r"|kiittäen|t\.|br\b|best regards|kind regards|regards|med vänlig(?:a)? hälsning(?:ar)?|mvh"
    r"|allekirjoitus|--\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LetterFile:
    """A file that came along."""

    filename: str
    media_type: str
    sha256: str
    size: int
    text: str


@dataclass(frozen=True)
class Letter:
    """What the recognisers read.

    ``body`` is the writer's own text without signature, ``signature`` what follows the closing words,
    ``quoted`` the earlier messages below. A paper letter's scanned text counts as its body.
    """

    municipality: str
    subject: str
    bare_subject: str
    is_reply: bool
    is_forward: bool
    body: str
    signature: str
    quoted: str
    attachments: tuple[LetterFile, ...]
    original: LetterFile | None
    is_message: bool
    sender_name: str
    sender_email: str
    message_id: str
    references: tuple[str, ...]
    channel: str

    @property
    def own_text(self) -> str:
        """Subject, body and signature."""
        return f"{self.bare_subject}\n{self.body}\n{self.signature}"

    @property
    def attachment_text(self) -> str:
        """Text of all attachments."""
        return "\n".join(a.text for a in self.attachments)

    @property
    def domain(self) -> str:
        """The part after @ of the sender's address."""
        return self.sender_email.rpartition("@")[2].lower()


def letter_of(arrival: ArrivalDetail) -> Letter:
    """Take an arrival apart."""
    files = [
        LetterFile(f.filename, f.media_type, f.sha256, f.size, clean(f.text[: 2 * LONGEST_ATTACHMENT]))
        for f in arrival.files[: MOST_ATTACHMENTS + 1]
    ]
    is_message = bool(arrival.files and arrival.files[0].is_message) or arrival.row.channel == "email"
    whole = clean((arrival.body or "")[: 2 * LONGEST_BODY])
    if not whole.strip() and files:
        whole = files[0].text
    own, quoted = split_quoted(whole[:LONGEST_BODY])
    body, signature = split_signature(own)
    subject = " ".join(clean(arrival.row.subject[:1000]).split())
    bare, is_reply, is_forward = bare_subject(subject)
    return Letter(
        municipality=arrival.row.municipality,
        subject=subject,
        bare_subject=bare,
        is_reply=is_reply,
        is_forward=is_forward,
        body=body,
        signature=signature,
        quoted=quoted,
        attachments=tuple(files[1:]),
        original=files[0] if files else None,
        is_message=is_message,
        sender_name=" ".join(clean(arrival.sender_name).split())[:200],
        sender_email=arrival.sender_email.strip().lower()[:200],
        message_id=arrival.message_id.strip().strip("<>"),
        references=tuple(r.strip().strip("<>") for r in arrival.references if r.strip())[-50:],
        channel=arrival.row.channel,
    )


def clean(text: str) -> str:
    """One kind of line end and blank; control characters gone."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u00ad", "")
    return "".join(c if c in "\n\t" or c.isprintable() else " " for c in plain)


def bare_subject(subject: str) -> tuple[str, bool, bool]:
    """The subject without reply and forward marks, and which of them it had."""
    reply = forward = False
    rest = subject
    while True:
        for pattern, kind in ((_REPLY_MARK, "reply"), (_FORWARD_MARK, "forward"), (_LIST_MARK, "")):
            match = pattern.match(rest)
            if match:
                rest = rest[match.end() :]
                reply, forward = reply or kind == "reply", forward or kind == "forward"
                break
        else:
            return rest.strip(), reply, forward


def split_quoted(text: str) -> tuple[str, str]:
    """The writer's own lines, and the earlier messages quoted below or between them."""
    own: list[str] = []
    quoted: list[str] = []
    lines = text.split("\n")
    for position, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            quoted.append(line.lstrip("> \t"))
        elif _QUOTE_START.match(line.strip()) and (position > 0 or len(lines) > 3):
            if not any(x.strip() for x in own):  # a forwarded message: what follows is the matter itself
                own.append(line)
                continue
            quoted.extend(lines[position:])
            break
        else:
            own.append(line)
    return "\n".join(own).strip(), "\n".join(quoted).strip()


def split_signature(text: str) -> tuple[str, str]:
    """The text, and what follows its closing words."""
    lines = text.split("\n")
    for position in range(len(lines) - 1, 0, -1):
        if _CLOSING.match(lines[position]) and len(lines[position]) < 80 and len(lines) - position <= 25:
            return "\n".join(lines[:position]).strip(), "\n".join(lines[position:]).strip()
    return text.strip(), ""
