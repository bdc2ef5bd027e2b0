"""Each format gives its words in reading order and leaves out what a reader would not see."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest

from tests.corpora import samples
from tests.corpora.hostile_files import package
from workbench.documents.reading.detect import detect
from workbench.documents.reading.markup import html_to_text
from workbench.documents.reading.model import ParsedFile
from workbench.documents.reading.plain import decode_text
from workbench.documents.reading.read import read_bytes
from workbench.documents.reading.rtf import decompress, rtf_to_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(data: bytes, name: str) -> ParsedFile:
    return read_bytes(data, name).original


def test_docx_leaves_out_deleted_words_and_keeps_notes() -> None:
    body = (
        f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body><w:p>'
        "<w:r><w:t>Jää</w:t><w:tab/><w:t>tähän</w:t></w:r>"
        "<w:del><w:r><w:delText>poistettu</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>siirretty</w:t></w:r></w:moveFrom>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>kerran</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>kahdesti</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>"
    )
    note = "<w:footnote><w:p><w:r><w:t>Alaviite</w:t></w:r></w:p></w:footnote>"
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    data = package(
        {
            "[Content_Types].xml": b"<x/>",
            "word/document.xml": body.encode(),
            "word/footnotes.xml": notes.encode(),
        }
    )
    assert read(data, "a.docx").text == "Jää\ttähänkerran\n\nAlaviite"


def test_xlsx_speaks_finnish() -> None:
    rows: list[list[object]] = [
        ["Kunta", "Päivä", "Hinta", "Maksettu"],
        ["Veteli", date(2026, 11, 24), 1234.5, True],
        [None, datetime(2026, 11, 24, 9, 30), 7, False],  # noqa: DTZ001 - sheets know no zones
    ]
    assert read(samples.xlsx(rows, "Laskut"), "a.xlsx").text.splitlines() == [
        "Laskut",
        "Kunta\tPäivä\tHinta\tMaksettu",
        "Veteli\t24.11.2026\t1234,5\ttosi",
        "24.11.2026 9.30\t7\tepätosi",
    ]


def test_slides_come_in_order() -> None:
    file = read(samples.pptx([f"Dia {n}" for n in range(1, 12)]), "a.pptx")
    assert file.page_count == 11
    assert file.text.split("\n\n") == [f"Dia {n}" for n in range(1, 12)]


def test_opendocument_text() -> None:
    extra = (
        "<text:tracked-changes><text:p>poistettu</text:p></text:tracked-changes>"
        "<table:table><table:table-row><table:table-cell><text:p>Yksi</text:p></table:table-cell>"
        "<table:table-cell><text:p>Kaksi</text:p></table:table-cell></table:table-row></table:table>"
    )
    data = samples.odt(
        "Valitus <text:span>päätöksestä</text:span> 5<text:s text:c='2'/>§",
        "a<text:line-break/>b",
        extra=extra,
    )
    file = read(data, "a.odt")
    assert file.media_type == "application/vnd.oasis.opendocument.text"
    assert file.text.splitlines() == ["Valitus päätöksestä 5  §", "a", "b", "Yksi\tKaksi"]


def test_a_file_made_by_odfpy() -> None:
    odf = pytest.importorskip("odf.opendocument", reason="odfpy is not installed")
    text = pytest.importorskip("odf.text")
    document = odf.OpenDocumentText()
    document.text.addElement(text.P(text="Oikaisuvaatimus kunnanhallitukselle"))
    out = BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.odt").text == "Oikaisuvaatimus kunnanhallitukselle"


def test_compressed_rtf_of_the_specification() -> None:
    # The example of [MS-OXRTFCP] section 4.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423"
        "20af32068656c09002062770 5b06c647d0a800fa0".replace(" ", "")
    )
    assert decompress(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    for bad in (b"", b"RTF?" * 10, packed[:10]):
        with pytest.raises(ValueError, match="RTF"):
            decompress(bad)
    assert decompress(packed[:-10]).startswith(b"{\\rtf1\\ansi")


def test_rtf_characters() -> None:
    assert (
        rtf_to_text(b"{\\rtf1\\ansi\\ansicpg1252 \\'e4\\'f6 \\u8364? \\u-10180?\\u-8403?\\par}").strip()
        == "äö € 🌭"
    )
    cyrillic = b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}\\f1 \\'ef\\'f0\\f0 \\'e4"
    assert rtf_to_text(cyrillic).strip() == "прä"
    picture = b"{\\rtf1 ennen {\\pict\\pngblip " + b"89504e47" * 200_000 + b"} j\\'e4lkeen}"
    assert rtf_to_text(picture).split() == ["ennen", "jälkeen"]


def test_html_is_read_as_seen() -> None:
    html = (
        "<title>otsikko</title><p>Hyvä <b>kirjaamo</b>,</p><p>ohessa&nbsp;<a href='http://x.example'>linkki</a></p>"
        "<ul><li>yksi<li>kaksi</ul><table><tr><td>a<td>b</table><script>pois()</script><!-- pois -->"
    )
    text = html_to_text(html)
    assert text.splitlines()[0] == "Hyvä kirjaamo,"
    assert "ohessa\xa0linkki" in text
    assert [line for line in text.splitlines() if line in ("yksi", "kaksi")] == ["yksi", "kaksi"]
    assert "a\tb" in text
    assert "pois" not in text
    assert "otsikko" not in text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"]
)
def test_finnish_text_in_each_encoding(encoding: str) -> None:
    text = "Läheisen Åbyn rantayleiskaava, hinta 45 €\n"
    assert decode_text(text.encode(encoding)) == text


def test_type_by_content_not_by_name() -> None:
    for data, name, media_type in (
        (samples.pdf("x"), "a.txt", "application/pdf"),
        (
            samples.docx(["x"]),
            "a.zip",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (samples.xlsx([["x"]]), "a", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (samples.odt("x"), "a.docx", "application/vnd.oasis.opendocument.text"),
        (package({"a.txt": b"x"}), "a.docx", "application/zip"),
        (b"BEGIN:VCALENDAR\r\n", "a.txt", "text/calendar"),
        (b"a;b\n1;2\n", "a.csv", "text/csv"),
        (b"<?xml version='1.0'?><x/>", "a.txt", "application/xml"),
        (b"Aihe: kokous\nPaikka: Veteli\n", "a.txt", "text/plain"),
        (b"echo off\r\n", "a.bat", "application/x-script"),
    ):
        assert detect(BytesIO(data), name) == media_type


def test_members_of_a_compressed_folder_are_files_of_their_own() -> None:
    word = samples.docx(["Hakemus"])
    arrival = read_bytes(
        package({"Hakemukset/a.docx": word, "b.zip": package({"c.txt": b"sisin"})}), "kaikki.zip"
    )
    first, second = arrival.files
    assert (first.filename, first.text, first.content) == ("a.docx", "Hakemus", word)
    assert second.children[0].text == "sisin"
    with zipfile.ZipFile(BytesIO(arrival.original.content)) as again:
        assert again.namelist() == ["Hakemukset/a.docx", "b.zip"]
