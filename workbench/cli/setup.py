"""``workbench init`` and ``workbench demo``: a real municipality into use, or a demonstration region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cases.numbers import DEFAULT_TEMPLATE
from workbench.cli.desk import Options, ensure_words, open_store
from workbench.cli.output import explained, remark, result
from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.opening import create_home
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.staff_file import read_staff
from workbench.setup.municipality import (
    DEFAULT_HOURS,
    DEFAULT_OFFICES,
    KNOWN,
    SetUp,
    add_staff,
    check_set_up,
    set_up,
)
from workbench.store.store import database_path


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command("init", help=_("Ota kunta käyttöön: toimialat, henkilöstö, aukiolo ja numerosarja."))(init)
    app.command("demo", help=_("Tee esittelyaineisto: viisi kuntaa, henkilöstö ja keksittyjä asioita."))(demo)


def init(
    context: typer.Context,
    code: Annotated[str, typer.Option("--code", help=_("Kuntanumero, esim. 924."))],
    admin: Annotated[str, typer.Option("--admin", help=_("Pääkäyttäjän nimi."))],
    name: Annotated[
        str, typer.Option("--name", help=_("Kunnan nimi, jos kunta ei ole seutukunnan kunta."))
    ] = "",
    business_id: Annotated[str, typer.Option("--business-id", help=_("Y-tunnus."))] = "",
    email: Annotated[str, typer.Option("--email", help=_("Kirjaamon sähköposti."))] = "",
    hours: Annotated[
        str, typer.Option("--hours", help=_("Aukiolo, esim. ”ma–to 9.00–15.00, pe 9.00–14.00”."))
    ] = DEFAULT_HOURS,
    closed: Annotated[
        list[str] | None, typer.Option("--closed", help=_("Sulkuaika, esim. 2026-07-06..2026-08-02."))
    ] = None,
    template: Annotated[
        str, typer.Option("--number-template", help=_("Asiatunnuksen muoto."))
    ] = DEFAULT_TEMPLATE,
    next_number: Annotated[
        int, typer.Option("--next-number", help=_("Seuraava vapaa numero tänä vuonna."))
    ] = 1,
    office: Annotated[
        list[str] | None, typer.Option("--office", help=_("Toimiala muodossa tunnus=nimi."))
    ] = None,
    staff: Annotated[Path | None, typer.Option("--staff", help=_("Henkilöstö CSV-tiedostona."))] = None,
) -> None:
    """Bring a municipality into use in a new or an existing home. A new home prints its recovery key."""
    options: Options = context.obj
    with explained():
        offices = dict(_office(text) for text in office) if office else dict(DEFAULT_OFFICES)
        wanted = SetUp(
            code=code,
            name=name,
            business_id=business_id,
            email=email,
            office_hours=hours,
            closed_periods=tuple(closed or ()),
            number_template=template,
            next_number=next_number,
            offices=offices,
        )
        check_set_up(wanted)
        rows = read_staff(staff) if staff else []
        recovery = ""
        if database_path(options.home).exists():
            store = open_store(options.home)
        else:
            store, recovery = create_home(options.home)
        try:
            person = store.meta("user") or new_id()
            session = Session(person, code)
            set_up(store, session, wanted)
            if not store.meta("user"):
                store.execute(
                    AddPerson(
                        values={
                            "name": admin,
                            "home_municipality": code,
                            "employment": "virka",
                            "active": True,
                        },
                        person_id=person,
                    ),
                    session,
                )
                store.set_meta("user", person)
            store.execute(GiveRole(person_id=person, municipality=code, role=Role.ADMINISTRATOR), session)
            names = {code: code, (name or KNOWN.get(code, (code,))[0]).lower(): code}
            people = add_staff(store, session, rows, names)
        finally:
            store.close()
    remark(_("Kunta otettu käyttöön. Henkilöitä lisätty: {n}.").format(n=len(people)))
    if recovery:
        remark(_("Kirjoita palautusavain talteen. Sitä ei näytetä uudelleen:"))
        result(recovery)


def _office(text: str) -> tuple[str, str]:
    code, equals, name = text.partition("=")
    if not equals or not code.strip() or not name.strip():
        raise UserError(
            _("Toimiala ”{text}” pitää antaa muodossa tunnus=nimi.").format(text=text), field="office"
        )
    return code.strip(), name.strip()


def demo(
    context: typer.Context,
    cases: Annotated[int, typer.Option("--cases", min=0, help=_("Kuinka monta asiaa tehdään."))] = 60,
    seed: Annotated[int, typer.Option("--seed", help=_("Sama luku tekee saman seudun."))] = 1,
) -> None:
    """Make a demonstration region in an empty home."""
    from workbench.setup.demo import build_demo

    options: Options = context.obj
    with explained():
        store, _recovery = create_home(options.home, demo=True)
        try:
            count = build_demo(store, cases=cases, seed=seed)
            ensure_words(store)
            while store.analyse_waiting():
                pass
        finally:
            store.close()
    remark(_("Esittelyaineisto on valmis. Kaikki siinä on keksittyä."))
    result(str(count))
