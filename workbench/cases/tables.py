"""Kinds of case handling. Each field is declared once, here; tables, sync, history and undo follow.

A case (asia) is the root; parties, actions, documents, tasks and notes are its children and share its
scope. A restricted case is a scope of its own; so is a secret document, and an address under a
non-disclosure order (turvakielto).
"""

from __future__ import annotations

from workbench.cases import assigning, found, scopes
from workbench.i18n import N_
from workbench.store.kinds import Field, FieldType, Kind, Merge, build_table

# Covers what a list asks, sorts and filters by, so that 200,000 cases are listed from the index alone.
LIST_INDEX = (
    "municipality",
    "registered_at",
    "scope_id",
    "state",
    "voided_at",
    "merged_into",
    "closed_on",
    "due_on",
    "handler_id",
    "office",
    "class_code",
    "case_type",
    "id",
    "number",
    "title",
)

CASE = Kind(
    "case_file",
    N_("Asia"),
    (
        Field("municipality", N_("Kunta"), required=True, ref="municipality", merge=Merge.LOCK),
        Field("number", N_("Asiatunnus"), index=True, merge=Merge.LOCK),
        Field("year", N_("Vuosi"), FieldType.INTEGER, merge=Merge.LOCK, hidden=True),
        Field("running", N_("Juokseva numero"), FieldType.INTEGER, merge=Merge.LOCK, hidden=True),
        Field("former_numbers", N_("Aiemmat tunnukset"), FieldType.JSON),
        Field("external_id", N_("Tunnus aiemmassa järjestelmässä"), merge=Merge.LOCK),
        Field("title", N_("Otsikko"), required=True, personal=True, prose=True),
        Field("public_title", N_("Julkinen otsikko"), prose=True),
        Field("case_type", N_("Asian laji"), required=True),
        Field("class_code", N_("Tehtäväluokka"), required=True),
        Field("office", N_("Toimiala"), required=True),
        Field("handler_id", N_("Käsittelijä"), ref="person", index=True),
        Field("state", N_("Tila"), required=True),
        Field("phase", N_("Vaihe"), required=True),
        Field("channel", N_("Saapumistapa")),
        Field("arrived_at", N_("Saapunut"), FieldType.INSTANT),
        Field("opened_on", N_("Tullut vireille"), FieldType.DAY, required=True),
        Field("registered_at", N_("Rekisteröity"), FieldType.INSTANT, required=True, merge=Merge.LOCK),
        Field("registered_by", N_("Rekisteröijä"), ref="person", merge=Merge.LOCK),
        Field("due_on", N_("Määräaika"), FieldType.DAY),
        Field("due_basis", N_("Määräajan peruste"), prose=True),
        Field("language", N_("Kieli"), required=True),
        Field("summary", N_("Kuvaus"), personal=True, prose=True),
        Field("plan_version", N_("Tiedonohjaussuunnitelman versio")),
        Field("publicity", N_("Julkisuusluokka"), required=True, merge=Merge.ASK),
        Field("secrecy_basis", N_("Salassapitoperuste"), merge=Merge.ASK),
        Field("secrecy_years", N_("Salassapitoaika"), FieldType.INTEGER, merge=Merge.ASK),
        Field("personal_data", N_("Henkilötietojen luonne"), merge=Merge.ASK),
        Field("retention_years", N_("Säilytysaika"), FieldType.INTEGER, merge=Merge.ASK),
        Field("retention_basis", N_("Säilytysajan peruste"), merge=Merge.ASK),
        Field("overrides", N_("Suunnitelmasta poikkeavat arvot"), FieldType.JSON, hidden=True),
        Field("restricted", N_("Rajattu"), FieldType.FLAG, required=True, merge=Merge.ASK),
        Field("closed_on", N_("Päätetty"), FieldType.DAY),
        Field("voided_at", N_("Mitätöity"), FieldType.INSTANT),
        Field("merged_into", N_("Yhdistetty asiaan"), ref="case_file"),
        Field("moved_to", N_("Siirretty kuntaan"), ref="municipality"),
        Field("split_from", N_("Erotettu asiasta"), ref="case_file"),
    ),
    scope=scopes.case_scope,
    search=found.case_entry,
    assign=assigning.assign_case,
    assigned=("number", "year", "running"),
    adopt=assigning.adopt_case,
    lasting=True,
    unique=(("municipality", "number"), ("municipality", "year", "running"), ("municipality", "external_id")),
    indexes=(("state", "due_on"), LIST_INDEX),
)

