"""A described message written as a standard e-mail file, for messages that had no file of their own."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from workbench.documents.reading.model import Address, MessageInfo, ParsedFile


def write_eml(info: MessageInfo, files: tuple[ParsedFile, ...]) -> bytes:
    """The message with its attachments and images, exact in bytes."""
    message = EmailMessage()
    message["Subject"] = info.subject
    for name, people in (("From", (info.sender,)), ("To", info.recipients), ("Cc", info.cc)):
        value = ", ".join(filter(None, map(_address, people)))
        if value:
            message[name] = value
    if info.sent_at:
        message["Date"] = format_datetime(info.sent_at)
    for name, value in (("Message-ID", info.message_id), ("In-Reply-To", info.in_reply_to)):
        if value:
            message[name] = f"<{value}>"
    if info.references:
        message["References"] = " ".join(f"<{one}>" for one in info.references)
    message.set_content(info.body_text, cte="base64")
    for file in (*files, *info.inline):
        # base64 for every attachment: the bytes stay what they were, whatever the type.
        message.add_attachment(file.content, "application", "octet-stream", filename=file.filename)
    return message.as_bytes()


def _address(person: Address) -> str:
    name = "".join(character for character in person.name if character not in '"\\<>')
    email = person.email if person.email.isascii() and " " not in person.email else ""
    if not email:
        return f'"{name}" <>' if name else ""
    return f'"{name}" <{email}>' if name else email
