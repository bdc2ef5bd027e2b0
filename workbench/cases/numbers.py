"""Case numbers (asiatunnus): one series per municipality and year, gap-free, never reused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from workbench.cases.tables import case_file
from workbench.errors import Problem, UserError
from workbench.i18n import _
from workbench.organisation.series import case_series
from workbench.store.authority import peek_number
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork

DEFAULT_TEMPLATE = "{n}/{class}/{year}"


def check_template(template: str) -> str:
    """The template, when it can be used: it needs the running number and the year, and knows the class; nothing else."""
    places = re.findall(r"\{([^}]*)\}", template)
    if set(places) - {"n", "class", "year"} or places.count("n") != 1 or places.count("year") != 1:
        raise UserError(
            _("Asiatunnuksen muodossa pitää olla {n} ja {year} kerran; lisäksi voi olla {class}."),
            field="number_template",
        )
    return template


def no_gap_in_numbers(uow: UnitOfWork) -> Iterator[Problem]:
    """A series is continued from elsewhere, or corrected, only before its first number here: later it would
    leave a gap or give a number twice."""
    if uow.command_type not in ("organisation.continue_series", "organisation.correct_series"):
        return
    c = case_file.c
    query = (
        select(c.municipality, c.year, func.max(c.running))
        .where(c.municipality == uow.about[1], c.running.is_not(None))
        .group_by(c.municipality, c.year)
    )
    for municipality, year, last in uow.connection.execute(query):
        if peek_number(uow.connection, case_series(municipality, year)) != last + 1:
            yield Problem(
                "number_gap",
                _(
                    "Vuoden {year} numeroita on jo annettu, viimeksi {n}. Sarja jatkuu siitä itsestään."
                ).format(year=year, n=last),
            )


def is_series_used(connection: Connection, series: str) -> bool:
    """Whether a case has a number of a diary series; any other series belongs to one object and is not asked of."""
    kind, _colon, rest = series.partition(":")
    municipality, _colon, year = rest.partition(":")
    if kind != "case" or not year.isdecimal():
        return False
    c = case_file.c
    query = select(c.k).where(c.municipality == municipality, c.year == int(year), c.running.is_not(None))
    return connection.execute(query.limit(1)).first() is not None


def numbers_given(reader: Reader, municipality: str, year: int) -> bool:
    """Whether any case of the municipality has a number of the year."""
    return is_series_used(reader.connection, case_series(municipality, year))


# The number people quote: "12/10.03.03/2026", "Dnro 12/10.03.03/2026", with blanks and odd dashes.
_QUOTED = re.compile(
    r"(?<![\d/.])(\d{1,6})\s?[/\u2215\u2044]\s?(\d{2}(?:[.\s]\d{2}){0,3})\s?[/\u2215\u2044]\s?((?:19|20)\d{2})(?![\d/])"
)


def quoted_numbers(text: str) -> Iterator[str]:
    """Case numbers quoted in a text, in one written form, in the order they stand."""
    for match in _QUOTED.finditer(text):
        class_code = ".".join(re.split(r"[.\s]", match[2]))
        yield f"{int(match[1])}/{class_code}/{match[3]}"
