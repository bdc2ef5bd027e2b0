"""``workbench check`` sees what no command would leave behind. Each fault is written around the commands."""

from __future__ import annotations

import pytest

from tests.fakes.world import SECRET, World
from workbench.cases.items import PartyItem
from workbench.store.check import check_store

FAULTS = {
    "UPDATE party SET represented_by = 'ei ole'": "party.represented_by",
    "UPDATE party SET represented_by = (SELECT id FROM party ORDER BY k DESC LIMIT 1)": "toisen asian riviin",
    "UPDATE document SET action_id = 'ei ole'": "document.action_id",
    "UPDATE document SET action_id = (SELECT id FROM action ORDER BY k DESC LIMIT 1)": "toisen asian riviin",
    "UPDATE case_file SET handler_id = 'ei ole'": "case_file.handler_id",
    "UPDATE case_file SET office = 'ei-ole'": "toimialalla, jota ei ole",
    "DELETE FROM secrecy_scope": "paikka puuttuu",
    "UPDATE secrecy_scope SET office = 'sivistys'": "paikka puuttuu tai on väärä",
    "UPDATE access_right SET target = 'doc:ei-ole'": "ei ole salassa pidettävä",
    "UPDATE document SET scope_id = 'global'": "väärällä oikeudella",
    "UPDATE document_version SET scope_id = 'global'": "väärällä oikeudella",
    "UPDATE document_version SET case_id = (SELECT id FROM case_file ORDER BY k LIMIT 1)": "toisen asian riviin",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(plain: World, fault: str) -> None:
    plain.register("Yksi", documents=(plain.letter("Salainen", overrides=SECRET),))
    plain.register("Kaksi", parties=(PartyItem(role="party", name="Toinen"),))
    assert check_store(plain.store) == []
    with plain.store.transaction() as connection:
        connection.exec_driver_sql(fault)
    assert any(FAULTS[fault] in finding for finding in check_store(plain.store))
