"""The homes the scenes are played in: the demonstration region with what pictures need besides, and a
municipality that has just been taken into use."""

from __future__ import annotations

import io
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from workbench.cases.edit import EnterPhase, SetCaseValues
from workbench.cases.intake.taking_in import keep, take_in
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.parts import AddAction, AddNote, AddTask, LinkCases, MarkCase
from workbench.cases.queries import CaseFilter, find_cases, load_cases
from workbench.cases.register import RegisterCase
from workbench.clock import today
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.opening import create_home, open_home
from workbench.organisation.model import Role
from workbench.organisation.queries import load_staff
from workbench.setup.demo import build_demo
from workbench.setup.guide import Answers, build, move_in
from workbench.setup.letters import docx, mail, pdf
from workbench.setup.municipality import SetUp
from workbench.setup.region import USER, person_id
from workbench.store.store import Store, database_path

VETELI = "924"
PASSPHRASE = "kuvia varten otettu kunta"
_LONG_TITLE = (
    "Oikaisuvaatimus ympäristöterveyslautakunnan viranhaltijapäätöksestä, joka koskee eläinsuojan "
    "ympäristölupamääräysten muuttamista ja lietelantasäiliön kattamista kiinteistöllä 924-403-5-34"
)
_LONG_PARTY = "Pohjanmaan maatalousyrittäjien ja metsänomistajien ympäristöyhdistys ry"
_LONG_FILE = (
    "Liite_12_vesistövaikutusten_arviointi_ja_pohjavesiselvitys_lopullinen_allekirjoitettu_2026-09-30.pdf"
)
_SECRET = {
    "publicity": "Salassa pidettävä",
    "secrecy_years": 100,
    "secrecy_basis": "JulkL (621/1999) 24.1 § 30 kohta",
    "secrecy_computation": "Asiakirjan päivämäärä",
}
_PARTLY = {
    "publicity": "Osittain salassa pidettävä",
    "secrecy_years": 25,
    "secrecy_basis": "JulkL (621/1999) 24.1 § 20 kohta",
    "secrecy_computation": "Asiakirjan päivämäärä",
}


def demo_home(home: Path) -> tuple[Store, dict[str, Any]]:
    """The demonstration region, furnished once; returns the store and its furniture by name."""
    if database_path(home).exists():
        store = open_home(home)
    else:
        store, _recovery = create_home(home, demo=True)
        build_demo(store, cases=60, seed=1)
    session = Session(person_id(USER), VETELI)
    with store.read_as(session) as reader:
        found = find_cases(reader, CaseFilter(state="open"))
        rows = {row.title: row for row in load_cases(reader, found)}
    things: dict[str, Any] = {}
    if _LONG_TITLE not in rows:
        with tempfile.TemporaryDirectory() as folder:
            _cases(store, session, Path(folder), [row.id for row in list(rows.values())[:3]])
            _arrivals(store, session, Path(folder))
    with store.read_as(session) as reader:
        rows = {row.title: row for row in load_cases(reader, find_cases(reader, CaseFilter(state="all")))}
        staff = load_staff(reader, VETELI)
    things["long"] = rows[_LONG_TITLE].id
    things["secret"] = rows["Oppilaan erityisen tuen päätös"].id
    things["bare"] = rows["Kunnantalon ikkunoiden kunto"].id
    things["closed"] = next(row.id for row in rows.values() if row.state == "Päätetty")
    things["admin"] = next(p.id for p in staff if any(r.role is Role.ADMINISTRATOR for r in p.roles))
    return store, things


def empty_home(home: Path) -> Store:
    """A municipality taken into use a moment ago: nothing in any list yet."""
    if not database_path(home).exists():
        answers = Answers(
            municipality=SetUp(code=VETELI, email="kirjaamo@veteli.example"),
            admin_name="Pirjo Lassila",
            admin_title="kirjaaja",
            admin_email="pirjo.lassila@veteli.example",
            admin_roles=(Role.REGISTRAR, Role.PREPARER, Role.ARCHIVIST),
            admin_secret=True,
            use_ring=False,
            passphrase=PASSPHRASE,
            passphrase_again=PASSPHRASE,
        )
        move_in(build(home, answers), home)
    return open_home(home, passphrase=PASSPHRASE)


