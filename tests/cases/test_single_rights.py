"""A right to one secret thing is given for a reason and a time, and taken away; the handler keeps hers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fakes.world import SECRET, World
from workbench.cases.corrections import VoidCase
from workbench.cases.detail import load_case, needs_opening
from workbench.cases.edit import OpenSecret
from workbench.cases.single_rights import GiveAccess, TakeAccess, load_single_rights
from workbench.errors import NotAllowed, UserError
from workbench.store.check import check_store

WHY = "Auttaa asiassa"


def sees(w: World, case_id: str, who: str = "decider") -> bool:
    with w.read(who) as reader:
        try:
            needs_opening(reader, case_id)
        except UserError:
            return False
        return True


def documents(w: World, case_id: str, who: str = "decider") -> list[str]:
    with w.read(who) as reader:
        return [d.fields["title"] for d in load_case(reader, case_id).documents]


def test_a_right_to_a_case_until_it_is_taken_away(plain: World) -> None:
    case_id, decider = plain.register(overrides=SECRET), plain.people["decider"]
    assert not sees(plain, case_id)
    plain.run(GiveAccess(case_id=case_id, person_id=decider, reason=WHY))
    assert sees(plain, case_id)
    with plain.read() as reader:
        found = [(r.name, r.basis) for r in load_single_rights(reader, case_id, [])]
    assert ("Decider Testinen", "annettu oikeus") in found and len(found) == 3
    with pytest.raises(UserError, match="peruste"):
        plain.run(TakeAccess(case_id=case_id, person_id=decider))
    plain.run(TakeAccess(case_id=case_id, person_id=decider, reason="Tehtävä päättyi"))
    assert not sees(plain, case_id) and check_store(plain.store) == []
    with pytest.raises(UserError, match="ei ole tätä oikeutta"):
        plain.run(TakeAccess(case_id=case_id, person_id=decider, reason="x"))
    with pytest.raises(UserError, match="käsittelee asiaa"):
        plain.run(TakeAccess(case_id=case_id, person_id=plain.people["preparer"], reason="x"))


def test_a_right_ends_by_itself_and_can_be_let_to_go_on(plain: World) -> None:
    case_id, decider = plain.register(overrides=SECRET), plain.people["decider"]
    give = {"case_id": case_id, "person_id": decider, "reason": WHY}
    with pytest.raises(UserError, match="ennen kuin alkaa"):
        plain.run(GiveAccess(**give, valid_to=date(2026, 11, 23)))  # type: ignore[arg-type]
    plain.run(GiveAccess(**give, valid_to=date(2026, 11, 24)))  # type: ignore[arg-type]
    assert sees(plain, case_id)
    plain.clock.move(days=1)
    assert not sees(plain, case_id)
    plain.run(GiveAccess(**give, valid_to=date(2026, 11, 30)))  # type: ignore[arg-type]
    assert sees(plain, case_id)
    plain.run(GiveAccess(**give, valid_to=date(2026, 11, 26)))  # type: ignore[arg-type]  # never shorter
    plain.clock.move(days=3)
    assert sees(plain, case_id)


def test_a_right_that_has_ended_opens_nothing_either(plain: World) -> None:
    case_id = plain.register(overrides=SECRET)
    last_day = date(2026, 11, 24)
    plain.run(GiveAccess(case_id=case_id, person_id=plain.people["decider"], valid_to=last_day, reason=WHY))
    opening = {"kind": "case_file", "row_id": case_id, "reason": WHY}
    plain.run(OpenSecret(**opening), "decider")
    plain.clock.move(days=1)
    with pytest.raises(NotAllowed, match="ei löydy"):
        plain.run(OpenSecret(**opening), "decider")


def test_a_handler_does_not_correct_the_register_even_in_her_own_case(plain: World) -> None:
    case_id = plain.register()
    assert plain.row("case_file", case_id)["handler_id"] == plain.people["preparer"]
    with pytest.raises(NotAllowed):
        plain.run(VoidCase(case_id=case_id, reason="virhe"), "preparer")
    plain.run(VoidCase(case_id=case_id, reason="virhe"))


def test_a_right_to_one_document_of_an_ordinary_case(plain: World) -> None:
    secret = plain.letter("Salainen", overrides=SECRET)
    case_id, decider = plain.register(documents=(plain.letter(), secret)), plain.people["decider"]
    assert documents(plain, case_id) == ["Kirje"]
    give = GiveAccess(case_id=case_id, person_id=decider, document_id=secret.document_id, reason=WHY)
    with pytest.raises(NotAllowed):
        plain.run(give, "decider")  # nobody gives what she has not
    plain.run(give)
    assert documents(plain, case_id) == ["Kirje", "Salainen"]
    plain.run(
        TakeAccess(case_id=case_id, person_id=decider, document_id=secret.document_id, reason="päättyi")
    )
    assert documents(plain, case_id) == ["Kirje"]
    for document_id in ("", plain.rows("document", title="Kirje")[0]["id"]):
        with pytest.raises(UserError, match=r"ei ole salassa|ei ole omia"):
            plain.run(GiveAccess(case_id=case_id, person_id=decider, document_id=document_id, reason=WHY))
