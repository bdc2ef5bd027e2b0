"""Undo (kumoaminen) is a new command: it writes the former values back, as long as nobody has changed
them since. Numbers, journal, revisions and outbox only grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workbench.errors import NotAllowed, StaleEdit, UserError
from workbench.i18n import N_, _
from workbench.store.commands import Command, CommandSpec, CommandTable
from workbench.store.schema import journal, journal_change, journal_value, outbox, outbox_group
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Undo(Command):
    """Take back the command with the given id (of this person, acting for the same municipality)."""

    undone: str


UndoGuard = Callable[[UnitOfWork, list[tuple[str, str]]], None]
"""The domain's word on taking back what was done to the given rows; raises when a right was lost since."""


def undo_spec(commands: CommandTable, writes: frozenset[str], guard: UndoGuard | None) -> CommandSpec:
    """The entry for Undo; it may write whatever the undone command wrote."""

    def authorise(command: Undo, uow: UnitOfWork) -> None:
        group = _group(uow, command.undone)
        if group["actor_id"] != uow.session.person_id:
            raise NotAllowed(_("Vain tekijä itse voi kumota toimen. Korjaa se sen sijaan."))
        if group["municipality"] != uow.session.municipality:
            raise NotAllowed(_("Toimi tehtiin toisen kunnan puolesta. Vaihda ensin kunta."))
        spec = commands.by_type.get(_original_type(uow, group))
        if spec is None or not spec.undoable:
            raise NotAllowed(
                _("Tätä ei voi kumota, koska numero on annettu tai viesti lähetetty. Korjaa se.")
            )

        if guard is not None:
            query = select(outbox.c.kind, outbox.c.row_id).where(outbox.c.group_id == command.undone)
            guard(uow, [(kind, row_id) for kind, row_id in uow.connection.execute(query.distinct())])

    def handle(command: Undo, uow: UnitOfWork) -> None:
        take_back(uow, command.undone)

    return CommandSpec(command=Undo, type="store.undo", handler=handle, authorise=authorise, writes=writes)


def _group(uow: UnitOfWork, group_id: str) -> dict[str, Any]:
    row = (
        uow.connection.execute(select(outbox_group).where(outbox_group.c.group_id == group_id))
        .mappings()
        .first()
    )
    if row is None:
        raise UserError(_("Kumottavaa toimea ei löydy."), code="not_found")
    return dict(row)


def _original_type(uow: UnitOfWork, group: dict[str, Any]) -> str:
    """The command an undo (or an undo of an undo) goes back to."""
    while group["command"] == "store.undo":
        group = _group(uow, group["undoes"])
    return str(group["command"])


def take_back(uow: UnitOfWork, group_id: str) -> None:
    """Write back the values from before a group, in reverse order."""
    already = uow.connection.execute(
        select(outbox_group.c.n).where(outbox_group.c.undoes == group_id)
    ).scalar()
    if already is not None:
        raise StaleEdit(_("Tämä on jo kumottu."))
    entry = uow.connection.execute(select(journal).where(journal.c.group_id == group_id)).mappings().one()
    values = (
        uow.connection.execute(
            select(journal_change, journal_value.c.before, journal_value.c.after, journal_value.c.salt)
            .select_from(
                journal_change.outerjoin(journal_value, journal_value.c.change_n == journal_change.c.n)
            )
            .where(journal_change.c.journal_n == entry["n"], journal_change.c.field.not_like("@%"))
            .order_by(journal_change.c.n.desc())
        )
        .mappings()
        .all()
    )
    if any(v["salt"] is None for v in values):
        raise StaleEdit(_("Kumottava sisältö on hävitetty."))
    made_here = {(v["kind"], v["row_id"]) for v in values if v["field"] == "*"}
    for value in values:
        _reverse(uow, value, made_here)
    # Scopes follow from the values written back, so they are worked out last.
    for kind, row_id in dict.fromkeys((v["kind"], v["row_id"]) for v in values if v["field"] == "scope_id"):
        if uow.get(kind, row_id) is not None:
            uow.rescope(kind, row_id)
    title = uow.connection.execute(
        select(journal_value.c.after)
        .select_from(journal_value.join(journal_change, journal_change.c.n == journal_value.c.change_n))
        .where(journal_change.c.journal_n == entry["n"], journal_change.c.field == "@title")
    ).scalar()
    if entry["command"] == "store.undo":
        uow.say(N_("Tehty uudelleen: {title}"), title=(title or {}).get("title", ""))
    else:
        uow.say(N_("Kumottu: {title}"), title=_(entry["title_key"]).format(**(title or {})))
    uow.concerns(entry["kind"], entry["row_id"], entry["chain"])


def _reverse(uow: UnitOfWork, value: Any, made_here: set[tuple[str, str]]) -> None:
    kind, row_id, name = value["kind"], value["row_id"], value["field"]
    spec = uow.kinds[kind]
    row = uow.get(kind, row_id)
    if name == "*" and value["after"] is None:
        fields = {k: spec.by_name[k].from_wire(v) for k, v in value["before"].items()}
        uow.insert(kind, fields, row_id=row_id)
        return
    if row is None:
        raise StaleEdit(_("{what} on poistettu toisaalla, joten kumota ei voi.").format(what=_(spec.label)))
    if name == "*":
        now = spec.wire({f.name: row[f.name] for f in spec.fields if row[f.name] is not None})
        if now != value["after"]:
            raise StaleEdit(
                _("{what} on muuttunut sen jälkeen, joten kumota ei voi.").format(what=_(spec.label))
            )
        for child in uow.kinds.children_of(kind):
            later = [c for c in uow.select(child.name, **{child.parent: row_id})]
            if any((child.name, c["id"]) not in made_here for c in later):
                raise StaleEdit(
                    _("Kohteeseen on lisätty sen jälkeen: {what}. Kumota ei voi.").format(what=_(child.label))
                )
        uow.delete(kind, row_id)
        return
    if name == "scope_id":
        return
    field = spec.by_name[name]
    if field.to_wire(row[name]) != value["after"]:
        raise StaleEdit(
            _("{field} on muuttunut sen jälkeen, joten kumota ei voi.").format(field=_(field.label))
        )
    uow.patch(kind, row_id, **{name: field.from_wire(value["before"])})


def last_undoable(uow_connection: Any, person_id: str, commands: CommandTable) -> str | None:
    """Id of the person's newest command, when it can be undone; None otherwise."""
    row = (
        uow_connection.execute(
            select(outbox_group.c.group_id, outbox_group.c.command)
            .where(outbox_group.c.actor_id == person_id)
            .order_by(outbox_group.c.n.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    spec = commands.by_type.get(row["command"])
    return (
        str(row["group_id"])
        if spec is not None and spec.undoable and row["command"] != "store.undo"
        else None
    )
