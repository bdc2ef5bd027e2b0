"""Everyday words for the words of a records plan: people write of snow, the plan of winter maintenance.

Keyed by words that plans use in class names and hints, never by class codes, so a municipality's own plan
gains from it too. Facts about Finnish only; all words are lemmas.
"""

from __future__ import annotations

EVERYDAY: dict[str, str] = {
    "aita": "pensasaita tukimuuri",
    "aloite": "ehdottaa esittää kuntalainen kyläyhdistys",
    "arkisto": "arkistoida säilytys",
    "asemakaava": "kaavoitus kaavanmuutos kaavoittaja kaavaluonnos kaavaehdotus",
    "asunto": "kerrostaloasunto vuokralainen asukas huoneisto vuokratalo kolmio",
    "auraus": "aurata lumi lumityö lumipenkka linko linkous sohjo lumivalli auraaja aurauskalusto",
    "avustus": "avustushakemus tukihakemus rahallinen anoa kuntatuki yleisavustus toimintaraha",
    "energia": "lämpö sähkö kaukolämpöverkko biolaitos",
    "esiopetus": "eskari esikoulu eskarilainen",
    "eläinsuoja": "navetta karjatalous sikala kanala lietelanta",
    "hankinta": "kilpailutus hankintayksikkö tarjoaja tarjota toimittaja",
    "harrastus": "harrasteryhmä kerhotoiminta kerholainen",
    "haitta": "häiriö melu pöly savu haista",
    "henkilötieto": "tietosuoja tietosuojavastaava rekisterinpitäjä tarkastusoikeus",
    "hiekoitus": "liukkaus jää jäinen hiekoittaa liukas sepeli",
    "hidaste": "töyssy ylinopeus nopeus hidastaa",
    "hoitopaikka": "hoito päivähoitopaikka varhaiskasvatuspaikka tarha",
    "irtisanoutua": "eronpyyntö lopettaa irtisanoutumisilmoitus",
    "jäte": "roska jäteastia jätepiste lajittelu tyhjennys",
    "jätevesi": "viemäri likakaivo sakokaivo",
    "kaava": "kaavoitus kaavamerkintä kaavamääräys",
    "katuvalo": "katuvalaistus valaisin pimeä lamppu valopylväs tievalaistus",
    "kiusaaminen": "kiusaaja kiusattu syrjiminen haukkuminen lyödä",
    "kirjasto": "lainaus kirjastokortti kirjastonjohtaja",
    "kiinteistö": "rakennus tila tontti",
    "kiinteistövero": "verottaa verotus",
    "konsertti": "kulttuuritapahtuma esitys muusikko kansanmuusikko soittaa festivaali",
    "koulukuljetus": "koulukyyti koulutaksi taksikyyti oppilaskuljetus koulubussi",
    "kunnossapito": "kunnostaa korjata huolto hoito kelirikko lanata höylätä",
    "kuoppa": "routavaurio reikä monttu painuma",
    "korvausvaatimus": "korvata vahingonkorvaus vahingoittua vaurioitua loukkaantua kaatuminen korvausvastuu",
    "laina": "luotto pankkilaina",
    "lasku": "laskuttaa reklamaatio maksumuistutus laskutettu",
    "latu": "hiihto hiihtää latukone latuverkosto hiihtäjä",
    "lausunto": "lausua kannanotto",
    "leikkipaikka": "leikkipuisto keinu kiipeilyteline leikkiväline liukumäki",
    "liikennemerkki": "merkki liikenneturvallisuus kieltomerkki",
    "liikuntahalli": "urheiluhalli liikuntasali harjoitusvuoro pelivuoro halli",
    "liittymä": "tieliittymä liittyä",
    "loma": "vapaa lomaviikko",
    "luottamustoimi": "luottamushenkilö valtuutettu vaalikelpoisuus varavaltuutettu",
    "maaseutu": "viljelijä maatila",
    "matkailu": "turisti matkailuyrittäjä matkailijat mökkiläinen",
    "melu": "meteli ääni häiritsevä",
    "metsä": "puusto harventaa metsäpalsta",
    "metsästys": "metsästää metsästäjä hirviporukka seurue",
    "moottorikelkka": "kelkkailu kelkkareitistö",
    "museo": "museoesine näyttely",
    "nopeusrajoitus": "ajonopeus nopeus alentaa",
    "nuori": "nuorisotyö nuorisotalo nuoriso",
    "oja": "kuivatus vesi tulvia ojanpenkka",
    "oppilas": "koululainen koulunvaihto koulu lähikoulu",
    "opinnäytetyö": "tutkielma gradu opiskelija ammattikorkeakoulu",
    "osoite": "osoitenumerointi katuosoite",
    "palkka": "palkkaus tehtäväkohtainen lisä",
    "perhepäivähoito": "perhepäivähoitaja hoitaja",
    "pelastussuunnitelma": "paloturvallisuus pelastusviranomainen palo",
    "poikkeaminen": "poikkeus poikkeamishakemus poikkeamispäätös poikkeaa",
    "poissaolo": "lomamatka vapautus poissa",
    "purkaa": "purkutyö purkaminen hävittää",
    "päiväkoti": "varhaiskasvatus päiväkotipaikka lapsi tarha",
    "pyörätie": "pyörätie pyöräilijä kevyt liikenne jalkakäytävä",
    "rakennuslupa": "lupahakemus rakennushanke rakentaminen rakennuttaja pientalo",
    "rakentamislupa": "lupahakemus rakennushanke rakentaminen rakennuttaja pientalo",
    "rekrytointi": "palkata rekrytoida",
    "retkeily": "retkeilyreitti patikointi laavu nuotiopaikka",
    "silta": "siltakansi",
    "sisäilma": "ilmanlaatu oire homeenhaju kosteusvaurio",
    "stipendi": "apuraha palkinto",
    "sukututkimus": "suku esivanhempi",
    "susi": "suurpeto petoeläin",
    "tapahtuma": "tilaisuus yleisötapahtuma järjestäjä",
    "tapaturma": "työtapaturma läheltä piti",
    "tiekunta": "yksityistie tieosakas hoitokunta tiehoitokunta",
    "tietopyyntö": "asiakirjapyyntö asiakirjajulkisuus julkisuuslaki nähdä kopio",
    "tontti": "omakotitontti rakennuspaikka tontinluovutus",
    "tuulivoima": "tuulimylly turbiini tuulivoimahanke roottori",
    "työhakemus": "hakemuskirje työnhaku hakija",
    "työllisyys": "työttömyys työnhakija palkkatukityö",
    "vaali": "äänestäjä ehdokasasettelu vaaliuurna",
    "vesijohto": "vesiliittymä vesimittari vesivuoto juomavesi",
    "vesihuolto": "vesilaitos vesijohtoverkosto vesiosuuskunta",
    "viemäri": "viemäriverkosto viemäriliittymä",
    "virkavapaa": "vapaa opintovapaa vanhempainvapaa",
    "vuokrata": "vuokraus vuokralle vuokraaja",
    "vuoro": "salivuoro harjoitusaika",
    "yhtiökokous": "osakkeenomistaja osakas",
    "yksityistie": "tiekunta tieosakas",
    "yrittäjä": "yritys yritystoiminta toiminimi",
    "yritystuki": "investointituki kehittämistuki",
    "ystävyyskunta": "ystävyystoiminta",
    "ympäristölupa": "ympäristöluvanvarainen luvanvarainen",
}

