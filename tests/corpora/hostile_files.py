"""Hostile files that are no mail: broken, lying, locked, exploding documents and text in odd encodings."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator

from tests.corpora import samples
from tests.corpora.hostile import Recipe

_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)


def package(members: dict[str, bytes]) -> bytes:
    """A ZIP of ``members`` with a fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in members.items():
            writer.writestr(zipfile.ZipInfo(name, (2026, 11, 24, 9, 30, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def recipes() -> Iterator[Recipe]:
    """All of them."""
    yield from _pdf()
    yield from _office()
    yield from _packages()
    yield from _plain()
    yield from _images_and_programs()


def _pdf() -> Iterator[Recipe]:
    pdf = samples.pdf("Asemakaavan muutos")
    yield Recipe(
        "pdf_locked", "a.pdf", samples.pdf("salaista", password="x"), "kept", reason="suojattu salasanalla"
    )
    yield Recipe("pdf_cut", "a.pdf", pdf[: len(pdf) // 3], "kept", reason="vioittunut")
    no_pages = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000055 00000 n \n"
        b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n105\n%%EOF\n"
    )
    yield Recipe("pdf_no_pages", "a.pdf", no_pages, "kept", reason="PDF")
    yield Recipe("pdf_without_text", "a.pdf", samples.pdf(""), "kept", reason="skannattu")
    yield Recipe("pdf_named_docx", "a.docx", pdf, "text", ("Asemakaavan muutos",),
                 reason="sisältö on PDF-asiakirja", media_type="application/pdf")  # fmt: skip
    yield Recipe("pdf_rubbish_before", "a.pdf", b"\r\nroskaa\r\n" + pdf, "text", ("Asemakaavan muutos",))
    yield Recipe(
        "pdf_rubbish", "a.pdf", b"%PDF-1.7\n" + random.Random(1).randbytes(5_000), "kept", reason="vioittunut"
    )
    unhappy = b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer<</Root 1 0 R>>"
    yield Recipe("pdf_deep_arrays", "a.pdf", unhappy, "kept", reason="vioittunut")


def _office() -> Iterator[Recipe]:
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
    types = {"[Content_Types].xml": b"<Types/>"}

    def docx(document: bytes) -> bytes:
        return package({**types, "word/document.xml": document})

    words = b"<w:p><w:r><w:t>Sanat</w:t></w:r></w:p>"
    yield Recipe("docx_minimal", "a.docx", docx(body % words), "text", ("Sanat",))
    bomb = docx(body % (b" " * 60_000_000))
    yield Recipe("docx_bomb", "a.docx", bomb, "kept", reason="poikkeuksellisen suureksi")
    without = package({**types, "word/styles.xml": b"<x/>"})
    yield Recipe("docx_without_document", "a.docx", without, "kept", reason="puuttuu sen teksti")
    xxe = docx(_DOCTYPE + body % b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")
    yield Recipe("docx_xxe", "a.docx", xxe, "kept", reason="XML-määrittelyjä")
    yield Recipe("docx_laughs", "a.docx", docx(_LAUGHS + body % b"&a9;"), "kept", reason="XML-määrittelyjä")
    wide = (_DOCTYPE.decode() + (body % words).decode()).encode("utf-16")
    yield Recipe("docx_xxe_utf16", "a.docx", docx(wide), "kept", reason="XML-määrittelyjä")
    nested = body % (b"<w:p>" * 5_000 + b"</w:p>" * 5_000)
    yield Recipe("docx_deep", "a.docx", docx(nested), "kept", reason="rikki tai poikkeava")
    yield Recipe("docx_bad_xml", "a.docx", docx(b"<w:document><w:p>"), "kept", reason="rikki tai poikkeava")
    whole = samples.docx(["Ehjä asiakirja"])
    yield Recipe("docx_cut", "a.docx", whole[: len(whole) // 2], "kept", reason="vioittunut")
    flipped = bytearray(docx(body % (words * 200)))
    flipped[flipped.index(b"word/document.xml") + 40] ^= 0xFF
    yield Recipe("docx_bad_crc", "a.docx", bytes(flipped), "kept", reason="rikki tai poikkeava")
    macros = package({**types, "word/document.xml": body % words, "word/vbaProject.bin": b"x"})
    yield Recipe("docm", "a.docm", macros, "text", ("Sanat",), reason="makroja")
    locked = samples.locked_office()
    yield Recipe("docx_locked", "a.docx", locked, "kept", reason="suojattu salasanalla")
    yield Recipe("doc_legacy", "a.doc", samples.legacy_word(), "kept", reason="Vanhan Office-tiedoston")
    odt = samples.odt("Ehjä ODT")
    yield Recipe("odt_cut", "a.odt", odt[:-60], "kept", reason="vioittunut")
    mime = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    yield Recipe(
        "odt_without_content", "a.odt", package({**mime, "x": b""}), "kept", reason="puuttuu sen sisältö"
    )
    yield Recipe("odt_xxe", "a.odt", package({**mime, "content.xml": _DOCTYPE + b"<x>&a;</x>"}), "kept",
                 reason="XML-määrittelyjä")  # fmt: skip
    manifest = b'<manifest><file-entry><encryption-data checksum="x"/></file-entry></manifest>'
    secret = {**mime, "META-INF/manifest.xml": manifest, "content.xml": b"\x01"}
    yield Recipe("odt_locked", "a.odt", package(secret), "kept", reason="suojattu salasanalla")
    yield Recipe(
        "xlsx_huge_dimension", "a.xlsx", samples.xlsx_claiming("A1:XFD1048576"), "text", ("Lestijärvi",)
    )
    gap = samples.xlsx_claiming("A1:B2", row=1_000_000_000)
    yield Recipe("xlsx_row_gap", "a.xlsx", gap, "text", ("Lestijärvi",), reason="vain alku")


def _packages() -> Iterator[Recipe]:
    ordinary = package({"kansio/liite.txt": b"Paketin liite", "kansio/tyhja.txt": b""})
    yield Recipe("zip", "a.zip", ordinary, "text", ("Paketin liite",), files=("liite.txt", "tyhja.txt"))
    slip = package({"../../etc/cron.d/x": b"Karkaava", "C:\\Windows\\x.txt": b"Toinen", "/x.txt": b"Kolmas"})
    yield Recipe("zip_slip", "a.zip", slip, "text", ("Karkaava", "Toinen"), files=("x", "x.txt", "x (2).txt"))
    bomb = package({"nollat": bytes(40_000_000)})
    for _ in range(12):
        bomb = package({f"{n}.zip": bomb for n in range(3)})
    yield Recipe("zip_nested_bomb", "a.zip", bomb, "kept")
    many = package({f"{n}": b"" for n in range(12_000)})
    yield Recipe("zip_too_many", "a.zip", many, "kept", reason="poikkeuksellisen suureksi")
    locked = bytearray(package({"a.txt": b"x"}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    yield Recipe("zip_locked", "a.zip", bytes(locked), "kept", reason="suojattu salasanalla")
    lying = bytearray(package({"a.txt": b"x"}))
    lying[-10:-6] = struct.pack("<I", 0x7FFFFFFF)
    yield Recipe("zip_lying_directory", "a.zip", bytes(lying), "kept", reason="suureksi")
    yield Recipe("zip_empty", "a.zip", b"PK\x05\x06" + bytes(18), "kept", reason="ei ole yhtään")
    yield Recipe("rar", "a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(60), "kept", reason="Pura se")


def _plain() -> Iterator[Recipe]:
    text = "Läheinen naapuri, hinta 45 €, ”lainaus”"
    yield Recipe("utf16_mark", "a.txt", text.encode("utf-16"), "text", (text,))
    yield Recipe("utf16_bare", "a.txt", text.encode("utf-16-le"), "text", (text,))
    yield Recipe("utf16_big", "a.txt", text.encode("utf-16-be"), "text", (text,))
    yield Recipe(
        "latin9",
        "a.txt",
        "Läheinen naapuri, hinta 45 €".encode("iso8859-15"),
        "text",
        ("naapuri, hinta 45 €",),
    )
    yield Recipe("cp1252", "a.txt", text.encode("cp1252"), "text", (text,))
    russian = "Уважаемые господа, прошу выдать разрешение на строительство дома в посёлке. " * 5
    yield Recipe("cp1251", "a.txt", russian.encode("cp1251"), "text", ("разрешение на строительство",))
    yield Recipe("utf8_cut", "a.txt", text.encode()[:-1], "text", ("Läheinen",))
    yield Recipe("text_as_pdf", "a.pdf", text.encode(), "text", (text,), reason="sisältö on tekstitiedosto")
    yield Recipe("rtf", "a.rtf", b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}"
                 b"L\\'e4hi\\u246?{\\b vahva{\\i kursiivi}}\\par}",
                 "text", ("Lähiö", "vahvakursiivi"))  # fmt: skip
    yield Recipe("rtf_deep", "a.rtf", b"{\\rtf1 alku" + b"{" * 200_000 + b" pohja", "text", ("alku", "pohja"))
    fields = b"{\\rtf1 alku " + b"{\\field{\\*\\fldinst{" * 20_000 + b"}"
    yield Recipe("rtf_fields", "a.rtf", fields, "text", ("alku",))
    yield Recipe(
        "html", "a.html", b"<html><script>x()</script><p>N&auml;kyv&auml;</p></html>", "text", ("Näkyvä",)
    )
    yield Recipe(
        "xml_laughs", "a.xml", b"<?xml version='1.0'?>" + _LAUGHS + b"<x>Teksti &a9;</x>", "text", ("Teksti",)
    )
    yield Recipe(
        "xml_xxe", "a.xml", b"<?xml version='1.0'?>" + _DOCTYPE + b"<x>Teksti &a;</x>", "text", ("Teksti",)
    )
    yield Recipe(
        "xml_broken", "a.xml", b"<?xml version='1.0'?><x>Teksti<y>", "text", ("Teksti",), reason="rikki"
    )
    yield Recipe("long_line", "a.txt", b"x" * 8_000_000, "text", ("xxxx",), reason="vain alku luettiin")
    yield Recipe("noise", "a.bin", random.Random(2).randbytes(20_000), "kept", reason="ei osata lukea")
    yield Recipe("spaces_only", "a.txt", b" \r\n \t\r\n", "kept", reason="ei ole luettavaa")
    yield Recipe("zero_txt", "a.txt", b"", "refused", reason="on tyhjä")


def _images_and_programs() -> Iterator[Recipe]:
    two_pages = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<HI", 0, 0)
    entry = struct.pack("<HHII", 256, 3, 1, 1)
    first = struct.pack("<H", 1) + entry + struct.pack("<I", 26)
    second = struct.pack("<H", 1) + entry + struct.pack("<I", 0)
    tiff = b"II*\x00" + struct.pack("<I", 8) + first + second
    yield Recipe("tiff_two_pages", "a.tif", tiff, "kept", reason="on kuva", media_type="image/tiff")
    looping = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)
    yield Recipe("tiff_looping", "a.tif", looping, "kept", reason="on kuva")
    yield Recipe("tiff_broken", "a.tif", two_pages, "kept", reason="vioittunut")
    heic = b"\x00\x00\x00\x18ftypheic" + bytes(40)
    yield Recipe("heic", "a.jpg", heic, "kept", reason="HEIC-kuva", media_type="image/heic")
    exe = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200)
    yield Recipe("exe_named_pdf", "lasku.pdf", exe, "kept", reason="on ohjelma",
                 media_type="application/vnd.microsoft.portable-executable")  # fmt: skip
    yield Recipe("shell_script", "a.txt", b"#!/bin/sh\nrm -rf /\n", "kept", reason="on ohjelma")
    shortcut = b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80)
    yield Recipe("shortcut", "a.pdf", shortcut, "kept", reason="pikakuvake")
