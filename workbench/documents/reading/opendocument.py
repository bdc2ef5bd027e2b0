"""OpenDocument: the words of ODT, ODS, ODP and ODG, from content.xml and the page headers in styles.xml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbench.documents.reading.model import Extract
from workbench.documents.reading.office import described, tidy_row
from workbench.documents.reading.packages import Package, Refused
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

_PARAGRAPHS = frozenset({"p", "h"})
_SKIP = frozenset({"tracked-changes", "forms", "scripts", "settings", "binary-data"})
_LONGEST_GAP = 100


def extract(data: bytes, reading: Reading) -> Extract:
    """An OpenDocument file."""
    with Package(data, reading) as package:
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise Refused(
                _("Asiakirja on suojattu salasanalla. Pyydä lähettäjältä salasana tai suojaamaton tiedosto."),
                encrypted=True,
            )
        if "content.xml" not in package.names:
            raise Refused(
                _("Asiakirjasta puuttuu sen sisältö. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa.")
            )
        pieces = [_words(package.read_xml("content.xml"))]
        if "styles.xml" in package.names:
            pieces.append(_words(package.read_xml("styles.xml")))
        macros = any(name.startswith("Basic/") and name.endswith(".xba") for name in package.names)
    return described(pieces, macros)


def _words(data: bytes) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    out: list[str] = []
    inside = cells = 0
    walker = etree.iterwalk(etree.fromstring(data, parser), events=("start", "end"))
    for event, element in walker:
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIP:
                walker.skip_subtree()
                continue
            inside += tag in _PARAGRAPHS
            cells += tag == "table-cell"
            out.append(_sign(tag, element))
            if inside and element.text:
                out.append(re.sub(r"\s+", " ", element.text))
            continue
        if tag in _PARAGRAPHS:
            inside -= 1
            out.append(" " if cells else "\n")
        elif tag == "table-cell":
            cells -= 1
            out.append("\t")
        elif tag == "table-row":
            out.append("\n")
        if inside and element.tail:
            out.append(re.sub(r"\s+", " ", element.tail))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(tidy_row, "".join(out).split("\n")))).strip()


def _sign(tag: str, element: Any) -> str:
    if tag == "tab":
        return "\t"
    if tag == "line-break":
        return "\n"
    if tag == "s":
        count = next((v for k, v in element.attrib.items() if k.endswith("}c")), "1")
        return " " * (min(int(count), _LONGEST_GAP) if count.isascii() and count.isdigit() else 1)
    return ""
