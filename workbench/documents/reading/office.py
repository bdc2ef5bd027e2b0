"""Office Open XML: the words of a document (DOCX) and of a presentation (PPTX), by lxml alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbench.documents.reading.model import Extract
from workbench.documents.reading.packages import Package, Refused
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

# Deleted and moved-away words are no longer in the text; a fallback repeats what was already said.
_SKIP = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_AROUND = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def extract_document(data: bytes, reading: Reading) -> Extract:
    """A DOCX file: body with tables, then headers, footers, notes and comments."""
    with Package(data, reading) as package:
        main = _main_part(package)
        if main not in package.names:
            raise Refused(
                _("Word-tiedostosta puuttuu sen teksti. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa.")
            )
        pieces = [_words(package.read_xml(main))]
        pieces += [
            _words(package.read_xml(name)) for name in sorted(package.names) if _AROUND.fullmatch(name)
        ]
        macros = any(name.endswith("vbaProject.bin") for name in package.names)
    return described(pieces, macros)


def extract_presentation(data: bytes, reading: Reading) -> Extract:
    """A PPTX file: the slides in order."""
    with Package(data, reading) as package:
        slides = sorted((int(m.group(1)), m.group()) for n in package.names if (m := _SLIDE.fullmatch(n)))
        pieces = [_words(package.read_xml(name)) for _number, name in slides]
        macros = any(name.endswith("vbaProject.bin") for name in package.names)
    found = described(pieces, macros)
    return Extract(found.text, found.state, found.note, page_count=len(slides), warnings=found.warnings)


def described(pieces: list[str], macros: bool) -> Extract:
    """The pieces as one text, with a word about macros."""
    text = "\n\n".join(piece for piece in pieces if piece)
    warnings = (_("Tiedostossa on makroja. Älä salli niiden suorittamista."),) if macros else ()
    if not text:
        return Extract(state="none", note=_("Asiakirjassa ei ole luettavaa tekstiä."), warnings=warnings)
    return Extract(text=text, warnings=warnings)


def _main_part(package: Package) -> str:
    """The part that the package's own relations call its document."""
    if "_rels/.rels" in package.names:
        from lxml import etree

        for relation in etree.fromstring(package.read_xml("_rels/.rels"), _parser()):
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _words(data: bytes) -> str:
    from lxml import etree

    out: list[str] = []
    cells = 0
    walker = etree.iterwalk(etree.fromstring(data, _parser()), events=("start", "end"))
    for event, element in walker:
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIP:
                walker.skip_subtree()
            elif tag == "tc":
                cells += 1
            elif tag == "t" and element.text:
                out.append(element.text)
            elif tag in _SIGNS and element.getparent().tag.rpartition("}")[2] in ("r", "p"):
                out.append(_SIGNS[tag])
        elif tag == "p":
            out.append(" " if cells else "\n")
        elif tag == "tc":
            cells -= 1
            out.append("\t")
        elif tag == "tr":
            out.append("\n")
    return "\n".join(map(tidy_row, "".join(out).split("\n"))).strip()


def tidy_row(line: str) -> str:
    """A line whose cells stand apart by single tabs."""
    return "\t".join(cell.strip(" ") for cell in line.split("\t")).strip()


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
