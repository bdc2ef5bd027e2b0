"""Messages of other makers and messages in messages: same description, exact attachments."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from tests.corpora import samples
from tests.corpora.compound import Outlook, compound_file, outlook_message
from tests.corpora.hostile_mail import PLAIN, attachment, letter, mixed
from tests.corpora.winmail import winmail
from workbench.documents.reading.model import Address
from workbench.documents.reading.read import read_bytes

SENT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


def test_an_outlook_message() -> None:
    pdf = samples.pdf("Liitteen teksti")
    inner = Outlook("Alkuperäinen kysely", ("Liisa Harju", "liisa@example.fi"), [("Aino", "aino@example.fi")],
                    sent_at=SENT, body="Voisitteko lausua?", message_id="<k@example.fi>",
                    attachments=[("kartta.pdf", pdf)])  # fmt: skip
    message = Outlook(
        "VS: Alkuperäinen kysely",
        ("Aino Virtanen", "aino@example.fi"),
        [("Vetelin kirjaamo", "kirjaamo@veteli.fi")],
        [("Matti", "matti@example.fi")],
        sent_at=SENT,
        received_at=datetime(2026, 11, 24, 7, 31, tzinfo=UTC),
        body="Lausunto liitteenä.\r\nAino",
        message_id="<v@example.fi>",
        in_reply_to="<k@example.fi>",
        attachments=[("Lausunto ÄÖ.pdf", pdf), inner],
    )
    data = outlook_message(message)
    arrival = read_bytes(data, "viesti.msg")
    assert arrival.kind == "email"
    assert arrival.subject == "VS: Alkuperäinen kysely"
    assert arrival.sender == Address("Aino Virtanen", "aino@example.fi")
    assert arrival.recipients == (Address("Vetelin kirjaamo", "kirjaamo@veteli.fi"),)
    assert arrival.cc == (Address("Matti", "matti@example.fi"),)
    assert (arrival.sent_at, arrival.received_at) == (SENT, datetime(2026, 11, 24, 7, 31, tzinfo=UTC))
    assert (arrival.message_id, arrival.in_reply_to, arrival.thread_key) == (
        "v@example.fi", "k@example.fi", "k@example.fi"
    )  # fmt: skip
    assert arrival.body_text == "Lausunto liitteenä.\nAino"
    statement, question = arrival.files
    assert (statement.filename, statement.text, statement.content) == (
        "Lausunto ÄÖ.pdf",
        "Liitteen teksti",
        pdf,
    )
    assert question.message is not None
    assert question.message.subject == "Alkuperäinen kysely"
    assert question.message.sender == Address("Liisa Harju", "liisa@example.fi")
    assert question.message.sent_at == SENT
    assert question.message.message_id == "k@example.fi"
    assert question.children[0].content == pdf
    assert arrival.original.content == data


def test_a_torn_stream_costs_only_its_attachment() -> None:
    message = Outlook(
        "Aihe", ("A", "a@x.fi"), body="Teksti", attachments=[("a.bin", b"x" * 9_000), ("b.txt", b"beeta")]
    )
    data = bytearray(outlook_message(message))
    # Point the large stream's directory entry to a sector far outside the file.
    position = next(p for p in _entries(data, "__substg1.0_37010102") if _size(data, p) == 9_000)
    struct.pack_into("<I", data, position + 116, 0x00FFFFFF)
    arrival = read_bytes(bytes(data), "a.msg")
    assert (arrival.subject, arrival.body_text) == ("Aihe", "Teksti")
    assert [file.content for file in arrival.files] == [b"", b"beeta"]
    assert any("osa tiedoista tai liitteistä puuttuu" in warning for warning in arrival.warnings)


def test_an_object_pasted_into_an_outlook_text_is_no_message() -> None:
    tree = {
        "__properties_version1.0": bytes(32),
        "__attach_version1.0_#00000000": {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3701000D": {"Contents": b"drawing"},
        },
    }
    arrival = read_bytes(compound_file(tree), "a.msg")  # type: ignore[arg-type]
    assert arrival.files == ()
    assert any("1 jäi erottamatta" in warning for warning in arrival.warnings)


def _size(data: bytearray, entry: int) -> int:
    return int(struct.unpack_from("<Q", data, entry + 120)[0])


def _entries(data: bytearray, name: str) -> list[int]:
    needle, found, position = name.encode("utf-16-le"), [], -1
    while (position := data.find(needle, position + 1)) >= 0:
        found.append(position)
    return found


def test_winmail_gives_its_attachments_and_its_body() -> None:
    pdf = samples.pdf("Paketin liite")
    package = winmail("Aihe", "Paketin runko", [("Lausunto.pdf", pdf), ("kuva.png", b"\x89PNG\r\n\x1a\n0")])
    kind = b"Content-Type: application/ms-tnef; name=winmail.dat"
    arrival = read_bytes(mixed(PLAIN + b"Viestin oma runko", attachment(package, kind)), "a.eml")
    assert arrival.body_text == "Viestin oma runko"
    assert [file.filename for file in arrival.files] == ["Lausunto.pdf", "kuva.png"]
    assert arrival.files[0].content == pdf
    assert read_bytes(mixed(PLAIN, attachment(package, kind)), "a.eml").body_text == "Paketin runko"


def test_a_message_in_a_message_keeps_its_exact_bytes() -> None:
    inner = mixed(PLAIN + "Sisällä".encode(), attachment(b"liite", b"Content-Type: text/plain; name=a.txt"),
                  subject="Sisempi ä".encode("latin-1"), boundary=b"sisempi")  # fmt: skip
    arrival = read_bytes(mixed(PLAIN + b"Ulkona", b"Content-Type: message/rfc822\r\n\r\n" + inner), "a.eml")
    (child,) = arrival.files
    assert child.content == inner
    assert child.filename == "Sisempi ä.eml"
    assert child.message is not None
    assert child.message.body_text == "Sisällä"
    assert [grandchild.text for grandchild in child.children] == ["liite"]
    assert arrival.body_text == "Ulkona"


def test_decoration_is_apart_from_attachments() -> None:
    logo = attachment(
        b"\x89PNG\r\n\x1a\nlogo", b"Content-Type: image/png; name=logo.png\r\nContent-ID: <logo@x>"
    )
    photo = attachment(
        b"\xff\xd8\xff\xe0photo", b"Content-Type: image/jpeg; name=kuva.jpg\r\nContent-ID: <kuva@x>"
    )
    page = b'Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hei</p><img src="cid:logo@x">'
    arrival = read_bytes(mixed(page, logo, photo), "a.eml")
    assert [file.filename for file in arrival.inline] == ["logo.png"]
    assert [file.filename for file in arrival.files] == ["kuva.jpg"]


def test_plain_text_is_preferred_to_html_of_the_same() -> None:
    both = mixed(PLAIN + b"Teksti", b"Content-Type: text/html\r\n\r\n<p>Sivu</p>").replace(
        b"/mixed", b"/alternative"
    )
    assert read_bytes(both, "a.eml").body_text == "Teksti"


def test_arrival_time_is_the_newest_servers() -> None:
    data = letter(
        b"x",
        b"Received: by uusi; Tue, 24 Nov 2026 12:00:00 +0200",
        b"Received: by rikki; ei aikaa",
        b"Received: by vanha; Mon, 23 Nov 2026 12:00:00 +0200",
    )
    assert read_bytes(data, "a.eml").received_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert read_bytes(letter(b"x"), "a.eml").received_at is None


def test_a_winmail_that_claims_four_thousand_million_properties_is_read_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The count is believed by nobody: the program would have counted for hours."""
    data = winmail("Kokouskutsu", "Tervetuloa.", [("lista.txt", b"yksi")])
    name = struct.pack("<HHII", 0x001F, 0x3707, 1, len("lista.txt\0".encode("utf-16-le")))
    claimed = data.replace(struct.pack("<I", 1) + name, struct.pack("<I", 0xFFFFFFFF) + name)
    assert claimed != data
    arrival = read_bytes(claimed, "winmail.dat")
    assert [file.content for file in arrival.walk() if file.filename.endswith(".txt")] == [b"yksi"]
    assert not caplog.records
