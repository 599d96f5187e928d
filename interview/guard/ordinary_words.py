"""Words that tell names from other capitals: titles in front of a name, words that are none, what is called something too."""

from typing import Final

from interview.guard.name_lists import listed

TITLES: Final = listed("""
    ambulanssköterskan apotekaren arbetsterapeut arbetsterapeuten assistent assistenten avdelningschef avdelningschefen
    avdelningsläkare avdelningsläkaren barnbarnet barnmorska barnmorskan biståndsbedömare biståndsbedömaren
    biståndshandläggare biståndshandläggaren brodern bror brorsan chefen diakonen dietist dietisten distriktsläkare
    distriktsläkaren distriktssköterska distriktssköterskan doc docent doctor doktor doktorn dotter dottern dr dsk
    enhetschef enhetschefen farbror farfar farmaceuten farmor faster fru frun fröken fysioterapeut fysioterapeuten
    grannen handläggare handläggaren herr husläkare husläkaren hustru hustrun kirurgen kompisen kontaktperson
    kontaktpersonen kurator kuratorn logoped logopeden läkare läkaren makan maken mamma mannen morbror morfar mormor
    moster mr mrs ms narkosläkaren nurse ortopeden pappa prof professor prästen psykolog psykologen sambon
    samordnare samordnaren sjukgymnast sjukgymnasten sjuksköterska sjuksköterskan sköterska sköterskan sonen ssk
    svärdottern svärsonen syrran syster systern tandläkaren underläkare underläkaren undersköterska undersköterskan usk
    väninnan vännen vårdbiträde vårdbiträdet vårdkontakt vårdkontakten överläkare överläkaren
""")
"""Who or what stands in front of a name."""

FAMILY: Final = listed("""
    barnbarnet brodern bror brorsan dotter dottern farbror farfar farmor faster fru frun grannen hustru hustrun kompisen
    makan maken mamma mannen morbror morfar mormor moster pappa sambon sonen svärdottern svärsonen syrran systern väninnan
    vännen
""")
"""Titles a sentence often goes on after: behind them only a name that is known as one counts."""

PROFESSIONS: Final = listed("""
    ambulansföraren badmästaren bagaren barnskötaren behandlaren bussföraren chauffören doulan fastighetsskötaren
    fotvårdaren fotvårdsspecialisten frisören föraren förskolläraren gruppchefen hantverkaren hemhjälpen hörselvårdaren
    kiropraktorn kocken kokerskan lokalvårdaren läraren massören måltidsvärden målaren naprapaten
    operatören optikern osteopaten pastorn polisen praktikanten receptionisten rektorn röntgensköterskan samtalsterapeuten
    sekreteraren skötaren socialsekreteraren specialisten städaren städerskan studenten syokonsulenten taxichauffören
    taxiföraren teamledaren teknikern telefonisten terapeuten tolken transportören undersköterskevikarien vaktmästaren
    vikarien volontären vårdaren vårdlotsen väktaren växeltelefonisten
""")
"""Other callings: behind them too only a name that is known as one counts."""

ABBREVIATED: Final = listed("dr doc prof ssk usk dsk mr mrs ms")
"""Titles a full stop may follow."""

KIN: Final = listed(
    "man son dotter fru make sambo bror syster granne vän kompis väninna brorsa svärson svärdotter barnbarn kusin"
)
OWN: Final = listed("min mina vår våra din hans hennes deras sin my her his")
"""Kin stands in front of a name where somebody's own stands in front of it."""

HEARD: Final = listed("heter hette kallas namnet namn called named")
"""Words a name follows where it is of a person they speak."""

NO_PERSON_NEAR: Final = tuple(
    listed("""
    antibiot apotek app avdel behandl blankett boend bolag byn center central diagnos dosett drop enhet firma företag
    gata grej gård hemmet hotell hus insulin kaka klinik kort kräm kudd lista lyft läkemed madrass matlåd medicin metod
    mottag operation ort papper plan plats plåst preparat program projekt prov rullator rum rätt sak salva sida sjukdom
    spray spruta stad stol system säng tablett team undersök
""")
)
"""How words begin that say that no person is called so."""

INSTITUTIONS: Final = listed("""
    akuten apotek apoteket barnsjukhus boende boendet center centrum dag gata gården hemmet hospice klinik kliniken
    kyrka kyrkan lyft lyften mottagningen natt park parken rehab sjukhem sjukhus sjukhuset skolan stedy stiftelse
    stiftelsen vårdcentral vårdcentralen äldreboende äldreboendet
""")
"""Words after a name that make it the name of a place or a thing."""

PHRASES: Final = frozenset({("astrid", "lindgrens"), ("erik", "dahlbergs"), ("min", "doktor")})
"""Two words that name no living person."""

SAINTS: Final = listed("sankt sankta st t saint")
"""Words in front of a saint, after whom hospitals are named."""

