"""What a Finnish municipal clerk would say the words are: written by hand, not taken from the program."""

from __future__ import annotations


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((form, lemma) for form, lemma in (line.split() for line in text.strip().splitlines()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


INFLECTED = _pairs("""
kokouksessa kokous
kokouksen kokous
kokouksista kokous
kokousten kokous
päätöksen päätös
päätöksestä päätös
päätöksiä päätös
päätökset päätös
päätöksentekoon päätöksenteko
hakemuksen hakemus
hakemukset hakemus
hakemuksia hakemus
hakemuksensa hakemus
hakemukseemme hakemus
luvan lupa
lupaa lupa
lupia lupa
luville lupa
rakennusluvan rakennuslupa
rakennuslupia rakennuslupa
rakennuslupahakemuksen rakennuslupahakemus
kaavoista kaava
asemakaavan asemakaava
asemakaavoista asemakaava
asemakaavaan asemakaava
yleiskaavassa yleiskaava
yleiskaavojen yleiskaava
tonttien tontti
tontin tontti
tontilla tontti
kiinteistön kiinteistö
kiinteistöjä kiinteistö
naapurikiinteistön naapurikiinteistö
kunnan kunta
kuntien kunta
kunnille kunta
kunnassamme kunta
kunnallamme kunta
valtuuston valtuusto
valtuustossa valtuusto
kunnanvaltuustolle kunnanvaltuusto
hallituksen hallitus
kunnanhallitukselle kunnanhallitus
lautakunnassa lautakunta
lautakunnat lautakunta
sivistyslautakunnan sivistyslautakunta
jaoston jaosto
jäsenten jäsen
jäseniä jäsen
varajäsenen varajäsen
puheenjohtajan puheenjohtaja
puheenjohtajalle puheenjohtaja
esittelijän esittelijä
esittelijästä esittelijä
pöytäkirjan pöytäkirja
pöytäkirjassa pöytäkirja
pöytäkirjojen pöytäkirja
esityslistalla esityslista
pykälän pykälä
pykälien pykälä
valituksen valitus
valituksia valitus
valitusosoituksen valitusosoitus
oikaisuvaatimusta oikaisuvaatimus
oikaisuvaatimuksen oikaisuvaatimus
lausunnon lausunto
lausuntoja lausunto
lausuntonsa lausunto
lausunnossaan lausunto
lausuntopyynnön lausuntopyyntö
selvityksestä selvitys
selityksensä selitys
vastineen vastine
vastineita vastine
muistutuksen muistutus
muistutuksista muistutus
kuulemisesta kuuleminen
kuulutuksen kuulutus
ilmoituksen ilmoitus
ilmoituksesta ilmoitus
tiedoksiannon tiedoksianto
sopimuksen sopimus
sopimuksista sopimus
vuokrasopimuksen vuokrasopimus
maanvuokrasopimuksen maanvuokrasopimus
kauppakirjan kauppakirja
avustuksen avustus
avustuksia avustus
avustushakemukset avustushakemus
talousarvion talousarvio
talousarviosta talousarvio
tilinpäätöksen tilinpäätös
määrärahan määräraha
määrärahoja määräraha
verojen vero
kiinteistöveron kiinteistövero
maksuista maksu
maksut maksu
taksan taksa
laskut lasku
laskun lasku
hankkeen hanke
hankkeita hanke
hankintojen hankinta
hankinnasta hankinta
tarjouspyynnön tarjouspyyntö
tarjoukset tarjous
tarjousten tarjous
urakoitsijan urakoitsija
koulun koulu
kouluissa koulu
koululle koulu
oppilaiden oppilas
oppilaan oppilas
opettajien opettaja
rehtorin rehtori
huoltajan huoltaja
huoltajille huoltaja
päiväkodin päiväkoti
päiväkodissa päiväkoti
varhaiskasvatuksen varhaiskasvatus
kirjaston kirjasto
kirjastossa kirjasto
kuljetuksen kuljetus
koulukuljetusten koulukuljetus
lasten lapsi
lapsille lapsi
nuorten nuori
vanhusten vanhus
asukkaiden asukas
asukkaille asukas
asiakkaan asiakas
asiakkaiden asiakas
viranhaltijan viranhaltija
viranhaltijoille viranhaltija
virkaan virka
viran virka
tehtävien tehtävä
tehtävään tehtävä
työn työ
töiden työ
työntekijän työntekijä
johtajalle johtaja
sihteerin sihteeri
arkiston arkisto
arkistoon arkisto
asiakirjoja asiakirja
asiakirjan asiakirja
asiakirjoista asiakirja
liitteet liite
liitteen liite
tiedot tieto
tietojen tieto
rekisterin rekisteri
rekisteriin rekisteri
teiden tie
tiellä tie
yksityistien yksityistie
yksityisteiden yksityistie
katujen katu
kadulla katu
vesihuollon vesihuolto
viemärin viemäri
jäteveden jätevesi
jätevesien jätevesi
jätteiden jäte
ympäristön ympäristö
ympäristöluvan ympäristölupa
tuulivoimaloiden tuulivoimala
tuulivoimapuiston tuulivoimapuisto
turpeen turve
metsien metsä
metsässä metsä
järven järvi
järvien järvi
joessa joki
jokien joki
sillan silta
siltojen silta
peltojen pelto
pellolla pelto
rakentamisesta rakentaminen
rakentamiseen rakentaminen
purkamisen purkaminen
poikkeamisluvan poikkeamislupa
lakia laki
lain laki
lakien laki
asetuksen asetus
säännön sääntö
hallintosäännön hallintosääntö
ohjeiden ohje
vaalien vaali
vaaleissa vaali
kuntavaalit kuntavaali
kuntavaalien kuntavaali
valinta valinta
kunnallista kunnallinen
taloudellista taloudellinen
valinnan valinta
luottamustoimesta luottamustoimi
osallistumis- osallistuminen
Räyringissä räyrinki
Tunkkarilla tunkkari
valtionosuuksien valtionosuus
pohjavesialueella pohjavesialue
hiihtoladut hiihtolatu
koulunkäynninohjaajan koulunkäynninohjaaja
vuokra-asuntojen vuokra-asunto
toimielinten toimielin
äänten ääni
vuoden vuosi
vuosina vuosi
kuukauden kuukausi
päivän päivä
päivinä päivä
viikolla viikko
aloitteen aloite
kuntalaisaloitteen kuntalaisaloite
talossani talo
taloissammekin talo
kunnallanikin kunta
päätöksestään päätös
kokouksessakaan kokous
lupako lupa
asiahan asia
Vetelin veteli
Veteliin veteli
Vetelissä veteli
Kaustisella kaustinen
Kaustisen kaustinen
Kaustiselta kaustinen
Kaustista kaustinen
Halsuan halsua
Halsualla halsua
Halsualle halsua
Halsualta halsua
Toholammilla toholampi
Toholammin toholampi
Toholammille toholampi
Lestijärvellä lestijärvi
Lestijärven lestijärvi
Lestijärveltä lestijärvi
Perhossa perho
Kokkolassa kokkola
Kokkolaan kokkola
Kannuksessa kannus
Sievissä sievi
Himangalla himanka
Helsingissä helsinki
Virtasen virtanen
Korhoselle korhonen
Matin matti
Liisan liisa
mökkitiellä mökkitie
EU-hankkeen eu-hanke
ELY-keskukselle ely-keskus
EU:n eu
päätettiin päättää
hyväksyttiin hyväksyä
hylättiin hylätä
esitetään esittää
haetaan hakea
myönnettiin myöntää
valittiin valita
""")

COMPOUNDS: dict[str, str] = dict(
    line.split(maxsplit=1)
    for line in """
rakennusluvan rakennus lupa
naapurikiinteistön naapuri kiinteistö
asemakaavoista asema kaava
asemakaavanmuutoksesta asemakaava muutos
kunnanhallituksen kunta hallitus
kunnanvaltuustossa kunta valtuusto
lausuntopyyntö lausunto pyyntö
koulukuljetushakemus koulu kuljetus hakemus
tuulivoimapuiston tuulivoima tuuli voima puisto
jätevesijärjestelmässä jätevesi jäte vesi järjestelmä
maanvuokrasopimuksen maa vuokra sopimus
sivistyslautakunta sivistys lautakunta
perusturvalautakunnan perusturva turva lautakunta
ympäristölupapäätös ympäristö lupa päätös ympäristölupa
rakennusjärjestyksen rakennus järjestys
vesihuoltolaitoksen vesi huolto laitos vesihuolto
viemäriverkostoon viemäri verkosto
liittymissopimus liittyminen sopimus
yksityistieavustusta yksityistie tie avustus
tiekunnan tie kunta
katuvalaistuksesta katu valaistus
kaavoituskatsauksen kaavoitus katsaus
oikaisuvaatimuksen oikaisu vaatimus
kunnallisvalitus kunnallinen valitus
viranhaltijapäätöksestä viranhaltija haltija päätös
tehtäväluokan tehtävä luokka
asiatunnuksella asia tunnus
tiedonohjaussuunnitelman tieto ohjaus suunnitelma
arkistonmuodostussuunnitelma arkisto suunnitelma
pöytäkirjanpito pöytäkirja kirjanpito pito
esityslistalla esitys lista
lähetekeskustelun lähete keskustelu
tilinpäätöksessä tili päätös
talousarviomuutokset talousarvio talous arvio muutos
määrärahan määrä raha
kiinteistöveroprosentin kiinteistö vero prosentti kiinteistövero
henkilöstökertomus henkilöstö kertomus
työsopimuksen työ sopimus
virkasuhteessa virka suhde
vuosiloman vuosi loma
hallintosäännön hallinto sääntö
konserniohjeen konserni ohje
hyvinvointikertomuksen hyvinvointi kertomus
nuorisovaltuuston nuoriso valtuusto
vanhusneuvostolle vanhus neuvosto
kirjastonhoitajan kirjasto hoitaja
liikuntapaikoista liikunta paikka
jäähallin jää halli
kouluverkkoselvitys koulu verkko selvitys
oppilashuollon oppilas huolto
kyläyhdistyksen kylä yhdistys
hankerahoitusta hanke rahoitus
tonttikaupan tontti kauppa
varhaiskasvatuspäätös varhaiskasvatus kasvatus päätös
poikkeamispäätöksen poikkeaminen päätös
suunnittelutarveratkaisun suunnittelu tarve ratkaisu
mökkitiellä mökki tie
kesämökin kesä mökki
maa-aineslupa maa aines lupa
EU-hankkeen eu hanke
ELY-keskuksen ely keskus
metsätalous metsä talous
päivähoitopaikan päivähoito paikka
rantaosayleiskaavan ranta osayleiskaava
lumenaurauksen lumi auraus
hulevesimaksuista maksu
kansalaisopiston kansalainen opisto
terveyskeskuksen terveys keskus
kotihoidon koti hoito
palveluseteli palvelu seteli
toimintakertomus toiminta kertomus
virkavapaushakemus virkavapaus hakemus
etätyösopimuksen työ sopimus
lähipalvelut palvelu
kuntavaalit kunta vaali
kannanoton kanta otto
sosiaalihuollon sosiaali huolto
yhteenvedon veto
pormestarikunnan pormestari kunta
vireillepanoasiakirjan asiakirja asia kirja
muutoksenhakuviranomaisen muutoksenhaku muutos haku viranomainen
henkilötietoluonne henkilötieto henkilö tieto luonne
salassapitoperusteen salassapito peruste
tonttijakokartta tontti jako kartta
""".strip().splitlines()
)

WHOLE_WORDS = _words(
    """
asiakas kaivos kokoelma rakennus hallitus valitus päätös esitys ehdotus alue asema talous opetus sopimus
omistus asukas oppilas osakas osasto tilasto toimisto kirjasto arkisto aineisto laitos lausunto asunto
hallinto kokous hakemus ilmoitus kaupunki palvelu tarjous selvitys selitys avustus kuulutus vastine
muistutus luettelo sihteeri henkilö jäsen kunnallinen tekninen perustus harrastus kaavoitus verotus
koulutus kuljetus siivous lainaus maksatus tarkastus valvonta hankinta toiminta kirjaamo taulukko
kansalainen omaisuus oikeus vastuu palkkio korvaus luottamus
kokonainen viranomainen merkintä ratkaisu seuranta esittelijä tarkastaja
"""
)
