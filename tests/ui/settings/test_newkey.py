"""A new recovery key from the settings: in force only when it is safe, and only for the administrator."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.settings.support import World
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.errors import NotAllowed, UserError
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.setup.recovery import take_key
from workbench.store.backup import make_backup
from workbench.store.keys import new_recovery_key, open_with_recovery
from workbench.store.store import keys_path
from workbench.ui.settings.newkey import NewKeyDialog
from workbench.ui.settings.safety import SafetySection


def asked(world: World) -> NewKeyDialog:
    section = world.open("safety")
    assert isinstance(section, SafetySection) and section.renew.isEnabled()
    section.renew.click()
    world.qtbot.waitUntil(lambda: section.findChild(NewKeyDialog) is not None)
    return section.findChild(NewKeyDialog)


def test_the_new_key_opens_and_the_old_one_only_what_was_before(world: World, tmp_path: Path) -> None:
    keys = keys_path(world.store.home)
    before = make_backup(world.store, tmp_path / "kopiot")
    dialog = asked(world)
    key = dialog.view.key()
    assert not dialog.go.isEnabled()
    world.dialogs.folder = tmp_path
    dialog.view.save_button.click()
    text = read_arrival(tmp_path / "seutupoyta-palautusavain.pdf").original.text
    assert all(group in text for group in key.split("-"))
    with pytest.raises(UserError):
        open_with_recovery(keys, key)  # shown and saved, but not yet taken into use
    dialog.go.click()
    world.settle()
    assert open_with_recovery(keys, key).data_key
    with pytest.raises(UserError):
        open_with_recovery(before.folder / "keys.json", key)
    assert dialog.view.key() == "" and dialog.view.shown.text() == ""


def test_turning_back_changes_nothing(world: World) -> None:
    content = keys_path(world.store.home).read_bytes()
    dialog = asked(world)
    dialog.view.print_button.click()
    dialog.back.click()
    world.settle()
    assert keys_path(world.store.home).read_bytes() == content


def test_only_an_administrator_renews(world: World) -> None:
    values = {"name": "Aino Aho", "home_municipality": "924", "employment": "virka", "active": True}
    world.store.execute(AddPerson(person_id="aino", values=values), world.session)
    world.store.execute(GiveRole(person_id="aino", municipality="924", role=Role.REGISTRAR), world.session)
    with pytest.raises(NotAllowed):
        take_key(world.store, Session("aino", "924"), new_recovery_key())
