# ruff: noqa: E501  # letters stand whole
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


@dataclass(frozen=True)
class Plain:
    """A letter in a resident's own words, which are seldom the plan's."""

    class_code: str
    subject: str
    body: str


PLAIN = (
    Plain("10.05.03", "tie meillä", "Moro. Tässä meidän tiellä ei oo käyny kukaan kolmeen päivään ja lunta on polvee myöten. Mummo ei pääse kauppaan."),
    Plain("10.05.03", "Terveiset Kivikankaalta", "Tie on niin kuralla ettei postiauto pääse. Sorttia tarvittais ja lanaus pian."),
    Plain("10.05.03", "lamput", "Meidän raitin valot ei pala, ollu pimeenä jo toista viikkoa. Lapset kulkee siitä kouluun."),
    Plain("03.01.00", "auto meni", "Ajoin eilen illalla Torikadulla montulle, vanne meni lommolle ja rengas puhki. Kuka maksaa? Kuitti 380 e liitteenä."),
    Plain("03.01.00", "äitini kaatui", "Äiti kompastui kirjaston rappusilla rikkinäiseen laattaan, ranne meni poikki. Haluamme että kunta korvaa kulut."),
    Plain("05.01.02", "Elokuusta eteenpäin", "Palaan töihin elokuussa ja 2-vuotias Eino tarvitsisi paikan Tuulentuvasta. Päivät olis 7-16, ruoka-aineallergia munalle."),
    Plain("05.01.07", "raha kotona olosta", "Saako kunnalta rahaa, kun jään tytön kanssa kotiin siihen asti että täyttää kolme?"),
    Plain("12.01.00", "ykkösluokka", "Muutamme kesällä ja poika aloittaisi syksyllä ensimmäisellä. Voiko hän tulla Kirkonkylän kouluun, vaikka asumme toisella puolen?"),
    Plain("12.01.01", "viikko 9", "Lähdemme Kanarialle ja Elsa olisi koulusta pois viisi päivää. Tehtävät hoidetaan matkalla."),
    Plain("12.01.03", "Poika ei uskalla lähteä aamulla", "Viidennellä luokalla porukka haukkuu ja tönii poikaa joka välitunti. Opettaja sanoo että se on leikkiä."),
    Plain("08.02.04", "matka on pitkä", "Tyttö on seitsemän ja kävelis 6 km ison tien laitaa rekkojen seassa. Eikö taksi voisi hakea?"),
    Plain("08.01.01", "kaahaavat", "Mopot ja autot ajaa meidän ohi satasta vaikka on 40. Laittakaa töyssyt ennen kun joku jää alle."),
    Plain("08.01.04", "risteys", "Puhelinkopin risteyksessä ei näe mitään, siihen pitäisi saada kolmio tai peili."),
    Plain("10.01.01", "rakennuspaikka", "Onko teillä myydä omakotitalolle paikkaa järven puolelta? Pari tuhatta neliötä riittää. Mitä maksaa neliö?"),
    Plain("10.01.00", "pelto", "Isältä jäi 3 ha peltoa teollisuusalueen vierestä. Ostaako kunta, mitä tarjoatte?"),
    Plain("10.03.03", "Liikepaikan muuttaminen", "Kiinteistömme korttelissa 8 saa nyt rakentaa vain liikettä. Haluaisimme asuntoja kahteen kerrokseen."),
    Plain("10.03.02", "myllyt", "Emme halua 300 metriä korkeita myllyjä kahden kilometrin päähän. Vilkkuvat valot ja humina pilaavat elämän."),
    Plain("10.04.01", "mökistä koti", "Jäimme eläkkeelle ja asuisimme mökillä ympäri vuoden. Tarvitaanko siihen jokin poikkeus?"),
    Plain("10.04.03", "talli", "Teen pihaan hirsisen autotallin 48 neliötä, kuvat on mukana. Mitä tarvitaan että saa aloittaa?"),
    Plain("10.04.05", "vanha pirtti nurin", "Perikunnan talo on tyhjä ja lahonnut, kaivinkone kaataisi sen kesäkuussa. Pitääkö ilmoittaa?"),
    Plain("10.04.06", "isot kuuset", "Naapurin kuuset varjostavat ja voivat kaatua katolle. Saako ne kaataa taajamassa ilman lupaa?"),
    Plain("10.04.10", "pihakuva", "Viereisessä pihassa on kuusi autonraatoa, jääkaappeja ja rottia. Kukaan ei siivoa. Voiko kunta pakottaa?"),
    Plain("11.01.00", "ei voi tuulettaa", "Sikalasta tulee niin hirveä löyhkä että pyykkiä ei voi ripustaa ulos. Kärpäset ovat vallanneet keittiön."),
    Plain("11.01.01", "vesi seisoo", "Naapuri täytti rummun ja nyt meidän pelto on järvenä. Kuka käskee avata?"),
    Plain("11.01.06", "renkaita metsässä", "Löysin lenkillä läjän vanhoja renkaita ja rakennusjätettä soramontusta. Kuva mukana."),
    Plain("11.02.02", "kämppä homeessa", "Vuokraisäntä ei tee mitään, seinä on musta ja lapsi yskii. Tuleeko teiltä joku mittaamaan?"),
    Plain("12.03.01", "tiistait", "Sählyporukka tarvitsisi salin tiistaisin klo 20. Meitä on 12 ukkoa."),
    Plain("12.03.02", "ladut", "Koirankävelijät tallovat hiihtäjien uran. Voisiko konetta ajaa useammin ja laittaa kyltin?"),
    Plain("12.02.02", "kirja-auto", "Pysähtyisikö kirjastoauto Myllykylässä, täällä olisi monta lukijaa?"),
    Plain("12.02.00", "kesän juhla", "Viulunsoittajat järjestävät soittoviikon ja pyydämme kunnalta pientä rahaa ja lavan lainaksi."),
    Plain("02.05.01", "Tuki kylätalolle", "Kyläseura pyytää kunnalta 2000 e katon korjaamiseen ja pihan hoitoon."),
    Plain("02.06.03", "laskussa vikaa", "Sain teiltä saman laskun kahteen kertaan, vaikka maksoin jo. Korjatkaa."),
    Plain("02.06.07", "en pysty", "Olen lomautettu enkä saa maksettua hoitomaksua tässä kuussa. Voisiko sen jakaa osiin?"),
    Plain("01.01.01", "kesäksi töihin", "Olen 17-vuotias ja etsin kesätyötä puistoista tai kirjastosta. Olen reipas. Todistukset mukana."),
    Plain("01.01.04", "lopetan", "Ilmoitan että lopetan työni koulun keittiöllä, viimeinen päivä on 30.6."),
    Plain("01.01.03", "vuosi pois", "Olen päässyt opiskelemaan ja olisin vuoden pois työstä ilman palkkaa."),
    Plain("01.02.00", "liksa", "Olen tehnyt samaa työtä kuin Maija mutta saan 150 e vähemmän. Pyydän että palkka katsotaan uudelleen."),
    Plain("00.00.02", "jätän paikkani", "Muutan Tampereelle kesällä enkä voi enää olla lautakunnassa."),
    Plain("00.00.03", "Penkkejä raitille", "Vanhukset tarvitsisivat istumapaikkoja kauppamatkalle. Keräsimme 60 nimeä tämän puolesta."),
    Plain("07.00.03", "Juttua varten", "Teen juttua johtajien palkkioista. Saisinko paperit, joilla niistä on päätetty, ja listan maksetuista summista?"),
    Plain("07.01.02", "isän vanhat paperit", "Isäni kävi täällä koulun 1950-luvulla. Onko teillä tallessa hänen todistustaan tai luokkakuvia?"),
    Plain("07.00.01", "väärä liite", "Sain teiltä sähköpostin, jossa oli toisen perheen tiedot. Mitä teen sille?"),
    Plain("14.04.00", "vesi taloon", "Rakennamme taloa ja tarvitsemme hanaan vettä. Mihin putkeen voi liittyä ja mitä maksaa?"),
    Plain("14.02.00", "susi", "Susi oli yöllä pihassa ja vei kaksi lammasta. Kenelle ilmoitan?"),
    Plain("14.02.03", "hirviporukka", "Porukkamme haluaisi käyttää kunnan palstoja syksyn jahdissa niin kuin ennenkin."),
    Plain("10.07.01", "mistä kämppä", "Eroan ja tarvitsen lasten kanssa kolmen huoneen kodin heti kuun alusta."),
    Plain("10.02.04", "ambulanssi ei löytänyt", "Meillä ja naapurilla on sama numero. Saammeko oman, että apu osaa perille?"),
    Plain("03.01.02", "AVI/2231/2026", "Virasto on vastaanottanut kirjoituksen, jossa arvostellaan kunnan menettelyä. Pyydämme selvitystä ja asiakirjoja kuukauden kuluessa."),
    Plain("13.02.01", "Kysely opettajille", "Teen Kokkolassa opinnäytetyötä työhyvinvoinnista ja haluaisin lähettää kyselyn henkilökunnallenne."),
    Plain("02.08.02", "Tarjouksemme", "Lähetämme hintamme ensi talven teiden hoidosta alueilla 2 ja 3. Tuntihinta 68 e, kaksi kuorma-autoa."),
    Plain("08.00.04", "kävelijät", "Isolle tielle tarvittaisiin väylä jalankulkijoille ja pyörille koululta kaupalle."),
    Plain("11.01.03", "kelkat pihassa", "Kelkkailijat ajavat poikki pellon vaikka reitti on toisaalla."),
    Plain("05.01.06", "eskari", "Kaksoset täyttävät kuusi ja ilmoitamme heidät syksyksi eskariin."),
    Plain("12.01.08", "koulun jälkeen", "Ekaluokkalainen tarvitsisi paikan, jossa olla kello 12–16 kun olemme töissä."),
    Plain("09.07.00", "Juhannus rannassa", "Järjestämme kokon ja tanssit uimarannalla, väkeä tulee 300. Poliisille on kerrottu."),
    Plain("00.04.03", "Kutsu", "Tervetuloa yrityksemme 50-vuotisjuhlaan 3.6. klo 14! Kahvitarjoilu."),
    Plain("02.05.04", "Rahoitustarjous", "Esitämme pitkäaikaista rahoitusta 5 M€, marginaali 0,35 %, laina-aika 15 v."),
    Plain("10.06.01", "koululla päätä särkee", "Lapset saa luokassa nuhaa ja silmät kirvelee, tunkkaista on. Tutkikaa ilma."),
    Plain("04.04.00", "Kuntapaikat", "Pyydämme kuntaa osoittamaan viisi paikkaa Ukrainasta tulleille perheille."),
    Plain("05.01.02", "Daghemsplats", "Hej! Vi flyttar till kommunen i augusti och behöver dagisplats för vår dotter, 3 år. Med vänlig hälsning, Anna"),
    Plain("10.04.03", "Building permit", "Hello, we would like to build a small house and need a building permit. What should we send you? Best regards, John"),
)  # fmt: skip