_SMALL: Final = listed("""
    jag du han hon den det vi ni de dem mig dig sig oss er min mitt mina din ditt dina sin sitt sina hans hennes dess
    vår vårt våra deras man en ett och men eller så att som om när då där här hit dit var vart vad vem vilka vilken
    vilket hur varför eftersom för från till på i av med utan mot under över vid hos efter innan före sedan sen inte
    ingen inga inget aldrig alltid ofta ibland redan bara även också mycket mer mest lite mindre minst bra bättre bäst
    dåligt sämre sämst god gott goda stor stort stora liten litet lilla små hela allt alla allting några någon något
    annan annat andra samma själv själva ja nej jo tack tacksam snälla snäll gärna kanske dock trots dessutom däremot nu
    idag igår imorgon in ut upp ner ned hem hemma borta fram tillbaka igen åter ihop isär är vara varit blev bli blir
    blivit har hade haft ha ska skulle skall kan kunde kunnat vill ville velat måste får fick fått borde bör tror trodde
    tycker tyckte tyckt vet visste sa sade säger sagt sett ser såg kom kommer kommit går gick gått gjorde gör gjort göra
    tog tar tagit ta gav ger gett ge ringde ringer ringt ringa pratade pratar väntade väntar vänta hjälpte hjälper
    hjälpt hjälpa hjälp bemötte bemöter kände känner känns kändes fungerade fungerar funkade funkar lyssnade förklarade
    glömde missade skrev skriver skickade skickar mådde mår bor bodde låg ligger lade la lagt stod står satt sitter
    först sist därefter slutligen absolut verkligen väldigt jätte jättebra jättesnäll tyvärr ju nog väl ändå ens helt
    ganska alldeles ung gammal gamla per dag dagar vecka veckor månad år timme timmar minut minuter gång gånger kväll
    kvällen morgon morgonen natt natten helg helgen
""")

_TIMES: Final = listed("""
    måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli augusti september
    oktober november december jul julen påsk påsken midsommar nyår höst hösten vår våren sommar sommaren vinter vintern
""")

_CARE: Final = listed("""
    läkare läkaren doktor doktorn sköterska sköterskan sjuksköterska sjuksköterskan undersköterska undersköterskan
    personal personalen patient patienten vård vården omsorg omsorgen sjukhus sjukhuset lasarett lasarettet akuten akut
    avdelning avdelningen avd vårdcentral vårdcentralen hemtjänst hemtjänsten hemsjukvård hemsjukvården kommun kommunen
    region regionen mottagning mottagningen korttids korttidsboende apotek apoteket medicin mediciner medicinen tablett
    tabletter dosett läkemedel rehab rehabilitering trygghetslarm larm larmet ambulans ambulansen sjukresor sjukresa
    färdtjänst färdtjänsten hjälpmedel rullator mat maten matlåda matlådor rosor ros ris kritik beröm information
    samordnad planering vårdplan plan planen utskrivning utskrivningen hemgång inskrivning operation operationen röntgen
    ortopeden kirurgen medicinkliniken geriatriken intensiven iva ava mava sip lss asih kol bvc mvc fass kry min mina
    google journalen
""")

_PLACES: Final = listed("""
    sverige halland halmstad varberg falkenberg laholm kungsbacka hylte göteborg stockholm malmö lund helsingborg
    kristianstad ystad växjö kalmar jönköping borås skövde lidköping trollhättan uddevalla mölndal karlstad örebro
    västerås uppsala gävle falun sundsvall östersund umeå luleå kiruna skellefteå linköping norrköping nyköping
    eskilstuna motala visby gotland öland skåne småland blekinge värmland dalarna norrland dalsland västergötland
    östergötland bohuslän sahlgrenska östra karolinska danderyd huddinge söder sös akademiska ryhov capio aleris attendo
    humana norlandia ambea vardaga norge danmark finland tyskland spanien thailand turkiet iran irak syrien somalia
    polen europa
""")

_MEDICINES: Final = listed("""
    alvedon panodil ipren waran eliquis xarelto trombyl furix metoprolol bisoprolol losartan enalapril amlodipin
    simvastatin atorvastatin metformin insulin lantus novorapid ozempic levaxin betapred kåvepenin heracillin
    flucloxacillin citodon tramadol oxynorm oxycontin morfin imovane zopiklon propavan oxascand stesolid sobril
    omeprazol losec novaluzid laktulos movicol microlax fragmin innohep bricanyl ventoline symbicort spiriva behepan
    folacin kalcipos cosmic melior
""")

_ENGLISH: Final = listed("""
    the a an and but or of to in on at by with from he she it they we you i my his her their was were is are had has
    have will would could not
""")

NEVER_NAMES: Final = _SMALL | _TIMES | _CARE | _PLACES | _MEDICINES | _ENGLISH
"""Words that are no names, however they are written."""
