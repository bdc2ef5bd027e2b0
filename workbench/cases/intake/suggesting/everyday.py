# ruff: noqa: E501, SIM905  # tables of words
"""Everyday words for the words of a records plan: people write of snow, the plan of winter maintenance.

Keyed by words that plans use in class names and hints, never by class codes, so a municipality's own plan
gains from it too. Facts about language only: Finnish lemmas, and the commonest Swedish and English words.
"""

from __future__ import annotations

EVERYDAY: dict[str, str] = {
    # Hallinto
    "kuntaliitos": "liitos yhdistää kuntaraja itsenäisyys kuntaliitosselvitys kommunsammanslagning",
    "vaali": "äänestäjä ehdokasasettelu vaaliuurna äänestää vaalitoimitsija vaalipäivä vaalikuori äänioikeus val election",
    "luottamustoimi": "luottamushenkilö valtuutettu vaalikelpoisuus varavaltuutettu jättäytyä luopua vapautus paikkani puheenjohtaja "
    "eronpyyntö valtuustopaikka lautakuntapaikka förtroendeuppdrag",
    "aloite": "ehdottaa esittää kyläyhdistys aloitteentekijä idea toive nimenkeräys allekirjoitus ponsi medborgarinitiativ motion "
    "proposal",
    "hallintosääntö": "toimivaltuus toimivaltapykälä sääntö",
    "strategia": "visio painopiste kuntastrategiatyö",
    "arviointi": "kyselytulos asukaskysely kuntalaiskysely",
    "riskienhallinta": "vakuutustarjous vakuutusyhtiö petos kavallus väärinkäyttö riskiarvio",
    "hanke": "hankehakemus hankekumppani rahoittaja kuntaosuus omarahoitusosuus aiesitoumus leader-hanke leadertuki projekt",
    "yhtiökokous": "osakkeenomistaja osakas yhtiö omistajaohjaus edustajainkokous osuuskuntakokous bolagsstämma",
    "yhteistyö": "kuntayhtymä seutu jäsenkunta yhteistoiminta-alue sopimuskunta",
    "viranhaltijapäätös": "viranhaltija päätösotto",
    "kuulutus": "ilmoitustaulu julkipano nähtävänä julkaista kuulutettava nähtävilläpito kungörelse",
    "tilintarkastus": "tilintarkastuskertomus tarkastaja jääviys",
    "viestintä": "uutinen juttu some facebook kuntalehti verkkosivusto haastattelupyyntö kotisivu nettisivu",
    "kutsu": "avajaiset juhlapäivä tervetuloa onnittelu vierailla seminaari vuosijuhla delegaatio inbjudan invitation",
    "kunniamerkki": "mitali ansioitunut muistaa itsenäisyyspäivä palkinto vuoden palkitseminen",
    "mainos": "sponsori sponsorointi mainostaa näytteilleasettaja yhteisilmoitus kalenteri messuosasto",
    # Henkilöstö
    "työehtosopimus": "palkkaneuvottelu paikallinen järjestelyerä pääluottamusmies ammattiliitto jhl juko tehy",
    "täyttölupa": "vakanssi virantäyttö nimikemuutos",
    "työhakemus": "hakemuskirje työnhaku hakija kesätyöpaikka kesätyöntekijä työpaikka sijainen keikkatyö rekrytoida kiinnostunut "
    "työkokemus suosittelija pätevä arbetsansökan jobb job résumé",
    "työsopimus": "määräaikainen työsuhde sopimuskausi alkaa perehdyttäminen",
    "virkavapaa": "vapaa opintovapaa vanhempainvapaa äitiysloma isyysloma sapatti osa-aikainen hoitovapaalle opiskella palkaton "
    "tjänstledighet",
    "sairausloma": "sairasloma työkyvytön",
    "irtisanoutua": "eronpyyntö lopettaa irtisanoutumisilmoitus irtisanoudun päättää työsuhde uupua vanhuuseläke eläkkeelle "
    "uppsägning resign",
    "palkka": "palkkaus tehtäväkohtainen liksa palkkavaatimus ikälisä henkilökohtainen tehtävänkuva korotuspyyntö lön salary",
    "palkanmaksu": "palkkakuitti verokortti palkkalaskelma tilinumero palkkatoimisto ansionmenetyskorvaus tilinauha",
    "matkalasku": "kilometri ajaa oma auto päiväraha matkakulu kulukorvaus matkakorvaus",
    "koulutus": "kurssi koulutuspäivä seminaari osallistumismaksu kurssimaksu täydennyskoulutus opinnot opiskella tutkinto",
    "työsuojelu": "työolo työpaikkahäirintä uhkaaminen väkivaltatilanne työilmapiiri läheltä piti ergonomia",
    "tapaturma": "työtapaturma työtapaturmailmoitus satuttaa",
    "häirintä": "syrjintä ahdistelu epäasiallinen esimies huutaa nimitellä",
    "työterveyshuolto": "terveystarkastus työterveyssopimus työterveysasema lääkäripalvelu",
    "virkistys": "virkistyspäivä pikkujoulu tyky e-passi merkkipäivälahja lahja",
    # Talous
    "talousarvio": "budjetti määrärahaesitys talousarvioon ensi vuosi budget",
    "tilinpäätös": "kirjanpitäjä tase konserni tulos",
    "tulovero": "veroäyri kunnallisveroprosentti",
    "kiinteistövero": "verottaa verotus verolippu verottaja veroilmoitus verotusarvo fastighetsskatt",
    "taksa": "hinta korottaa hinnoittelu maksutaksa kallis hinnankorotus avgift",
    "avustus": "avustushakemus tukihakemus rahallinen anoa kuntatuki yleisavustus toimintaraha tukea rahoitus euro avustaa harraste "
    "bidrag grant",
    "yhdistys": "seura kerho kyläyhdistys martat nuorisoseura eläkkeensaaja sotaveteraani 4h-yhdistys förening",
    "yksityistie": "tiekunta tieosakas hoitokunta tiehoitokunta sora sorastus tieavustus tiekunnan perusparannus metsätie enskild väg",
    "valtionavustus": "maksatushakemus maksatuspäätös rahoittaja hankeraha myöntää",
    "takaus": "taata omavelkainen täytetakaus takausanomus",
    "laina": "luotto pankkilaina korkotarjous rahalaitos lainasopimus viitekorko euribor marginaali",
    "lasku": "laskuttaa reklamaatio maksumuistutus laskutettu laskuttaminen kahdesti väärä laskuttaja hyvittää maksanut faktura räkning "
    "invoice bill",
    "perintä": "ulosotto perintätoimisto perintäkirje konkurssipesä pesänhoitaja velallinen velkoja yrityssaneeraus velkajärjestely",
    "maksuvapautus": "vähävarainen työttömäksi vapauttaa maksusta pienituloinen anteeksi helpotus maksukyvytön",
    "maksuaika": "lykkäys osamaksu erä maksusuunnitelma eräpäivä myöhemmin siirtää",
    "kiinteistö": "tila palsta maa-alue",
    "rasite": "tieoikeus kulkuoikeus johto kaapeli sähköyhtiö maakaapelointi sijoituslupa sijoitussopimus muuntamo pylväs servitut",
    "puukauppa": "puunmyynti leimikko hakkuuoikeus tukki puutavara",
    "testamentti": "testamentata perukirja vainaja jälkisäädös kuollut perillinen pesä lahjakirja gåva",
    "tarjous": "tarjoaja tarjota yksikköhinta toimitusaika voimassaoloaika alv",
    "hankinta": "kilpailutus hankintayksikkö toimittaja hankkia hankintapäätös hankintailmoitus hilma upphandling",
    "kaluste": "pöytä tuoli pulpetti hyllykkö",
    "ajoneuvo": "auto traktori pakettiauto leasing",
    "kone": "laite ruohonleikkuri",
    "tietokone": "kannettava tabletti chromebook läppäri näyttö tulostin",
    "palveluhankinta": "ostopalvelu palveluntuottaja konsultointi asiantuntijapalvelu",
    "siivous": "puhtaus siivousyritys siivooja laitoshuolto",
    "ruokapalvelu": "ateria ruoka keittiö catering lounas",
    "aurausurakka": "urakkahinta urakka-alue auraustarjous tuntihinta",
    "urakka": "rakennusurakka remontti rakentaja työmaa pääurakoitsija lisälasku urakoida peruskorjaushanke vastaanotto entreprenad",
    # Oikeus
    "hallituksen esitys": "lakiesitys lakiluonnos lausuntokierros",
    "ministeriö": "lausuntopalvelu lausuntokierros valtioneuvosto ministeri",
    "korvausvaatimus": "korvata vahingoittua vaurioitua loukkaantua kaatuminen korvausvastuu lommo naarmu rengas vanne hajota rikki "
    "murtua kaatua kompastua liukastua särkyä auto tuulilasi peltivaurio katketa vahingoittaa hyvitys korvausanomus skadestånd "
    "compensation damage",
    "routakuoppa": "kuoppa monttu reikä kaivonkansi rengasrikko",
    "oikeudenkäynti": "tuomioistuin oikeus juttu asianajotoimisto lakimies haastehakemus käräjät",
    "kantelu": "oikeusasiamies kannella moittia laiminlyödä menettelytapa valvontaviranomainen avi klagomål complaint",
    "ystävyyskunta": "ystävyystoiminta ystävyyskoulu vänort",
    "maahanmuuttaja": "ukraina pakolaisperhe kotouttaminen oleskelulupa kielikurssi tulkki flykting refugee immigrant",
    # Varhaiskasvatus
    "toimeentulotuki": "sosiaalitoimisto sosiaalityöntekijä",
    "varhaiskasvatus": "päiväkoti hoito lapsi päiväkotiryhmä dagvård småbarnspedagogik daycare",
    "päiväkoti": "varhaiskasvatuspaikka päiväkotipaikka tarha päivähoitopaikka tenava vauva muksu hoitosopimus taapero naperot "
    "kaksivuotias kolmevuotias esikoinen dagis kindergarten toddler daghem",
    "aukioloaika": "aukeaminen viikonloppuhoito kesäaika päivystys ilta yöhoito vuorotyö",
    "hoitomaksu": "asiakasmaksu varhaiskasvatusmaksu tulotieto bruttotulo maksuluokka",
    "perhepäivähoito": "perhepäivähoitaja hoitaja hoitolapsi koti",
    "esiopetus": "eskari esikoulu eskarilainen eskariin viskari esikouluun förskola preschool",
    "kuntalisä": "kotihoito lapsilisä vauva vauvaraha syntyä kotona kotihoidontuki",
    "palveluseteli": "setelituottaja yksityinen hoiva",
    # Terveys
    "terveyskeskus": "lääkäriaika hoitaja vastaanotto jono päivystys lääkäriin tk",
    "hyvinvointisuunnitelma": "ehkäisevä päihde tupakka ikäihminen yksinäisyys liikkuminen senioritoiminta",
    # Tieto
    "tietosuoja": "henkilötieto rekisterinpitäjä tarkastusoikeus unohdetuksi gdpr yksityisyys tietosuojavastaava dataskydd privacy",
    "tietoturvaloukkaus": "väärä vastaanottaja tietojenkalastelu hakkeri huijausviesti virus vuotaa kalasteluviesti",
    "tietosuojaseloste": "rekisteriseloste selosteluonnos",
    "tietopyyntö": "asiakirjapyyntö asiakirjajulkisuus julkisuuslaki nähdä kopio pöytäkirja toimitus journalisti paljonko maksettu "
    "julkinen saada tiedot begäran handling document request copies",
    "arkisto": "säilytys arkistoida hävityslupa arkistolaitos pysyvästi säilytettävä",
    "sukututkimus": "suku esivanhempi isoisä isoäiti mummo vaari kirkonkirja historia släktforskning genealogy",
    "koulutodistus": "todistus kansakoulu päästötodistus kadonnut kansalaiskoulu keskikoulu peruskoulu betyg certificate",
    "rakennuspiirustus": "piirustus pohjapiirros vanha rakennuslupakuva talonpiirustus",
    "lokitieto": "katsella urkkia luvatta katsottu tietoni",
    "sähköinen asiointi": "lomake suomi.fi verkkopalvelu kirjautua kirjautuminen netissä",
    "käyttäjätunnus": "kirjautua salasana lukkiutua tunnukset käyttäjätili",
    "tietojärjestelmä": "ohjelma järjestelmä lisenssi sovellus versiopäivitys palvelin toimittajasopimus",
    "laajakaista": "netti nettiyhteys valokuitu valokuituverkko kuitu operaattori kuituliittymä internet fiber bredband",
    # Liikenne
    "tiesuunnitelma": "parantaminen tiehanke tiejärjestely väylävirasto suunnitelmakartta tielinjaus vägplan",
    "katuvalo": "katuvalaistus valaisin lamppu valopylväs tievalaistus pylväs gatubelysning streetlight",
    "pyörätie": "pyöräilijä kevyt liikenne jalkakäytävä väylä polkupyörä kävellä pyöräillä jalan turvallinen cykelväg",
    "silta": "siltakansi kaiteet siltarumpu lahota bro bridge",
    "nopeusrajoitus": "ajonopeus nopeus alentaa kolmekymppiä hidastaa ajaa kovaa kaasu 30 40 hurjastella mopo hastighet speed",
    "hidaste": "töyssy ylinopeus hidastaa heräteraita korotus",
    "liikennemerkki": "merkki liikenneturvallisuus kieltomerkki stop-merkki pysäköidä parkkeerata näkyvyys risteys kolmio suojatie "
    "liikennepeili trafikmärke",
    "raskas liikenne": "rekka kuorma-auto tukkirekka",
    "linja-auto": "bussivuoro julkinen bussi kyydissä matka kutsutaksi reitti buss",
    "koulukuljetus": "koulukyyti koulutaksi taksikyyti oppilaskuljetus koulubussi koulumatka ekaluokkalainen käveleminen kilometriä "
    "taksinkuljettaja bussipysäkki skolskjuts school transport",
    # Turvallisuus
    "kameravalvonta": "valvontakamera turvakamera kamera ilkivalta töhriä sotkea graffiti",
    "palotarkastus": "paloturvallisuus pelastusviranomainen nuohooja palomies palo sammutus palovaroitin vpk",
    "valmiussuunnitelma": "varautua poikkeustilanne kriisi väestönsuojelu jodi aggregaatti kotivara",
    "yleisötilaisuus": "tapahtumailmoitus järjestyslaki tori markkina juhannus kyläjuhla poikkeuslupa meluilmoitus cruising",
    # Maa ja kaavat
    "etuosto": "etuosto-oikeus kaupanvahvistaja",
    "maakauppa": "myydä peltopala hehtaari ostotarjous maanomistaja raakamaa maapala metsäpala markköp",
    "määräala": "palsta",
    "tontti": "omakotitontti rakennuspaikka tontinluovutus ostaa varata varaus talopaketti rakentaa asuinalue vapaa tontteja tomt plot",
    "lisämaa": "lisäpala puskuri rajanaapuri",
    "liiketila": "toimisto vuokralle varasto halli verstas yritystila kylätalo lokal",
    "vanha koulu": "tyhjillään koulurakennus",
    "lohkominen": "lohkoa maanmittaus rajapyykki rajamerkki maanmittari kiinteistöjako tontinjako lantmäteri",
    "kartta": "karttaote kaavakartta karttapalvelu aineisto dwg koordinaatti karta",
    "osoite": "osoitenumerointi katuosoite numero posti ambulanssi löytää paketti kuljetus address adress",
    "maakuntakaava": "liitto vaihekaava keski-pohjanmaa landskapsplan",
    "naapurikunta": "lausuntopyyntö naapuri perho kokkola kannus evijärvi",
    "osayleiskaava": "kyläalue kaavakartta mitoitus generalplan",
    "tuulivoima": "tuulimylly turbiini tuulivoimahanke roottori mylly kokonaiskorkeus voimala tuulivoimayhtiö lentoestevalo vindkraft "
    "wind turbine",
    "asemakaava": "kaavoitus kaavanmuutos kaavoittaja kaavaluonnos kaavaehdotus kaavoittaa kaavamerkintä kaavamuutosaloite liiketontti "
    "detaljplan zoning",
    "ranta-asemakaava": "rantatontti rantapalsta rakennusoikeus mökkialue strandplan",
    "mökkitontti": "mökki kesämökki mökkiläinen lomamökki",
    "rakennuskielto": "rakentamisrajoitus jatkaa voimassa",
    "kadunnimi": "nimeäminen nimikilpailu kyltti nimetä uusi tie nimiehdotus",
    "rakennusjärjestys": "rakennusvalvontataksa työnjohtaja tarkastusmaksu",
    "vastaava työnjohtaja": "työnjohto kelpoisuus rakennusmestari mestari",
    "poikkeaminen": "poikkeus poikkeamishakemus poikkeamispäätös poikkeaa poikkeava lähemmäs rajaa vakituiseksi vakituinen asua "
    "ympärivuotinen undantag",
    "suunnittelutarveratkaisu": "kaavaton haja-asutusalue maaseutu uudisrakennus suunnittelutarvealue hajarakentaminen",
    "rakentamislupa": "lupahakemus rakennushanke rakentaminen pientalo autokatos varasto konehalli talli piharakennus laajentaa "
    "rakennuttaja pääsuunnittelija talonrakennus terassi navettarakennus bygglov building permit",
    "rakennuslupa": "jatkoaika lopputarkastus aloituskokous loppukatselmus bygglov building permit",
    "toimenpidelupa": "lupaa tarvitaan pihapiiri pergola valoaita lasitus",
    "maalämpö": "lämpökaivo energiakaivo lämpöpumppu poraus maalämpökaivo bergvärme",
    "aita": "pensasaita tukimuuri lankkuaita",
    "purkaa": "purkutyö hävittää purkuilmoitus purkulupa rivning demolish",
    "puunkaato": "mänty kuusi koivu kaataa puita varjostaa puusto vaarallinen tontinraja kaatamislupa risu",
    "romuauto": "auto raato ruosteinen romuttaa autonraato roskakasa pihalla hylky rähjäinen",
    "ränsistynyt": "romahtaa sortua autiotalo hylätty asumaton rikkinäinen ikkuna lahoava ödehus",
    "uimaranta": "ranta laituri uimapaikka badstrand",
    "leikkipaikka": "leikkipuisto keinu kiipeilyteline leikkiväline liukumäki hiekkalaatikko lekpark playground",
    "auraus": "aurata lumi lumityö lumipenkka linko linkous sohjo lumivalli auraaja aurauskalusto penkka tukossa plogning snö snow "
    "plough plow",
    "hiekoitus": "liukkaus jää jäinen hiekoittaa liukas sepeli peilijää luistinrata sandning icy",
    "kunnossapito": "kunnostaa korjata huolto hoito kelirikko lanata höylätä tienhoito vesakko pajukko pöly pölyää suolata niittää lana "
    "kura rapa vägunderhåll",
    "kuoppa": "routavaurio reikä monttu painuma kolo pothole grop",
    "sisäilma": "ilmanlaatu oire homeenhaju kosteusvaurio päänsärky yskä tunkkainen homekoulu inomhusluft mold",
    "vesivahinko": "vuotaa katto kastua putki putkirikko kosteus vuoto lämmitys kylmä patteri ikkuna veto",
    "kiinteistönhoito": "talonmies lämpötila palelu lukko ovi",
    "vuokra-asunto": "kerrostaloasunto vuokralainen asukas huoneisto vuokratalo kolmio kämppä asuminen muutto asunnoton vuokralle "
    "hyresbostad lägenhet apartment rent",
    "korjausavustus": "vanhus invaluiska kynnys kylpyhuone remonttiavustus",
    # Ympäristö
    "lannanlevitys": "liete lietteen levitys lantaluovutus",
    "ympäristölupa": "luvanvarainen toiminnanharjoittaja ampumarata kalankasvatus turvetuotanto miljötillstånd",
    "melu": "meteli ääni häiritsevä musiikki öisin jyrinä kuuluu nukkua buller noise",
    "haju": "haista lemu löyhkä katku lukt smell",
    "eläinsuoja": "navetta karjatalous sikala kanala lietelanta lehmä maatila kotieläin",
    "murskaus": "murskaamo louhos kivi pölytä räjäyttää räjäytys",
    "päästö": "öljy vuoto savu savuta polttaa piippu valua kemikaali",
    "oja": "kuivatus tulvia ojanpenkka vesi ojittaa tukkeutua rumpu pelto kaivaa ojan perkaus dike",
    "vesistö": "järvi joki uimavesi kalakuolema levä vedenpinta säännöstely sameus rehevöityä kala",
    "moottorikelkka": "kelkkailu kelkkareitistö kelkka reittitoimitus snöskoter",
    "liito-orava": "lintu linnusto eläin kasvi muuttohaukka",
    "luonnonsuojelu": "luonto suojella vanha puu lehto suo ennallistaminen naturskydd",
    "yva": "ympäristövaikutusten arviointi kaivos voimajohto hankealue mkb",
    "jäte": "roska jäteastia jätepiste lajittelu tyhjennys jäteauto roskis kaatopaikka muovi lasi roskata dumpata sopjäte avfall waste "
    "garbage",
    "kompostointi": "komposti biojäte kompostori",
    "elintarvike": "ruoka ravintola kioski grilli pizzeria kahvio ruokakauppa vatsatauti leipomo livsmedel",
    "terveyshaitta": "asunto homeinen asuinhuoneisto vuokranantaja tuholainen lutikka rotta hiiri",
    "talousvesi": "juomavesi hanavesi vesinäyte kaivo bakteeri maku ruskea rauta",
    # Sivistys
    "kouluverkko": "kyläkoulu lakkauttaa säilyttää koululaisten lakkautusuhka koulupäätös skolnät",
    "lukuvuosi": "syysloma talviloma hiihtoloma työpäivä lomaviikko kouluvuosi",
    "oppilas": "koululainen koulunvaihto koulu lähikoulu luokka oppilaspaikka vaihtaa koulua muuttaa ykkösluokka elev pupil",
    "koulun aloitus": "koulutulokas ekaluokka koulunkäynti aloittaa vuotta myöhemmin koululykkäys",
    "lukio": "ylioppilas lukiolainen abi gymnasium",
    "poissaolo": "lomamatka vapautus poissa loma-aika etelä reissu lomareissu lähdemme ulkomaa koulusta vapaa frånvaro leave",
    "katsomusaine": "uskonto elämänkatsomustieto et vapauttaa uskonnonopetus",
    "kotiopetus": "kotikoulu",
    "kiusaaminen": "kiusaaja kiusattu syrjiminen haukkuminen lyödä haukkua tönäistä itkeä pelätä koulu välitunti rehtori porukka "
    "ulkopuolelle mobbning bullying",
    "stipendi": "apuraha palkinto menestynyt oppilaille hymypoika",
    "iltapäivätoiminta": "iltapäiväkerho iltapäiväkerhopaikka ip koulupäivä jälkeen iltis hoito kerhopaikka eftermiddagsklubb",
    "kerho": "harrasteryhmä kerhotoiminta kerholainen ohjaaja kokkikerho kerhotila",
    "tapahtuma": "tilaisuus yleisötapahtuma järjestäjä festarit evenemang event",
    "konsertti": "kulttuuritapahtuma esitys muusikko kansanmuusikko soittaa festivaali kuoro teatteri yhtye esiintyjä taide taidenäyttely "
    "orkesteri kesäteatteri laulaa bändi keikka konsert concert",
    "kirjasto": "lainaus kirjastokortti kirjastonjohtaja lukea kirjat myöhästymismaksu äänikirja laina lehtisali bibliotek library",
    "museo": "museoesine näyttely esineistö vanha tavara kotimuseo museum",
    "kotiseutu": "kylähistoriikki kotiseutujuhla sotahistoria vanha kuva paikallisperinne muistelu hembygd",
    "liikuntahalli": "urheiluhalli liikuntasali harjoitusvuoro pelivuoro lentopallo koripallo salibandy futsal sulkapallo jumppa "
    "gymnastiksal",
    "jäähalli": "jäävuoro luistella jääkiekko jäädyttää luistelu kaukalo",
    "kuntosali": "laite treenata kulkukortti kulkulätkä avain gym",
    "uimahalli": "uida uimakoulu uinti allas simhall",
    "latu": "hiihto hiihtää latukone latuverkosto hiihtäjä ladut latupohja skidspår ski",
    "retkeily": "retkeilyreitti patikointi nuotiopaikka polku pitkospuu opaste puuliiteri reitistö kota vandring",
    "nuorisotila": "nuorisotalo nuoriso nuoret hengailla diskot nuorisotyöntekijä ungdom youth",
    "skeittipuisto": "skeitata ramppi scoottaus",
    # Elinkeinot
    "tutkimus": "tutkija projekti korkeakouluyhteistyö yhteistyöhanke",
    "tutkimuslupa": "tutkielma gradu ammattikorkeakoulu kyselylomake kyselytutkimus haastatella tutkija opinnäyte forskningslov survey "
    "thesis",
    "yrittäjä": "yritys yritystoiminta toiminimi firma investointi sijoittuminen tehdas företag business",
    "yritystuki": "investointituki kehittämistuki aloittava starttiraha yritysrahoitus",
    "toimitila": "tuotantotila teollisuushalli",
    "matkailu": "turisti matkailuyrittäjä matkailijat leirintä asuntovaunu karavaanari mökkivuokraus majoittua turism tourism",
    "maatalous": "viljelijä maatila lehmä peltolohko tukioikeus tilatuki viljely rehu lomittaja maatalousyrittäjä lantbruk farm",
    "petovahinko": "susi karhu ilves ahma peto petoeläin lammas raadella pihapiiri paali varg",
    "hukkakaura": "halla sato tulva kato",
    "metsä": "puusto harventaa metsäpalsta metsuri metsänomistaja risusavotta taimi hakkuutyö skog forest",
    "metsästys": "metsästää metsästäjä hirviporukka seurue hirvi peura karhunkaato lupa-alue pienriista jakt hunting",
    "ampumarata": "ammunta ammuskelu",
    "aurinkovoimala": "aurinkopaneeli paneelikenttä aurinkosähkö solkraft",
    "kaukolämpö": "lämpöverkko hake hakelämpö kaukolämpöliittymä",
    "sähköasema": "sähkölinja voimalinja kantaverkko linjaus",
    "vesijohto": "vesiliittymä vesimittari vesivuoto juomavesi vesiputki vesipaine hanasta liittymismaksu vatten water",
    "vesihuolto": "vesilaitos vesijohtoverkosto vesiosuuskunta vesi vesilasku",
    "vesikatko": "vesi poikki putkirikko",
    "jätevesi": "likakaivo sakokaivo umpisäiliö jätevesijärjestelmä puhdistamo imeytyskenttä loka lokakaivo avlopp sewage",
    "viemäri": "viemäriverkosto viemäriliittymä viemäröidä tulvia haju viemäritukos",
    "työllisyys": "työttömyys työnhakija palkkatukityö työllistää työpaja työtoiminta työtön kesätyöntekijä nuori sysselsättning "
    "employment",
    "kesätyöseteli": "kesätyö kesätyötuki setelit yrittäjä palkata koululainen",
}

