"""Letters of the demonstration region as real files: mails with attachments, PDFs, text documents.

Deterministic: the same words and moment give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from xml.sax.saxutils import escape

_FIXED_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def mail(
    *,
    sender: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    body: str,
    sent_at: datetime,
    message_id: str,
    in_reply_to: str = "",
    attachments: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    """An RFC 5322 message, as the registry's mailbox would export it."""
    message = EmailMessage()
    message["From"] = f"{sender[0]} <{sender[1]}>" if sender[0] else sender[1]
    message["To"] = f"{to[0]} <{to[1]}>"
    message["Subject"] = subject
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{message_id}>"
    if in_reply_to:
        message["In-Reply-To"] = f"<{in_reply_to}>"
        message["References"] = f"<{in_reply_to}>"
    message.set_content(body)
    for filename, content in attachments:
        kind = "pdf" if filename.endswith(".pdf") else "octet-stream"
        if filename.endswith(".docx"):
            kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
        message.add_attachment(content, maintype="application", subtype=kind, filename=filename)
    if attachments:
        message.set_boundary(f"=={message_id.partition('@')[0]}==")
    return message.as_bytes()


def pdf(title: str, body: str) -> bytes:
    """A letter as a PDF of one or more pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus.flowables import Spacer

    styles = getSampleStyleSheet()
    parts = [Paragraph(escape(title), styles["Heading2"]), Spacer(1, 12)]
    for paragraph in body.split("\n\n"):
        parts += [Paragraph(escape(paragraph).replace("\n", "<br/>"), styles["BodyText"]), Spacer(1, 6)]
    out = io.BytesIO()
    # invariant: no time stamps inside, so that the same letter is the same bytes.
    SimpleDocTemplate(out, pagesize=A4, title=title, leftMargin=72, rightMargin=72, invariant=1).build(parts)
    return out.getvalue()


def docx(title: str, body: str) -> bytes:
    """A letter as a word-processor document."""
    from docx import Document

    document = Document()
    document.core_properties.created = datetime(2026, 1, 1)  # noqa: DTZ001 - the format has no zone
    document.core_properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001
    document.add_heading(title, level=1)
    for paragraph in body.split("\n\n"):
        document.add_paragraph(paragraph)
    raw = io.BytesIO()
    document.save(raw)
    # Members carry the time of saving; written again with a fixed one.
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _FIXED_ZIP_TIME), source.read(name))
    return out.getvalue()
