"""The archivist sees who opened what that is secret, when and why; a list taken out leaves a mark."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from tests.fakes.world import SECRET, World
from workbench.cases.edit import OpenSecret
from workbench.cases.items import PartyItem
from workbench.cases.oversight import LogExport, load_openings, unusual_days
from workbench.errors import NotAllowed
from workbench.store import journal

SINCE = date(2026, 11, 1)


def test_openings_are_told_with_their_reasons_and_whose_they_were(plain: World) -> None:
    secret = plain.letter("Salainen", overrides=SECRET)
    hidden = PartyItem(role="initiator", name="Suojattu", street="Piilokatu 7", protected=True)
    case_id = plain.register(documents=(secret,), parties=(hidden,))
    row = plain.rows("party_secret")[0]["id"]
    for kind, row_id, who, why in (
        ("document", secret.document_id, "preparer", "Käsittelen asiaa"),
        ("party_secret", row, "registrar", "Kirjeen lähettäminen"),
        ("document", secret.document_id, "confidant", "Uteliaisuus"),
    ):
        plain.run(OpenSecret(kind=kind, row_id=row_id, reason=why), who)
    assert case_id
    with plain.read("archivist") as reader:
        found = load_openings(reader, SINCE)
    assert [(o.person.split()[0], o.kind, o.number, o.reason, o.own) for o in found] == [
        ("Confidant", "document", "1/10.03.03/2026", "Uteliaisuus", False),
        ("Registrar", "party_secret", "1/10.03.03/2026", "Kirjeen lähettäminen", True),
        ("Preparer", "document", "1/10.03.03/2026", "Käsittelen asiaa", True),
    ]
    plain.clock.move(days=2)
    with plain.read("archivist") as reader:
        assert load_openings(reader, date(2026, 11, 25)) == []


def test_only_the_archivist_of_the_municipality_reads_it(plain: World) -> None:
    plain.run(OpenSecret(kind="case_file", row_id=plain.register(overrides=SECRET), reason="työ"))
    for who, code in (("registrar", "924"), ("manager", "924"), ("archivist", "")):
        with plain.read(who, code) as reader, pytest.raises(NotAllowed, match="arkistonhoitaja"):
            load_openings(reader, SINCE)
    with plain.read("neighbour", "236") as reader:
        assert load_openings(reader, SINCE) == []


def test_the_report_asks_the_store_as_often_for_many_openings_as_for_one(plain: World) -> None:
    def asked() -> tuple[int, list[str]]:
        statements: list[str] = []
        with plain.read("archivist") as reader:
            event.listen(reader.connection, "before_cursor_execute", lambda *a: statements.append(a[2]))
            found = load_openings(reader, SINCE)
        return len(statements), [o.number for o in found]

    first, second = (plain.register(title, overrides=SECRET) for title in ("Ensimmäinen", "Toinen"))
    plain.run(OpenSecret(kind="case_file", row_id=first, reason="työ"))
    once, numbers = asked()
    assert numbers == ["1/10.03.03/2026"]
    plain.run(OpenSecret(kind="case_file", row_id=second, reason="työ"))
    plain.run(OpenSecret(kind="case_file", row_id=first, reason="työ"), "confidant")
    assert asked() == (once, ["1/10.03.03/2026", "2/10.03.03/2026", "1/10.03.03/2026"])


def test_a_day_of_many_openings_stands_out(plain: World) -> None:
    cases = [plain.register(f"Asia {n}", overrides=SECRET) for n in range(4)]
    for case_id in cases:
        plain.run(OpenSecret(kind="case_file", row_id=case_id, reason="selailu"), "confidant")
    plain.run(OpenSecret(kind="case_file", row_id=cases[0], reason="työ"))
    with plain.read("archivist") as reader:
        found = load_openings(reader, SINCE)
    assert unusual_days(found, 3) == [(date(2026, 11, 24), "Confidant Testinen", 4)]
    assert unusual_days(found, 4) == []


def test_a_list_taken_out_leaves_a_mark(plain: World) -> None:
    plain.run(LogExport(count=12), "preparer")
    with plain.store.reader() as connection:
        newest = journal.history(connection, "924")[0]
    assert newest.title == "Viety luettelo, jossa asioita: 12"
    assert newest.actor_id == plain.people["preparer"]
    with pytest.raises(NotAllowed):
        plain.run(LogExport(count=1), "admin")