# Words that letters of every kind hold; they say little of the matter whatever the plan makes of them.
COMMON = frozenset(
    """
    hakea hakemus lupa asiakirja lausunto päätös kunta tieto asia tila nimi aihe saada poistaa liite
    kokous tuki toimi maksu koskea sähköposti kopio osoite hei hyvä päivä pyytää haluta voida olla ja ei
    tulla kunnanhallitus kunnanvaltuusto lautakunta hallitus valtuusto pöytäkirja esityslista esittää
    ilmoittaa ilmoitus selvitys sopimus antaa tehdä mukaan alue talo lapsi raha vuosi aika laki pykälä
    kuntalainen lähettää vastaus vastata viesti puhelin toivoa ehdottaa palvelu uusi kuulla kuuleminen
    järjestää kehittäminen suunnitelma tarjous tarjota raportti muu yhteinen käyttö siirto kohde kirje
    ohje viranomainen tiedoksi oheinen ohessa kiitos hinta lisä nähdä laatia laatu määrä käsittely
    käsitellä kirjaamo omistaja yritys hanke rakentaa rakennus naapuri vaihto lehti lasku tuote kone
    laite tunnus kunnan esitys tavoite palaute osallistua ostaa myydä juhla kutsu vuokra muuttaa maa työ
    vesi lautta kuu
    """.split()
)
