"""An ordinary arrival is described whole; a file with nothing to keep is refused with advice."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.corpora import samples
from workbench.documents.reading import context
from workbench.documents.reading.model import Address, Limits
from workbench.documents.reading.read import read_arrival, read_bytes
from workbench.errors import UserError

BODY = (
    "Hyvä kirjaamo,\n\nliitteenä hakemukseni saunarakennuksen rakentamiseksi tilalle Koivurinne "
    "(924-403-12-45) Vetelin Räyringissä sekä asemapiirros.\n\nYstävällisin terveisin\nAino Virtanen"
)


def ordinary_letter() -> tuple[bytes, bytes, bytes]:
    """A Finnish letter with a PDF and a Word attachment: the message and both attachments."""
    pdf = samples.pdf("Asemapiirros, tila Koivurinne", "Mittakaava 1:500")
    word = samples.docx(
        ["Rakennuslupahakemus"], [["Rakennuspaikka", "Koivurinne"], ["Kerrosala", "24 m²"]], header="Liite 1"
    )
    message = EmailMessage()
    message["Received"] = "from mx.veteli.fi by mail.veteli.fi; Tue, 24 Nov 2026 09:31:12 +0200"
    message["Received"] = "from smtp.example.fi by mx.veteli.fi; Tue, 24 Nov 2026 07:30:58 +0000"
    message["From"] = '"Äijälä-Virtanen, Aino" <aino.virtanen@example.fi>'
    message["To"] = "Vetelin kunnan kirjaamo <kirjaamo@veteli.fi>"
    message["Cc"] = "Matti Mäkelä <matti@example.fi>"
    message["Subject"] = "Rakennuslupahakemus, saunarakennus Räyringissä"
    message["Date"] = "Tue, 24 Nov 2026 09:30:00 +0200"
    message["Message-ID"] = "<abc.123@example.fi>"
    message["In-Reply-To"] = "<edellinen@veteli.fi>"
    message["References"] = "<alku@veteli.fi> <edellinen@veteli.fi>"
    message.set_content(BODY)
    message.add_attachment(pdf, "application", "pdf", filename="Asemapiirros Räyrinki.pdf")
    message.add_attachment(word, "application", "octet-stream", filename="hakemus.docx")
    return message.as_bytes(), pdf, word


def test_a_letter_with_two_attachments(tmp_path: Path) -> None:
    data, pdf, word = ordinary_letter()
    path = tmp_path / "hakemus.eml"
    path.write_bytes(data)

    arrival = read_arrival(path)

    assert arrival.kind == "email"
    assert arrival.sender == Address("Äijälä-Virtanen, Aino", "aino.virtanen@example.fi")
    assert arrival.recipients == (Address("Vetelin kunnan kirjaamo", "kirjaamo@veteli.fi"),)
    assert arrival.cc == (Address("Matti Mäkelä", "matti@example.fi"),)
    assert arrival.subject == "Rakennuslupahakemus, saunarakennus Räyringissä"
    assert arrival.sent_at == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    assert arrival.received_at == datetime(2026, 11, 24, 7, 31, 12, tzinfo=UTC)
    assert arrival.message_id == "abc.123@example.fi"
    assert arrival.in_reply_to == "edellinen@veteli.fi"
    assert arrival.references == ("alku@veteli.fi", "edellinen@veteli.fi")
    assert arrival.thread_key == "alku@veteli.fi"
    assert arrival.body_text == BODY
    assert arrival.warnings == ()

    plan, application = arrival.files
    assert plan.filename == "Asemapiirros Räyrinki.pdf"
    assert (plan.media_type, plan.page_count, plan.text_state) == ("application/pdf", 2, "ok")
    assert "tila Koivurinne" in plan.text
    assert "Mittakaava 1:500" in plan.text
    assert plan.content == pdf
    assert plan.sha256 == hashlib.sha256(pdf).hexdigest()

    assert application.filename == "hakemus.docx"
    assert application.media_type.endswith("wordprocessingml.document")
    assert application.text.splitlines() == [
        "Rakennuslupahakemus", "Rakennuspaikka\tKoivurinne", "Kerrosala\t24 m²", "", "Liite 1"
    ]  # fmt: skip
    assert application.content == word

    assert arrival.original.content == data
    assert arrival.original.sha256 == hashlib.sha256(data).hexdigest()
    assert "Koivurinne" in arrival.original.text
    assert arrival.documents == (arrival.original, plan, application)


def test_a_document_without_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "Lausunto_kaavasta 2026.docx"
    path.write_bytes(samples.docx(["Lausunto asemakaavan muutoksesta"]))
    arrival = read_arrival(path)
    assert (arrival.kind, arrival.subject) == ("file", "Lausunto kaavasta 2026")
    assert arrival.body_text == "Lausunto asemakaavan muutoksesta"
    assert arrival.files == ()
    assert arrival.sent_at is None


def test_nothing_to_keep_is_refused_with_advice(tmp_path: Path) -> None:
    empty = tmp_path / "tyhja.pdf"
    empty.touch()
    for path, code in ((empty, "empty"), (tmp_path, "folder"), (tmp_path / "poissa.pdf", "missing")):
        with pytest.raises(UserError) as refused:
            read_arrival(path)
        assert refused.value.code == code
        assert path.name in str(refused.value)
    for bad in ("x" * 5_000, "a\x00b"):
        with pytest.raises(UserError, match="Anna tiedostolle"):
            read_arrival(tmp_path / bad)
    with pytest.raises(UserError, match="tyhjä"):
        read_bytes(b"", "liite.pdf")


@pytest.mark.parametrize(
    "crash", [ValueError, RecursionError, MemoryError, KeyError, AssertionError, OSError]
)
def test_a_crash_in_a_reader_costs_only_the_text(
    crash: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, pdf, _word = ordinary_letter()
    reader = context.extract

    def crashing(content: bytes, media_type: str, *rest: object) -> object:
        if media_type == "application/pdf":
            raise crash("boom")
        return reader(content, media_type, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(context, "extract", crashing)
    arrival = read_bytes(data, "a.eml")
    plan, application = arrival.files
    assert (plan.text_state, plan.content) == ("unreadable", pdf)
    assert "Se on tallessa." in plan.note
    assert "Rakennuslupahakemus" in application.text
    assert any("Asemapiirros Räyrinki.pdf" in warning for warning in arrival.warnings)


def test_a_file_beyond_the_limit_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "suuri.eml"
    data = ordinary_letter()[0]
    path.write_bytes(data)
    arrival = read_arrival(path, limits=Limits(file_bytes=1_000))
    # The fields of a large message are still read.
    assert arrival.sender.email == "aino.virtanen@example.fi"
    assert arrival.received_at is not None
    assert arrival.original.text_state == "too_large"
    assert arrival.original.content == data
    path.write_bytes(data + b"x")
    with pytest.raises(UserError, match="on muuttunut"):
        arrival.original.open()


def test_text_beyond_the_limit_is_cut_and_told() -> None:
    arrival = read_bytes(b"sana " * 1_000, "a.txt", limits=Limits(text_characters=100))
    assert len(arrival.original.text) <= 100
    assert arrival.warnings == ("Tiedoston a.txt teksti on niin pitkä, että vain alku luettiin.",)


def test_importing_the_reader_is_cheap() -> None:
    code = (
        "import sys, time; start = time.perf_counter();"
        "import workbench.documents.reading.read;"
        "print(time.perf_counter() - start);"
        "print(sorted({'lxml', 'openpyxl', 'docx', 'pypdfium2', 'oxmsg', 'tnefparse', 'charset_normalizer',"
        " 'olefile', 'striprtf'} & set(sys.modules)))"
    )
    times = []
    for _attempt in range(3):
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        seconds, heavy = out.splitlines()
        assert heavy == "[]"
        times.append(float(seconds))
        time.sleep(0.05)
    assert timedelta(seconds=min(times)) < timedelta(milliseconds=200)  # 80 ms on a quiet machine
