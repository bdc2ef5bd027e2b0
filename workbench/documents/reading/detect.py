"""The type of a file by its content. The name is asked only where bytes cannot tell (kinds of plain text)."""

from __future__ import annotations

import importlib
import re
import zipfile
from typing import Any, BinaryIO

from workbench.documents.reading import kinds
from workbench.documents.reading.kinds import extension_of

HEAD = 65_536

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x78\x9f\x3e\x22", kinds.TNEF),
    (b"{\\rtf", kinds.RTF),
    (b"\x7fELF", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"#!/", "application/x-script"),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BRANDS = {
    "image/heic": (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"),
    "image/avif": (b"avif", b"avis"),
}
_OID_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # 1.2.840.113549.1.7, its last arc follows
_HEADER_LINE = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date received message-id return-path mime-version delivered-to reply-to sender "
    b"content-type x-mailer dkim-signature in-reply-to references authentication-results".split()
)
_SCRIPTS = frozenset(
    {"bat", "cmd", "js", "jse", "vbs", "vbe", "ps1", "wsf", "wsh", "hta", "sh", "py", "pl", "reg"}
)
_MBOX_START = re.compile(rb"From \S+.{0,80}\d\d:\d\d")


def detect(stream: BinaryIO, filename: str, declared: str = "") -> str:
    """The media type of the bytes in ``stream``; ``declared`` is what a message called its part."""
    stream.seek(0)
    head = stream.read(HEAD)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    # PDF may have rubbish before its header, by the custom of readers up to a kilobyte.
    if b"%PDF-" in head[:1_024] and not _looks_like_mail(head):
        return kinds.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packaged(stream)
    if head.startswith(_OLE_MAGIC):
        return _ole(stream, filename)
    if head.startswith(b"MZ") and b"\x00" in head[:64]:
        return kinds.EXE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(head) > 26 and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return next((kind for kind, brands in _BRANDS.items() if head[8:12] in brands), "video/mp4")
    if head.startswith(b"0") and _OID_PKCS7 in head[:80]:
        arc = head[head.index(_OID_PKCS7) + len(_OID_PKCS7) :][:1]
        return kinds.PKCS7_ENCRYPTED if arc == b"\x03" else kinds.PKCS7_SIGNED
    return _textual(head, filename, declared)


def _textual(head: bytes, filename: str, declared: str) -> str:
    extension = extension_of(filename)
    if _looks_like_mail(head):
        return kinds.MBOX if _MBOX_START.match(head.lstrip()) else kinds.EML
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2_000].lower()
    if _looks_binary(head):
        return kinds.EML if extension == "eml" and _HEADER_LINE.match(head) else kinds.UNKNOWN
    if extension == "eml" or declared == kinds.EML:
        return kinds.EML
    if start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<!--", b"<?xml")) and b"<html" in start
    ):
        return kinds.HTML
    if b"<svg" in start and start.startswith((b"<?xml", b"<svg", b"<!doctype svg")):
        return "image/svg+xml"
    if start.startswith(b"<?xml"):
        return kinds.XML
    if start.startswith(b"begin:vcalendar"):
        return kinds.CALENDAR
    if start.startswith(b"begin:vcard"):
        return kinds.VCARD
    if extension in _SCRIPTS:
        return "application/x-script"
    if extension in ("html", "htm") or declared == kinds.HTML:
        return kinds.HTML
    return kinds.CSV if extension == "csv" else kinds.TEXT


def _looks_like_mail(head: bytes) -> bool:
    """Two different header fields of mail before anything that is not a header."""
    lines = re.split(rb"\r\n|\n|\r", head.removeprefix(b"\xef\xbb\xbf").lstrip())
    found: set[bytes] = set()
    for number, line in enumerate(lines[:400]):
        if number == 0 and line.startswith(b"From "):
            continue
        if not line:
            break
        if line[:1] in (b" ", b"\t"):
            continue
        header = _HEADER_LINE.match(line)
        if header is None:
            # One broken line among headers is common; a first line that is no header is a letter.
            if number == 0:
                return False
            continue
        name = header.group(1).lower()
        if name in _MAIL_HEADERS:
            found.add(name)
        if len(found) >= 2:
            return True
    return False


def _looks_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = head[:8_000]
    zeros = sample.count(0)
    if zeros and (sample[0::2].count(0) in (0, zeros)) and zeros > len(sample) * 0.3:
        return False  # UTF-16 without a mark
    controls = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    return controls > len(sample) * 0.02


def _packaged(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            kind = ""
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                kind = package.read("mimetype").decode("ascii", "replace").strip()
    except Exception:
        # A broken package still says by its first member what it was meant to be.
        return _by_first_member(stream)
    if kind.startswith(kinds.ODF):
        return kind.removesuffix("-template")
    if kind == kinds.ASIC:
        return kind
    if "[Content_Types].xml" in names:
        for folder, media_type in (("word/", kinds.DOCX), ("xl/", kinds.XLSX), ("ppt/", kinds.PPTX)):
            if any(name.startswith(folder) for name in names):
                return media_type
    return kinds.ZIP


def _by_first_member(stream: BinaryIO) -> str:
    stream.seek(0)
    head = stream.read(HEAD)
    if b"mimetype" in head[26:46] and kinds.ODF.encode() in head[:200]:
        found = re.search(rb"vnd\.oasis\.opendocument\.([a-z]+)", head)
        return kinds.ODF + found.group(1).decode() if found else kinds.ZIP
    for mark, media_type in ((b"word/", kinds.DOCX), (b"xl/", kinds.XLSX), (b"ppt/", kinds.PPTX)):
        if mark in head:
            return media_type
    return kinds.ZIP


def _ole(stream: BinaryIO, filename: str) -> str:
    olefile: Any = importlib.import_module("olefile")
    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as ole:
            names = {entry[0] for entry in ole.listdir(streams=True, storages=True) if len(entry) == 1}
    except Exception:
        return {"msg": kinds.MSG, "doc": kinds.DOC, "xls": kinds.XLS, "ppt": kinds.PPT}.get(
            extension_of(filename), kinds.OLE
        )
    for mark, media_type in (
        ("__properties_version1.0", kinds.MSG),
        ("EncryptedPackage", kinds.OFFICE_LOCKED),
        ("WordDocument", kinds.DOC),
        ("Workbook", kinds.XLS),
        ("Book", kinds.XLS),
        ("PowerPoint Document", kinds.PPT),
    ):
        if mark in names:
            return media_type
    return kinds.OLE
