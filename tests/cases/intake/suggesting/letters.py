"""Letters written for building the suggestions: known cases of Veteli, new matters and replies.

They are the set the weights were tried on; the labelled arrivals are another, written apart.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A case that is in the register."""

    number: str
    title: str
    party: str = ""
    email: str = ""
    case_type: str = "hakemus"
    message_id: str = ""
    municipality: str = "924"

    @property
    def class_code(self) -> str:
        return self.number.split("/")[1]


KNOWN = (
    Known("3/02.05.01/2026", "Toiminta-avustus: Räyringin kyläyhdistys ry", "Räyringin kyläyhdistys ry", "rayrinki@gmail.com", "avustushakemus"),
    Known("5/10.03.03/2026", "Kirkonseutu, asemakaavan muutos korttelissa 14", "Kiinteistö Oy Vetelin Torni", "toimisto@vetelintorni.fi", "kaava", "kaava-1@vetelintorni.fi"),
    Known("6/03.01.00/2026", "Vahingonkorvausvaatimus: rengasrikko Patanantiellä", "Jussi Harju", "jussi.harju@hotmail.com", "korvausvaatimus"),
    Known("8/10.04.01/2026", "Poikkeamislupa: 924-402-12-7", "Leena Pulkkinen", "leena.pulkkinen@gmail.com"),
    Known("9/12.01.00/2026", "Oppilaaksi ottaminen: Tunkkarin koulu", "Sari Peltola", "sari.peltola@gmail.com"),
    Known("11/02.08.02/2026", "Talvikunnossapito 2026–2029, hankinta", "Koneurakointi Hautala Oy", "kimmo@hautalakone.fi", "hankinta", "tarjous77@hautalakone.fi"),
    Known("14/10.03.02/2026", "Löytönevan tuulivoimapuisto, osayleiskaava", "Etelä-Pohjanmaan ELY-keskus", "kirjaamo.etela-pohjanmaa@ely-keskus.fi", "kaava"),
    Known("17/08.01.01/2026", "Räyringintie: nopeusrajoituksen alentaminen", "Antti Salo", "antti.salo@luukku.com"),
    Known("21/01.01.01/2026", "Kirjastonhoitaja, viran täyttäminen", "", "", "rekrytointi"),
    Known("12/10.03.03/2026", "Tunkkarin teollisuusalueen asemakaavan laajennus", "Muovi-Veteli Oy", "hallinto@muoviveteli.fi", "kaava"),
    Known("12/10.03.03/2026", "Keskustan koulukorttelin asemakaavan muutos", "Halsuan seurakunta", "virasto@halsuanseurakunta.fi", "kaava", municipality="074"),
    Known("4/00.00.03/2026", "Kuntalaisaloite: uimarannan pukukopit", "Mirja Haapala", "mirja.haapala@gmail.com", "kuntalaisaloite", "aloite-55@mail.gmail.com"),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A letter and what a registrar makes of it. ``reply_to`` names a case number, "" opens a new case."""

    subject: str
    body: str
    sender: str = ""
    email: str = ""
    class_code: str = ""
    case_type: str = ""
    document_type: str = ""
    reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    municipality: str = "924"
    channel: str = "email"


def new(
    class_code: str, case_type: str, document_type: str, subject: str, body: str, sender: str = "Pekka Niemi",
    email: str = "pekka.niemi@gmail.com", **more: object,
) -> Written:  # fmt: skip
    """A letter that opens a case."""
    return Written(subject, body, sender, email, class_code, case_type, document_type, **more)  # type: ignore[arg-type]


NEW = (
    new("10.01.01", "hakemus", "Hakemus", "Tonttihakemus Mäntypuiston alueelta",
        "Hei!\n\nOlemme nuori perhe ja haluaisimme ostaa omakotitontin Mäntypuistosta. Onko tontti 4 vielä vapaana ja "
        "mitä se maksaa?\n\nTerveisin\nPekka Niemi\nKoivutie 3\n69700 Veteli\npuh. 040 123 4567"),
    new("03.01.00", "korvausvaatimus", "Hakemus", "Korvaushakemus, kaatuminen jäisellä jalkakäytävällä",
        "Kaaduin 12.1. terveysaseman edessä, kun tietä ei ollut hiekoitettu. Ranne murtui ja silmälasit rikkoutuivat. "
        "Vaadin kunnalta korvausta silmälaseista, kuitti liitteenä.", "Aino Kallio", "aino.kallio@gmail.com"),
    new("08.02.04", "hakemus", "Hakemus", "koulukyyti Polsosta",
        "Tyttäremme aloittaa ensimmäisen luokan syksyllä ja matka koululle on 4,8 km vilkkaan kantatien vartta. Haemme "
        "hänelle koulukuljetusta. Tie on vaarallinen eikä pyörätietä ole.", "Hanna Polso", "hanna.polso@gmail.com"),
    new("12.03.01", "hakemus", "Hakemus", "Salivuoro kaudelle 2026-27",
        "Vetelin Urheilijat hakee lentopallolle harjoitusvuoroa liikuntahallista tiistaisin klo 18–20.",
        "Vetelin Urheilijat ry", "jaostot@veturh.fi"),
    new("10.05.03", "ilmoitus", "Ilmoitus", "Auraus tekemättä Haapajärventiellä",
        "Moi, lunta on 30 cm eikä aura ole käynyt koko aamuna. Postilaatikkokin jäi penkan alle. Milloin tie aurataan?"),
    new("10.05.03", "ilmoitus", "Ilmoitus", "Katuvalo pimeänä",
        "Torikujan katuvalot ovat olleet pimeinä jo viikon, lamppu vilkkui ensin ja sammui sitten."),
    new("05.01.02", "hakemus", "Hakemus", "Hoitopaikka 1.8. alkaen",
        "Tarvitsemme pojallemme päiväkotipaikan elokuun alusta, kun palaan töihin. Hoitoaika olisi 7.30–16."),
    new("02.05.01", "avustushakemus", "Hakemus", "Toiminta-avustushakemus 2026",
        "Patanan metsästysseura ry anoo kunnalta yhdistysavustusta nuorisotoimintaan 1500 euroa. Liitteenä "
        "toimintasuunnitelma ja tilinpäätös.", "Patanan Nuorisoseura ry", "patanans@gmail.com"),
    new("00.00.02", "toimielimen kokoonpano", "Pyyntö", "Eronpyyntö luottamustoimesta",
        "Muutan toiselle paikkakunnalle 1.5., joten pyydän eroa sivistyslautakunnan jäsenyydestä.",
        "Kaisa Luoma", "kaisa.luoma@gmail.com"),
    new("00.00.03", "kuntalaisaloite", "Aloite", "Kuntalaisaloite frisbeegolfradasta",
        "Esitämme, että kunta rakentaa frisbeegolfradan urheilukentän viereen. Aloitteen on allekirjoittanut 45 kuntalaista."),
    new("10.03.03", "kaava", "Hakemus", "Asemakaavan muutoshakemus, kortteli 22",
        "Haemme asemakaavan muutosta korttelin 22 tontille 3 niin, että käyttötarkoitus muuttuu liikerakentamisesta "
        "asumiseen ja rakennusoikeutta lisätään.", "Rakennus-Kase Oy", "info@rakennuskase.fi"),
    new("10.03.02", "kaava", "Kannanotto", "Mielipide tuulivoimasta",
        "Vastustan tuulivoimaloiden rakentamista kylämme lähelle. Välke ja melu haittaavat asumista ja tuulivoima-alue "
        "on liian lähellä asutusta.", "Matti Saari", "matti.saari@gmail.com"),
    new("10.04.01", "hakemus", "Hakemus", "Poikkeamishakemus ranta-alueelle",
        "Haen poikkeamislupaa vapaa-ajan asunnon muuttamiseksi vakituiseen asumiseen kiinteistöllä 924-403-5-31."),
    new("10.04.03", "rakentamislupa", "Hakemus", "Rakennuslupa autotalliin",
        "Haen rakennuslupaa 60 m2 autotallille pihaani. Piirustukset ovat liitteenä.", attachments=(("asemapiirros.pdf", "Asemapiirros 1:500"),)),
    new("10.04.10", "ilmoitus", "Ilmoitus", "Naapurin romuautot",
        "Naapuritontti on täynnä romuautoja ja jätettä, ränsistynyt talo sortuu kohta. Toivon että valvonta puuttuu asiaan."),
    new("11.01.00", "ilmoitus", "Ilmoitus", "Hajuhaitta turkistarhalta",
        "Turkistarhan lanta haisee ja kärpäsiä on niin, ettei ikkunaa voi pitää auki. Pyydän ympäristönsuojelua tarkastamaan."),
    new("11.01.03", "hakemus", "Hakemus", "Enduroajot syyskuussa",
        "Moottorikerho hakee maastoliikennelain mukaista lupaa enduro-kilpailulle 12.9.", "Kasen Moottorikerho ry", "kmk@kmk.fi"),
    new("12.01.01", "hakemus", "Hakemus", "Lomamatkan vuoksi poissaololupa",
        "Pyydämme lupaa poissaoloon opetuksesta viikolla 8 perheen lomamatkan takia, oppilas 4B Onni."),
    new("12.01.03", "ilmoitus", "Ilmoitus", "Kiusaaminen jatkuu koulussa",
        "Poikaani on kiusattu välitunneilla koko syksyn. Koulukuraattori tietää, mutta mitään ei tapahdu. Vaadin toimia."),
    new("07.00.03", "tietopyyntö", "Pyyntö", "Asiakirjapyyntö kunnanjohtajan sopimuksesta",
        "Pyydän julkisuuslain nojalla kopion kunnanjohtajan johtajasopimuksesta ja siihen liittyvistä päätöksistä.",
        "Toimittaja Riku Laine", "riku.laine@lehti.fi"),
    new("07.01.02", "tietopyyntö", "Pyyntö", "Vanha koulutodistus kadonnut",
        "Kävin kansalaiskoulun 1968–70 ja tarvitsisin jäljennöksen päästötodistuksesta. Löytyykö arkistosta?"),
    new("01.01.01", "rekrytointi", "Hakemus", "Työhakemus: varhaiskasvatuksen opettaja",
        "Haen avoinna olevaa varhaiskasvatuksen opettajan tointa. Liitteenä ansioluettelo ja tutkintotodistus.",
        attachments=(("CV.pdf", "Ansioluettelo\nKoulutus: kasvatustieteen kandidaatti"),)),
    new("01.01.04", "ilmoitus", "Ilmoitus", "Irtisanoutuminen", "Irtisanoudun laitoshuoltajan toimesta. Viimeinen "
        "työpäiväni on 31.5. ja sen jälkeen jään eläkkeelle.", "Ritva Kivelä", "ritva.kivela@veteli.fi"),
    new("01.01.03", "hakemus", "Hakemus", "Virkavapaahakemus opintoja varten",
        "Anon opintovapaata ajalle 1.8.2026–31.5.2027 luokanopettajan virasta.", "Tiina Wiik", "tiina.wiik@veteli.fi"),
    new("02.08.01", "hankinta", "Tarjous", "Tarjous kannettavista tietokoneista",
        "Kiitämme tarjouspyynnöstänne ja tarjoamme 40 kpl kannettavia oppilaskoneita, toimitus 3 viikkoa. Tarjous voimassa 30 pv.",
        "Data-Pohja Oy", "myynti@datapohja.fi"),
    new("02.05.04", "muu asia", "Tarjous", "Lainatarjous kunnalle",
        "Pyydettynä tarjouksena esitämme 2 milj. euron lainan 12 kk euriboriin sidotulla korolla.",
        "Kuntapankki Oyj", "asiakas@kuntapankki.fi"),
    new("02.06.03", "ilmoitus", "Ilmoitus", "Virheellinen lasku päivähoidosta",
        "Sain laskun, jossa on sama kuukausi kahdesti. Pyydän hyvityslaskun ja uuden eräpäivän."),
    new("02.06.07", "hakemus", "Hakemus", "Maksuajan pidennys vesilaskuun",
        "En pysty maksamaan laskua eräpäivään mennessä. Haen lykkäystä ja maksujärjestelyä kolmessa erässä."),
    new("03.00.01", "lausuntopyyntö", "Lausuntopyyntö", "Lausuntopyyntö luonnoksesta hallituksen esitykseksi",
        "Valtiovarainministeriö pyytää kunnan lausuntoa luonnoksesta hallituksen esitykseksi eduskunnalle laiksi kuntalain "
        "muuttamisesta. Lausunnot lausuntopalveluun 30.4. mennessä.", "Valtiovarainministeriö", "kirjaamo.vm@gov.fi"),
    new("03.01.02", "kantelu", "Pyyntö", "Selvityspyyntö kanteluun",
        "Aluehallintovirasto pyytää kunnalta selvitystä ja lausuntoa opetustoimen menettelyä koskevan kantelun johdosta.",
        "Länsi- ja Sisä-Suomen aluehallintovirasto", "kirjaamo.lansi@avi.fi"),
    new("10.03.01", "lausuntopyyntö", "Lausuntopyyntö", "Perhon kunta: lausuntopyyntö kaavaluonnoksesta",
        "Perhon kunta pyytää naapurikunnan lausuntoa yleiskaavan luonnoksesta kuntarajan tuntumassa.", "Perhon kunta", "kirjaamo@perho.com"),
    new("14.04.00", "hakemus", "Hakemus", "Liittyminen vesijohtoon",
        "Haluamme liittää uuden talon kunnan vesijohtoverkostoon. Mitä vesiliittymä maksaa?"),
    new("14.02.00", "ilmoitus", "Ilmoitus", "Karhun kaatamat rehupaalit",
        "Karhu repi viime yönä rehupaaleja pellolla. Ilmoitan petovahingosta ja pyydän maaseutuasiamiestä käymään."),
    new("12.02.02", "ilmoitus", "Kirje", "Kirjaston aukioloajat lauantaisin",
        "Voisiko kirjasto olla auki myös lauantaina? Lainaajia riittäisi, ja omatoimikirjasto kävisi myös."),
    new("12.02.00", "hakemus", "Hakemus", "Tukea kesäkonserttiin",
        "Pelimanniyhdistys järjestää heinäkuussa kansanmusiikkikonsertin torilla ja hakee tapahtumalle kulttuuritukea.",
        "Pelimanniyhdistys ry", "pelimannit@gmail.com"),
    new("08.01.01", "hakemus", "Pyyntö", "Hidasteita koulun kohdalle",
        "Autot ajavat koulun ohi ylinopeutta. Toivomme nopeusrajoituksen laskemista 30:een ja hidastetöyssyä."),
    new("10.07.01", "hakemus", "Hakemus", "Asuntohakemus", "Etsin kaksiota vuokralle kesäkuusta alkaen, mieluiten rivitalosta."),
    new("13.02.01", "hakemus", "Hakemus", "Tutkimuslupahakemus pro gradu -työhön",
        "Opiskelen Jyväskylän yliopistossa ja haen lupaa haastatella kunnan opettajia opinnäytetyötäni varten.",
        "Elli Tamminen", "elli.s.tamminen@student.jyu.fi"),
    new("10.02.04", "hakemus", "Hakemus", "Uusi osoitenumero talolle",
        "Navigaattori ohjaa väärään pihaan. Saisimmeko talolle oman osoitenumeron, numerokyltti puuttuu."),
    new("14.05.01", "hakemus", "Hakemus", "Palkkatuki työntekijään",
        "Palkkaisimme pitkään työttömänä olleen henkilön ja haemme palkkatukea.", "Puu-Pasi tmi", "pasi@puupasi.fi"),
    new("07.00.01", "ilmoitus", "Pyyntö", "Henkilötietojeni poistaminen",
        "Pyydän tietosuoja-asetuksen perusteella, että poistatte henkilötietoni uutiskirjeen rekisteristä."),
    new("09.07.00", "ilmoitus", "Ilmoitus", "Ilmoitus yleisötilaisuudesta",
        "Ilmoitamme poliisille ja kunnalle yleisötilaisuudesta: juhannusjuhlat, järjestyksenvalvojia on neljä, ilotulitus klo 23."),
    new("12.01.08", "hakemus", "Hakemus", "iltapäiväkerhopaikka ekaluokkalaiselle",
        "Haetaan iltapäivätoimintaan paikkaa syksyksi, koulupäivän jälkeen klo 16 saakka."),
    new("11.01.06", "ilmoitus", "Ilmoitus", "Roskia levähdysalueella",
        "Joku on kipannut jätesäkkejä ja renkaita metsään levähdysalueen taakse. Roskaantuminen on jo paha."),
    new("01.02.00", "hakemus", "Hakemus", "Kokemuslisän tarkistaminen",
        "Pyydän tarkistamaan palkkani vuosisidonnaisen lisän, sillä aiempi työkokemus Kokkolasta puuttuu."),
    new("14.02.03", "hakemus", "Hakemus", "Metsästysmaiden vuokraus",
        "Metsästysseura hakee metsästysoikeutta kunnan maille hirvenmetsästystä varten, nykyinen maanvuokra päättyy.",
        "Ylipään metsästysseura ry", "ylipaan.ms@gmail.com"),
)  # fmt: skip

REPLIES = (
    Written("VS: Vahingonkorvausvaatimus: rengasrikko Patanantiellä (6/03.01.00/2026)", "Tässä pyytämänne kuitti renkaasta.",
            "Jussi Harju", "jussi.harju@hotmail.com", document_type="", reply_to="6/03.01.00/2026"),
    Written("Dnro 8/10.04.01/2026 lisäselvitys", "Hei, liitteenä naapurin suostumus poikkeamiseen.",
            "Leena Pulkkinen", "leena.pulkkinen@gmail.com", reply_to="8/10.04.01/2026"),
    Written("Lausunto Löytönevan tuulivoimapuiston osayleiskaavasta",
            "Viite: lausuntopyyntönne 2.2.2026, asianro 14 / 10.03.02 / 2026\n\nELY-keskus lausuu kaavaluonnoksesta seuraavaa.",
            "Etelä-Pohjanmaan ELY-keskus", "kirjaamo.etela-pohjanmaa@ely-keskus.fi", document_type="Lausunto", reply_to="14/10.03.02/2026"),
    Written("Re: kaavan aikataulu", "Hei, sopiiko tapaaminen ensi viikolla kaavamuutoksesta?", "Anna Kaitila",
            "anna@vetelintorni.fi", reply_to="5/10.03.03/2026", references=("kaava-1@vetelintorni.fi",)),
    Written("Re: Tarjous talvikunnossapidosta", "Vahvistamme, että tarjous on voimassa 30.6. saakka.", "Kimmo Hautala",
            "kimmo@hautalakone.fi", reply_to="11/02.08.02/2026", references=("tarjous77@hautalakone.fi",)),
    Written("Vs: Kuntalaisaloite: uimarannan pukukopit", "Hei, onko aloite jo käsitelty?", "Mirja Haapala",
            "mirja.haapala@gmail.com", reply_to="4/00.00.03/2026"),
    Written("Täydennys avustushakemukseen", "Räyringin kyläyhdistys täydentää toiminta-avustusta koskevaa hakemusta "
            "tilintarkastuskertomuksella.", "Räyringin kyläyhdistys ry", "rayrinki@gmail.com", reply_to="3/02.05.01/2026"),
    Written("nopeusrajoitus 17/08.01.10/2026", "Räyringintien nopeusrajoituksesta vielä: liitteenä mittaustulokset.",
            "Antti Salo", "antti.salo@luukku.com", reply_to="17/08.01.01/2026"),
    Written("Hakemuksen peruminen", "Perun hakemukseni Tunkkarin kouluun, asia 9/12.01.00/2026.", "Sari Peltola",
            "sari.peltola@gmail.com", reply_to="9/12.01.00/2026"),
    Written("Lisätietoja", "Katso liite.", "Muovi-Veteli Oy", "hallinto@muoviveteli.fi", reply_to="12/10.03.03/2026",
            attachments=(("vastaus.pdf", "Vetelin kunta\nAsianne 12/10.03.03/2026\nTunkkarin teollisuusalueen asemakaavan "
                          "laajennus\nIlmoitamme rakennusoikeuden tarpeen."),)),
)  # fmt: skip
