"""Asetukset on a real store: every section does what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.hands import write
from tests.ui.settings.support import World, focus
from workbench.cases.plan.plan_json import common_plan, read_plan, write_plan
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.i18n import use_language
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for, load_municipality, load_staff, next_case_number
from workbench.store.backup import list_backups, restore
from workbench.ui.settings.staff_forms import AddPersonDialog, EditPersonDialog, EndRoleDialog, GiveRoleDialog
from workbench.ui.theme.current import colours

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def people(world: World) -> dict[str, list[str]]:
    with world.store.read_as(world.session) as reader:
        return {p.name: [r.role.value for r in p.roles] for p in load_staff(reader, "924")}


def test_ctrl_comma_opens_and_arrows_walk_and_the_section_is_remembered(world: World) -> None:
    world.qtbot.keyClick(world.window, KEY.Key_Comma, CTRL)
    assert world.window.host.here().page == "settings" and world.page.current() == "looks"
    assert focus() is world.page.list
    for _step in range(4):
        world.qtbot.keyClick(world.page.list, KEY.Key_Down)
    world.settle()
    assert world.page.current() == "plan"
    assert world.window.ui.settings.get("settings_section") == "plan"
    world.qtbot.keyClick(world.page.list, KEY.Key_Return)
    assert world.page.stack.isAncestorOf(focus())
    world.qtbot.keyClick(focus(), KEY.Key_Escape)
    assert focus() is world.page.list


def test_the_theme_changes_at_once_and_the_size_says_when(world: World) -> None:
    looks = world.open("looks")
    looks.themes["dark"].click()
    assert colours().name == "dark" and world.window.ui.settings.get("theme") == "dark"
    looks.scale.setCurrentIndex(2)
    assert "käynnistät ohjelman uudelleen" in looks.scale_field.hint.text()
    looks.language.setCurrentIndex(1)
    assert "käännetty" in looks.language_field.hint.text()
    looks.compact.click()
    assert world.window.ui.settings.get("compact") is True


def test_own_shortcuts_by_pressing_and_conflicts_are_told(world: World) -> None:
    from workbench.ui.settings.keys import KeysCard

    keys = world.open("looks").findChild(KeysCard)
    keys.filter.setText("takaisin")
    assert keys.current() == "go.back"
    world.qtbot.keyClick(keys.keys, KEY.Key_K, CTRL)
    assert "Etsi tai anna komento" in keys.field.error.words.text()
    world.qtbot.keyClick(keys.keys, KEY.Key_B)
    assert "kirjoittaa tekstiä" in keys.field.error.words.text()
    world.qtbot.keyClick(keys.keys, KEY.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert world.window.ui.settings.get("shortcuts") == {"go.back": "Ctrl+Shift+J"}
    before = world.window.host.here()
    world.window.open_page("work")
    world.qtbot.keyClick(world.window, KEY.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert world.window.host.here() == before
    keys.restore.click()
    assert world.window.ui.settings.get("shortcuts") == {}
    assert world.window.actions_.get("go.back").shortcut == "Alt+Left"


def test_me_tells_roles_and_secrets_in_words(world: World) -> None:
    from PySide6.QtWidgets import QLabel

    words = " ".join(label.text() for label in world.open("me").findChildren(QLabel))
    assert "Pääkäyttäjä, koko kunta – toistaiseksi" in words
    assert "Näet koko kunnan salassa pidettävät asiat" in words and "rekisteröidä asioita" in words


def test_a_field_saves_itself_and_an_error_stays_at_it(world: World) -> None:
    section = world.open("municipality")
    hours = section.fields["office_hours"]
    hours.edit.setFocus()
    hours.edit.selectAll()
    write(hours.edit, "aina auki")
    world.qtbot.keyClick(hours.edit, KEY.Key_Tab)
    assert "ei voi lukea" in hours.error.words.text() and hours.edit.text() == "aina auki"
    hours.edit.setFocus()
    hours.edit.selectAll()
    write(hours.edit, "ma–to 9.00–15.00, pe 9.00–14.00")
    world.qtbot.keyClick(hours.edit, KEY.Key_Tab)
    world.settle()
    assert not hours.error.isVisible() and section.form.is_dirty() is False
    with world.store.read_as(world.session) as reader:
        row = load_municipality(reader, "924")
    assert row["office_hours"]["4"] == ["09:00", "14:00"]
    section.closings.first.set_day(date(2026, 12, 24))
    section.closings.last.set_day(date(2027, 1, 3))
    section.closings.add()
    world.settle()
    with world.store.read_as(world.session) as reader:
        assert load_municipality(reader, "924")["closed_periods"][0]["to"] == "2027-01-03"
    assert section.template.hint.text().endswith("41/10.03.03/2026")


def test_a_wrong_next_number_is_corrected_until_the_first_case(world: World) -> None:
    section = world.open("municipality")
    assert section.number.value() == 41 and section.number.isEnabled()
    assert section.go_on.text() == "Korjaa numero…"
    section.number.set_value(12)
    world.dialogs.reason = None
    section.go_on.click()
    world.settle()
    with world.store.read_as(world.session) as reader:
        assert next_case_number(reader, "924")[1] == 41
    world.dialogs.reason = "Lyöntivirhe käyttöönotossa"
    section.go_on.click()
    world.settle()
    with world.store.read_as(world.session) as reader:
        assert next_case_number(reader, "924")[1] == 12
    assert section.number.value() == 12
    admin = Session(world.store.meta("user"), "924")
    world.store.execute(GiveRole(person_id=admin.person_id, municipality="924", role=Role.REGISTRAR), admin)
    world.store.execute(RegisterCase(municipality="924", class_code="10.03.03", title="Ensimmäinen"), admin)
    section.on_shown()
    world.settle()
    assert not section.number.isEnabled() and not section.go_on.isVisible()


def test_others_read_the_municipality(world: World) -> None:
    from workbench.organisation.commands import GiveRole
    from workbench.organisation.upkeep import EndRole

    with world.store.read_as(world.session) as reader:
        me = load_staff(reader, "924")[0]
    other = _add_person(world, "Toinen Pääkäyttäjä")
    world.store.execute(GiveRole(person_id=other, municipality="924", role=Role.ADMINISTRATOR), world.session)
    role = next(r for r in me.roles if r.role is Role.ADMINISTRATOR)
    world.store.execute(EndRole(role_id=role.id, valid_to=date(2026, 11, 23)), world.session)
    section = world.open("municipality")
    assert section.fields["name"].edit.isReadOnly() and "Toinen Pääkäyttäjä" in section.notice.text()
    assert not world.open("staff").add_button.isVisible()


def _add_person(world: World, name: str) -> str:
    from workbench.organisation.commands import AddPerson

    values = {"name": name, "home_municipality": "924", "employment": "virka", "active": True}
    return str(world.store.execute(AddPerson(values=values), world.session).result)


def test_a_person_a_role_and_its_end(world: World) -> None:
    staff = world.open("staff")
    staff.add_person()
    dialog = staff.findChild(AddPersonDialog)
    dialog.send()
    assert "nimi" in dialog.fields["name"].error.words.text()
    write(dialog.name, "Eero Känsälä")
    world.qtbot.keyClick(dialog.name, KEY.Key_Return)
    world.settle()
    assert people(world)["Eero Känsälä"] == []
    world.qtbot.waitUntil(lambda: staff.detail.header.title.text() == "Eero Känsälä")
    staff.give_role()
    give = staff.findChild(GiveRoleDialog)
    give.first.set_day(date(2026, 11, 1))
    give.send()
    world.settle()
    assert people(world)["Eero Känsälä"] == ["registrar"]
    with world.store.read_as(world.session) as reader:
        eero = next(p for p in load_staff(reader, "924") if p.name == "Eero Känsälä")
    staff.end_role(eero.roles[0].id)
    end = staff.findChild(EndRoleDialog)
    end.last.set_day(date(2026, 10, 1))
    end.send()
    world.settle()
    assert "alkaa vasta" in end.fields["valid_to"].error.words.text() and end.isVisible()
    end.last.set_day(date(2026, 11, 24))
    end.send()
    world.settle()
    for day, may in ((24, True), (25, False)):
        world.clock.at = datetime(2026, 11, day, 10, tzinfo=UTC)
        with world.store.read_as(Session(eero.id, "924")) as reader:
            assert access_for(reader).has_role(Role.REGISTRAR) is may


def test_a_person_s_details_are_changed_and_one_with_a_role_does_not_leave(world: World) -> None:
    person = _add_person(world, "Eero Känsälä")
    world.store.execute(GiveRole(person_id=person, municipality="924", role=Role.PREPARER), world.session)
    staff = world.open("staff")
    staff.table.select_id(person)
    world.settle()
    staff.detail.edit.click()
    dialog = staff.findChild(EditPersonDialog)
    assert dialog.name.text() == "Eero Känsälä" and dialog.active.isChecked()
    dialog.name.selectAll()
    write(dialog.name, "Eero Lassila")
    dialog.active.setChecked(False)
    dialog.send()
    world.settle()
    assert "roolit" in dialog.fields["active"].error.words.text() and dialog.isVisible()
    dialog.active.setChecked(True)
    dialog.send()
    world.settle()
    assert "Eero Lassila" in people(world) and not dialog.isVisible()
    world.qtbot.waitUntil(lambda: staff.detail.header.title.text() == "Eero Lassila")


def test_a_staff_file_with_faults_writes_nothing_and_a_mended_one_everything(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "h.csv"
    path.write_text("nimi;kunta;roolit\nEero;Veteli;kirjaaja\nOuti;Veteli;pomo\n", encoding="utf-8")
    staff = world.open("staff")
    world.use(world.dialogs)
    staff._ui.dialogs.files = [path]
    staff.choose_file()
    world.settle()
    assert staff.stack.currentWidget() is staff.importing
    assert not staff.importing.go.isEnabled() and staff.importing.table.faults.count() == 1
    assert "Rivi 3" in staff.importing.table.faults.item(0).text()
    assert list(people(world)) == ["Aino Aho"]
    path.write_text("nimi;kunta;roolit\nEero;Veteli;kirjaaja\nOuti;Veteli;esihenkilö\n", encoding="utf-8")
    staff.choose_file()
    world.settle()
    staff.importing.go.click()
    world.settle()
    assert people(world)["Outi"] == ["manager"] and people(world)["Eero"] == ["registrar"]
    assert staff.stack.currentIndex() == 0 and len(staff.model.ids()) == 3


def test_the_plan_is_searched_compared_taken_into_use_and_exported(world: World, tmp_path: Path) -> None:
    plan = world.open("plan")
    plan.classes.field.setText("asemakaava")
    assert plan.classes.current().startswith("10.03")
    assert plan.classes.detail.header.title.text().startswith(plan.classes.current())
    assert plan.go_back() and not plan.classes.field.text()
    path = tmp_path / "plan.json"
    path.write_text(
        write_plan(common_plan()).replace('"name": "Hallintoasiat"', '"name": "Yleishallinto"', 1),
        encoding="utf-8",
    )
    plan.tabs.setCurrentIndex(2)
    plan.importing.version.setText("2027.1")
    plan._ui.dialogs.files = [path]
    plan.importing.choose_file()
    world.settle()
    texts = [plan.importing.changes.item(n).text() for n in range(plan.importing.changes.count())]
    assert texts == ["Luokan 00 nimi: Hallintoasiat → Yleishallinto"]
    assert plan.importing.go.text() == "Ota käyttöön 1.1.2027"
    plan.importing.go.click()
    world.qtbot.waitUntil(lambda: len(plan.plans.rows) == 2, timeout=10_000)
    assert plan.tabs.currentIndex() == 1
    assert [(r.version, r.when) for r in plan.plans.rows] == [("2027.1", "coming"), ("2026.1", "now")]
    plan.versions.list.setCurrentItem(plan.versions.list.topLevelItem(0))
    world.qtbot.waitUntil(lambda: plan.versions.changes.item(0).text().startswith("Luokan"), timeout=10_000)
    assert "Yleishallinto" in plan.versions.changes.item(0).text()
    plan._ui.dialogs.folder = tmp_path
    plan.versions.export.click()
    world.settle()
    exported = read_plan((tmp_path / "tiedonohjaus-924-2027.1.json").read_text(encoding="utf-8"))
    assert exported.version == "2027.1" and exported.find("00").name == "Yleishallinto"
    plan.importing.open_file(path)
    world.settle()
    plan.importing.go.click()
    world.settle()
    assert "on jo versio" in plan.importing.version_field.error.words.text()


def test_a_plan_that_cannot_be_read_says_so(world: World, tmp_path: Path) -> None:
    path = tmp_path / "roska.xlsx"
    path.write_bytes(b"roskaa")
    plan = world.open("plan")
    plan.tabs.setCurrentIndex(2)
    plan.importing.open_file(path)
    world.settle()
    assert "Excel" in plan.importing.file.text() and not plan.importing.go.isVisible()


def test_the_day_s_backup_is_made_behind_and_another_at_wish(world: World, tmp_path: Path) -> None:
    safety = world.open("safety")
    world.qtbot.waitUntil(lambda: safety.list.topLevelItemCount() == 1)
    safety._ui.dialogs.folder = tmp_path / "muualla"
    safety.choose_folder()
    safety.make.click()
    world.settle()
    made = list_backups(tmp_path / "muualla")
    assert len(made) == 1 and safety.list.topLevelItemCount() == 1
    restore(made[0].folder, tmp_path / "uusi", passphrase="kevät jäät lähtevät")
    assert (tmp_path / "uusi" / "store.db").exists()
    safety.check.click()
    world.settle()
    assert "Kaikki kunnossa" in safety.verdict.accessibleName() and safety.findings.isHidden()


def test_about_copies_the_workstation(world: World) -> None:
    about = world.open("about")
    about.copy.click()
    assert QApplication.clipboard().text() == world.store.workstation
    world.qtbot.waitUntil(lambda: about.notices.topLevelItemCount() > 5, timeout=10_000)


@pytest.mark.parametrize("section", ["looks", "me", "municipality", "staff", "plan", "safety", "about"])
def test_longer_words_still_fit_the_smallest_window(world: World, section: str) -> None:
    use_language("xx")
    world.window.resize(1024, 700)
    made = world.open(section)
    world.settle()
    assert made.minimumSizeHint().width() <= made.width()
    assert made.header.title.text().endswith("~")


def test_every_section_and_what_is_done_there_is_found_in_the_palette_by_name(world: World) -> None:
    palette = world.window.palette_
    for typed, section in (("teema", "looks"), ("palautusavain", "safety"), ("valvottu kansio", "post")):
        palette.open()
        palette.field.setText(typed)
        assert any(hit.text.startswith("Asetukset: ") for hit in palette.hits()), typed
        next(hit for hit in palette.hits() if hit.text.startswith("Asetukset: ")).run()
        world.settle()
        assert world.page.current() == section
        palette.close_panel()
    world.window.actions_.trigger("page.settings.safety.backup")
    world.settle()
    folder = world.page.section("safety").folder()
    made = len(list_backups(folder))
    assert made >= 1
    world.window.open_page("work")
    world.window.back()  # going back shows the section; it does nothing again
    world.settle()
    assert len(list_backups(folder)) == made
