"""Header fields: names, addresses, times and identifiers as people's programs write them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.documents.reading.headers import addresses, bare_subject, header_text, message_ids, moment
from workbench.documents.reading.model import Address

RAW = st.text(
    st.characters(min_codepoint=1, max_codepoint=0x7F) | st.sampled_from('\udce4\udcff=?<>(),;@"'),
    max_size=200,
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?Q?H=C3=A4iri=C3=B6?=", "Häiriö"),
        ("=?UTF-8?B?SMOkaXJpw7Y=?= =?UTF-8?B?IHnDtmxsw6Q=?=", "Häiriö yöllä"),
        ("=?iso-8859-15?Q?45_=A4?=", "45 €"),
        ("=?windows-1252?Q?45_=80?=", "45 €"),
        ("H\udce4iri\udcf6", "Häiriö"),
        ("VS: =?utf-8?q?Asia?= 12/10.03.03/2026", "VS: Asia 12/10.03.03/2026"),
        ("=?utf-8*fi?Q?Kieli=C3=A4?=", "Kieliä"),
        ("ei =? mitään ?= erityistä", "ei =? mitään ?= erityistä"),
    ],
)
def test_encoded_words(raw: str, text: str) -> None:
    assert header_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Aino <aino@x.fi>, matti@x.fi", (Address("Aino", "aino@x.fi"), Address("", "matti@x.fi"))),
        ("=?utf-8?Q?Virtanen=2C_Aino?= <aino@x.fi>", (Address("Virtanen, Aino", "aino@x.fi"),)),
        ('"aino@x.fi" <aino@x.fi>', (Address("", "aino@x.fi"),)),
        ("kirjaamo", (Address("kirjaamo", ""),)),
        ("Ryhm\udce4: a@x.fi, b@x.fi;", (Address("", "a@x.fi"), Address("", "b@x.fi"))),
        ("", ()),
    ],
)
def test_addresses(raw: str, expected: tuple[Address, ...]) -> None:
    assert addresses([raw]) == expected


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("Tue, 24 Nov 2026 09:30:00 +0200", (2026, 11, 24, 7, 30)),
        ("24 Nov 2026 09:30 GMT", (2026, 11, 24, 9, 30)),
        ("Tue, 24 Nov 2026 09:30:00 +0200 (EET)", (2026, 11, 24, 7, 30)),
        ("Wed, 24 Jun 2026 09:30:00 EEST", (2026, 6, 24, 6, 30)),
        ("Tue, 24 Nov 2026 09:30:00 -0000", (2026, 11, 24, 9, 30)),
    ],
)
def test_times(raw: str, utc: tuple[int, int, int, int, int]) -> None:
    assert moment(raw) == (datetime(*utc, tzinfo=UTC), "")


def test_a_time_without_zone_is_finnish_and_said_so() -> None:
    found, doubt = moment("Wed, 24 Jun 2026 09:30:00")
    assert found == datetime(2026, 6, 24, 6, 30, tzinfo=UTC)
    assert "Suomen ajaksi" in doubt


@pytest.mark.parametrize(
    "raw", ["32 Nov 2026 09:00 +0200", "eilen", "1 Jan 1900 00:00 +0000", "31 Dec 9999 23:59 +0000"]
)
def test_an_impossible_time_is_none_and_said_so(raw: str) -> None:
    found, doubt = moment(raw)
    assert found is None
    assert raw in doubt


def test_identifiers_and_subjects() -> None:
    assert message_ids("<a@x> <b@x>\r\n <a@x>") == ("a@x", "b@x")
    assert message_ids("ilman-kulmia@x") == ("ilman-kulmia@x",)
    assert bare_subject("VS: Re: FW: Aita naapurin rajalla") == "Aita naapurin rajalla"
    assert bare_subject("Reunakivet: korjaus") == "Reunakivet: korjaus"


@given(RAW)
def test_no_header_text_can_break_the_reader(raw: str) -> None:
    header_text(raw).encode("utf-8")
    for address in addresses([raw]):
        str(address).encode("utf-8")
    found, _doubt = moment(raw)
    assert found is None or found.utcoffset() is not None
    for one in message_ids(raw):
        one.encode("utf-8")


@pytest.mark.parametrize(
    "piece", ["a", "<", '"', "(", "=?", "=?u?q?", "@", "a@", ",", "\\", " ", "=?utf-8?B?", "re: "]
)
def test_a_header_of_any_length_is_read_in_time(piece: str) -> None:
    raw = piece * (200_000 // len(piece))
    start = time.perf_counter()
    header_text(raw), addresses([raw]), moment(raw), message_ids(raw), bare_subject(header_text(raw))
    assert timedelta(seconds=time.perf_counter() - start) < timedelta(seconds=5)