PARTY = Kind(
    "party",
    N_("Osapuoli"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("role", N_("Rooli"), required=True),  # vireillepanija, asianosainen, asiamies, …
        Field("name", N_("Nimi"), required=True, personal=True, prose=True),
        Field("entity", N_("Laji"), required=True),  # person | organisation | authority
        Field("business_id", N_("Y-tunnus")),
        Field("street", N_("Katuosoite"), personal=True, prose=True),
        Field("postal_code", N_("Postinumero"), personal=True),
        Field("town", N_("Postitoimipaikka"), personal=True),
        Field("country", N_("Maa")),
        Field("email", N_("Sähköposti"), personal=True, index=True),
        Field("phone", N_("Puhelin"), personal=True),
        Field("language", N_("Asiointikieli")),
        Field("e_consent", N_("Suostunut sähköiseen tiedoksiantoon"), FieldType.FLAG),
        Field("represented_by", N_("Asiamies"), ref="party"),
        Field("protected", N_("Turvakielto"), FieldType.FLAG, required=True),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
    search=found.party_entry,
    history_scope=scopes.party_history_scope,
)

# What is kept apart of a party: an identity number, and the whole address under a non-disclosure order.
PARTY_SECRET = Kind(
    "party_secret",
    N_("Suojatut yhteystiedot"),
    (
        Field("party_id", N_("Osapuoli"), required=True, ref="party", index=True, hidden=True),
        Field("case_id", N_("Asia"), required=True, ref="case_file", hidden=True),
        Field("identity_number", N_("Henkilötunnus"), personal=True),
        Field("street", N_("Katuosoite"), personal=True, prose=True),
        Field("postal_code", N_("Postinumero"), personal=True),
        Field("town", N_("Postitoimipaikka"), personal=True),
        Field("email", N_("Sähköposti"), personal=True),
        Field("phone", N_("Puhelin"), personal=True),
    ),
    scope=scopes.party_secret_scope,
    root="case_id",
)

ACTION = Kind(
    "action",
    N_("Toimenpide"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("phase", N_("Vaihe"), required=True),
        Field("name", N_("Nimi"), required=True, prose=True),
        Field("state", N_("Tila"), required=True),  # planned | done
        Field("done_on", N_("Tehty"), FieldType.DAY),
        Field("by_id", N_("Tekijä"), ref="person"),
        Field("note", N_("Huomautus"), personal=True, prose=True),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
)

DOCUMENT = Kind(
    "document",
    N_("Asiakirja"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True),
        Field("identifier", N_("Asiakirjan tunniste")),
        Field("attached_to", N_("Liitteenä asiakirjassa"), ref="document", index=True),
        Field("position", N_("Järjestys"), FieldType.INTEGER, hidden=True),
        Field("title", N_("Otsikko"), required=True, personal=True, prose=True),
        Field("type", N_("Asiakirjatyyppi"), required=True),
        Field("direction", N_("Suunta"), required=True),  # received | own | sent
        Field("state", N_("Tila"), required=True),  # draft | final
        Field("sender", N_("Lähettäjä"), personal=True, prose=True),
        Field("author", N_("Laatija"), prose=True),
        Field("channel", N_("Saapumistapa")),
        Field("arrived_at", N_("Saapunut"), FieldType.INSTANT),
        Field("dated_on", N_("Päiväys"), FieldType.DAY),
        Field("action_id", N_("Toimenpide"), ref="action"),
        Field("language", N_("Kieli")),
        Field("message_id", N_("Viestin tunniste"), hidden=True, index=True),
        Field("publicity", N_("Julkisuusluokka"), required=True, merge=Merge.ASK),
        Field("secrecy_basis", N_("Salassapitoperuste"), merge=Merge.ASK),
        Field("secrecy_years", N_("Salassapitoaika"), FieldType.INTEGER, merge=Merge.ASK),
        Field("secret_part", N_("Salassa pidettävä osa"), merge=Merge.ASK, prose=True),
        Field("personal_data", N_("Henkilötietojen luonne"), merge=Merge.ASK),
        Field("retention_years", N_("Säilytysaika"), FieldType.INTEGER, merge=Merge.ASK),
        Field("retention_basis", N_("Säilytysajan peruste"), merge=Merge.ASK),
        Field("overrides", N_("Suunnitelmasta poikkeavat arvot"), FieldType.JSON, hidden=True),
        Field("restricted", N_("Rajattu"), FieldType.FLAG, required=True, merge=Merge.ASK),
    ),
    scope=scopes.document_scope,
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
    search=found.document_entry,
    assign=assigning.assign_document,
    assigned=("identifier", "position"),
    adopt=assigning.adopt_document,
)

VERSION = Kind(
    "document_version",
    N_("Asiakirjan versio"),
    (
        Field("document_id", N_("Asiakirja"), required=True, ref="document", index=True, hidden=True),
        Field("case_id", N_("Asia"), required=True, ref="case_file", hidden=True),
        Field("municipality", N_("Kunta"), required=True, ref="municipality", hidden=True),
        Field("number", N_("Versio"), FieldType.INTEGER, required=True),
        Field("filename", N_("Tiedosto"), required=True, personal=True),
        Field("media_type", N_("Tiedostomuoto"), required=True),
        Field("sha256", N_("Tarkistussumma"), required=True, index=True),
        Field("size", N_("Koko"), FieldType.INTEGER, required=True),
        Field("pages", N_("Sivuja"), FieldType.INTEGER),
        Field("text", N_("Teksti"), personal=True, derived=True),
        Field("text_state", N_("Tekstin tila"), required=True),
        Field("note", N_("Huomautus"), prose=True),
        Field("made_at", N_("Lisätty"), FieldType.INSTANT, required=True),
        Field("made_by", N_("Lisääjä"), ref="person"),
    ),
    parent="document_id",
    parent_kind="document",
    root="case_id",
    blob="sha256",
    search=found.version_entry,
    search_with_parent=True,
)

TASK = Kind(
    "task",
    N_("Tehtävä"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("title", N_("Tehtävä"), required=True, prose=True),
        Field("assignee_id", N_("Tekijä"), ref="person", index=True),
        Field("due_on", N_("Määräpäivä"), FieldType.DAY),
        Field("remind_on", N_("Muistutus"), FieldType.DAY),
        Field("done_at", N_("Tehty"), FieldType.INSTANT),
        Field("made_by", N_("Antaja"), ref="person"),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
)

NOTE = Kind(
    "note",
    N_("Muistiinpano"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("text", N_("Teksti"), required=True, personal=True, prose=True),
        Field("made_at", N_("Kirjoitettu"), FieldType.INSTANT, required=True),
        Field("made_by", N_("Kirjoittaja"), ref="person"),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
    search=found.note_entry,
)

LINK = Kind(
    "case_link",
    N_("Liittyvä asia"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("other_id", N_("Liittyvä asia"), required=True, ref="case_file", index=True),
        Field("relation", N_("Suhde"), required=True),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
    unique=(("case_id", "other_id", "relation"),),
)

HANDOVER = Kind(
    "handover",
    N_("Käsittelyn siirto"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", index=True, hidden=True),
        Field("from_id", N_("Keneltä"), ref="person"),
        Field("to_id", N_("Kenelle"), required=True, ref="person"),
        Field("at", N_("Milloin"), FieldType.INSTANT, required=True),
        Field("message", N_("Viesti"), personal=True, prose=True),
    ),
    parent="case_id",
    parent_kind="case_file",
    root="case_id",
)

MARK = Kind(
    "case_mark",
    N_("Oma merkintä"),
    (
        Field("case_id", N_("Asia"), required=True, ref="case_file", hidden=True),
        Field("person_id", N_("Henkilö"), required=True, ref="person", hidden=True),
        Field("mark", N_("Merkintä"), required=True),  # favourite | watch | recent
        Field("at", N_("Milloin"), FieldType.INSTANT, required=True),
    ),
    scope=scopes.own_scope,
    unique=(("person_id", "mark", "case_id"),),
)

SAVED_VIEW = Kind(
    "saved_view",
    N_("Tallennettu näkymä"),
    (
        Field("person_id", N_("Henkilö"), required=True, ref="person", hidden=True),
        Field("name", N_("Nimi"), required=True, prose=True),
        Field("query", N_("Rajaus"), FieldType.JSON, required=True),
    ),
    scope=scopes.own_scope,
    unique=(("person_id", "name"),),
)

ARRIVAL = Kind(
    "arrival",
    N_("Saapunut"),
    (
        Field("municipality", N_("Kunta"), required=True, ref="municipality"),
        Field("state", N_("Tila"), required=True, index=True),  # new | registered | set_aside
        Field("channel", N_("Saapumistapa"), required=True),
        Field("subject", N_("Aihe"), required=True, personal=True, prose=True),
        Field("sender_name", N_("Lähettäjä"), personal=True, prose=True),
        Field("sender_email", N_("Lähettäjän sähköposti"), personal=True, index=True),
        Field("arrived_at", N_("Saapunut"), FieldType.INSTANT, required=True),
        Field("sent_at", N_("Lähetetty"), FieldType.INSTANT),
        Field("imported_at", N_("Tuotu"), FieldType.INSTANT, required=True),
        Field("imported_by", N_("Tuoja"), ref="person"),
        Field("message_id", N_("Viestin tunniste"), hidden=True, index=True),
        Field("references", N_("Viestiketju"), FieldType.JSON, hidden=True),
        Field("body", N_("Viestin teksti"), personal=True, derived=True),
        Field("warnings", N_("Huomautukset"), FieldType.JSON),
        Field("case_id", N_("Rekisteröity asiaan"), ref="case_file", index=True),
        Field("passed_from", N_("Siirretty kunnasta"), ref="municipality"),
        Field("set_aside_why", N_("Miksi ei rekisteröidä"), prose=True),
    ),
    scope=scopes.arrival_scope,
    search=found.arrival_entry,
)

ARRIVAL_FILE = Kind(
    "arrival_file",
    N_("Saapunut tiedosto"),
    (
        Field("arrival_id", N_("Saapunut"), required=True, ref="arrival", index=True, hidden=True),
        Field("municipality", N_("Kunta"), required=True, ref="municipality", hidden=True),
        Field("position", N_("Järjestys"), FieldType.INTEGER, required=True),
        Field("filename", N_("Tiedosto"), required=True, personal=True),
        Field("media_type", N_("Tiedostomuoto"), required=True),
        Field("sha256", N_("Tarkistussumma"), required=True, index=True),
        Field("size", N_("Koko"), FieldType.INTEGER, required=True),
        Field("pages", N_("Sivuja"), FieldType.INTEGER),
        Field("text", N_("Teksti"), personal=True, derived=True),
        Field("text_state", N_("Tekstin tila"), required=True),
        Field("note", N_("Huomautus"), prose=True),
        Field("is_message", N_("Viesti itse"), FieldType.FLAG, required=True, hidden=True),
    ),
    parent="arrival_id",
    parent_kind="arrival",
    root="arrival_id",
    blob="sha256",
)

PLAN = Kind(
    "plan",
    N_("Tiedonohjaussuunnitelma"),
    (
        Field("municipality", N_("Kunta"), required=True, ref="municipality"),
        Field("version", N_("Versio"), required=True),
        Field("valid_from", N_("Voimassa alkaen"), FieldType.DAY, required=True),
        Field("state", N_("Tila"), required=True),
        Field("content", N_("Sisältö"), FieldType.JSON, required=True, merge=Merge.ASK, hidden=True),
    ),
    unique=(("municipality", "version"),),
)

KINDS = (
    CASE,
    PARTY,
    PARTY_SECRET,
    ACTION,
    DOCUMENT,
    VERSION,
    TASK,
    NOTE,
    LINK,
    HANDOVER,
    MARK,
    SAVED_VIEW,
    ARRIVAL,
    ARRIVAL_FILE,
    PLAN,
)

case_file = build_table(CASE)
party = build_table(PARTY)
party_secret = build_table(PARTY_SECRET)
action = build_table(ACTION)
document = build_table(DOCUMENT)
document_version = build_table(VERSION)
task = build_table(TASK)
note = build_table(NOTE)
case_link = build_table(LINK)
handover = build_table(HANDOVER)
case_mark = build_table(MARK)
saved_view = build_table(SAVED_VIEW)
arrival = build_table(ARRIVAL)
arrival_file = build_table(ARRIVAL_FILE)
plan = build_table(PLAN)
