"""Damage at random places of real files never stops the intake and never changes what is kept."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpora import samples
from tests.corpora.compound import Outlook, outlook_message
from tests.corpora.hostile_files import package
from tests.corpora.hostile_mail import PLAIN, attachment, mixed
from tests.corpora.winmail import winmail
from workbench.documents.reading.read import read_bytes


@cache
def whole(name: str) -> bytes:
    return {
        "a.eml": lambda: mixed(
            PLAIN + b"Hei", attachment(b"teksti", b"Content-Type: text/plain; name=a.txt")
        ),
        "a.msg": lambda: outlook_message(
            Outlook("A", ("B", "b@x.fi"), body="C", attachments=[("d.txt", b"e")])
        ),
        "winmail.dat": lambda: winmail("A", "B", [("c.txt", b"d")]),
        "a.pdf": lambda: samples.pdf("Yksi", "Kaksi"),
        "a.docx": lambda: samples.docx(["Yksi"], [["a", "b"]]),
        "a.xlsx": lambda: samples.xlsx([["a", 1.5]]),
        "a.pptx": lambda: samples.pptx(["a"]),
        "a.odt": lambda: samples.odt("a", "b"),
        "a.zip": lambda: package({"a.txt": b"a", "b.txt": b"b"}),
        "a.rtf": lambda: b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}}\\f0 L\\'e4hi\\u246?\\par{\\*\\x y}}",
        "a.tif": lambda: b"II*\x00\x08\x00\x00\x00\x01\x00" + bytes(22),
        "a.html": lambda: b"<html><meta charset=utf-8><p>a</p><table><td>b</table></html>",
        "a.xml": lambda: b"<?xml version='1.0' encoding='utf-8'?><a><b>c</b></a>",
    }[name]()


NAMES = ["a.eml", "a.msg", "winmail.dat", "a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.odt", "a.zip", "a.rtf"]
NAMES += ["a.tif", "a.html", "a.xml"]


def damaged(name: str, spots: list[tuple[float, int]], cut: float) -> bytes:
    data = bytearray(whole(name))
    for place, byte in spots:
        data[int(place * (len(data) - 1))] = byte
    return bytes(data[: max(1, int(len(data) * cut))])


PLACE = st.floats(0, 1)
SPOTS = st.lists(st.tuples(PLACE, st.integers(0, 255)), max_size=6)
CUT = st.just(1.0) | st.floats(0.01, 1)


def check(name: str, data: bytes) -> None:
    arrival = read_bytes(data, name)
    assert arrival.original.content == data
    assert arrival.original.sha256 == hashlib.sha256(data).hexdigest()
    for file in arrival.walk():
        assert hashlib.sha256(file.content).hexdigest() == file.sha256
        assert file.text_state == "ok" or file.note
        file.text.encode("utf-8")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(spots=SPOTS, cut=CUT)
def test_damage(name: str, spots: list[tuple[float, int]], cut: float) -> None:
    check(name, damaged(name, spots, cut))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=1_500, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(spots=SPOTS, cut=CUT)
def test_much_damage(name: str, spots: list[tuple[float, int]], cut: float) -> None:
    check(name, damaged(name, spots, cut))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(min_size=1, max_size=2_000), name=st.sampled_from(NAMES))
def test_noise_under_any_name(data: bytes, name: str) -> None:
    check(name, data)