def _cases(store: Store, session: Session, folder: Path, others: list[str]) -> None:
    day = today(store.clock)

    def document(title: str, name: str, **more: Any) -> DocumentItem:
        path = folder / name
        path.write_bytes(pdf(title, f"{title}.\n\nPyydämme lautakuntaa käsittelemään asian kiireellisenä."))
        file = keep(store, VETELI, read_arrival(path).original)
        values: dict[str, Any] = {"type": "Hakemus", "arrived_at": store.clock.now() - timedelta(days=9)}
        return DocumentItem(title=title, file=file, **(values | more))

    long = store.execute(
        RegisterCase(
            municipality=VETELI,
            class_code="11.01.00",
            title=_LONG_TITLE,
            case_type="oikaisuvaatimus",
            handler_id=session.person_id,
            documents=(
                document(
                    "Oikaisuvaatimus liitteineen",
                    "oikaisuvaatimus.pdf",
                    overrides=_PARTLY,
                    attachments=(document("Vesistövaikutusten arviointi", _LONG_FILE, type="Liite"),),
                ),
                document("Terveydentilaa koskeva lausunto", "lausunto.pdf", type="Lausunto", overrides=_SECRET),
            ),
            parties=(
                PartyItem(role="initiator", name=_LONG_PARTY, entity="organisation",
                          business_id="0116297-6", email="ymparistoyhdistys.toimisto@maatalousyrittajat.example",
                          street="Pappilantie 12 B 34", postal_code="69700", town="Veteli"),
                PartyItem(role="party", name="Marja-Liisa Kivelä-Hietaniemi", protected=True,
                          street="Salainen polku 1", postal_code="69700", town="Veteli"),
            ),
        ),
        session,
    ).result.case_id  # fmt: skip
    for other in others:
        store.execute(LinkCases(case_id=long, other_id=other), session)
    store.execute(EnterPhase(case_id=long, phase="valmistelu"), session)
    store.execute(
        AddNote(
            case_id=long,
            text="Soitto yhdistyksen puheenjohtajalta\nHän kysyi, milloin asia on lautakunnassa, ja lupasi "
            "toimittaa puuttuvan vesistöselvityksen ensi viikolla. Kerroin, että esityslista lähtee "
            "viimeistään neljä päivää ennen kokousta ja että selvitys ehtii mukaan, jos se tulee perjantaina.",
        ),
        session,
    )
    store.execute(
        AddTask(case_id=long, title="Pyydä ympäristöterveysvalvonnan lausunto eläinsuojan etäisyyksistä",
                due_on=day + timedelta(days=3), remind_on=day + timedelta(days=1)),
        session,
    )  # fmt: skip
    store.execute(
        AddAction(case_id=long, phase="valmistelu", name="naapurien kuuleminen", done_on=day,
                  note="Kuulemiskirjeet kuudelle naapurille."),
        session,
    )  # fmt: skip
    store.execute(MarkCase(case_id=long, mark="favourite"), session)
    store.execute(
        RegisterCase(
            municipality=VETELI, class_code="12.01.03", case_type="hakemus",
            title="Oppilaan erityisen tuen päätös", handler_id=session.person_id,
            documents=(document("Hakemus", "hakemus.pdf"),), overrides=_SECRET,
        ),
        session,
    )  # fmt: skip
    bare = RegisterCase(municipality=VETELI, class_code="10.03.03", case_type="muu asia",
                        title="Kunnantalon ikkunoiden kunto")  # fmt: skip
    store.execute(bare, session)
    store.execute(SetCaseValues(case_id=long, values=_PARTLY), session)


def _arrivals(store: Store, session: Session, folder: Path) -> None:
    now = store.clock.now()

    def arrive(n: int, subject: str, sender: tuple[str, str], body: str, *files: tuple[str, bytes]) -> None:
        path = folder / f"saapunut-{n}.eml"
        path.write_bytes(
            mail(sender=sender, to=("Vetelin kunnan kirjaamo", "kirjaamo@veteli.example"), subject=subject,
                 body=body, sent_at=now - timedelta(minutes=50 - n), message_id=f"kuva-{n}@posti.example",
                 attachments=files)
        )  # fmt: skip
        take_in(store, session, path)

    body = "Hei\n\nTiedosto on salattu. Salasana tulee tekstiviestillä.\n\nTerveisin Sirkka Lehtonen"
    arrive(1, "Salattu tilinpäätös", ("Sirkka Lehtonen", "sirkka.lehtonen@posti.example"), body,
           ("Tilinpaatos_2025.pdf", _encrypted()), ("rikki.docx", b"PK\x03\x04 katkennut"), ("tyhja.pdf", b""))  # fmt: skip
    body = "Hakemus on liitteenä.\n\nTerveisin Tauno Lassila"
    same = ("Hakemus.docx", docx("Hakemus", "Haen avustusta tien kunnostamiseen."))
    sender = ("Tauno Lassila", "tauno.lassila@posti.example")
    arrive(2, "Avustushakemus, Räyringin tiekunta", sender, body, same)
    arrive(3, "VL: Avustushakemus, Räyringin tiekunta", sender, body, same)
    arrive(4, _LONG_TITLE, ("Maatalousyhtymä Hietaniemi-Kivelä ja kumppanit", "yhtyma@posti.example"),
           "Vaadimme oikaisua päätökseen.\n\nTerveisin Matti Hietaniemi", (_LONG_FILE, pdf("Selvitys", "Liite.")),
           *((f"Valokuva {n}.pdf", pdf("Kuva", f"Kuva {n}")) for n in range(1, 9)))  # fmt: skip
    arrive(5, "Kaustisen koulukuljetusten aikataulu", ("Antti Ojala", "antti.ojala@posti.example"),
           "Kaustisen kunnalle\n\nPyydän Kaustisen kuntaa muuttamaan koulukuljetuksen aikataulua Kaustisella "
           "Salonkylän suunnalla.\n\nTerveisin Antti Ojala, Kaustinen")  # fmt: skip


def _encrypted() -> bytes:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    made = Canvas(out, encrypt=StandardEncryption("salasana", canPrint=0))
    made.drawString(72, 720, "Tilinpäätös")
    made.save()
    return out.getvalue()
