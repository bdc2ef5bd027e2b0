# ruff: noqa: E501  # a table: one line, one turn of phrase
"""Turns of phrase that stand for a word of the trade: "en pysty maksamaan" is about postponing a payment.

Keyed by words that plans use in class names and hints, as :mod:`everyday` is. Facts about language only.
"""

from __future__ import annotations

import re

_PHRASES: tuple[tuple[str, str], ...] = (
    ("maksujärjestely", r"en (?:pysty|kykene|voi|saa)\w* (?:\w+ ){0,3}mak\w+|ei ole varaa|jakaa (?:osiin|eriin)|erissä|lisää maksuaikaa"
     r"|maksuai\w+ (?:piden\w+|lisää)|eräpäivä\w* (?:siir|myöh)\w+"),
    ("lasku", r"väärä\w* lasku\w*|lasku\w* (?:on |oli )?(?:väär|virhe|vika|liian)\w*|maksoin jo|laskutettu (?:\w+ ){0,2}(?:kahdesti|väärin)"
     r"|sama\w* lasku\w*|lasku\w* (?:\w+ ){0,3}(?:kahteen kertaan|tuplana)"),
    ("päiväkoti", r"palaan (?:\w+ ){0,2}töihin|(?:hoitopaik|päivähoito|tarhapaik)\w+|hoito(?:on|a) (?:\w+ ){0,3}(?:lapse|poja|tytö|alkaen)\w*"
     r"|\b[1-5]-vuotia\w+|paik\w+ (?:\w+ ){0,3}(?:ryhmästä|päiväkodi\w+)|platser? på (?:dagis|daghem)|day ?care"),
    ("esiopetus", r"täyttä\w* kuusi|kuusivuotia\w+|6-vuotia\w+|eskari\w*|viskari\w*"),
    ("iltapäivätoiminta", r"koulu(?:n|päivän) jälkeen|ip-?kerho\w*|iltapäiväks\w+|iltapäivisin"),
    ("oppilas", r"alois?t\w+ (?:\w+ ){0,4}(?:koulun|ensimmäisellä|ensimmäisen|ykkösen)|ensimmäise\w+ luok\w+|vaihta\w+ koulu\w*"
     r"|koulu\w* vaihto\w*|siirty\w+ (?:\w+ ){0,3}koulu\w+|börja\w* i skolan"),
    ("poissaolo", r"pois (?:koulusta|oppitunneilta)|koulusta (?:pois|vapaata|lomaa)|vapaata koulusta|(?:etelään|lomamatka|reissuun|ulkomaille)\w*"
     r"|viiko(?:n|lla|ksi) \d+ (?:\w+ ){0,3}(?:pois|loma\w*)"),
    ("kiusaaminen", r"ei (?:uskalla|halua) (?:\w+ ){0,2}(?:lähteä|mennä|tulla) (?:\w+ )?koulu\w*|jätetään (?:\w+ )?(?:yksin|ulkopuolelle)|tönii|haukutaan"
     r"|haukku\w+|nimitel\w+|uhkail\w+"),
    ("koulukuljetus", r"kävel\w+ (?:\w+ ){0,3}(?:kou?luun|kilometri|km)\w*|koulumat\w+|koulukyy\w+|koulutaks\w+|\bkyyti\w* (?:\w+ ){0,2}kouluun"
     r"|kouluun (?:\w+ ){0,3}(?:kyyti|taks|matka)\w*|skolskjuts"),
    ("hidaste", r"aja\w* (?:\w+ ){0,3}(?:lujaa|kovaa|ylinopeu|liian)\w*|kaaha\w+|satasta|hurjastel\w+|rallia|töyssy\w*|nopeude\w*"),
    ("liikennemerkki", r"(?:kolmio|stop-?merkki|peili|suojatie|kyltti|liikennemerk)\w*|ei näe (?:\w+ ){0,3}(?:tulij|risteyk|auto)\w*"
     r"|läpia?jo\w*|raskas\w* liiken\w+|rekkaliiken\w+|rekat"),
    ("auraus", r"\blun\w+|\blume\w+|aura(?:us|ta|ttu|taan|maan|amaton|amatta|uto|is\w*|kin)\w*|aura-?auto\w*|lumilin\w+|penkka\w*|tukki (?:\w+ )?liittym\w+"
     r"|plog\w+|snow\w*"),
    ("hiekoitus", r"hiek(?:oit|ote|oitt|kaa|ot)\w*|liuka\w+|peilijää\w*|jäi(?:nen|sellä|sessä|stä)|luistinra\w+"),
    ("kunnossapito", r"tie\w* (?:\w+ ){0,4}(?:huono|kunto|kunno|ajokelvot|kura|mut|velli)\w*|lana\w+|sorasta\w+|kelirik\w+|perä\w* monttu\w*|kuop(?:pa|pia|at|alla|ille)\w*"
     r"|tien(?:hoito|reuna|varsi)\w*|niitt\w+|vesako\w+"),
    ("katuvalo pimeänä", r"valot? (?:\w+ ){0,3}(?:ei|eivät|sammu|pimeä|pois|poikki)\w*|(?:ei|eivät) (?:\w+ ){0,2}pala\b|lamp(?:pu|un|ut|puja) (?:\w+ ){0,3}(?:rikki|palanut|sammu|vilkku|pimeä)\w*"),
    ("tontti", r"rakentaa (?:\w+ ){0,3}(?:talo|omakotital|kodin)\w*|(?:ostaa|varata|myynnissä|vapaa\w*) (?:\w+ ){0,4}(?:tont\w+|rakennuspaik\w+)"
     r"|talo\w* paikka\w*|omakotital\w+ paik\w+|paikka\w* (?:\w+ ){0,3}omakotital\w+"),
    ("maakauppa", r"(?:osta(?:a|ako|isiko|atteko)|tarjo\w+|myy\w*) (?:\w+ ){0,4}(?:pelto|maat|maata|palst|hehtaar|metsä)\w*|\d\s?(?:ha|hehtaaria)\b"),
    ("poikkeaminen", r"mök\w+ (?:\w+ ){0,3}(?:vakituis|kodiksi|asua|ympäri)\w*|vakituise\w+ (?:\w+ ){0,2}(?:asu|käyttö)\w*|poikke\w+|lähempänä rajaa|ympärivuo\w+"),
    ("rakentamislupa", r"(?:rakentaa|rakennan|teen|tehdä|pystyttää|laajent\w+) (?:\w+ ){0,4}(?:talli|tallin|katok|sauna|varasto|halli|navett|talo|terass|kasvihuon|laajennuks)\w*"
     r"|tarvitaan(?:ko|han)? (?:\w+ ){0,3}lupa\w*|tarvitse\w* (?:\w+ ){0,3}lup\w+|building permit|bygglov\w*"),
    ("purkaminen", r"pur(?:ka|et|ku|an|amme|kaa)\w*|nurin|tyhjä\w* talo\w*|hävittää (?:\w+ ){0,2}rakennu\w+"),
    ("puunkaato", r"(?:kaataa|kaato|kaadon|kaatako|kaadet)\w* (?:\w+ ){0,3}(?:puu|koivu|kuus|mänty|männy|haa[pv]|puita)\w*|(?:puu|koivu|kuus|mänty|männy)\w* (?:\w+ ){0,3}(?:kaata|kaade|vaara|lahon|varjost|nojaa)\w*"),
    ("romuauto", r"auton?raato\w*|autonraa\w+|romu\w*|rojua|rytö\w*|siivoton\w*|siivottom\w+|roskaläj\w+"),
    ("roskaantuminen", r"roska\w*|jätesäk\w+|jäte\w* (?:\w+ ){0,2}(?:metsä|oja|tien)\w*|kaatopai\w+|dumpa\w+|kipan\w+|vanhoja renkai\w+"),
    ("haju", r"hais(?:ee|evat|i)\w*|löyhkä\w*|lemu\w*|katku\w*|haju\w*|kärpäs\w+|lan(?:ta|na|taa|nan)\b"),
    ("melu", r"mel(?:u|ua|un|usta)\b|möly\w*|jytä\w*|jyrin\w*|pauhu\w*|ei voi nukkua|(?:yöllä|öisin|keskiyö)\w* (?:\w+ ){0,4}(?:ään|musi|mel)\w*|pöly\w*"),
    ("oja", r"\boj(?:a|an|at|aa|ia|ien|assa)\b|ojitu\w+|rum(?:pu|mun|mut|pua)\b|(?:pelto|piha|kellari)\w* (?:\w+ ){0,3}(?:järven|veden|tulv|uise)\w*|vesi (?:\w+ ){0,3}(?:seiso|nous|tulee|tulvi|ei pääse)\w*"),
    ("terveyshaitta", r"home(?:tta|essa|en|ongel|een|inen)?\b|hometta|rotta\w*|rott(?:ia|ien)\b|kosteusvau\w+|luteit\w*|vuokraisän\w+|vuokranant\w+"),
    ("sisäilma", r"sisäilm\w+|tunkkai\w+|pää\w* (?:\w+ ){0,2}(?:särk|kipe)\w*|silm\w+ (?:\w+ ){0,2}kirve\w*|oirei\w+|ilmanvaih\w+"),
    ("salivuoro", r"sali(?:vuoro|n|aika|lle|a|ssa)\w*|vuoro\w* (?:\w+ ){0,3}(?:hall|sali|kentä)\w*|harjoitusvuor\w+|treenivuor\w+|pelivuor\w+|jäävuor\w+"),
    ("hiihtolatu", r"\blatu\w*|\blad(?:ut|un|ulla|uilla|uille|uista)\b|\bladu\w+|hiiht\w+|latukon\w+"),
    ("leikkipaikka", r"leikkipuist\w+|leikkikent\w+|keinu\w*|liukumäk\w+|kiipeilyte\w+"),
    ("kirjastoauto", r"kirjastoaut\w+|kirja-?auto\w*"),
    ("kirjasto", r"kirjast\w+|lainasin (?:\w+ ){0,2}kirj\w+|library|bibliotek"),
    ("avustus", r"(?:pyyd|hae|ano)\w* (?:\w+ ){0,4}(?:rahaa|tukea|avustusta|euroa|€)\w*|rahallis\w+ tuk\w+|\d\s?(?:€|e|euroa) (?:\w+ ){0,4}(?:toimint|korja|kulu|hankin|kunno)\w*|bidrag\w*"),
    ("yksityistie", r"yksityistie\w*|tiekun\w+|hoitokun\w+|tieosakka\w*|tieavustu\w+|enskild\w* väg"),
    ("työhakemus", r"haluais\w+ (?:\w+ ){0,2}töihin|töihin teille|etsin (?:\w+ ){0,2}(?:kesä)?työtä|hakisin (?:\w+ ){0,4}(?:töi|työ|paik)\w*|kesätö\w+|valmistun\w*|haen (?:\w+ ){0,5}(?:virkaa|tointa|paikkaa|sijaisu|tehtäv|työt)\w*"),
    ("irtisanoutua", r"viimei(?:nen|seksi|sen) (?:työ)?päivä\w*|lopetan (?:\w+ ){0,3}(?:työ|virka|toime)\w*|irtisano\w+|jään (?:\w+ ){0,3}eläkkee\w+|eroan (?:\w+ ){0,3}(?:virasta|toimesta|työstä)"),
    ("virkavapaa", r"(?:vuode|vuoden|kuukau\w+|ajaksi|ajalle) (?:\w+ ){0,4}(?:vapaa\w*|pois)\b|opintovapaa\w*|hoitovapaa\w*|vanhempainvapaa\w*|isyysvapaa\w*|palkaton\w*|vuorottelu\w+|virkavapa\w+|työvapa\w+|työstä (?:\w+ ){0,2}vapaa\w*"),
    ("palkka", r"palk(?:ka|kaa|kani|an|kaani|ankorotu|kauks)\w*|liksa\w*"),
    ("luottamustoimi", r"(?:eroa|eron|jätän|luovun|jättäydyn|eroan|erota) (?:\w+ ){0,6}(?:lautakun|valtuust|hallitu|toimikun|johtokun|luottamu|paik|tehtävä)\w*"),
    ("tietopyyntö", r"(?:saisinko|haluaisin|haluan|pyydän|voisinko|voisitteko) (?:\w+ ){0,5}(?:kopio|paperi|asiakirj|pöytäkirj|nähtäväks|lähettä|listan|sopimuks|päätöks|raporti|tilasto)\w*|julkisuusla\w+|juttua varten|teen juttua"),
    ("koulutodistus", r"(?:vanha|kadonnu|hukkunu)\w* (?:\w+ ){0,2}todistu\w*|todistu\w* (?:\w+ ){0,3}(?:kado|huku|häv|arkisto|tallessa|löyty)\w*|kävin? (?:\w+ ){0,4}koulu\w* (?:\w+ ){0,3}19\d\d"),
    ("lokitieto", r"kuka (?:\w+ ){0,3}kats\w+|ketkä (?:\w+ ){0,3}kats\w+|kats\w+ (?:\w+ ){0,3}tieto(?:ja|jani)\w*|lokitie\w+|urkki\w*"),
    ("henkilötieto", r"tieto(?:ni|jeni|jani) (?:\w+ ){0,3}(?:poist|tarkast|pois|korja)\w*|(?:toisen|väärän|vieraan|muiden) (?:\w+ ){0,3}tiedot|poista\w* (?:\w+ ){0,3}tieto\w*|gdpr|omat tiedot"),
    ("vesijohto", r"vettä (?:\w+ ){0,3}(?:talo|tontti)\w*|vesi (?:\w+ )?(?:taloon|tontille)|liittyä (?:\w+ ){0,4}ve(?:teen|si)\w*|vesiliitty\w+|vesijohto\w*|kunnan ve(?:teen|si)\w*|vesimittar\w+|hana\w*"),
    ("viemäri", r"viemär\w+|lokakaivo\w*|saostuskaivo\w*|umpikaivo\w*|jätevesi\w*|jätevede\w*"),
    ("susi", r"\bsusi\w*|\bsude\w+|susia\b|karhu\w*|ilves\w*|peto\w*|lam(?:mas|paa|paita|masta)\w*"),
    ("metsästys", r"metsästy\w+|jahti\w*|jahdi\w*|hirvipor\w+|hirvenmets\w+|riista\w*|seurue\w*"),
    ("asunto", r"kämp\w+|vuokra-?asun\w+|kaksio\w*|yksiö\w*|kolmio(?:ta|n)\b|asunto(?:a|jen|ja)\b|(?:tarvits|etsi|hae)\w* (?:\w+ ){0,4}(?:asun|kodin|huoneen)\w*|apartment|lägenhet|flat\b"),
    ("osoitenumero", r"osoite (?:\w+ ){0,3}(?:väär|puuttu|sama|ei)\w*|sama numero|talonumero\w*|osoitenumero\w*|ei löy(?:dä|tänyt|dy) (?:\w+ ){0,3}(?:perille|osoite|taloa)\w*|navigaatt\w+|numerokyl\w+"),
    ("nimetä tie", r"tie\w* nim(?:i|en|eä|ek|et)\w*|nime(?:tä|tään|ksi) (?:\w+ ){0,3}tie\w*|kadunnim\w+|tiennim\w+"),
    ("tuulivoima", r"tuuli(?:voima|mylly|puisto|voimal)\w*|myllyt|myllyjä|myllyn|vindkraft\w*"),
    ("asemakaava", r"(?:kortteli|liiketont|käyttötarkoitu|rakennusoikeu|kaavamerkin)\w*|asemakaav\w+|kaavamuut\w+|kaava\w* muut\w+|detaljplan\w*"),
    ("ranta", r"ranta-?(?:asema)?kaav\w+|rantarakenta\w+|rantatont\w+"),
    ("tutkimuslupa", r"(?:opinnäyte|gradu|väitöskirja|tutkimus)\w* (?:\w+ ){0,6}(?:kysely|haastat|lupa|aineisto)\w*|(?:kysely|haastattel)\w* (?:\w+ ){0,6}(?:opinnäyte|gradu|tutkimu|henkilök)\w*|tutkimuslu\w+"),
    ("pyörätie", r"pyörätie\w*|kevyen liikenteen|pyöräil\w+|jalankulki\w+|väylä\w* (?:\w+ ){0,3}(?:kävel|pyör)\w*|cykelväg\w*"),
    ("moottorikelkka", r"kelk(?:at|ka|koja|kailij|kareit|kailu)\w*|kelkalla"),
    ("yleisötilaisuus", r"järjest\w+ (?:\w+ ){0,5}(?:juhl|tapahtum|tanss|konsert|kilpailu|markkin|tilaisuu|koko)\w*|yleisötilai\w+|ilotulit\w+|juhannu\w+|kokko\w*"),
    ("kutsu", r"tervetuloa|kutsumme (?:teidät|kunnan|edustaj)\w*|(?:vuosi|avajais|juhla)\w* (?:\w+ ){0,4}(?:kutsu|tervetul)\w*"),
    ("kuntapaikka", r"kuntapaik\w+|pakolai\w+|kotoutu\w+|ukrain\w+"),
    ("palkkatuki", r"palkkatu\w+|työllistä\w+|työttöm\w+|työkokeil\w+"),
    ("kesätyöseteli", r"kesätyösetel\w+|kesätyötu\w+"),
    ("lainatarjous", r"marginaali\w*|euribor\w*|viitekork\w+|laina-aik\w+|pitkäaikai\w+ (?:rahoit|lain)\w+"),
    ("aurausurakka", r"(?:talvihoi|talvikunno|auraus)\w* (?:\w+ ){0,5}(?:tarjo|hint|urak)\w*|(?:tarjo|hint)\w* (?:\w+ ){0,6}(?:talvihoi|talvikunno|auraus|teiden hoi)\w*"),
    ("urakka", r"urak\w+|rakennusliike\w*|saneerau\w+|peruskorjau\w+|vesikat\w+ uusi\w*"),
    ("valokuitu", r"valokuit\w+|nettiyhtey\w+|laajakais\w+|kuituverk\w+"),
    ("ilkivalta", r"ilkival\w+|töhri\w+|graffit\w+|rikottu|hajotet\w+"),
    ("linja-auto", r"bussi\w*|linja-aut\w+|asiointiliiken\w+|kutsutaks\w+|palveluliiken\w+"),
    ("stipendi", r"stipend\w+|hymypo\w+"),
    ("museo", r"museo\w*|vanha\w* esine\w*|esineit\w+"),
    ("kansanmusiikki", r"pelimann\w+|viulu\w*|soittoviik\w+|kansanmusi\w+|festivaal\w+|konsert\w+|kesäteatt\w+"),
    ("nuorisotila", r"nuorisotil\w+|nuokkar\w*|nuorisotalo\w*|nuorille (?:\w+ ){0,3}(?:paikka|tila|tekem)\w*"),
    ("kuntalisä", r"vauvara\w+|kuntalis\w+|kotihoidon tu\w+|kotona (?:\w+ ){0,4}(?:kolme|lapsen|vauvan|tytön|pojan)\w*"),
    ("testamentti", r"testament\w+|kuolinpes\w+|lahjoit\w+|peru(?:kirja|nkirjoi)\w*"),
    ("kantelu", r"kantelu\w*|arvostel\w+ (?:\w+ ){0,4}menettely\w*|laiminlyö\w+"),
    ("suunnittelutarve", r"haja-?asutus\w*|(?:kaava-?alueen|taajaman) ulkopuol\w+|ei ole (?:\w+ )?kaavaa|kaavatto\w+|suunnittelutarv\w+"
     r"|(?:pello|metsä|mäe)n (?:reuna|laita|kupee)\w* (?:\w+ ){0,4}(?:talo|rakenta)\w*|maalle (?:\w+ ){0,2}talo\w*|tilan pihapiiri\w*"),
    ("purkaminen", r"polttaa (?:\w+ ){0,3}(?:talo|lato|rakennu|navetta)\w*|harjoituspalo\w*|purat\w+|(?:lato|navetta|talo|rakennus|sauna) pois"),
    ("yleisötilaisuus", r"(?:moottori|cross|jokkis|rallisprint)\w*|(?:festari|bileet|karaoke|cruising|iltamat|kesäjuhl|kyläjuhl)\w*"
     r"|järjestyksenvalvoj\w+|yleisöä (?:\w+ ){0,3}\d+|väkeä (?:\w+ ){0,3}\d+|noin \d+ (?:henke|kävij|osallistuj|katsoj)\w*"),
    ("melu", r"meluilmoit\w+|äänentoist\w+|bändi\w* soit\w+|soitto\w* (?:\w+ ){0,3}(?:yöllä|asti|saakka)|kuuluu (?:\w+ ){0,3}(?:yöllä|makuuhuon)\w*"),
    ("tietoturva", r"huijau\w+|kalastel\w+|tietojenkalas\w+|tietomur\w+|hakker\w+|epäilyttävä\w* (?:\w+ )?(?:viesti|linkki|posti)\w*"
     r"|väärä\w* (?:\w+ )?(?:henkilölle|osoitteeseen|vastaanottaj\w+)|vuota\w+ (?:\w+ ){0,3}tiedo\w*|tietosuoj\w+|salassapidet\w+ (?:\w+ ){0,3}näky\w*"
     r"|(?:nimeni|kuvani|kuva|tiedot|osoitteeni|numeroni) (?:\w+ ){0,4}(?:netissä|nettisivu|verkkosivu|facebook|näkyv|pois)\w*"),
    ("pysäköintikielto", r"pysäköi\w+|parkkeer\w+|parkki\w*|autoja (?:\w+ ){0,3}(?:tien|tiellä|varrella|edessä)"),
    ("läpiajo", r"läpi ?aj\w+|oikais\w+ (?:\w+ ){0,3}(?:meidän|piha|kadun|tien)\w*|rekkoj\w+|rekat|painoraj\w+|ajokiel\w+|kiel(?:to|tää|letty|totaulu)\w* (?:\w+ ){0,3}(?:aja|mopo|auto|liiken)\w*"),
    ("retkeily", r"pitkospu\w+|laavu\w*|nuotiopai\w+|luontopol\w+|kuntora\w+|pururat\w+|vaellu\w+|frisbee\w*|ulkoilurei\w+|polttopu\w+|puuvaja\w*|(?:reitti|polku)\w* (?:\w+ ){0,3}(?:kunto|merkin|umpe|kaatu)\w*"),
    ("latu", r"\bhiih\w+|suksi\w*|murtomaa\w*|perinteise\w+ (?:\w+ )?(?:ura|latu)\w*|luistelu-?ura\w*"),
    ("nuorisotyö", r"nuor(?:et|ten|ille|isso|iso)\w* (?:\w+ ){0,4}(?:paikka|tila|tekem|kokoontu|hengai|ilta)\w*|skeit\w+|scoot\w*|mopo(?:talli|paja)\w*|biljardi\w*"),
    ("kirjasto", r"lainakir\w+|kirjo(?:ja|jen)\b|luke(?:mist|minen|missal)\w*|omatoimi\w*|myöhästymismaks\w+|varasin kirj\w+|lehtisal\w+|bokbuss\w*"),
    ("maakuntakaava", r"maakuntakaav\w+|vaihemaakunta\w*|maakuntaliit\w+|landskapsplan\w*"),
    ("vuokra-asunto", r"housing|rental|rent\b|renting|apartment\w*|accommodation|bostad\w*|hyra\b|vuokralle|vuokra-?asu\w+|vuokrata\w* (?:\w+ ){0,3}(?:asun|koti)\w*"),
    ("päiväkoti", r"kindergarten|nursery|preschooler|child ?care|dagvård\w*|småbarn\w*|barn\w* plats"),
    ("työhakemus", r"(?:olisiko|onko) (?:\w+ ){0,3}töitä|sijais(?:ena|eksi|uuks|uutta|uuteen|uutta)\w*|kiinnostu\w+ (?:\w+ ){0,5}(?:työ|tehtäv|paik|virka)\w*"
     r"|koulutukseltani|työkokemu\w+|koulutu\w+ ja kokemu\w+|olen \d\d-vuotia\w+|kesäksi töi\w+|suosittelij\w+|ansioluette\w+|opiskelen|lähihoitaj\w+ tutkin\w*|arbete\w*|looking for (?:a )?(?:job|work)"),
    ("vahingonkorvaus", r"(?:meni|menivät|mennyt) (?:\w+ ){0,2}(?:rikki|poikki|lommo|puhki)\w*|lommo\w*|naarmu\w*|rengasrik\w+|tuulilas\w+|viemäri tulvi\w*|vesi tuli (?:kellari|talo)\w*|lensi (?:\w+ ){0,3}kiv\w+|kaatui\w* (?:\w+ ){0,5}(?:auto|katto|aita)\w*|kuka korvaa|korva(?:ta|us|atteko|taanko|isi)\w*|postilaat\w+ (?:\w+ ){0,4}(?:rikki|kaatu|hajo|nurin)\w*"),
    ("palveluhankinta", r"(?:tarjo|hint)\w+ (?:\w+ ){0,8}(?:siivou|palvelu|kuljetu|ruoka|kunnossapi|hoido|konsult|suunnittelu)\w*|(?:siivous|kuljetus|ruoka|kunnossapito|talvihoito|koulukuljetus)\w* (?:\w+ ){0,6}(?:tarjo|sopimuskau|hint|kilpailu)\w*"),
    ("tavara", r"(?:tarjo|hint)\w+ (?:\w+ ){0,8}(?:kone|laite|tietokone|kaluste|auto|traktor|pulpet|tuoli|tabletti|kannettav)\w*"),
    ("urakka", r"(?:tarjo|hint)\w+ (?:\w+ ){0,8}(?:rakenta|katto|remon|asfalt|maalau|putki|sähkötö)\w*|asfaltoin\w+|lisätö\w+|takuutarkast\w+|työmaa\w*"),
    ("uimaranta", r"uimaran\w+|laituri\w*|pukuko\w+|uimapaik\w+|hiekka\w* (?:\w+ ){0,3}ranna\w*"),
    ("puisto", r"puisto\w*|penkk(?:i|ejä|iä)\w* (?:\w+ ){0,4}(?:raiti|tor|puisto|kauppamat|varre)\w*|istutuks\w+|kukkaruuk\w+"),
    ("kuntalaisaloite", r"keräsimme (?:\w+ ){0,3}nime\w*|allekirjoit\w+ (?:\w+ ){0,3}kuntala\w+|ehdot(?:an|amme|us)\w*|esitämme että|aloite\w*|olisi hyvä jos kunta|voisiko kunta|toivoisi\w*|kunta voisi|kunnan pitäisi|miksei kun\w+"),
    ("kaukolämpö", r"kaukoläm\w+|lämpölaito\w+|lämpö (?:\w+ )?(?:katke|poikki)\w*"),
    ("matkailu", r"matkailij\w+|turist\w+|leirintä\w*|asuntovaun\w+|karavaan\w+|opastaul\w+"),
    ("hanke", r"hanke(?:hakem|suunnit|kump|rahoit|tta|en|esity)\w*|leader\w*|omarahoi\w+|kuntarah\w+|aiekirje\w*|projekt\w+"),
    ("yhtiökokous", r"yhtiökoko\w+|varsinai\w+ kokouks\w+|kokousedust\w+|osakkeenomist\w+"),
    ("kunniamerkki", r"kunniamer\w+|ansiomer\w+|ritarikun\w+|palkitsemi\w+|vuoden (?:kyläläi|yrittäj|urheilij|kulttuur)\w*"),
    ("markkinointi", r"ilmoitustila\w*|mainospaik\w+|sponsor\w+|näkyvyyt\w+|messu\w*|puolen sivun|mainos\w*"),
    ("työsuojelu", r"työsuojel\w+|työpaikka\w* (?:\w+ ){0,3}(?:kiusa|häirin|ilmapiir)\w*|esimies\w* (?:\w+ ){0,4}(?:huuta|kiusa|kohtel)\w*|uhka(?:ava|tilan|si)\w*|epäasialli\w+"),
    ("koulutus", r"kurssi\w* (?:\w+ ){0,4}(?:osallis|maksu|ilmoit|pääst)\w*|täydennyskoul\w+|koulutuspäiv\w+|oppisopim\w+"),
    ("talousarvio", r"talousarvio\w*|budjet\w+|ensi vuoden (?:\w+ )?määrära\w+"),
    ("perintä", r"ulosot\w+|konkurs\w+|velkajärjest\w+|perintätoim\w+|saneerausmenet\w+|saatava\w*"),
    ("takaus", r"omavelkai\w+|takau\w+|takaa(?:ja|maan)\w*"),
    ("rasite", r"kulkuoikeu\w+|tieoikeu\w+|maakaapel\w+|sähkölinj\w+|johtoal\w+|muuntam\w+|sijoitussopim\w+|sijoittamis(?:lupa|sopim)\w*"),
    ("lohkominen", r"lohko(?:minen|mis|a|taan)\w*|rajapyyk\w+|rajankäyn\w+|maanmitt\w+|toimituskoko\w+|rajamerk\w+"),
    ("liikehuoneisto", r"toimitil\w+|liiketil\w+|hallitil\w+|vanha\w* koulu\w* (?:\w+ ){0,5}(?:osta|vuokra|myy)\w*|varastotil\w+"),
    ("vanha koulu", r"koulurakennu\w+ (?:\w+ ){0,4}(?:osta|vuokra|myy|käyttö)\w*|koulu\w* (?:\w+ ){0,3}(?:ostaa|vuokrata|myytävä|myynti)\w*"),
    ("kouluverkko", r"koulu(?:n|mme|ja|jen|verkko)\w* (?:\w+ ){0,4}(?:lakkaut|säilyt|sulke|lopetta)\w*|kyläkoulu\w*|koululakkau\w+"),
    ("kerho", r"\bkerho\w*|harrastuks\w+ (?:\w+ ){0,4}(?:lapsi|koulu|ohjaa)\w*"),
    ("elintarvike", r"elintarv\w+|oiva\b|kahvila\w*|grilli\w*|kioski\w*|ruokamyrk\w+|leipomo\w*|ravintol\w+|myyntikoju\w*"),
    ("luonnonsuojelu", r"liito-?orav\w+|pesä(?:puu|t|n|nsä|strat)\w*|kotka\w*|uhanalai\w+|rauhoitet\w+|suojelual\w+"),
    ("ympäristölupa", r"ympäristölup\w+|eläinsuoja\w*|turkistarh\w+|sikala\w*|murskau\w+|murskaam\w+|louhi\w+"),
    ("sinilevä", r"sinilev\w+|järve\w* (?:\w+ ){0,4}(?:kunnost|samea|levä|umpeen|ruop)\w*|ruoppa\w+|pato\w*|vedenpin\w+"),
    ("kunnossapito", r"aurausvii\w+|aurauskep\w+|katupöly\w*|hiekanpoist\w+|harja\w+ (?:\w+ ){0,3}(?:tie|katu|väyl)\w*|kaatunut puu|puu (?:\w+ ){0,3}tiellä"
     r"|suolaa\w*|suolau\w+|sora\w* (?:\w+ ){0,3}(?:tie|ajaa|tarvi)\w*|lykkä\w+|lykätty\w*"),
)  # fmt: skip

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (word, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for word, pattern in _PHRASES
)


def phrases_in(text: str) -> dict[str, int]:
    """Words of the trade that the text's turns of phrase stand for, with how often."""
    found: dict[str, int] = {}
    for word, pattern in PATTERNS:
        n = sum(1 for _m in pattern.finditer(text))
        if n:
            found[word] = found.get(word, 0) + n
    return found
