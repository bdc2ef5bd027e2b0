"""What was secret does not become public by a change of class or type, nor by a search hit."""

from __future__ import annotations

import pytest

from tests.fakes.world import PUBLIC_CLASS, SECRET_CLASS, World
from workbench.cases.edit import OpenSecret, ReclassifyCase
from workbench.cases.search import search
from workbench.errors import NotAllowed, UserError
from workbench.organisation.commands import SetUpMunicipality


def test_a_registrar_cannot_make_a_secret_case_public_by_its_class(plain: World) -> None:
    case_id = plain.register(class_code=SECRET_CLASS)
    with pytest.raises(NotAllowed, match="väljentäisi julkisuutta"):
        plain.run(ReclassifyCase(case_id=case_id, class_code=PUBLIC_CLASS))
    assert plain.row("case_file", case_id)["class_code"] == SECRET_CLASS
    plain.run(ReclassifyCase(case_id=case_id, class_code=PUBLIC_CLASS), "archivist")
    assert plain.row("case_file", case_id)["publicity"] == "Julkinen"


def test_a_hit_in_a_restricted_case_shows_its_text_only_after_opening(plain: World) -> None:
    letter = plain.letter("Kirje", "Tavattoman arkaluonteinen kertomus.")
    case_id = plain.register(class_code=SECRET_CLASS, documents=(letter,))
    plain.index()
    with plain.read() as reader:
        (hit,) = search(reader, "arkaluonteinen", typing=False)
    assert hit.case.id == case_id and hit.excerpt == ""
    plain.run(OpenSecret(kind="case_file", row_id=case_id, reason="Asian käsittely"))
    with plain.read() as reader:
        (hit,) = search(reader, "arkaluonteinen", typing=False)
    assert "arkaluonteinen" in hit.excerpt


@pytest.mark.parametrize("code", ["tekninen toimi", "a/b", "", "Hallinto", 'x"y'])
def test_an_office_code_that_would_break_scopes_is_refused(plain: World, code: str) -> None:
    with pytest.raises(UserError, match="Toimialan tunnuksessa"):
        plain.run(SetUpMunicipality(code="924", values={}, offices={code: "Nimi"}), "admin")
