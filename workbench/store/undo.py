"""Undo (kumoaminen) is a new command: it writes the former values back, as long as nobody has changed
them since. Numbers, journal, revisions and outbox only grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from workbench.errors import NotAllowed, StaleEdit, UserError
from workbench.i18n import N_, _
from workbench.store.commands import Command, CommandSpec, CommandTable
from workbench.store.kinds import Kind
from workbench.store.references import dangling
from workbench.store.schema import journal, journal_change, journal_value, outbox, outbox_group
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Undo(Command):
    """Take back the command with the given id (of this person, acting for the same municipality)."""

    undone: str


UndoGuard = Callable[[UnitOfWork, list[tuple[str, str]]], None]
"""The domain's word on taking back what was done to the given rows; raises when they may not be read any
more. Whether the command itself may still be done is asked of its own entry, and what must hold afterwards of
the domain's invariants."""


def undo_spec(commands: CommandTable, writes: frozenset[str], guard: UndoGuard | None) -> CommandSpec:
    """The entry for Undo; it may write whatever the undone command wrote."""

    def authorise(command: Undo, uow: UnitOfWork) -> None:
        group = _group(uow, command.undone)
        if group["actor_id"] != uow.session.person_id:
            raise NotAllowed(_("Vain tekijä itse voi kumota toimen. Korjaa se sen sijaan."))
        if group["municipality"] != uow.session.municipality:
            raise NotAllowed(_("Toimi tehtiin toisen kunnan puolesta. Vaihda ensin kunta."))
        if not uow.authority.settles and group["state"] == "settled" and group["sent_at"] is None:
            raise NotAllowed(
                _(
                    "Toimi on tehty ennen palvelimeen liittämistä, eikä sitä voi enää kumota. Korjaa se sen sijaan."
                )
            )
        original, undone = _original(uow, group)
        spec = commands.by_type.get(original["command"])
        if spec is None or not spec.undoable:
            raise NotAllowed(
                _("Tätä ei voi kumota, koska numero on annettu tai viesti lähetetty. Korjaa se.")
            )

        if guard is not None:
            query = select(outbox.c.kind, outbox.c.row_id).where(outbox.c.group_id == command.undone)
            guard(uow, [(kind, row_id) for kind, row_id in uow.connection.execute(query.distinct())])
        if undone:  # done again: as if for the first time
            spec.authorise(_arguments(original), uow)

    def handle(command: Undo, uow: UnitOfWork) -> None:
        take_back(uow, command.undone)
        original, undone = _original(uow, _group(uow, command.undone))
        if not undone:
            # Asked of what is there again: the command may have taken away what it named.
            commands.by_type[original["command"]].authorise(_arguments(original), uow)

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


def _original(uow: UnitOfWork, group: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The command an undo (or an undo of an undo) goes back to, and whether the group undid it."""
    undone = False
    while group["command"] == "store.undo":
        group, undone = _group(uow, group["undoes"]), not undone
    return group, undone


def _arguments(group: dict[str, Any]) -> Any:
    """What a command was called with, for asking anew whether the person may: names of things are plain
    texts in the envelope as they were in the command."""
    if group["args"] is None:
        raise StaleEdit(_("Kumottava sisältö on hävitetty."))
    return SimpleNamespace(**group["args"])


def take_back(uow: UnitOfWork, group_id: str) -> None:
    """Write back the values from before a group, in reverse order."""
    uow.undoes = group_id
    if _group(uow, group_id)["state"] not in ("settled", "queued"):
        raise StaleEdit(_("Palvelin ei ole hyväksynyt tätä. Ratkaise se ensin synkronoinnin sivulla."))
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
            .where(journal_change.c.journal_n == entry["n"])
            .order_by(journal_change.c.n.desc())
        )
        .mappings()
        .all()
    )
    if any(v["salt"] is None for v in values):
        raise StaleEdit(_("Kumottava sisältö on hävitetty."))
    words = next((v["after"] for v in values if v["field"] == "@title"), None) or {}
    values = [v for v in values if not v["field"].startswith("@")]
    made_here = {(v["kind"], v["row_id"]) for v in values if v["field"] == "*"}
    for value in values:
        _reverse(uow, value, made_here)
    # Scopes follow from the values written back, so they are worked out last; what lies below may have come
    # or changed since.
    for kind, row_id in dict.fromkeys((v["kind"], v["row_id"]) for v in values):
        if uow.get(kind, row_id) is not None:
            uow.renew_scope(kind, row_id)
    _demand_whole(uow)
    if entry["command"] == "store.undo":
        uow.say(N_("Tehty uudelleen: {title}"), title=words.get("title", ""))
    else:
        uow.say(N_("Kumottu: {title}"), title=_(entry["title_key"]).format(**words))
    uow.concerns(entry["kind"], entry["row_id"], entry["chain"])


def _demand_whole(uow: UnitOfWork) -> None:
    what = dangling(uow)
    if what:
        raise StaleEdit(
            _("Tähän on viitattu sen jälkeen, tai viitattu on poistettu: {what}. Kumota ei voi.").format(
                what=what
            )
        )


def _demand_single(uow: UnitOfWork, kind: str, row_id: str, row: dict[str, Any]) -> None:
    """No other row says the same as the one about to be written back."""
    spec = uow.kinds[kind]
    for names in spec.unique:
        key = {name: row.get(name) for name in names}
        if None not in key.values() and any(r["id"] != row_id for r in uow.select(kind, **key)):
            raise _again(uow, kind)


def _again(uow: UnitOfWork, kind: str) -> StaleEdit:
    return StaleEdit(
        _("{what}: sama on tehty sen jälkeen uudelleen, joten kumota ei voi.").format(
            what=_(uow.kinds[kind].label)
        )
    )


def _reverse(uow: UnitOfWork, value: Any, made_here: set[tuple[str, str]]) -> None:
    kind, row_id, name = value["kind"], value["row_id"], value["field"]
    spec = uow.kinds[kind]
    row = uow.get(kind, row_id)
    if name == "*" and value["after"] is None:
        fields = {k: spec.by_name[k].from_wire(v) for k, v in value["before"].items()}
        if row is not None:
            raise _again(uow, kind)
        _demand_single(uow, kind, row_id, fields)
        uow.insert(kind, fields, row_id=row_id)
        return
    if row is None:
        raise StaleEdit(_("{what} on poistettu toisaalla, joten kumota ei voi.").format(what=_(spec.label)))
    if name == "*":
        now = spec.wire({f.name: row[f.name] for f in spec.fields if row[f.name] is not None})
        if _chosen(spec, now) != _chosen(spec, value["after"]):
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
    former = {name: field.from_wire(value["before"])}
    _demand_single(uow, kind, row_id, row | former)
    uow.patch(kind, row_id, **former)


def _chosen(spec: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Without what only the authority gives: a number that came since is nobody's change."""
    return {name: value for name, value in values.items() if name not in spec.assigned}


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
