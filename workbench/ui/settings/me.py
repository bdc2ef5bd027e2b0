"""Minä: who I am here, what my roles let me do in each municipality, which secrets I may see."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from workbench.clock import today
from workbench.i18n import _, day_text, ngettext
from workbench.organisation.model import ROLE_NAMES, VERB_NAMES, VERB_ROLES
from workbench.organisation.queries import Me, RoleRow, load_me
from workbench.ui.settings.fields import Card, Section
from workbench.ui.shell import Ui
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.text import label


class MeSection(Section):
    """Read only: the administrator gives roles."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(_("Minä"), _("Roolit antaa kunnan pääkäyttäjä."))
        self._ui = ui
        self._cards: list[QWidget] = []
        self.end()
        ui.tasks.store_changed.connect(self._on_changed)

    def on_shown(self) -> None:
        self._ui.tasks.run_query(self, "me", load_me, done=self._show)

    def _on_changed(self, changes: object, _initiator: object) -> None:
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if self.isVisible() and (not touched or any(kind in ("role", "person") for kind, _id in touched)):
            self.on_shown()

    def _show(self, me: Me) -> None:
        for old in self._cards:
            old.hide()
            old.deleteLater()
        names = {m.code: m.name for m in me.municipalities}
        person = me.person
        card = Card(person.name)
        card.add(
            KeyValue(
                [
                    (_("Nimike"), person.title),
                    (_("Sähköposti"), person.email),
                    (_("Puhelin"), person.phone),
                    (_("Kotikunta"), names.get(person.home_municipality, person.home_municipality)),
                    (_("Toimiala"), person.office_name),
                ]
            )
        )
        self._cards = [card]
        on = today(self._ui.clock)
        for m in me.municipalities:
            roles = [r for r in person.roles if r.municipality == m.code]
            if roles:
                self._cards.append(_municipality_card(m.name, roles, me.single_rights.get(m.code, 0), on))
        for n, made in enumerate(self._cards):
            self.column.insertWidget(n, made)


def _listed(words: list[str]) -> str:
    *first, last = words
    return _("{first} ja {last}").format(first=", ".join(first), last=last) if first else last


def _municipality_card(name: str, roles: list[RoleRow], single: int, on: date) -> Card:
    card = Card(name)
    card.column.setSpacing(6)
    for role in roles:
        card.add(label(role_sentence(role, on), wrap=True, selectable=True))
    live = [r for r in roles if r.in_force(on)]
    verbs = [
        _(VERB_NAMES[verb])
        for verb, wanted in VERB_ROLES.items()
        if any(r.role in wanted for r in live) and verb != "read"
    ]
    if verbs:
        card.add(label(_("Saat {verbs}.").format(verbs=_listed(verbs)), "soft", wrap=True))
    card.add(label(secret_sentence(live, single), "soft", wrap=True))
    return card


def role_sentence(role: RoleRow, on: date) -> str:
    """ "Kirjaaja, koko kunta – toistaiseksi" """
    name = _(ROLE_NAMES[role.role]).capitalize()
    where = role.office_name if role.office else _("koko kunta")
    if role.valid_to is not None and role.valid_to < on:
        return _("{role}, {where} – päättyi {day}").format(
            role=name, where=where, day=day_text(role.valid_to)
        )
    if role.valid_from is not None and role.valid_from > on:
        return _("{role}, {where} – alkaa {day}").format(
            role=name, where=where, day=day_text(role.valid_from)
        )
    if role.valid_to is not None:
        return _("{role}, {where} – {day} asti").format(role=name, where=where, day=day_text(role.valid_to))
    return _("{role}, {where} – toistaiseksi").format(role=name, where=where)


def secret_sentence(live: list[RoleRow], single: int) -> str:
    """Which secrets these roles open."""
    secret = [r for r in live if r.secret]
    if any(not r.office for r in secret):
        return _("Näet koko kunnan salassa pidettävät asiat. Jokainen avaus kirjataan lokiin.")
    if secret:
        return _("Näet salassa pidettävät asiat näillä toimialoilla: {offices}.").format(
            offices=", ".join(sorted({r.office_name for r in secret}))
        )
    if single:
        return ngettext(
            "Näet {n} salassa pidettävän asian, johon sinulle on annettu oikeus.",
            "Näet {n} salassa pidettävää asiaa, joihin sinulle on annettu oikeus.",
            single,
        ).format(n=single)
    return _("Et näe salassa pidettäviä asioita.")
