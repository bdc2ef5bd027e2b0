"""HTML and XML as text. Nothing is rendered, expanded or fetched."""

from __future__ import annotations

import re
from typing import Any

from workbench.documents.reading.model import Extract
from workbench.documents.reading.plain import decode_text
from workbench.i18n import _

_HIDDEN = frozenset({"script", "style", "head", "title", "noscript", "template", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    }
)
_TAG = re.compile(r"</?(?!script|style|head|title|template|noscript)[a-z][^<>]{0,2000}>", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)


def declared_encoding(data: bytes) -> str:
    """The encoding an HTML or XML file names in its beginning, or ""."""
    found = _DECLARED.search(data[:4_000])
    return found.group(1).decode("ascii") if found else ""


def html_to_text(html: str) -> str:
    """What a reader would see, with its line breaks; links by their text."""
    from lxml import etree

    # NUL would end the text for the parser.
    html = html.replace("\x00", "")
    root, too_deep = _parsed(html)
    if too_deep:
        # The parser stops at a depth that only machines write; without its tags the text is flat.
        root, _deep = _parsed(_TAG.sub("\n", html))
    if root is None:
        return ""
    out: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            if tag in _HIDDEN:
                walker.skip_subtree()
                continue
            if tag in _BLOCKS:
                out.append("\n")
            if element.text:
                out.append(_SPACE.sub(" ", element.text))
        else:
            if tag == "br" or tag in _BLOCKS:
                out.append("\n")
            elif tag in ("td", "th"):
                out.append("\t")
            if tag in ("p", "table"):
                out.append("\n")
            if element.tail:
                out.append(_SPACE.sub(" ", element.tail))
    lines = [line.strip(" \t") for line in "".join(out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _parsed(html: str) -> tuple[Any, bool]:
    from lxml import etree

    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    data = html.encode("utf-8", "replace")  # rids us of lone surrogates too
    if not data.strip():
        return None, False
    root = etree.fromstring(data, parser)
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def referenced_images(html: str) -> frozenset[str]:
    """Content identifiers that the HTML shows as images."""
    from urllib.parse import unquote

    return frozenset(unquote(cid) for cid in re.findall(r"""cid:([^"'\s>)]{1,300})""", html, re.I))


def extract_html(data: bytes) -> Extract:
    """An HTML file."""
    text = html_to_text(decode_text(data, declared_encoding(data)))
    if not text:
        return Extract(state="none", note=_("Verkkosivutiedostossa ei ole luettavaa tekstiä."))
    return Extract(text=text)


def extract_xml(data: bytes) -> Extract:
    """An XML file: the text of its elements, one to a line. Entities stay unexpanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return Extract(
            text=decode_text(data, declared_encoding(data)),
            warnings=(_("XML-tiedosto on rikki. Sen teksti luettiin sellaisenaan."),),
        )
    pieces = [" ".join(str(piece).split()) for piece in root.itertext(tag=etree.Element)]
    text = "\n".join(piece for piece in pieces if piece)
    if not text:
        return Extract(state="none", note=_("XML-tiedostossa ei ole luettavaa tekstiä."))
    return Extract(text=text)
