"""Kinds of the organisation: municipalities, offices, people, their roles, and rights to single secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.i18n import N_
from workbench.store.kinds import Field, FieldType, Kind, Merge, build_table

if TYPE_CHECKING:
    from workbench.store.unit import UnitOfWork

MUNICIPALITY = Kind(
    "municipality",
    N_("Kunta"),
    (
        Field("code", N_("Kuntanumero"), required=True),
        Field("name", N_("Nimi"), required=True, prose=True),
        Field("genitive", N_("Nimen omanto"), required=True),
        Field("business_id", N_("Y-tunnus")),
        Field("email", N_("Kirjaamon sähköposti")),
        Field("street", N_("Katuosoite"), prose=True),
        Field("postal", N_("Postiosoite")),
        Field("phone", N_("Puhelin")),
        Field("colour", N_("Tunnusväri"), required=True),
        Field("number_template", N_("Asiatunnuksen muoto"), required=True),
        Field("office_hours", N_("Viraston aukiolo"), FieldType.JSON, required=True),
        Field("closed_periods", N_("Suljettuna"), FieldType.JSON),
        Field("round_to_year_end", N_("Säilytysaika vuoden loppuun"), FieldType.FLAG, required=True),
    ),
)

OFFICE = Kind(
    "office",
    N_("Toimiala"),
    (
        Field("municipality", N_("Kunta"), required=True, ref="municipality", index=True),
        Field("code", N_("Tunnus"), required=True),
        Field("name", N_("Nimi"), required=True, prose=True),
        Field("email", N_("Sähköposti")),
        Field("order_key", N_("Järjestys"), FieldType.INTEGER, hidden=True),
    ),
    unique=(("municipality", "code"),),
)

PERSON = Kind(
    "person",
    N_("Henkilö"),
    (
        Field("name", N_("Nimi"), required=True, prose=True),
        Field("title", N_("Nimike"), prose=True),
        Field("email", N_("Sähköposti")),
        Field("phone", N_("Puhelin")),
        Field("home_municipality", N_("Kotikunta"), required=True, ref="municipality"),
        Field("office_id", N_("Toimiala"), ref="office"),
        Field("employment", N_("Palvelussuhde"), required=True),  # virka | työsuhde
        Field("active", N_("Palveluksessa"), FieldType.FLAG, required=True),
    ),
)

ROLE = Kind(
    "role",
    N_("Rooli"),
    (
        Field("person_id", N_("Henkilö"), required=True, ref="person", index=True),
        Field("municipality", N_("Kunta"), required=True, ref="municipality"),
        Field("office", N_("Toimiala"), required=True),  # code of the office, "" = the whole municipality
        Field("role", N_("Rooli"), required=True),
        Field("secret", N_("Oikeus salassa pidettäviin"), FieldType.FLAG, required=True),
        Field("valid_from", N_("Alkaa"), FieldType.DAY),
        Field("valid_to", N_("Päättyy"), FieldType.DAY),
    ),
)


def _own_scope(row: Mapping[str, Any], _uow: UnitOfWork) -> str:
    return str(row["target"])


# A restricted scope and where it belongs, so that a secrecy right over an office covers it.
SECRECY_SCOPE = Kind(
    "secrecy_scope",
    N_("Rajattu kohde"),
    (
        Field("target", N_("Kohde"), required=True, hidden=True),
        Field("municipality", N_("Kunta"), required=True, ref="municipality"),
        Field("office", N_("Toimiala"), required=True),
    ),
    scope=_own_scope,
    opens="target",
    unique=(("target",),),
)

# A person's right to one restricted scope: the handler of a secret case, or one given it for a reason.
ACCESS_RIGHT = Kind(
    "access_right",
    N_("Oikeus rajattuun kohteeseen"),
    (
        Field("target", N_("Kohde"), required=True, hidden=True, index=True),
        Field("person_id", N_("Henkilö"), required=True, ref="person", index=True),
        Field("municipality", N_("Kunta"), required=True, ref="municipality"),
        Field("basis", N_("Peruste"), required=True, prose=True),
        Field("valid_to", N_("Päättyy"), FieldType.DAY, merge=Merge.ASK),
    ),
    scope=_own_scope,
    opens="target",
    unique=(("target", "person_id"),),
)

KINDS = (MUNICIPALITY, OFFICE, PERSON, ROLE, SECRECY_SCOPE, ACCESS_RIGHT)

municipality = build_table(MUNICIPALITY)
office = build_table(OFFICE)
person = build_table(PERSON)
role = build_table(ROLE)
secrecy_scope = build_table(SECRECY_SCOPE)
access_right = build_table(ACCESS_RIGHT)
