"""A compressed folder (ZIP) or a signed package (ASiC): its members, each read as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.documents.reading.model import Extract, ParsedFile
from workbench.documents.reading.packages import Package
from workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading


def extract(data: bytes, reading: Reading, depth: int) -> Extract:
    """The members of a package. One broken member does not cost the others."""
    children: list[ParsedFile] = []
    broken = 0
    with Package(data, reading) as package:
        for member in package.members:
            if not reading.may_add_part():
                return _described(children, len(package.members) - len(children))
            try:
                content = package.read(member)
            except Exception:  # a damaged member may fail in any layer of decompression
                broken += 1
                continue
            children.append(reading.part(content, member.filename, depth=depth + 1))
    return _described(children, broken)


def _described(children: list[ParsedFile], unread: int) -> Extract:
    warnings: tuple[str, ...] = ()
    if unread:
        warnings = (
            ngettext(
                "Paketin {n} tiedostoa ei voitu avata. Koko paketti on tallessa.",
                "Paketin {n} tiedostoa ei voitu avata. Koko paketti on tallessa.",
                unread,
            ).format(n=unread),
        )
    note = _("Tiedosto on pakattu kansio. Sen tiedostot ovat luettelossa erikseen.")
    if not children:
        note = _("Pakatussa kansiossa ei ole yhtään avattavaa tiedostoa.")
    return Extract(state="none", note=note, children=tuple(children), warnings=warnings)
