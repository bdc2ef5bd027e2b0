"""Hostile e-mail: headers, encodings, dates and structures as real programs break them."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.corpora.hostile import Recipe

EML = "message/rfc822"
TOP = (
    b"From: Aino Virtanen <aino@example.fi>\r\n"
    b"To: kirjaamo@veteli.fi\r\n"
    b"Date: Tue, 24 Nov 2026 09:30:00 +0200\r\n"
)
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"


def letter(body: bytes, *headers: bytes, top: bytes = TOP) -> bytes:
    """A message of one part."""
    return top + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body


def attachment(data: bytes, header: bytes) -> bytes:
    """A part in base64; ``header`` holds its type and disposition."""
    return header + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)


def mixed(*parts: bytes, subject: bytes = b"Liitteet", boundary: bytes = b"raja", end: bool = True) -> bytes:
    """A multipart/mixed message."""
    cut = b"\r\n--" + boundary
    body = b"".join(cut + b"\r\n" + part for part in parts) + (cut + b"--\r\n" if end else b"")
    return letter(
        body,
        b"Subject: " + subject,
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="%s"' % boundary,
    )


def named(parameter: bytes, data: bytes = b"Liitteen sisalto") -> bytes:
    """A message with one attachment whose Content-Disposition is ``parameter``."""
    text = PLAIN + "Hyvä kirjaamo, ohessa liite.".encode()
    part = attachment(
        data, b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + parameter
    )
    return mixed(text, part)


def recipes() -> Iterator[Recipe]:
    """All of them."""
    yield from _bodies()
    yield from _headers()
    yield from _long_fields()
    yield from _dates()
    yield from _structures()
    yield from _names()


def _mail(
    name: str, data: bytes, *says: str, reason: str = "", files: tuple[str, ...] | None = None
) -> Recipe:
    kind = "text" if says else "kept"
    return Recipe(name, f"{name}.eml", data, kind, says, reason, files, EML)  # type: ignore[arg-type]


def _bodies() -> Iterator[Recipe]:
    umlaut = "Läheinen naapuri häiritsee yöllä"
    yield _mail("lf_only", letter(umlaut.encode(), b"Subject: LF").replace(b"\r\n", b"\n"), umlaut)
    yield _mail(
        "cr_only", letter(b"Rivi yksi\r\nRivi kaksi", b"Subject: CR").replace(b"\r\n", b"\r"), "Rivi kaksi"
    )
    yield _mail(
        "mixed_line_ends", letter(b"yksi\rkaksi\nkolme\r\nnelja\n\r", b"Subject: sekaisin"), "kolme\nnelja"
    )
    yield _mail("nul_in_body", letter(b"ennen\x00j\x00alkeen", b"Subject: nolla"), "ennenjalkeen")
    yield _mail(
        "bad_charset", letter(umlaut.encode(), b"Content-Type: text/plain; charset=x-no-such-charset"), umlaut
    )
    yield _mail(
        "lying_charset", letter(umlaut.encode("cp1252"), b"Content-Type: text/plain; charset=utf-8"), umlaut
    )
    yield _mail(
        "ascii_charset", letter(umlaut.encode(), b"Content-Type: text/plain; charset=us-ascii"), umlaut
    )
    yield _mail(
        "latin9_euro",
        letter("Hinta on 45 €/m².".encode("iso8859-15"), b"Content-Type: text/plain; charset=ISO-8859-15"),
        "45 €/m²",
    )
    yield _mail(
        "base64_rubbish_body",
        letter(
            base64.b64encode(umlaut.encode())[:20] + b"!!**\r\n" + base64.b64encode(umlaut.encode())[20:],
            b"Content-Type: text/plain; charset=utf-8",
            b"Content-Transfer-Encoding: base64",
        ),
        umlaut,
    )
    yield _mail(
        "broken_quoted_printable",
        letter(b"L=E4heinen =ZZ naap=\r\nuri =", b"Content-Type: text/plain; charset=iso-8859-1",
               b"Content-Transfer-Encoding: quoted-printable"),
        "Läheinen",
        "naapuri",
    )  # fmt: skip
    page = (
        b"<html><head><style>p{}</style><script>alert('x')</script></head><body><p>Hei!</p>Rivi<br>vaihtuu"
        b"<a href='http://evil.example/x'>linkki</a><img src='http://evil.example/p.png'></body></html>"
    )
    yield _mail("html_script", letter(page, b"Content-Type: text/html"), "Hei!", "Rivi\nvaihtuulinkki")
    deep = b"<div>" * 50_000 + b"syvalla" + b"</div>" * 50_000
    yield _mail("html_deep", letter(deep, b"Content-Type: text/html"), "syvalla")
    yield _mail("empty_body", letter(b"", b"Subject: Aihe ilman tekstia"), "Aihe ilman tekstia")


def _headers() -> Iterator[Recipe]:
    yield _mail("no_headers", b"\r\nPelkka viesti ilman otsakkeita.\r\n", "Pelkka viesti")
    yield _mail("only_headers", TOP + b"Subject: Vain otsakkeet\r\n", "Vain otsakkeet")
    yield _mail("header_8bit", letter(b"x", "Subject: Häiriö yöllä".encode("latin-1")), "Häiriö yöllä")
    yield _mail("header_utf8", letter(b"x", "Subject: Häiriö yöllä 🌲".encode()), "Häiriö yöllä 🌲")
    yield _mail(
        "word_cut_in_letter", letter(b"x", b"Subject: =?utf-8?B?SMOk?=\r\n =?utf-8?B?aXJpw7Y=?="), "Häiriö"
    )
    yield _mail(
        "word_letter_halved",
        letter(b"x", b"Subject: =?utf-8?Q?H=C3?=\r\n =?utf-8?Q?=A4iri=C3=B6?="),
        "Häiriö",
    )
    yield _mail(
        "word_unknown_charset", letter(b"x", b"Subject: =?x-mac?Q?H=C3=A4iri=C3=B6?= ja loppu"), "ja loppu"
    )
    yield _mail(
        "word_spaces", letter(b"x", b"Subject: =?iso-8859-1?Q?H=E4iri=F6 y=F6ll=E4?="), "Häiriö yöllä"
    )
    yield _mail("word_broken", letter(b"x", b"Subject: =?utf-8?B?S%%%mOkbG8?= =?utf-8?Q?kesken"), "kesken")
    yield _mail("subject_long", letter(b"x", b"Subject: " + b"pitka aihe " * 50_000), "pitka aihe")
    yield _mail(
        "many_from",
        letter(
            b"teksti", b"Subject: Yhteinen", top=b'From: A <a@x.fi>, "B, Oy" <b@x.fi>\r\nTo: k@veteli.fi\r\n'
        ),
        "teksti",
        reason="useita lähettäjiä",
    )
    yield _mail(
        "from_broken", letter(b"teksti", top=b"From: <<aino@x.fi> Aino (((\r\nSubject: S\r\n"), "aino@x.fi"
    )
    yield _mail("from_missing", letter(b"teksti", b"Subject: Nimeton", top=b"To: k@veteli.fi\r\n"), "teksti",
                reason="ei selviä lähettäjää")  # fmt: skip
    doubled = letter(b"teksti", b"Subject: Ensimmainen", b"Subject: Toinen", b"From: toinen@x.fi", b"Date: x")
    yield _mail("duplicate_headers", doubled, "Ensimmainen", "aino@example.fi")
    yield _mail(
        "header_without_colon", letter(b"teksti", b"Tama rivi on rikki", b"Subject: Jalkeen"), "teksti"
    )
    yield _mail(
        "header_injection", letter(b"teksti", b"Subject: a\r\n\t\r\n\t<script>alert(1)</script>"), "<script>"
    )
    crowd = b", ".join(b"v%d@x.fi" % n for n in range(5_000))
    yield _mail("many_recipients", letter(b"teksti", b"Cc: " + crowd), "teksti")
    yield _mail(
        "address_grammar",
        letter(b"teksti", b"Cc: " + b"((((" * 3_000 + b"<a@b", b"Reply-To: ,;:<>"),
        "teksti",
    )


def _long_fields() -> Iterator[Recipe]:
    for name, value in (
        ("parameters_without_end", b"text/plain; " + b"a=b; " * 200_000),
        ("semicolons_quoted", b'text/plain; name="' + b";" * 200_000),
        ("parameters_in_pieces", b"text/plain; " + b"".join(b"name*%d=a; " % n for n in range(50_000))),
    ):
        yield _mail(
            name, letter(b"teksti", b"Subject: Pitka kentta", b"Content-Type: " + value), "Pitka kentta"
        )


def _dates() -> Iterator[Recipe]:
    for name, date, reason in (
        ("date_impossible", b"Wed, 32 Foo 2026 99:99:99 +0200", "ei ole oikea päivä"),
        ("date_1900", b"Mon, 1 Jan 1900 00:00:00 +0000", "ei ole oikea päivä"),
        ("date_9999", b"Fri, 31 Dec 9999 23:59:59 -1200", "ei ole oikea päivä"),
        ("date_without_zone", b"Tue, 24 Nov 2026 09:30:00", "puuttuu aikavyöhyke"),
        ("date_huge_zone", b"Tue, 24 Nov 2026 09:30:00 +9999", "ei ole oikea päivä"),
        ("date_rubbish", b"\xff\xfe=?utf-8?q?eilen?=", "ei ole oikea päivä"),
    ):
        data = letter(
            b"teksti", b"Date: " + date, b"Subject: pvm", top=b"From: a@x.fi\r\nTo: k@veteli.fi\r\n"
        )
        yield _mail(name, data, "teksti", reason=reason)


def _structures() -> Iterator[Recipe]:
    text, note = PLAIN + b"Hyva kirjaamo.", b"Content-Type: text/plain; name=muistio.txt"
    part = attachment(b"Muistion teksti", note)
    yield _mail("no_end_boundary", mixed(text, part, end=False), "Muistion teksti", reason="rakenne on rikki")
    broken = mixed(text, part).replace(b'boundary="raja"', b'boundary="toinen"')
    yield _mail(
        "wrong_boundary", broken, "Muistion teksti", files=("muistio.txt",), reason="rakenne on rikki"
    )
    missing = mixed(text, part).replace(b'; boundary="raja"', b"")
    yield _mail(
        "missing_boundary", missing, "Muistion teksti", files=("muistio.txt",), reason="rakenne on rikki"
    )
    yield _mail("cut_in_base64", mixed(text, part)[:-30], "Hyva kirjaamo", reason="rikki")
    garbage = note + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%&&&\x80\x81 tama ei ole koodattua ///"
    yield _mail("base64_rubbish_part", mixed(text, garbage), "Hyva kirjaamo", reason="koodaus on vioittunut")
    empty = note + b"\r\nContent-Disposition: attachment\r\n\r\n"
    yield _mail(
        "empty_attachment", mixed(text, empty), "Hyva kirjaamo", files=("muistio.txt",), reason="tyhjä (0 tav"
    )
    yield _mail("same_names", mixed(text, part, attachment(b"Toinen", note)), "Muistion teksti", "Toinen",
                files=("muistio.txt", "muistio (2).txt"))  # fmt: skip
    yield _mail(
        "thousands_of_parts", mixed(text, *[part] * 3_000), "Muistion teksti", reason="jäi erottamatta"
    )
    nest = text
    for level in range(3_000):
        cut = b"r%d" % level
        nest = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--' % (
            cut,
            cut,
            nest,
            cut,
        )
    yield _mail(
        "multipart_3000_deep", letter(b"", b"Subject: Syva")[:-2] + nest, "Syva", reason="rakenne on niin"
    )
    image = attachment(
        b"\x89PNG\r\n\x1a\n" + bytes(50), b"Content-Type: image/png; name=logo.png\r\nContent-ID: <l@x>"
    )
    page = b"Content-Type: text/html\r\n\r\n<p>Terveisin</p><img src='cid:l@x'>"
    yield _mail("inline_image", mixed(page, image, part), "Terveisin", "Muistion", files=("muistio.txt",))
    unreferenced = attachment(b"\xff\xd8\xff\xe0" + bytes(50), b"Content-Type: image/jpeg; name=kuva.jpg\r\n"
                              b"Content-Disposition: inline\r\nContent-ID: <z@x>")  # fmt: skip
    yield _mail("inline_unreferenced", mixed(page, unreferenced), "Terveisin", files=("kuva.jpg",))
    alternative = mixed(PLAIN + b"   ", page).replace(b"multipart/mixed", b"multipart/alternative")
    yield _mail("alternative_blank_text", alternative, "Terveisin", files=())
    uu = b"Content-Type: text/plain; name=uu.txt\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n"
    uu += b"begin 644 uu.txt\r\n+5G5O<FEV:65S=&D`\r\n`\r\nend\r\n"
    yield _mail("uuencoded", mixed(text, uu), "Vuoriviest", files=("uu.txt",))
    two = b"From a@x.fi Tue Nov 24 09:30:00 2026\r\n" + letter(
        b"Ensimmainen viesti\r\n\r\n", b"Subject: Yksi"
    )
    one = Recipe("mbox_of_one", "mbox_of_one.eml", two, "text", ("Ensimmainen viesti",), files=())
    yield one
    both = two + two.replace(b"Ensimmainen", b"Toinen").replace(b"Yksi", b"Kaksi")
    yield Recipe("mbox_as_eml", "mbox_as_eml.eml", both, "text", ("Ensimmainen viesti", "Toinen viesti"),
                 reason="Kirjaa kukin", files=("Yksi.eml", "Kaksi.eml"))  # fmt: skip
    yield Recipe("zero_bytes", "tyhja.eml", b"", "refused", reason="on tyhjä")
    wide = letter("Levein merkein: äö".encode(), b"Subject: UTF-16").decode().encode("utf-16")
    yield _mail("eml_in_utf16", wide, "Levein merkein: äö")
    bom = b"\xef\xbb\xbf\r\n" + letter(b"alkumerkki", b"Subject: BOM")
    yield _mail("bom_before_headers", bom, "alkumerkki")


def _names() -> Iterator[Recipe]:
    long_name = b"pitka" * 60 + b".pdf"
    for name, parameter, safe in (
        ("name_script", b'filename="<script>alert(1)</script>.txt"', "script_.txt"),
        ("name_traversal", b'filename="../../etc/passwd"', "passwd"),
        ("name_backslashes", b'filename="..\\\\..\\\\x.txt"', "x.txt"),
        ("name_drive", b'filename="C:\\\\Windows\\\\system.ini"', "system.ini"),
        ("name_device", b'filename="CON.txt"', "_CON.txt"),
        ("name_device_bare", b"filename=NUL", "_NUL"),
        ("name_300", b'filename="' + long_name + b'"', ("pitka" * 60)[:146] + ".pdf"),
        ("name_emoji", 'filename="🌲 metsä 🌲.txt"'.encode(), "🌲 metsä 🌲.txt"),
        ("name_bidi", 'filename="lasku\u202efdp.exe"'.encode(), "laskufdp.exe"),
        ("name_nul", b'filename="lasku\x00.txt.exe"', "lasku.txt.exe"),
        ("name_dots", b'filename="..."', "nimetön"),
        ("name_trailing", b'filename="raportti.txt. . "', "raportti.txt"),
        ("name_rfc2231", b"filename*=utf-8''L%C3%A4hi%C3%B6.txt", "Lähiö.txt"),
        ("name_rfc2231_pieces", b"filename*0*=iso-8859-1''L%E4hi;\r\n filename*1=\"o.txt\"", "Lähio.txt"),
        ("name_rfc2231_broken", b"filename*=nonsense''%ZZ%C3%A4.txt", "%ZZä.txt"),
        ("name_encoded_word", b'filename="=?utf-8?Q?L=C3=A4hi=C3=B6.txt?="', "Lähiö.txt"),
        ("name_8bit", 'filename="Lähiö.txt"'.encode("latin-1"), "Lähiö.txt"),
        ("name_title", b'filename="Kokous 12/2026.txt"', "Kokous 12-2026.txt"),
        ("name_crlf", b'filename="a\r\n b.txt"', "a b.txt"),
        ("name_missing", b"x=1", "liite 1.txt"),
    ):
        yield _mail(name, named(parameter), "Liitteen sisalto", files=(safe,))