# Words that letters of every kind hold; they say little of the matter whatever the plan makes of them.
COMMON = frozenset(
    """
    hakea hakemus lupa asiakirja lausunto päätös kunta tieto asia tila nimi aihe saada poistaa liite kokous
    tuki toimi maksu koskea sähköposti kopio osoite hei hyvä päivä pyytää haluta voida olla ja ei tulla
    kunnanhallitus kunnanvaltuusto lautakunta hallitus valtuusto pöytäkirja esityslista esittää ilmoittaa
    ilmoitus selvitys sopimus antaa tehdä mukaan alue talo lapsi raha vuosi aika laki pykälä kuntalainen
    lähettää vastaus vastata viesti puhelin toivoa ehdottaa palvelu uusi kuulla kuuleminen järjestää
    kehittäminen suunnitelma tarjous tarjota raportti muu yhteinen käyttö siirto kohde kirje ohje
    viranomainen tiedoksi oheinen ohessa kiitos hinta lisä nähdä laatia laatu määrä käsittely käsitellä
    kirjaamo omistaja yritys hanke rakentaa rakennus naapuri vaihto lehti lasku tuote kone laite tunnus
    kunnan esitys tavoite palaute osallistua ostaa myydä juhla kutsu vuokra muuttaa maa työ vesi lautta kuu
    """.split()
)
