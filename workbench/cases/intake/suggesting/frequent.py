"""Words that every kind of letter holds, by how little they tell. Whatever a plan makes of such a word, it is
weak evidence: a letter about snow also has a year, a house and a child in it.
"""

from __future__ import annotations

_TIERS: tuple[tuple[float, str], ...] = (
    (
        0.12,
        """
        aika ajaa ala alkaa alku aloittaa alue apu arvo asema asia asiakas auto ei elämä ensimmäinen entää
        ero esittää euro hakea hallitus henkilö hinta hyvä ihminen ikä ilma ilta ja johtaja joukko julkaista
        juttu jälkeen jälki kansa kanssa kanta katsoa kauppa kaupunki kausi kesä kieli koko kolme kone koti
        kova kuka kunta kuolla kuu kuulua kuva käyttö laki lapsi lehti liike liitto lisä loppu lukea luku
        lähteä löytää maa maksaa malli matka merkki mieli mies muistaa muu muutos muuttaa myöhempi määrä
        nainen nimi nuori nähdä ohjelma oikeus oma osa ostaa paikka paljo paljon palvelu peli perhe peruste
        perä pieni pitää poika puhe päivä pää päättää päätös raha raja ruoka ryhmä saada sana seura sivu
        sopimus sota suhde suomi tai talo talous tapa tapahtuma tapaus tarjota tarkoitus tarve tarvita taso
        tehtävä tekijä tieto tila tilanne toimi toiminta toinen tuki tulla tullut tulo tulos tunti tuote työ
        uusi uutinen vaikutus valta valtio vanha vanhempi vapaa viikko viimeinen voima vuo vuosi väli väärä
        yhteinen yhteys yhtiö yksi yleinen yliopisto yritys yö ääni
        """,
    ),
    (
        0.3,
        """
        aamu aikainen aine ajan arvio asiantuntija asu asua asukas aurinko avoin e edustaja ehto energia
        erityinen erä esiintyä esitys etelä etu eu facebook haitta hallinto hanke hankkia historia hoito
        huomio huone idea ilo jalka jata jatkaa jatko johto julkinen järjestelmä järjestö jäsen kanava
        kansainvälinen kansalainen kansallinen keino keski keskus kevät kierros kilo kilometri kilpailu
        kirjoitus kirkko kivi koe kohde kokemus kommentti korkea kortti koskea koto koulutus kulttuuri
        kuolema kuollut kustannus kuuluu kuusi kyky kylmä kylä kävellä käynti käyttäjä laaja laatu laite
        laitos lento liikenne linja lippu lista loma lopettaa luokka luonto lupa luu lyödä markkina media
        meno mestari metri mielipide ministeri musiikki myydä myynti myöhemmin myöntää nukkua numero
        omistaja opetus opiskelija oppi osallistua osuus ovi paikallinen pala palkinto pallo pelätä perus
        perustaa piha piiri pinta piste pohja poistaa poliittinen politiikka porukka posti prosentti
        puheenjohtaja puu pöytä rakennus rakentaa rakentaminen ratkaisu rauha riski saari seutu siirtää
        sivusto soittaa sosiaalinen suku suunnitelma syntyä sähkö sääntö talvi tasa tavara tavoite teko
        teksti tilaisuus toimittaja toimiva toivo toivoa tukea tuomio tuotanto turva turvallisuus tutkija
        tytär työntekijä työpaikka uhka ulkomaa ura urheilu vaara vaihe vaihtaa vaihto valinta vara varat
        vastaava vastuu vauhti verkko versio viesti viikonloppu vika virhe vuoro väki välinen välit
        yhteistyö yksityinen yleisö ympäristö yrittäjä
        """,
    ),
    (
        0.5,
        """
        alainen ammatti ansio anteeksi budjetti ehdottaa ehdotus elin erota firma haastattelu haaste haku
        hallinta harjoitus henkilökohtainen hoitaja huolto huutaa hyvinvointi ikkuna ilmoitus itkeä juko
        julkaisu julkisuus juoma kaataa kallis kampanja kartta kasa kasvi kato katsella katto kehittäminen
        keikka kela kerros kevyt kiekko kiinnostunut kirje kirjoittaja kokonainen kokoonpano kokous korjata
        kotimainen kotona kriisi kuljettaja kulu kumppani kunnallinen kunnia kutsu kuvaus kysely kyyti
        käsittely käytös lahja lasi laulaa lausunto liiketoiminta liikunta liito loka lukko luopua luottamus
        lämpötila maakunta maaseutu mainos maksu maku markkinat markkinointi materiaali ministeriö muisto
        muutto mäki naapuri neuvosto nopeus näyttely näyttö ohjaaja ohje omaisuus onnettomuus opiskella
        organisaatio osaaminen osasto osoite otto paine paino paketti palaute palo palvelus perusta pide
        pimeä pohjanmaa projekti prosessi puisto pääsy raaka rahoitus rakennettu raportti raskas rata ravi
        reitti saira sairas sairaus sato savo selvitys siirto sijoitus sisäinen sosiaali sovellus suo suoja
        suunnittelu sähköposti säilyttää talli tappio tarjous tauti tehdas teollisuus tervetuloa tietokone
        tili toimisto toimitus tola tori tunnus tuntija turvallinen tuuli työnantaja vaarallinen vaatimus
        vanhus vapa veri verotus veto viranomainen visio vointi väestö väkivalta yhdistys yhdistää ykkönen
        yksikkö
        """,
    ),
    (
        0.7,
        """
        aikataulu aineisto aines aita ajoneuvo allas aloite antaja anto arkisto arviointi asetus asiakirja
        asiallinen astia asuminen ateria avain avaus data edellytys ennakko esine este etsivä etäisyys golf
        ha hai hakemus hakija halla hankinta haukkua havainto henkilöstö hidastaa hukka hymy häiriö
        iltapäivä investointi istuin itsenäisyys jako johdos johtaminen jono järjestely järjestys
        järjestäminen kaasu kahdesti kaivos kalat kalenteri kansi kassa kasvatus katsottu kertomus kielto
        kiinteistö kokeilu kokoelma konserni kori korjaus korkeakoulu korkeus korko kotka kovaa kuljetus
        kulku kuori kymppi kävely käytävä laajentaa laatikko lainata lainsäädäntö lakko lata lauta leikki
        liikkuminen liittymä lohko loukkaantua lounas luovuttaa maahanmuuttaja maahanmuutto maatalous
        maisema messu mitali mittari mummo muovi muuri muusikko muuttaminen määräys nauha neuvottelu nimetä
        näkyvyys näyte odotus ohjaus ohjelmisto oikeudenkäynti omainen opas opinnot oppiminen osallistuminen
        osoitus osto paikkakunta palkata palkita pano parantaminen peili peruskoulu perustaminen pesä pihka
        poi poikkeus poikki polku polttaa pro purka pyyntö päivitys päätöksenteko rahasto rajoitus rauta
        reikä reissu rekka remontti riita rivi romahtaa roska ruskea saatava sakko satama seminaari sijainti
        sijoittua silla some strategia suojella suojelu suoritus synty sähköinen taata taksi tarha tarvike
        taulu terveydenhuolto toimenpide toive tuomioistuin tuottaja tuotto tupakka työllisyys työpäivä
        työvoima uima ulkomainen ulkopuolelle vakuutus valin valmistelu valtuusto vapauttaa varas varasto
        varata vastaanotto vastine vatsa vaunu velvollisuus verkkosivu verkosto vertailu vierailla vierailu
        viestintä viiva virasto virus vuokrata väline
        """,
    ),
    (
        0.75,
        """
        asunto bussi bändi ehdokas eläin eläke halli hylätä ilves internet joki juhla järvi jää jääkiekko
        kaatua kadonnut kadota kala kamera katu keittiö kenttä kirja kirjasto korvata korvaus koulu kunto
        kurssi laina lasku leiri lintu lukio lumi lämpö lääkäri metsä moottori museo netti niittää oire
        opisto oppilas osake palkka pankki poliisi potilas putki pyörä ranta ravintola rengas rikos sairaala
        sali sauna silta taide teatteri terveys tie tutkimus työttömyys työtön ukraina uskonto vaali vahinko
        valo valvonta vapaus vauva velka vene vero vesi virka vuokra yhtye äänestää öljy
        """,
    ),
)

DAMPING: dict[str, float] = {word: factor for factor, words in _TIERS for word in words.split()}
"""Word → how much of its weight is left."""
