"""Hostile messages in messages and in formats of one maker: nesting, winmail.dat, .msg, S/MIME, cards."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.corpora.compound import Outlook, outlook_message
from tests.corpora.hostile import Recipe
from tests.corpora.hostile_mail import PLAIN, TOP, attachment, letter, mixed
from tests.corpora.winmail import winmail

MSG = "application/vnd.ms-outlook"


def nested(depth: int) -> bytes:
    """A message with ``depth`` messages inside each other."""
    data = letter(b"Sisin viesti", b"Subject: Sisin")
    for level in range(depth):
        data = mixed(PLAIN + b"Taso %d" % level, b"Content-Type: message/rfc822\r\n\r\n" + data,
                     subject=b"Taso %d" % level, boundary=b"raja%d" % level)  # fmt: skip
    return data


def recipes() -> Iterator[Recipe]:
    """All of them."""
    yield Recipe("nested_3", "a.eml", nested(3), "text", ("Sisin viesti", "Taso 0"), files=("Taso 1.eml",))
    yield Recipe(
        "nested_200", "a.eml", nested(200), "text", ("Taso 199",), reason="viestin tai paketin sisällä"
    )
    coded = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(
        letter(b"Koodattu sisin", b"Subject: Koodattu")
    )
    yield Recipe("nested_base64", "a.eml", mixed(coded), "text", ("Koodattu sisin",), files=("Koodattu.eml",))
    yield from _winmail()
    yield from _outlook()
    yield from _signed()


def _winmail() -> Iterator[Recipe]:
    package = winmail("Lausunto", "Runko paketissa: äö", [("Pitkä lausunto.txt", b"Lausunnon teksti")])
    kind = b"Content-Type: application/ms-tnef; name=winmail.dat"
    with_package = mixed(PLAIN, attachment(package, kind))
    yield Recipe("winmail", "a.eml", with_package, "text", ("Runko paketissa: äö", "Lausunnon teksti"),
                 files=("Pitkä lausunto.txt",), reason="liitepaketti")  # fmt: skip
    alone = winmail("Lausunto", "", [("a.txt", b"Alfa"), ("a.txt", b"Beeta")], name_codepage=False)
    yield Recipe(
        "winmail_alone", "winmail.dat", alone, "text", ("Alfa", "Beeta"), files=("a.txt", "a (2).txt")
    )
    cut = mixed(PLAIN + b"Hei", attachment(package[:50], kind))
    yield Recipe("winmail_cut", "a.eml", cut, "text", ("Hei",), files=("winmail.dat",),
                 reason="on katkennut")  # fmt: skip
    lying = package[:6] + struct.pack("<BHHI", 2, 0x800F, 6, 0xFFFFFFF0) + b"x" * 40
    yield Recipe("winmail_lying", "winmail.dat", lying, "kept", reason="rikki tai poikkeava")


def _outlook() -> Iterator[Recipe]:
    inner = Outlook(
        "Sisempi", ("Liisa", "liisa@example.fi"), body="Sisemmän teksti", attachments=[("a.txt", b"Alfa")]
    )
    message = Outlook(
        "Rakennuslupa",
        ("Aino Virtanen", "aino@example.fi"),
        [("Kirjaamo", "kirjaamo@veteli.fi")],
        sent_at=datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
        received_at=datetime(2026, 11, 24, 7, 31, tzinfo=UTC),
        body="Hyvä kirjaamo, ohessa hakemus.",
        attachments=[("hakemus.txt", b"Haen lupaa saunalle"), ("iso.bin", bytes(9_000)), inner],
    )
    whole = outlook_message(message)
    yield Recipe("msg", "a.msg", whole, "text", ("Hyvä kirjaamo", "saunalle", "Sisemmän teksti", "Alfa"),
                 files=("hakemus.txt", "iso.bin", "Sisempi.eml"), media_type=MSG)  # fmt: skip
    yield Recipe("msg_cut", "a.msg", whole[:6_000], "kept", reason="vioittunut", media_type=MSG)
    yield Recipe("msg_header_only", "a.msg", whole[:512], "kept", reason="vioittunut", media_type=MSG)
    html = Outlook(
        "HTML", ("A", "a@x.fi"), html=b"<meta charset=utf-8><p>Vain <b>HTML</b></p><script>x</script>"
    )
    yield Recipe("msg_html", "a.msg", outlook_message(html), "text", ("Vain HTML",), files=())
    rtf = b"{\\rtf1\\ansi Vain RTF-teksti\\par}"
    packed = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    rich = Outlook("R", ("A", "a@x.fi"), compressed_rtf=packed)
    yield Recipe("msg_rtf", "a.msg", outlook_message(rich), "text", ("Vain RTF-teksti",))
    yield Recipe("msg_empty", "a.msg", outlook_message(Outlook()), "kept", reason="ei selviä lähettäjää")
    yield Recipe("msg_named_eml", "a.eml", whole, "text", ("Hyvä kirjaamo",), reason="Outlook-viesti")
    deep = Outlook("Pohja", ("A", "a@x.fi"), body="Pohjalla")
    for level in range(30):
        deep = Outlook(f"Taso {level}", ("A", "a@x.fi"), body=f"Taso {level}", attachments=[deep])
    yield Recipe("msg_30_deep", "a.msg", outlook_message(deep), "text", ("Taso 29", "Taso 22"))


def _signed() -> Iterator[Recipe]:
    oid = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
    enveloped = b"\x30\x82\x01\x00" + oid + b"\x03" + bytes(200)
    signed = b"\x30\x80" + oid + b"\x02" + bytes(200)
    signature = attachment(signed, b"Content-Type: application/pkcs7-signature; name=smime.p7s")
    mail = mixed(PLAIN + b"Allekirjoitettu teksti", signature).replace(
        b"multipart/mixed", b"multipart/signed"
    )
    yield Recipe("smime_signed", "a.eml", mail, "text", ("Allekirjoitettu teksti",), files=("smime.p7s",),
                 reason="ei ole tarkistettu")  # fmt: skip
    locked = (
        TOP
        + b"Subject: Salattu\r\n"
        + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(enveloped)
    )
    yield Recipe(
        "smime_encrypted", "a.eml", locked, "text", ("Salattu",), files=("smime.p7m",), reason="on salattu"
    )
    event = b"BEGIN:VEVENT\r\nSUMMARY:Katselmus\r\nEND:VEVENT\r\n"
    invitation = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + event + b"END:VCALENDAR"
    part = b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + invitation
    yield Recipe("invitation", "a.eml", mixed(PLAIN + b"Kutsu", part), "text", ("SUMMARY:Katselmus",),
                 files=("liite 1.ics",))  # fmt: skip
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Aino Virtanen\r\nEND:VCARD\r\n"
    yield Recipe("vcard", "a.vcf", card, "text", ("FN:Aino Virtanen",), media_type="text/vcard")
    report = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.x.fi\r\n\r\nStatus: 5.1.1\r\n"
    )
    yield Recipe("delivery_report", "a.eml", mixed(PLAIN + b"Ei perille", report), "text", ("Status: 5.1.1",))
