"""``workbench-server``: making a server, running it, its people, its backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.output import as_json, explained, remark, result
from workbench.clock import SystemClock, local, to_text
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.server import backup as backups
from workbench.server import doctor as doctors
from workbench.server import held, tidying
from workbench.server.cli import people, serving
from workbench.server.desk import Desk
from workbench.server.identity import accounts
from workbench.server.place import EMBEDDED, Place, Settings, found_place, opened
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.trail import verify as verify_trail
from workbench.server.viewing import told, unusual_viewing

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=_("Seutupöydän keskuspalvelin."),
)
user_app = typer.Typer(no_args_is_help=True, help=_("Henkilöiden tunnukset."))
unit_app = typer.Typer(no_args_is_help=True, help=_("Kunnat ja toimialat."))
series_app = typer.Typer(no_args_is_help=True, help=_("Työasemille varatut numerosarjat."))
token_app = typer.Typer(no_args_is_help=True, help=_("Liittymiskoodit ja kirjautumiset."))
audit_app = typer.Typer(no_args_is_help=True, help=_("Valvontaloki."))
app.add_typer(user_app, name="user")
app.add_typer(unit_app, name="unit")
app.add_typer(token_app, name="token")
app.add_typer(audit_app, name="audit")
app.add_typer(series_app, name="series")

Data = Annotated[Path, typer.Option("--data", envvar="WORKBENCH_SERVER_DATA", help=_("Palvelimen kansio."))]
_HERE = Path("server-data")
Address = Annotated[str, typer.Option("--database", help=_("Tietokannan osoite; tyhjä: tiedosto kansiossa."))]
Embedded = Annotated[bool, typer.Option("--embedded-postgres", help=_("Mukana tuleva PostgreSQL."))]
Adopts = Annotated[
    bool,
    typer.Option("--adopts", help=_("Koodilla liittyvän työaseman oma rekisteri otetaan palvelimelle.")),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("Tulos JSON-muodossa."))]


TIDIED = {
    "uploads": N_("Keskenjääneitä tiedostoja"),
    "tokens": N_("Vanhentuneita tunnisteita"),
    "sessions": N_("Päättyneitä kirjautumisia"),
    "codes": N_("Vanhentuneita liittymiskoodeja"),
    "leases": N_("Päättyneitä muokkausvarauksia"),
    "results": N_("Vanhoja toimien tuloksia"),
    "entries": N_("Vanhoja poistomerkintöjä"),
    "refused": N_("Valvontalokiin kirjattuja torjuttuja kirjautumisyrityksiä"),
}


@contextmanager
def at(data: Path, *, updates: bool = True) -> Iterator[Desk]:
    """The desk of a server in a folder; our own errors are told, and that its database was updated."""
    with (
        explained(),
        opened(Place(data), whole_domain(), SystemClock(), updates=updates, progress=remark) as desk,
    ):
        yield desk


def _settings(database: str, embedded: bool, *, demand_totp: bool = False) -> Settings:
    if database and embedded:
        raise UserError(_("Anna joko --database tai --embedded-postgres."), field="database")
    return Settings(database=EMBEDDED if embedded else database, demand_totp=demand_totp)


@app.command(help=_("Tee uusi palvelin."))
def init(
    data: Data = _HERE,
    database: Address = "",
    embedded_postgres: Embedded = False,
    demand_totp: Annotated[
        bool, typer.Option("--demand-totp", help=_("Vaadi kaikilta vahvistuskoodi."))
    ] = False,
) -> None:
    """A new server."""
    with explained():
        settings = _settings(database, embedded_postgres, demand_totp=demand_totp)
        found_place(Place(data), settings, whole_domain())
        remark(_("Palvelin on tehty kansioon {path}.").format(path=data))


@app.command(help=_("Käynnistä palvelin."))
def serve(
    data: Data = _HERE,
    host: Annotated[str, typer.Option(help=_("Osoite, jossa vastataan."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8470,
    workers: Annotated[int, typer.Option(min=1, max=64, help=_("Rinnakkaiset prosessit."))] = 1,
    tls_cert: Annotated[Path | None, typer.Option(help=_("Varmenne (PEM)."))] = None,
    tls_key: Annotated[Path | None, typer.Option(help=_("Varmenteen avain (PEM)."))] = None,
) -> None:
    """Serve until told to stop."""
    with explained():
        serving.serve(data, host, port, workers=workers, certificate=tls_cert, key=tls_key)


@app.command(help=_("Tee esittelypalvelin keksityllä seudulla ja käynnistä se tällä koneella."))
def demo(
    data: Data = _HERE,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8470,
    embedded_postgres: Embedded = False,
    cases: Annotated[int, typer.Option(min=0, max=5000, help=_("Kuinka monta asiaa."))] = 60,
    only_make: Annotated[bool, typer.Option("--only-make", help=_("Älä käynnistä."))] = False,
) -> None:
    """A server with the made-up region and its cases, on the machine itself."""
    with explained():
        place = Place(data)
        if not place.key_file.exists():
            found_place(place, _settings("", embedded_postgres), whole_domain())
            with opened(place, whole_domain(), SystemClock()) as desk:
                for username, name, code in people.found_region(desk, cases):
                    result(f"{username}\t{name}\t{code}")
            remark(
                _("Liity työasemalla: workbench join http://127.0.0.1:{port} --token-file TIEDOSTO").format(
                    port=port
                )
            )
        if not only_make:
            serving.serve(data, "127.0.0.1", port, workers=1, certificate=None, key=None)


@app.command(help=_("Varmuuskopio yhteen tiedostoon. Se on yhtä salainen kuin palvelin itse."))
def backup(target: Path, data: Data = _HERE) -> None:
    """One file of everything."""
    with at(data) as desk:
        count = backups.write_backup(desk, Place(data), target, desk.clock.now())
        remark(_("Varmuuskopiossa on {n} riviä: {path}").format(n=count, path=target))


@app.command(help=_("Tee palvelin varmuuskopiosta tyhjään kansioon ja tyhjään tietokantaan."))
def restore(
    source: Path,
    data: Data = _HERE,
    database: Address = "",
    embedded_postgres: Embedded = False,
    same_database: Annotated[
        bool, typer.Option("--same-database", help=_("Samaan tietokannan osoitteeseen kuin ennen."))
    ] = False,
) -> None:
    """A server out of a backup."""
    with explained():
        settings = None if same_database else _settings(database, embedded_postgres)
        _epoch, count = backups.restore_backup(Place(data), settings, source, whole_domain())
        remark(_("Palautettu {n} riviä. Työasemat hakevat kaiken uudelleen.").format(n=count))


@app.command(help=_("Tarkista valvontalokin ketjut."))
def verify(data: Data = _HERE) -> None:
    """Walk every chain of the audit."""
    with at(data) as desk, desk.database.reading() as connection:
        faults = list(verify_trail(connection))
        for fault in faults:
            result(f"{fault.chain}\t{fault.position}\t{fault.what}")
        if faults:
            raise typer.Exit(1)
        remark(_("Valvontaloki on ehjä."))


@app.command(help=_("Tarkasta koko palvelin."))
def doctor(
    data: Data = _HERE,
    tls_cert: Annotated[Path | None, typer.Option(help=_("Varmenne (PEM)."))] = None,
    json_output: AsJson = False,
) -> None:
    """Look the server over, as it is."""
    with at(data, updates=False) as desk:
        found = list(doctors.examine(desk, certificate=tls_cert))
        if json_output:
            as_json([asdict(f) for f in found])
        else:
            for finding in found:
                result(f"{'!' if finding.serious else '·'} {finding.message}")
            if not found:
                remark(_("Kaikki on kunnossa."))
        if any(f.serious for f in found):
            raise typer.Exit(1)


@app.command(
    help=_("Siivoa: vanhentuneet kirjautumiset, koodit, keskenjääneet tiedostot ja muutoslokin poistot.")
)
def tidy(data: Data = _HERE, json_output: AsJson = False) -> None:
    """Let go of what need not be kept; ``serve`` does it daily."""
    with at(data) as desk:
        did = asdict(tidying.tidy(desk))
        if json_output:
            as_json(did)
            return
        for name, count in did.items():
            result(f"{_(TIDIED[name])}\t{count}")


@audit_app.command(
    "unusual", help=_("Poikkeava salassa pidettävän katselu ja syyt siihen, että se on poikkeavaa.")
)
def audit_unusual(
    reader: Annotated[str, typer.Option("--for", help=_("Arkistonhoitajan tunnus, jolle luettelo tehdään."))],
    municipality: Annotated[str, typer.Option("--municipality", help=_("Kunnan tunnus, esim. 924."))],
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help=_("Alkaen; oletus 30 päivää."))
    ] = None,
    data: Data = _HERE,
    json_output: AsJson = False,
) -> None:
    """The report of unusual viewing, as the archivist it is made for may see it."""
    with at(data) as desk:
        found, now = people.account(desk, reader), desk.clock.now()
        day = since.date() if since else local(now).date() - timedelta(days=30)
        me = Principal(found.person_id, "server", found.id)
        lines = unusual_viewing(desk.database, desk.domain, me, now, municipality=municipality, since=day)
        if json_output:
            as_json([told(one) for one in lines])
            return
        for one in lines:
            o = one.viewing.opening
            reasons = " ".join(s.reason for s in one.signs)
            result(f"{to_text(o.at)}\t{o.person}\t{o.kind}\t{o.number}\t{o.reason}\t{reasons}")
        if not lines:
            remark(_("Poikkeavaa katselua ei ole."))


# -- people ----------------------------------------------------------------------------------------------


@user_app.command("add", help=_("Lisää henkilö, hänen roolinsa ja tunnuksensa."))
def user_add(
    name: str,
    unit: Annotated[
        list[str], typer.Option("--unit", help=_("Kunta tai kunta/toimiala, esim. 924/tekninen."))
    ],
    role: Annotated[list[str], typer.Option("--role", help=_("Rooli, esim. registrar."))],
    username: Annotated[str, typer.Option("--username", help=_("Tunnus; ellei anneta, nimestä."))] = "",
    email: Annotated[str, typer.Option("--email")] = "",
    secret: Annotated[bool, typer.Option("--secret", help=_("Oikeus salassa pidettäviin."))] = False,
    print_token: Annotated[bool, typer.Option("--print-token", help=_("Tulosta liittymiskoodi."))] = False,
    adopts: Adopts = False,
    data: Data = _HERE,
) -> None:
    """A person with roles and an account."""
    with at(data) as desk:
        wanted = people.Wanted(name, tuple(unit), tuple(role), username, email, secret)
        made = people.add_person(desk, wanted)
        remark(_("Lisätty {name}, tunnus {username}.").format(name=name, username=made.username))
        if print_token:
            result(people.joining_code(desk, made.account_id, adopts=adopts))


@user_app.command("list", help=_("Tunnukset."))
def user_list(data: Data = _HERE, json_output: AsJson = False) -> None:
    """All accounts."""
    with at(data) as desk, desk.database.reading() as connection:
        rows = accounts.list_accounts(connection)
        if json_output:
            as_json([asdict(r) for r in rows])
            return
        for r in rows:
            state = _("suljettu") if r.disabled else _("käytössä")
            result(f"{r.username}\t{r.person_id}\t{state}\t{to_text(r.made_at)}")


@user_app.command("disable", help=_("Sulje tunnus heti; --enable avaa sen."))
def user_disable(
    username: str, enable: Annotated[bool, typer.Option("--enable")] = False, data: Data = _HERE
) -> None:
    """Close or reopen an account."""
    with at(data) as desk:
        found, now = people.account(desk, username), desk.clock.now()
        desk.database.write(lambda c: accounts.set_disabled(c, found.id, not enable, now))
        remark(_("Tunnus on avattu.") if enable else _("Tunnus on suljettu."))


@user_app.command("reset-password", help=_("Uusi salasana; se kysytään tai luetaan tiedostosta."))
def user_reset_password(
    username: str,
    password_file: Annotated[Path | None, typer.Option("--password-file")] = None,
    data: Data = _HERE,
) -> None:
    """A new password."""
    with at(data) as desk:
        found, now = people.account(desk, username), desk.clock.now()
        password = (
            password_file.read_text(encoding="utf-8").strip()
            if password_file
            else typer.prompt(_("Uusi salasana"), hide_input=True, confirmation_prompt=True, err=True)
        )
        desk.database.write(lambda c: accounts.set_password(c, desk.policy, found.id, password, now))
        remark(_("Salasana on vaihdettu, ja henkilö on kirjattu ulos kaikkialta."))


@user_app.command(
    "totp", help=_("Ota vahvistuskoodi käyttöön ja tulosta osoite todentajaan; --off poistaa sen.")
)
def user_totp(username: str, off: Annotated[bool, typer.Option("--off")] = False, data: Data = _HERE) -> None:
    """One-time codes on or off."""
    with at(data) as desk:
        found = people.account(desk, username)
        if off:
            desk.database.write(lambda c: accounts.stop_totp(c, found.id))
            remark(_("Vahvistuskoodia ei enää kysytä."))
        else:
            result(desk.database.write(lambda c: accounts.start_totp(c, desk.policy, found.id)))


@token_app.command("new", help=_("Uusi liittymiskoodi; aiempi käyttämätön raukeaa."))
def token_new(username: str, adopts: Adopts = False, data: Data = _HERE) -> None:
    """A joining code."""
    with at(data) as desk:
        result(people.joining_code(desk, people.account(desk, username).id, adopts=adopts))


@token_app.command("revoke", help=_("Kirjaa henkilö ulos kaikkialta ja mitätöi hänen liittymiskoodinsa."))
def token_revoke(username: str, data: Data = _HERE) -> None:
    """End everything an account has open."""
    with at(data) as desk:
        found, now = people.account(desk, username), desk.clock.now()
        desk.database.write(lambda c: accounts.withdraw_enrolments(c, found.id))
        ended = desk.database.write(lambda c: accounts.end_sessions(c, found.id, now))
        remark(_("Kirjautumisia päätetty: {n}.").format(n=ended))


@unit_app.command("add", help=_("Ota kunta käyttöön tai lisää toimialoja."))
def unit_add(
    code: str,
    name: Annotated[str, typer.Option("--name")] = "",
    genitive: Annotated[str, typer.Option("--genitive", help=_("Nimen omanto."))] = "",
    office: Annotated[list[str] | None, typer.Option("--office", help=_("tunnus=Nimi"))] = None,
    next_number: Annotated[int, typer.Option("--next-number", help=_("Seuraava vapaa asianumero."))] = 1,
    data: Data = _HERE,
) -> None:
    """A municipality into use, or more offices to it."""
    with at(data) as desk:
        people.add_unit(desk, code, name, genitive, office or [], next_number)
        remark(_("Kunta {code} on käytössä.").format(code=code))


@series_app.command("list", help=_("Varatut sarjat: kenellä ja mistä alkaen."))
def series_list(data: Data = _HERE, json_output: AsJson = False) -> None:
    """Who holds what."""
    with at(data) as desk:
        found = held.all_held(desk.database, ADMINISTRATION)
        if json_output:
            as_json([asdict(grant) | {"since": to_text(grant.since)} for grant in found if grant.since])
            return
        for grant in found:
            since = to_text(grant.since) if grant.since else ""
            result(f"{grant.series}\t{grant.name}\t{since}\t{grant.next}")


@series_app.command("break", help=_("Pura varaus, jonka työasema on kadonnut. Myöhässä tulevat numerot "
                                    "odottavat tarvittaessa ratkaisua."))  # fmt: skip
def series_break(series: str, data: Data = _HERE) -> None:
    """End a lost workstation's grant."""
    with at(data) as desk:
        held.break_hold(desk.database, desk.domain, ADMINISTRATION, desk.clock.now(), series)
        remark(_("Sarjan {series} varaus on purettu.").format(series=series))


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
