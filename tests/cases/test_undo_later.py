"""What undo refused too seldom before, one by one: later commands have touched or ended what it would write
back. Nothing changes then, and the reason is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.cases.test_undo import growing, state
from tests.fakes.world import SECRET, SECRET_CLASS, World
from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MergeCases, MoveDocuments, TransferCase, VoidCase
from workbench.cases.edit import EditCase, HandOver, ReclassifyCase, SetCaseValues
from workbench.cases.items import PartyItem
from workbench.cases.papers import AddDocument, AddVersion, EditDocument
from workbench.cases.parts import (
    AddParty,
    AddTask,
    CompleteTask,
    EditParty,
    LinkCases,
    MarkCase,
    RemoveParty,
    UnlinkCases,
)
from workbench.cases.plan.plan_json import common_plan, plan_to_dict
from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.cases.single_rights import GiveAccess
from workbench.errors import UserError
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EndRole, NameOffice
from workbench.store.check import check_store
from workbench.store.undo import Undo


def refused(w: World, command_id: str, words: str, who: str = "registrar", municipality: str = "924") -> None:
    """The undo is refused with the words, and nothing has changed."""
    before, sizes = state(w), growing(w)
    with pytest.raises(UserError, match=words):
        w.run(Undo(undone=command_id), who, municipality)
    assert state(w) == before and growing(w) == sizes and check_store(w.store) == []


def test_a_party_that_represents_another_is_not_taken_back(plain: World) -> None:
    case_id = plain.register()
    agent = PartyItem(role="representative", name="Asiamies")
    added = plain.run(AddParty(case_id=case_id, party=agent))
    client = plain.rows("party", name="Liisa Lähettäjä")[0]["id"]
    plain.run(EditParty(party_id=client, changes={"represented_by": agent.party_id}))
    refused(plain, added.command_id, "viitattu.*Osapuoli")


def test_a_party_does_not_come_back_without_her_representative(plain: World) -> None:
    case_id = plain.register()
    agent = PartyItem(role="representative", name="Asiamies")
    plain.run(AddParty(case_id=case_id, party=agent))
    client = PartyItem(role="party", name="Päämies", represented_by=agent.party_id)
    plain.run(AddParty(case_id=case_id, party=client))
    removed = plain.run(RemoveParty(party_id=client.party_id))
    plain.run(RemoveParty(party_id=agent.party_id))
    refused(plain, removed.command_id, "viitattu.*Osapuoli")


@pytest.mark.parametrize("end", [CloseCase, VoidCase], ids=lambda c: c.__name__)
@pytest.mark.parametrize("which", [0, 1], ids=["source", "target"])
def test_documents_do_not_go_back_when_either_case_has_ended(
    plain: World, end: type[CloseCase] | type[VoidCase], which: int
) -> None:
    extra = plain.letter("Siirrettävä")
    cases = [plain.register("Lähde", documents=(plain.letter(), extra)), plain.register("Kohde")]
    move = MoveDocuments(document_ids=(extra.document_id,), to_case_id=cases[1], reason="väärä asia")
    moved = plain.run(move)
    plain.run(end(case_id=cases[which], reason="valmis"))
    refused(plain, moved.command_id, "päätetty" if end is CloseCase else "mitätöity")


@pytest.mark.parametrize("end", ["close", "void", "merge", "transfer"])
def test_the_data_of_a_case_that_has_ended_stay(plain: World, end: str) -> None:
    case_id = plain.register()
    made = [
        plain.run(EditCase(case_id=case_id, changes={"summary": "Kuvaus"})).command_id,
        plain.run(HandOver(case_id=case_id, to_id=plain.people["decider"])).command_id,
    ]
    for file in plain.rows("document_version"):
        plain.store.blobs.put("236", plain.store.blobs.read("924", file["sha256"]))
    plain.run(
        {
            "close": CloseCase(case_id=case_id),
            "void": VoidCase(case_id=case_id, reason="virhe"),
            "merge": MergeCases(case_id=case_id, into_id=plain.register(), reason="kaksoiskappale"),
            "transfer": TransferCase(case_id=case_id, municipality="236", reason="väärä kunta"),
        }[end]
    )
    words = {"close": "päätetty", "void": "mitätöity", "merge": "yhdistetty", "transfer": "siirretty"}[end]
    for command_id in made:
        refused(plain, command_id, words)


def test_what_stops_closing_stops_closing_again_and_taking_back_a_reopening(plain: World) -> None:
    case_id = plain.register()
    closed = plain.run(CloseCase(case_id=case_id), "preparer")
    back = plain.run(Undo(undone=closed.command_id), "preparer")
    task = AddTask(case_id=case_id, title="Soita vielä")
    plain.run(task)
    refused(plain, back.command_id, "Tehtävä on kesken", "preparer")
    plain.run(CompleteTask(task_id=task.task_id))
    plain.run(CloseCase(case_id=case_id), "preparer")
    opened = plain.run(ReopenCase(case_id=case_id, reason="uutta"), "preparer")
    draft = AddDocument(case_id=case_id, document=plain.letter("Luonnos", state="draft"))
    plain.run(draft)
    refused(plain, opened.command_id, "Asiakirja on luonnos", "preparer")
    plain.run(EditDocument(document_id=draft.document.document_id, changes={"state": "final"}))
    plain.run(Undo(undone=opened.command_id), "preparer")
    assert plain.row("case_file", case_id)["closed_on"] is not None


def test_a_task_is_not_taken_up_again_in_a_closed_case(plain: World) -> None:
    case_id = plain.register()
    task = AddTask(case_id=case_id, title="Soita")
    plain.run(task)
    done = plain.run(CompleteTask(task_id=task.task_id))
    plain.run(CloseCase(case_id=case_id))
    refused(plain, done.command_id, "Tehtävä on kesken")


def test_a_case_does_not_become_public_with_somebody_holding_a_right_to_it(plain: World) -> None:
    case_id = plain.register()
    secret = plain.run(SetCaseValues(case_id=case_id, values=SECRET))
    plain.run(GiveAccess(case_id=case_id, person_id=plain.people["teacher"], reason="apu"))
    refused(plain, secret.command_id, "oikeudet siihen ovat muuttuneet")


def test_a_right_stays_with_whoever_has_become_the_handler(plain: World) -> None:
    case_id = plain.register(overrides=SECRET)
    given = plain.run(GiveAccess(case_id=case_id, person_id=plain.people["teacher"], reason="apu"))
    plain.run(HandOver(case_id=case_id, to_id=plain.people["teacher"]))
    refused(plain, given.command_id, "oikeudet siihen ovat muuttuneet")


def test_a_case_made_secret_since_does_not_return_to_one_who_could_not_open_it(plain: World) -> None:
    case_id = plain.register()
    handed = plain.run(HandOver(case_id=case_id, to_id=plain.people["decider"]))
    plain.run(SetCaseValues(case_id=case_id, values=SECRET))
    refused(plain, handed.command_id, "oikeudet siihen ovat muuttuneet")


def test_what_is_secret_stays_with_the_office_its_rights_are_in(plain: World) -> None:
    case_id = plain.register()
    moved = plain.run(EditCase(case_id=case_id, changes={"office": "sivistys"}))
    plain.run(SetCaseValues(case_id=case_id, values=SECRET))
    refused(plain, moved.command_id, "oikeudet siihen ovat muuttuneet")


def test_a_document_that_inherits_from_the_new_class_keeps_it(plain: World) -> None:
    case_id = plain.register()
    new = plain.run(ReclassifyCase(case_id=case_id, class_code=SECRET_CLASS))
    plain.run(AddDocument(case_id=case_id, document=plain.letter("Uusi")))
    refused(plain, new.command_id, "perustuu nykyiseen")


def test_a_document_is_not_torn_from_what_came_to_it(plain: World) -> None:
    extra = plain.letter("Siirrettävä")
    plain.register("Lähde", documents=(plain.letter(), extra))
    target = plain.register("Kohde")
    move = MoveDocuments(document_ids=(extra.document_id,), to_case_id=target, reason="väärä asia")
    moved = plain.run(move)
    plain.run(AddVersion(document_id=extra.document_id, file=plain.file("uudempi")))
    refused(plain, moved.command_id, "jäisi eri asiaan")


def test_a_version_others_were_made_from_stays(plain: World) -> None:
    case_id = plain.register()
    document_id = plain.rows("document", case_id=case_id)[0]["id"]
    second = plain.run(AddVersion(document_id=document_id, file=plain.file("toinen")))
    plain.run(AddVersion(document_id=document_id, file=plain.file("kolmas")))
    refused(plain, second.command_id, "toinen versio")


def test_a_version_does_not_come_back_beside_another_of_its_number(plain: World) -> None:
    case_id = plain.register()
    document_id = plain.rows("document", case_id=case_id)[0]["id"]
    second = plain.run(AddVersion(document_id=document_id, file=plain.file("toinen")))
    back = plain.run(Undo(undone=second.command_id))
    plain.run(AddVersion(document_id=document_id, file=plain.file("toisen toinen")), "preparer")
    refused(plain, back.command_id, "toinen versio")


def test_a_document_taken_back_lies_where_its_case_now_does(plain: World) -> None:
    """Both cases were in one main class when it was moved; its own has gone to another since."""
    extra = plain.letter("Siirrettävä")
    source = plain.register("Lähde", documents=(plain.letter(), extra))
    target = plain.register("Kohde")
    move = MoveDocuments(document_ids=(extra.document_id,), to_case_id=target, reason="väärä asia")
    moved = plain.run(move)
    plain.run(ReclassifyCase(case_id=source, class_code="00.01.00"))
    assert plain.row("case_file", source)["scope_id"] != plain.row("case_file", target)["scope_id"]
    try:
        plain.run(Undo(undone=moved.command_id))
    except UserError:
        assert plain.row("document", extra.document_id)["case_id"] == target
    assert check_store(plain.store) == []


def test_an_office_in_use_and_one_given_up(plain: World) -> None:
    named = plain.run(NameOffice(municipality="924", office="uusi", name="Uusi"), "admin")
    case_id = plain.register()
    there = plain.run(EditCase(case_id=case_id, changes={"office": "uusi"}))
    refused(plain, named.command_id, "on jo asioita", "admin")
    away = plain.run(EditCase(case_id=case_id, changes={"office": "tekninen"}))
    plain.run(Undo(undone=named.command_id), "admin")
    refused(plain, away.command_id, "ei ole enää toimialaa")
    refused(plain, there.command_id, "Toimiala on muuttunut")


def test_a_plan_that_cases_are_registered_by_stays_in_use(plain: World) -> None:
    plan = replace(common_plan(), version="oma", valid_from=date(2026, 1, 1))
    taken = plain.run(TakePlanIntoUse(municipality="924", content=plan_to_dict(plan)), "archivist")
    plain.register()
    refused(plain, taken.command_id, "on jo rekisteröity asioita", "archivist")


def test_a_municipality_is_not_left_without_an_administrator(plain: World) -> None:
    (only,) = plain.rows("role", municipality="924", role="administrator")
    give = GiveRole(person_id=plain.people["manager"], municipality="924", role=Role.ADMINISTRATOR)
    given = plain.run(give, "admin")
    plain.run(EndRole(role_id=only["id"], valid_to=date(2026, 11, 24)), "manager")
    refused(plain, given.command_id, "ilman pääkäyttäjää", "admin")


def test_what_was_done_again_is_not_brought_back_beside_it(plain: World) -> None:
    case_id, other = plain.register(), plain.register()
    plain.run(MarkCase(case_id=case_id, mark="watch"))
    unmarked = plain.run(MarkCase(case_id=case_id, mark="watch", on=False))
    plain.run(MarkCase(case_id=case_id, mark="watch"))
    refused(plain, unmarked.command_id, "uudelleen")
    plain.run(LinkCases(case_id=case_id, other_id=other))
    unlinked = plain.run(UnlinkCases(link_id=plain.rows("case_link")[0]["id"]))
    plain.run(LinkCases(case_id=other, other_id=case_id))
    refused(plain, unlinked.command_id, "uudelleen")
    named = plain.run(NameOffice(municipality="924", office="uusi", name="Uusi"), "admin")
    back = plain.run(Undo(undone=named.command_id), "admin")
    plain.run(NameOffice(municipality="924", office="uusi", name="Uudempi"), "admin")
    refused(plain, back.command_id, "uudelleen", "admin")


def test_the_right_to_do_it_is_asked_again(plain: World) -> None:
    """Another role in the municipality is not enough: the one that carries the deed must be in force."""
    admin = plain.people["admin"]
    give = GiveRole(
        person_id=plain.people["teacher"], municipality="924", role=Role.DECIDER, office="sivistys"
    )
    given = plain.run(give, "admin")
    for role in (Role.ADMINISTRATOR, Role.MANAGER):
        person = plain.people["manager"] if role is Role.ADMINISTRATOR else admin
        plain.run(GiveRole(person_id=person, municipality="924", role=role), "admin")
    (own,) = plain.rows("role", municipality="924", role="administrator", person_id=admin)
    plain.run(EndRole(role_id=own["id"], valid_to=date(2026, 11, 23)), "manager")
    refused(plain, given.command_id, "pääkäyttäjä", "admin")
    assert plain.row("role", give.role_id)["office"] == "sivistys"


def test_a_merged_case_s_parties_keep_their_representatives(plain: World) -> None:
    def agent(name: str) -> PartyItem:
        return PartyItem(role="representative", name=name)

    double, own = agent("Asiamies"), agent("Oma asiamies")
    clients = [PartyItem(role="party", name=f"Päämies {n}", represented_by=a.party_id)
               for n, a in enumerate((double, own))]  # fmt: skip
    hidden = PartyItem(role="party", name="Suojattu", street="Piilokatu 7", protected=True)
    case_id = plain.register("Kaksoiskappale", parties=(*clients, double, own, hidden))
    survivor = plain.register("Jäljelle", parties=(agent("asiamies"),), office="sivistys",
                              handler_id=plain.people["teacher"])  # fmt: skip
    kept = plain.rows("party", case_id=survivor)[0]["id"]
    plain.run(MergeCases(case_id=case_id, into_id=survivor, reason="kaksoiskappale"))
    agents = {p["name"]: p["represented_by"] for p in plain.rows("party", case_id=survivor)}
    assert agents["Päämies 0"] == kept and agents["Päämies 1"] == own.party_id
    rights = {r["person_id"] for r in plain.rows("access_right", target=f"doc:{hidden.party_id}")}
    assert plain.people["teacher"] in rights and check_store(plain.store) == []


def test_a_representative_is_a_party_of_the_same_case(plain: World) -> None:
    case_id, other = plain.register(), plain.register()
    own, foreign = (plain.rows("party", case_id=c)[0]["id"] for c in (case_id, other))
    for agent in (own, foreign, "ei ole"):
        with pytest.raises(UserError, match="saman asian toinen osapuoli"):
            plain.run(EditParty(party_id=own, changes={"represented_by": agent}))
    with pytest.raises(UserError, match="toiseen asiaan"):
        plain.run(
            EditDocument(
                document_id=plain.rows("document", case_id=case_id)[0]["id"],
                changes={"action_id": plain.rows("action", case_id=other)[0]["id"]},
            )
        )
